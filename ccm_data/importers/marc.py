"""Voting records of the UN Digital Library as MARCXML: what their fields say.

245 title; 269 date; 791 symbol; 952 meeting; 967 a state's vote ($c code, $d vote, $e name); 993 related documents;
996 totals ($b yes, $c no, $d abstentions, $e non-voting, $f members).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ccm_data.errors import CcmError
from ccm_data.importers.call import DRAFT, RESOLUTION, Call, day
from ccm_data.vocab import VoteStage

_TOTALS = {"b": "total_yes", "c": "total_no", "d": "total_abstentions", "e": "total_non_voting", "f": "total_ms"}
_RECORD = "https://digitallibrary.un.org/record/"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number and its fields in order, each as its tag and the texts of its subfields by code."""

    number: str
    fields: tuple[tuple[str, dict[str, str]], ...]

    def of(self, tag: str) -> list[dict[str, str]]:
        """The fields of that tag."""
        return [subfields for found, subfields in self.fields if found == tag]

    def texts(self, tag: str) -> list[str]:
        """What $a of the fields of that tag says, without repetition."""
        return list(dict.fromkeys(filter(None, (field.get("a", "") for field in self.of(tag)))))

    @property
    def title(self) -> str:
        """Title, remainder and statement of responsibility."""
        return " ".join(text for field in self.of("245")[:1] for text in field.values())

    @property
    def has_votes(self) -> bool:
        """Whether this is a voting record."""
        return bool(self.of("967"))

    @property
    def votes(self) -> list[dict[str, str]]:
        """Each state's code, name and vote, under the names that the library's CSV has for them."""
        return [
            {"ms_code": vote.get("c", ""), "ms_name": vote.get("e", ""), "ms_vote": vote.get("d") or "X"}
            for vote in self.of("967")
        ]

    @property
    def totals(self) -> dict[str, str]:
        """The totals stated, under the names that the library's CSV has for them."""
        return {name: field[code] for field in self.of("996")[:1] for code, name in _TOTALS.items() if code in field}


def records(root: etree._Element) -> Iterator[Record]:
    """The records of a MARCXML document, in any namespace."""
    for element in root.iter("{*}record"):
        numbers = [_text(part) for part in element.iterchildren("{*}controlfield") if part.get("tag") == "001"]
        yield Record(
            numbers[0] if numbers else "",
            tuple((field.get("tag", ""), _subfields(field)) for field in element.iterchildren("{*}datafield")),
        )


def _subfields(field: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in field.iterchildren("{*}subfield"):
        found.setdefault(part.get("code", ""), _text(part))
    return found


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def is_draft(symbol: str) -> bool:
    """Whether this is the symbol of a draft of the First Committee."""
    return DRAFT.fullmatch(symbol) is not None


def call(record: Record) -> Call:
    """The roll call of a record, without its votes. Raises CcmError when it is unclear which one it is."""
    if not re.fullmatch("[0-9]{1,12}", record.number):
        raise CcmError(
            f"The voting record has the number '{record.number[:20]}' (field 001); possible is a whole number."
        )
    where = f"The voting record {record.number}"
    symbols = record.texts("791")
    resolutions = [symbol for symbol in symbols if RESOLUTION.fullmatch(symbol)]
    drafts = [symbol for symbol in symbols if is_draft(symbol)]
    if len(resolutions) + len(drafts) != 1:
        raise CcmError(
            f"{where} has {_listed(symbols)} as symbol (field 791); possible is one resolution such as A/RES/79/58, "
            "or one draft of the First Committee such as A/C.1/79/L.25."
        )
    stage = VoteStage.PLENARY if resolutions else VoteStage.FIRST_COMMITTEE
    for said, other in _bodies(record):
        if other is not stage:
            raise CcmError(f"{where} is of the {stage.label} by its symbol {symbols[0]}, but not by '{said[:80]}'.")
    related = [symbol for symbol in record.texts("993") if is_draft(symbol)]
    draft = drafts[0] if drafts else related[0] if len(related) == 1 else ""
    dates = record.texts("269")
    if len(dates) != 1:
        raise CcmError(f"{where} has {_listed(dates)} as its date (field 269); possible is one date.")
    symbol = (resolutions or drafts)[0]
    found = RESOLUTION.fullmatch(symbol) or DRAFT.fullmatch(symbol)
    assert found is not None
    return Call(
        f"The roll call on {symbol}", stage, int(found[1]), day(where, dates[0]), "".join(resolutions), draft,
        f"{_RECORD}{record.number}",
    )  # fmt: skip


def _bodies(record: Record) -> Iterator[tuple[str, VoteStage]]:
    """Which body voted by the meeting and by the title, where they say so."""
    for meeting in record.texts("952"):
        if re.match(r"A/C\.", meeting):
            yield meeting, VoteStage.FIRST_COMMITTEE
        elif re.match(r"A/[0-9]+/PV\.", meeting):
            yield meeting, VoteStage.PLENARY
    for field in record.of("245")[:1]:
        adopted = field.get("c", "")
        if "committee" in adopted.casefold():
            yield adopted, VoteStage.FIRST_COMMITTEE
        elif "general assembly" in adopted.casefold():
            yield adopted, VoteStage.PLENARY


def _listed(texts: list[str]) -> str:
    return ", ".join(text[:40] for text in texts[:4]) or "nothing"
