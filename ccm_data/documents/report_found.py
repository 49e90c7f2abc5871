"""What a progress report rests on: the rows of its statements, its period, and through which day each fact is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.dates import words
from ccm_data.languages import ENGLISH
from ccm_data.log import Campaign, Entry, PlanItem
from ccm_data.reading import Reading
from ccm_data.vocab import Confidentiality, Treaty
from ccm_data.wording import ids

FILES: dict[str, tuple[str, ...]] = {
    "status": ("treaty_actions",),
    "votes": ("unga_votes",),
    "totals": ("unga_vote_totals",),
    "declarations": ("commitments",),
    "public record": ("outreach_events", "outreach_event_states"),
    "meetings": ("meetings",),
}
"""The fact files behind what a table shows, by the word for it."""

LOG = "log"
"""What the activity log shows: it is read through the last day of the period."""

LEFT_OUT = {
    Confidentiality.PARTNERS: (
        "{number} entry for partners is not shown",
        "{number} entries for partners are not shown",
    ),
    Confidentiality.INTERNAL: ("{number} internal entry is not shown", "{number} internal entries are not shown"),
}


@dataclass(frozen=True)
class Known:
    """Through which day facts are known, as of the end of a period. `horizons` is `Workspace.horizons`."""

    horizons: pd.DataFrame
    end: date

    def through(self, what: str) -> date:
        """The day through which something of FILES, or the log, is known complete; the end of the period at most."""
        days: list[date] = [row["known_complete_through"].date() for row in self._rows(what)]
        return min([self.end, *days])

    def words(self, *what: str) -> str:
        """Through which day each is known, with the day of single later entries: known through 3 February 2026."""
        days = {one: self.through(one) for one in what}
        if len(days) == 1 or set(days.values()) == {self.end}:
            return f"known through {words(days[what[0]])}{self._later(what[0])}"
        return "known through: " + ", ".join(f"{one} {words(day)}{self._later(one)}" for one, day in days.items())

    def short(self, what: str) -> str:
        """Through which day something is known complete, for a sentence."""
        return f"known through {words(self.through(what))}"

    def day(self, day: date, what: str) -> str:
        """The head of a column that holds counts of a day, or of the day through which they are known."""
        through = min(day, self.through(what))
        return f"As of {words(day)}" if through == day else f"Known through {words(through)}"

    def _later(self, what: str) -> str:
        single = [row["single_entries_through"] for row in self._rows(what)]
        last = max((min(day.date(), self.end) for day in single if pd.notna(day)), default=date.min)
        return f" (single entries to {words(last)})" if last > self.through(what) else ""

    def _rows(self, what: str) -> list[dict[Any, Any]]:
        """The horizons of the files; for a status the later of the file's and that of this Convention's acts."""
        found = []
        for name in FILES.get(what, ()):
            rows = [row for row in self.horizons.to_dict("records") if row["file"] == f"{name}.csv"]
            mine = [row for row in rows if not isinstance(row["scope"], str) or row["scope"] in ("", Treaty.CCM)]
            found.append(max(mine, key=lambda row: row["known_complete_through"]))
        return found


@dataclass(frozen=True)
class Found:
    """All that sentences and annexes are made of. `rows`: the answer of each statement by its short name; `planned`:
    activities that are to come, as written by the end of the period; `plan`: the campaign's work plan."""

    reading: Reading
    start: date
    rows: Mapping[str, pd.DataFrame]
    plan: tuple[PlanItem, ...]
    planned: tuple[Entry, ...]

    @property
    def campaign(self) -> Campaign:
        """The campaign that is reported on."""
        return self.reading.campaign

    @property
    def end(self) -> date:
        """The last day of the period."""
        return self.reading.as_of

    @property
    def period(self) -> str:
        """The period in words."""
        return f"{words(self.start)} to {words(self.end)}"

    @property
    def known(self) -> Known:
        """Through which day facts are known."""
        return Known(self.reading.workspace.horizons, self.end)

    @property
    def result(self) -> dict[str, int]:
        """The one row that counts joins, withdrawals and their balance."""
        return {str(name): int(value) for name, value in self.rows["result"].iloc[0].items()}

    @property
    def numbers(self) -> Any:
        """The one row of queries/documents/challenges.sql."""
        return self.rows["challenges"].iloc[0]

    @property
    def hidden(self) -> int:
        """How many entries of the period these readers may not see."""
        return int(self.rows["left_out"]["entries"].sum())

    @property
    def left_out(self) -> str:
        """How many entries of each confidentiality are left out, as a sentence; blank for none."""
        held = self.rows["left_out"].set_index("confidentiality")["entries"]
        said = [ENGLISH.many(*LEFT_OUT[level], int(held[level])) for level in LEFT_OUT if level in held.index]
        return f"{ENGLISH.listed(said)}." if said else ""

    def none(self, what: str, beside: str = "is on record") -> str:
        """That there is none of something: true for all readers, else none that may be shown here."""
        return f"No {what} {beside}." if not self.hidden else f"No {what} that may be shown here {beside}."

    @property
    def shown(self) -> str:
        """What to add to a count that rests on the entries that these readers may see; blank when they see all."""
        return " that may be shown here" if self.hidden else ""


def inside(words: str) -> str:
    """Words of a vocabulary within a sentence: without their capital, but where it is an acronym's."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def names(rows: pd.DataFrame) -> str:
    """The states of these rows in words, each once."""
    return ENGLISH.listed(dict.fromkeys(rows["name_short"]))


def sources(rows: pd.DataFrame) -> tuple[str, ...]:
    """The sources of these rows, from `source_id` or `source_ids`."""
    cells: Iterable[Any] = rows["source_ids"] if "source_ids" in rows else rows["source_id"]
    return ids(*cells)
