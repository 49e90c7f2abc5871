"""What was done with states, by the activity log and by the public record together; each says where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ccm_data.log import Entry, StateEntry, StateSummary
from ccm_data.vocab import ActivityStatus

ORIGINS = {"log": "Activity log", "facts": "Public record", "plan": "Work plan"}
"""Where an entry comes from, in words."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One state's part in one activity that was done; the contact's day is the last day of the activity."""

    entry: Entry
    part: StateEntry

    @property
    def day(self) -> date:
        """The day of the contact."""
        return self.entry.activity.day

    @property
    def origin(self) -> Literal["log", "facts", "plan"]:
        """Whether the activity log or the facts tell of it."""
        return self.entry.origin

    @property
    def said(self) -> str:
        """What the state said, else what was said there or came of it; blank where nobody wrote it down."""
        return self.part.position or self.entry.activity.summary or self.entry.activity.outcome


@dataclass(frozen=True, slots=True)
class StateContacts:
    """A state's contacts so far and what comes next with it.

    last: day of the latest contact, None without any; `days_since` counts from it to the day through which the log is
    read; `origin` is that of the latest one. The next step, its owner and due date come from the log.
    """

    iso3: str
    last: date | None = None
    days_since: int | None = None
    origin: str = ""
    contacts: int = 0
    next_step: str = ""
    owner: str = ""
    due: date | None = None


def latest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Activities by the day on which they ended, the latest first."""
    return sorted(entries, key=lambda entry: (entry.activity.day, entry.number, entry.subject), reverse=True)


def done(entries: Iterable[Entry]) -> list[Entry]:
    """Those that took place."""
    return [entry for entry in entries if entry.activity.status == ActivityStatus.DONE]


def of_state(iso3: str, entries: Iterable[Entry]) -> tuple[Contact, ...]:
    """The state's part in each of these activities that took place, in their order."""
    return tuple(Contact(entry, part) for entry in done(entries) for part in entry.activity.states if part.iso3 == iso3)


def by_state(logged: Mapping[str, StateSummary], public: Iterable[Entry], log_day: date) -> dict[str, StateContacts]:
    """Every state with a contact or something to come, from the log's summary and the public record."""
    told: dict[str, list[date]] = {}
    for entry in done(public):
        for part in entry.activity.states:
            told.setdefault(part.iso3, []).append(entry.activity.day)
    return {
        iso3: _together(iso3, logged.get(iso3), told.get(iso3, []), log_day) for iso3 in sorted({*logged, *told})
    }  # fmt: skip


def _together(iso3: str, held: StateSummary | None, public: list[date], log_day: date) -> StateContacts:
    own = held.last_contact if held else None
    last = max([day for day in (own, *public) if day], default=None)
    return StateContacts(
        iso3, last, (log_day - last).days if last else None,
        "" if last is None else "log" if last == own else "facts",
        len(public) + (held.contacts if held else 0),
        held.next_step if held else "", held.owner if held else "", held.due if held else None,
    )  # fmt: skip
