"""One filter for every list of activities: in SQL for the store, in Python for what is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, select

from ccm_data.log import search
from ccm_data.log.projection import level, search_rows
from ccm_data.log.revision import Entry
from ccm_data.log.schema import contact, current
from ccm_data.log.text import words
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activities to list; what is empty does not filter.

    `text`: every word begins a word of the entry. `since` and `until` bound the days the activity touches.
    `iso3s`: at least one of these states takes part. `deleted` lists the deleted entries instead of the others.
    """

    text: str = ""
    types: tuple[ActivityType, ...] = ()
    statuses: tuple[ActivityStatus, ...] = ()
    iso3s: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    owner: str = ""
    campaign: str = ""
    plan_item: str = ""
    follows: str = ""
    max_confidentiality: Confidentiality = Confidentiality.INTERNAL
    deleted: bool = False

    def where(self, dialect: str) -> list[ColumnElement[bool]]:
        """The filter as conditions on `log_current`."""
        c = current.c
        conditions: list[ColumnElement[bool]] = [c.kind == "activity", c.deleted.is_(self.deleted)]
        if self.max_confidentiality != Confidentiality.INTERNAL:
            conditions.append(c.level <= level(self.max_confidentiality))
        for column, values in ((c.type, self.types), (c.status, self.statuses)):
            if values:
                conditions.append(column.in_([str(value) for value in values]))
        for name in ("owner", "campaign", "plan_item", "follows"):
            if value := getattr(self, name):
                conditions.append(c[name] == value)
        if self.since:
            conditions.append(c.day >= self.since)
        if self.until:
            conditions.append(c.start <= self.until)
        if self.iso3s:
            conditions.append(c.number.in_(select(contact.c.number).where(contact.c.iso3.in_(self.iso3s))))
        if self.text.strip():
            found = search.matching(dialect, self.text)
            conditions.append(false() if found is None else c.number.in_(found))
        return conditions

    def matches(self, entry: Entry) -> bool:
        """Whether the filter lists this activity."""
        activity = entry.activity
        named = ("owner", "campaign", "plan_item", "follows")
        return (
            entry.deleted == self.deleted
            and level(activity.confidentiality) <= level(self.max_confidentiality)
            and (not self.types or activity.type in self.types)
            and (not self.statuses or activity.status in self.statuses)
            and (not self.iso3s or any(state.iso3 in self.iso3s for state in activity.states))
            and (not self.since or activity.day >= self.since)
            and (not self.until or activity.start <= self.until)
            and all(getattr(self, name) in ("", getattr(activity, name)) for name in named)
            and (not self.text.strip() or self._says(entry))
        )

    def _says(self, entry: Entry) -> bool:
        wanted = words(self.text).split()
        held = [word for row in search_rows(entry) for word in row["words"].split()]
        return bool(wanted) and all(any(word.startswith(start) for word in held) for start in wanted)
