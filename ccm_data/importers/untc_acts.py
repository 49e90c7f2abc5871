"""What the column heads and cells of a status table mean: acts with their days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccm_data.errors import CcmError

PROVISIONAL = "provisional application"
_ACTIONS = {
    "signature": "signature",
    "succession to signature": "succession_to_signature",
    "ratification": "ratification",
    "accession": "accession",
    "acceptance": "acceptance",
    "approval": "approval",
    "succession": "succession",
    "consent to be bound": "consent",
    "withdrawal": "withdrawal",
    "denunciation": "withdrawal",
}
"""The facts' actions by the words of the heads."""

_NO_ACTIONS = {PROVISIONAL, "formal confirmation", "definitive signature"}
"""What heads name and the facts have no action for; binds a participant, unless it is provisional."""

SIGNING = frozenset({"signature", "succession_to_signature"})

_TERM = re.compile(r"(?P<words>[A-Za-z][A-Za-z ]*?) ?(?:\( ?(?P<suffix>[A-Za-z]{1,3}) ?\))?")
_DATE = re.compile(
    r"(?P<open>\[ ?)?(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9})\.? (?P<year>[0-9]{4})"
    r"(?: ?(?P<suffix>[A-Za-z]{1,3}))?(?P<close> ?\])?(?: ?[,;])?(?: |$)"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS = {name: at for at, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}


@dataclass(frozen=True, slots=True)
class Act:
    """One printed date: what was done that day, and whether the page puts it in square brackets as no longer valid.

    action: of the facts, or the words of the head where the facts have none.
    """

    action: str
    day: date
    bracketed: bool

    @property
    def known(self) -> bool:
        """Whether it is an action of the facts."""
        return self.action not in _NO_ACTIONS

    @property
    def binds(self) -> bool:
        """Whether it makes its participant a party."""
        return self.action not in SIGNING | {PROVISIONAL, "withdrawal"}

    @property
    def signs(self) -> bool:
        """Whether it makes its participant a signatory."""
        return self.action in SIGNING | {"definitive signature"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of acts: its head, and what each suffix of a date means; "" is a date without suffix."""

    head: str
    actions: dict[str, str]

    def acts(self, cell: str, row: str) -> list[Act]:
        """The acts of a cell of the named row. Raises CcmError for a cell that is no list of dates."""
        acts, at = [], 0
        while at < len(cell):
            found = _DATE.match(cell, at)
            if found is None or bool(found["open"]) != bool(found["close"]):
                raise CcmError(
                    f"The row of {short(row)} has '{short(cell)}' under '{short(self.head)}' where dates such as "
                    "'8 Sep 2011' or '[12 May 2004 a]' are expected."
                )
            acts.append(Act(self._action(found["suffix"] or "", cell, row), _day(found, row), bool(found["open"])))
            at = found.end()
        return acts

    def _action(self, suffix: str, cell: str, row: str) -> str:
        if suffix not in self.actions:
            means = f"the suffix '{suffix}'" if suffix else "a date without a suffix"
            raise CcmError(
                f"The row of {short(row)} has '{short(cell)}', but the column's head '{short(self.head)}' does not say "
                f"what {means} means."
            )
        return self.actions[suffix]


def columns(heads: Sequence[str]) -> list[Column]:
    """The columns behind that of the participants. Raises CcmError for heads that are not those of a status table."""
    if len(heads) < 2 or heads[0].casefold() not in {"participant", "participants"}:
        raise CcmError(
            f"The table's heads are '{short(' | '.join(heads))}' where 'Participant' and columns of acts are expected."
        )
    return [_column(head) for head in heads[1:]]


def _column(head: str) -> Column:
    terms = [_TERM.fullmatch(part.strip()) for part in head.split(",")]
    named = {term["words"].casefold() for term in terms if term}
    actions: dict[str, str] = {}
    for term in terms:
        words = term["words"].casefold() if term else ""
        if term is None or (words not in _ACTIONS and words not in _NO_ACTIONS):
            possible = ", ".join(sorted({*_ACTIONS, *_NO_ACTIONS}))
            raise CcmError(f"The column head '{short(head)}' is not understood; acts can be {possible}.")
        action = _ACTIONS.get(words, words)
        if action == "succession" and "signature" in named:
            action = "succession_to_signature"
        suffix = term["suffix"] or ""
        # Two acts under one mark, even none, would leave it to a guess which of them a date is.
        if suffix in actions:
            raise CcmError(f"The column head '{short(head)}' gives one mark to several acts; each needs its own.")
        actions[suffix] = action
    if len(actions) == 1:
        actions[""] = next(iter(actions.values()))
    return Column(head, actions)


def _day(found: re.Match[str], row: str) -> date:
    month = found["month"].casefold()
    try:
        return date(int(found["year"]), _MONTH_NUMBERS.get(month, 0), int(found["day"]))
    except ValueError:
        raise CcmError(
            f"The row of {short(row)} has '{found['day']} {found['month']} {found['year']}', which is no day of the "
            "calendar."
        ) from None


def short(words: str) -> str:
    """Words of a page, cut for a sentence."""
    return words if len(words) <= 80 else f"{words[:79]}…"
