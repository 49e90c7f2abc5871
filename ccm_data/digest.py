"""What happened between two days, as sentences for minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data import diff
from ccm_data.dates import words
from ccm_data.records import records
from ccm_data.vocab import MunitionsAttribute, Precision, Stage, Status, TreatyAction, Vote, label
from ccm_data.wording import PROVISIONAL

Row = dict[str, Any]
Sentence = Callable[[Row, Row], Any]
"""The line for a change and the state's row on the later day, if the change belongs under the heading."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened to one state: the heading it stands under, and its line, which begins with the state."""

    iso3: str
    heading: str
    line: str


@dataclass(frozen=True)
class Digest:
    """Changes between two days: what is `told` of them, by heading; `changes` as `diff.changes` gives them."""

    start: date
    end: date
    told: tuple[Told, ...]
    changes: list[dict[str, Any]]

    @property
    def sections(self) -> dict[str, list[str]]:
        """The lines by heading."""
        found: dict[str, list[str]] = {}
        for one in self.told:
            found.setdefault(one.heading, []).append(one.line)
        return found

    def text(self) -> str:
        """The digest as plain text."""
        lines = [f"Changes between {words(self.start)} and {words(self.end)}", ""]
        for heading, said in self.sections.items():
            lines += [f"{heading}: {len(said)}", *(f"  - {line}" for line in said), ""]
        if not self.sections:
            lines.append("Nothing changed.")
        return "\n".join(lines)


def digest(before: pd.DataFrame, after: pd.DataFrame, start: date, end: date) -> Digest:
    """The digest of two snapshots as `Workspace.states` gives them, the earlier first."""
    changes = diff.changes(before, after)
    now = {row["iso3"]: row for row in records(after)}
    headings: dict[str, Sentence] = {
        "Became State Party": lambda c, row: (
            _status(c, row, Status.STATE_PARTY)
            and f"{row['name']}: {_lower(TreatyAction, row['joined_by'])} {_day(row['joined_date'])}{_mark(row)}"
        ),
        "Withdrew": lambda c, row: (
            _status(c, row, Status.WITHDRAWN)
            and f"{row['name']}: effective {_day(row['withdrawal_effective_date'])}{_mark(row)}"
        ),
        "Gave notice of withdrawal": lambda c, row: (
            c["attribute"] == "withdrawal_notified_date"
            and c["after"]
            and row["status"] == Status.STATE_PARTY
            and f"{row['name']}: {_day(c['after'])}, effective {_day(row['withdrawal_effective_date'])}"
        ),
        "Signed": lambda c, row: (
            c["attribute"] == "signature_date" and f"{row['name']}: {_day(row['signature_date'])}{_mark(row)}"
        ),
        "Changed its latest vote on the resolution": lambda c, row: (
            c["attribute"] == "vote"
            and c["before"]
            and f"{row['name']}: from {_lower(Vote, c['before'])} to {_lower(Vote, c['after'])}"
        ),
        "Joined the Mine Ban Convention": lambda c, row: (
            c["attribute"] == "mine_ban_joined_date"
            and f"{row['name']}: {_day(c['after'], row['mine_ban_joined_precision'])}"
        ),
        "Withdrawal from the Mine Ban Convention": lambda c, row: (
            c["attribute"] == "mine_ban_withdrawal_effective_date" and f"{row['name']}: effective {_day(c['after'])}"
        ),
        "Reached a further stage": lambda c, row: (
            c["attribute"] == "stage" and f"{row['name']}: {_lower(Stage, c['after'])}"
        ),
        "New act on record": lambda c, row: (
            c["attribute"] == "last_act_date" and f"{row['name']}: {_day(c['after'], row['last_act_precision'])}"
        ),
        "Munitions profile changed": lambda c, row: (
            c["attribute"] in list(MunitionsAttribute)
            and c["before"]
            and f"{row['name']}: {_lower(MunitionsAttribute, c['attribute'])}, from {c['before']} to {c['after']}"
        ),
    }
    told = tuple(
        Told(change["iso3"], heading, line)
        for heading, sentence in headings.items()
        for change in changes
        if (line := sentence(change, now[change["iso3"]]))
    )
    return Digest(start, end, told, changes)


def _mark(row: Row) -> str:
    return f" ({PROVISIONAL})" if row["status_provisional"] else ""


def _status(change: dict[str, Any], row: dict[str, Any], status: Status) -> bool:
    return bool(change["attribute"] == "status" and row["status"] == status)


def _day(text: str | None, precision: str = Precision.DAY) -> str:
    return words(date.fromisoformat(text), precision) if text else "no date on record"


def _lower(vocabulary: Any, code: str | None) -> str:
    return label(vocabulary, code).lower() or "none on record"


def plain_words(value: Any) -> str:
    """One side of a change as text for a table."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
