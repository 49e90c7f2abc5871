"""The next forum: the meeting or event that comes next, and which target states will sit in that room, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.log import Activity, Entry, Filter
from ccm_data.ranking.actions import ATTENDED_YEARS
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.vocab import ActivityStatus, ActivityType, Precision

FORUMS = (
    ActivityType.SIDE_EVENT, ActivityType.SPEAKING_SLOT, ActivityType.REGIONAL_MEETING,
    ActivityType.REGIONAL_WORKSHOP, ActivityType.INFORMAL_WORKING_GROUP, ActivityType.MILITARY_TO_MILITARY,
    ActivityType.INTERSESSIONAL_OUTREACH,
)  # fmt: skip
"""Types of activity at which several states meet in one room."""

TAKES_PART = "named as taking part"


@dataclass(frozen=True, slots=True)
class Forum:
    """A meeting or event ahead: its days, as exact as `precision`, and the targets in the room by ISO code, in order,
    with the `basis` on which they are; `entry` is its id in the log, `source_id` that of the facts, one of them blank.
    """

    title: str
    start: date
    end: date
    precision: str
    place: str
    iso3s: tuple[str, ...]
    basis: str
    entry: str = ""
    source_id: str = ""


def next_forum(reading: Reading) -> Forum | None:
    """The first meeting or event that has not ended on the day, by the facts known then and by the log; None for none.

    Raises FactsError for broken facts.
    """
    targets = reading.targets()
    found = [*_of_facts(reading, targets), *_of_log(reading, targets)]
    return min(found, key=lambda forum: (forum.start, forum.title), default=None)


def _of_facts(reading: Reading, targets: pd.DataFrame) -> Iterable[Forum]:
    for row in each(reading.rows("desk/forums", types=[term.value for term in FORUMS])):
        there = _attended(targets, reading.as_of) if row.formal else targets["iso3"].isin(list(row.iso3s))
        basis = f"attended one on the Convention in the last {ATTENDED_YEARS} years" if row.formal else TAKES_PART
        yield Forum(
            row.title, row.start_date.date(), row.last_day.date(), row.precision,
            row.place if isinstance(row.place, str) else "", tuple(targets.loc[there, "iso3"]), basis,
            source_id=row.source_id,
        )  # fmt: skip


def _attended(targets: pd.DataFrame, day: date) -> pd.Series[bool]:
    """Which targets came as observers within the years that the rules of next best action count."""
    return targets["last_attendance_date"] >= pd.Timestamp(day) - pd.DateOffset(years=ATTENDED_YEARS)


def _of_log(reading: Reading, targets: pd.DataFrame) -> Iterable[Forum]:
    wanted = Filter(
        types=FORUMS, statuses=(ActivityStatus.PLANNED,), since=reading.log_day, max_confidentiality=reading.audience
    )
    organizations = list(each(reading.workspace.organizations))
    for entry in reading.store.activities(wanted):
        yield _planned(entry, targets, organizations)


def _planned(entry: Entry, targets: pd.DataFrame, organizations: list[Any]) -> Forum:
    """A planned activity: the states it names, and the members of the organizations that it names."""
    activity = entry.activity
    bodies = [body for body in organizations if _names(activity, body.code, body.name)]
    members = targets["organizations"].map(lambda held: any(body.code in held for body in bodies))
    named = {state.iso3 for state in activity.states}
    listed = ", ".join(body.name for body in bodies)
    basis = " or ".join(filter(None, ["named in the entry" if named else "", f"member of {listed}" if bodies else ""]))
    return Forum(
        activity.title, activity.start, activity.day, Precision.DAY, activity.place,
        tuple(targets.loc[targets["iso3"].isin(named) | members, "iso3"]), basis, entry=entry.subject,
    )  # fmt: skip


def _names(activity: Activity, code: str, name: str) -> bool:
    """Whether an activity names an organization, in its title, its place, or among who takes part."""
    told = "\n".join([activity.title, activity.place, *activity.implementers, *activity.partners])
    return name.casefold() in told.casefold() or bool(re.search(rf"\b{re.escape(code)}\b", told))
