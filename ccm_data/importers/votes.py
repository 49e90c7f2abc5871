"""Voting data of the UN Digital Library: tables of votes as CSV, and voting records as MARCXML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ccm_data.errors import CcmError
from ccm_data.importers import bounds, marc, un_names
from ccm_data.importers.call import COUNTED, RESOLUTION, SOURCE_FILE, TITLE, Call, day, source_id, web_address
from ccm_data.importers.model import Parsed
from ccm_data.importers.table import read_csv
from ccm_data.names import state_names
from ccm_data.paths import facts_dir
from ccm_data.vocab import Vote, VoteStage

NAME = "The voting data"
PUBLISHER = "United Nations Digital Library"
VOTES = {"Y": Vote.YES, "N": Vote.NO, "A": Vote.ABSTAIN, "X": Vote.ABSENT}
TOTALS = {
    Vote.YES: "total_yes",
    Vote.NO: "total_no",
    Vote.ABSTAIN: "total_abstentions",
    Vote.ABSENT: "total_non_voting",
}
MEMBERS = "total_ms"
NEEDED = (
    "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "title", *TOTALS.values(), MEMBERS, "undl_link",
)  # fmt: skip

Record = dict[str, str]
"""A vote of one state, or what is common to a roll call's votes, under the CSV file's names."""


def parse(content: bytes) -> Parsed:
    """The roll calls on the Convention's resolution in a CSV file or MARCXML record of the UN Digital Library.

    Raises CcmError when the file is neither, has none of them, or one that is unclear or does not add up.
    """
    bounds.size(NAME, content)
    is_xml = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return parse_marcxml(content) if is_xml else parse_csv(content)


def parse_csv(content: bytes, resolution_title: str = TITLE) -> Parsed:
    """The plenary roll calls on the resolution of that title, one per session. Raises CcmError as `parse` does."""
    calls: dict[str, tuple[Call, Record]] = {}
    for number, record in _records(content, resolution_title):
        where = f"Row {number} of the voting data"
        call, first = calls.setdefault(record["resolution"], (_call(record, where), record))
        if differing := next((name for name in _COMMON if record[name] != first[name]), None):
            raise CcmError(f"{where} has another {differing} than the rows before it on {call.symbol}.")
        _cast(call, record, where)
    if not calls:
        raise CcmError(f"{NAME} has no vote on '{resolution_title}'.")
    return _parsed([_counted(call, record) for call, record in calls.values()])


_COMMON = ("date", "session", *TOTALS.values(), MEMBERS, "undl_link")


def parse_marcxml(content: bytes, resolution_title: str = TITLE) -> Parsed:
    """The roll calls, plenary or First Committee, on the resolution of that title. Raises CcmError as `parse` does."""
    records = [record for record in marc.records(bounds.xml(NAME, content)) if record.has_votes]
    calls = []
    for record in (record for record in records if _is_on(record.title, resolution_title)):
        call = marc.call(record)
        for number, vote in enumerate(record.votes, start=1):
            _cast(call, vote, f"Vote {number} of {call.name}")
        calls.append(_counted(call, record.totals))
    if not calls:
        about = f" but on '{records[0].title[:80]}'" if records else ""
        raise CcmError(f"{NAME} has no vote on '{resolution_title}'{about}.")
    return _parsed(calls)


def _is_on(title: str, wanted: str) -> bool:
    """Whether a title is the wanted one, with or without what the library adds after a colon or slash."""
    return re.split(r"\s*[:/]", " ".join(title.split()), maxsplit=1)[0].casefold() == wanted.casefold()


def _records(content: bytes, title: str) -> list[tuple[int, Record]]:
    rows = read_csv(NAME, content, separators=",")
    heads = [head.strip() for head in next(rows, [])]
    if missing := [name for name in NEEDED if name not in heads]:
        raise CcmError(
            f"{NAME} lacks the column {missing[0]}; possible is a file of the UN Digital Library, unchanged."
        )
    at = {name: heads.index(name) for name in (*NEEDED, *({"draft"} & set(heads)))}
    return [
        (number, {name: " ".join(row[column].split()) for name, column in at.items()})
        for number, row in enumerate(rows, start=2)
        if _has_cells(number, row, heads) and _is_on(row[at["title"]], title)
    ]


def _has_cells(number: int, row: Sequence[str], heads: Sequence[str]) -> bool:
    if row and len(row) != len(heads):
        raise CcmError(f"Row {number} of the voting data has {len(row)} cells, its head has {len(heads)}.")
    return bool(row)


def _call(record: Record, where: str) -> Call:
    if not (found := RESOLUTION.fullmatch(record["resolution"])):
        raise CcmError(f"{where} names no resolution such as A/RES/79/58 but '{record['resolution'][:40]}'.")
    if record["session"] != found[1]:
        raise CcmError(f"{where} says session '{record['session'][:40]}', but names {found[0]}.")
    name, draft = f"The roll call on {found[0]}", record.get("draft", "")
    return Call(
        name, VoteStage.PLENARY, int(found[1]), day(where, record["date"]), found[0],
        draft if marc.is_draft(draft) else "", web_address(where, record["undl_link"]),
    )  # fmt: skip


def _cast(call: Call, vote: Record, where: str) -> None:
    code, name = vote["ms_code"], vote["ms_name"]
    if (cast := VOTES.get(vote["ms_vote"])) is None:
        raise CcmError(f"{where} ({code or name}) has the vote '{vote['ms_vote'][:20]}'; possible are Y, N, A and X.")
    text = " ".join(filter(None, (code, name, vote["ms_vote"])))
    if code not in state_names(facts_dir()):
        if known := un_names.find(name):
            call.notes.append(f"{call.name}: {code} {name} is read as {known}.")
            code = known
        elif cast is Vote.ABSENT:
            call.notes.append(
                f"{call.name}: {code} {name} is no state of the facts and did not vote; it is left aside."
            )
            return
        else:
            raise CcmError(
                f"{where} is of {code[:10]} {name[:80]}, which is no state of the facts; its vote has no place."
            )
    call.cast(code, cast, text)


def _counted(call: Call, record: Record) -> Call:
    """The call with what the record states of its votes, which must agree."""
    numbers = {vote: _number(call, record.get(column, ""), column) for vote, column in TOTALS.items()}
    call.stated = {vote: number for vote, number in numbers.items() if number is not None}
    call.check()
    if unstated := [vote.label for vote in COUNTED if vote not in call.stated]:
        call.notes.append(f"{call.name} states no total of {', '.join(unstated)}; its votes were counted.")
    absent = call.counted()[Vote.ABSENT]
    if call.stated.get(Vote.ABSENT, absent) != absent:
        call.notes.append(f"{call.name} states {call.stated[Vote.ABSENT]} non-voting, but lists {absent}.")
    call.complete = _number(call, record.get(MEMBERS, ""), MEMBERS) == len(call.votes)
    return call


def _number(call: Call, text: str, column: str) -> int | None:
    if not text:
        return None
    if not (found := re.fullmatch(r"([0-9]{1,4})(?:\.0+)?", text)):
        raise CcmError(f"{call.name} has '{text[:20]}' for {column}; possible is a whole number.")
    return int(found[1])


def _parsed(calls: list[Call]) -> Parsed:
    calls.sort(key=lambda call: (call.session, call.stage is VoteStage.PLENARY))
    if doubled := next((b for a, b in pairwise(calls) if (a.session, a.stage) == (b.session, b.stage)), None):
        raise CcmError(
            f"{NAME} has two roll calls of session {doubled.session}, {doubled.stage.label}; give one at a time."
        )
    first, last = calls[0], calls[-1]
    several = len(calls) > 1
    symbols = [first.symbol, last.symbol] if several else [last.symbol]
    source = {
        "source_id": source_id("undl", *symbols),
        "title": f"Voting record on {' to '.join(symbols)}, {TITLE}"
        if not several
        else f"Voting data from {symbols[0]} to {symbols[1]}, {TITLE}",
        "publisher": PUBLISHER,
        "url": last.url,
        "source_date": max(call.vote_date for call in calls).isoformat(),
        "note": "; ".join(f"{call.symbol}: {call.url}" for call in calls) if several else "",
    }
    return Parsed(
        SOURCE_FILE,
        source,
        tuple(row for call in calls for row in call.rows(source["source_id"])),
        whole=last.whole() if last.complete and not several else None,
        notes=tuple(note for call in calls for note in call.notes),
    )
