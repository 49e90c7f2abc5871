"""What other parts of the program read from the log. Each function says how much the reader may see.

An activity counts as a contact with every state it lists, in any role, once it is done; the contact's day is the last
day of the activity. All figures for a day D rest on activities up to D, as they are known now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, column, func, or_, select, values

from ccm_data.log.model import known_states
from ccm_data.log.projection import entry_of, level, numbered
from ccm_data.log.revision import Entry
from ccm_data.log.schema import contact, current, revision
from ccm_data.log.store import Store
from ccm_data.vocab import ActivityStatus, Confidentiality, Obstacle, Role, Stage

DONE, PLANNED = ActivityStatus.DONE.value, ActivityStatus.PLANNED.value


@dataclass(frozen=True, slots=True)
class Contact:
    """One state's part in one activity that was done. `origin` tells it from the facts."""

    iso3: str
    day: date
    role: Role
    position: str
    obstacles: tuple[Obstacle, ...]
    stage: Stage | None
    promise: str
    promise_due: date | None
    confidentiality: Confidentiality
    activity: str
    title: str
    origin: Literal["log"] = "log"


@dataclass(frozen=True, slots=True)
class Coverage:
    """When a state was last in contact; None: never. `lacking`: not within the asked number of days."""

    iso3: str
    last_contact: date | None
    days_since: int | None
    lacking: bool


@dataclass(frozen=True, slots=True)
class StateSummary:
    """A state's contacts, and what comes next with it: the open next step, else the next planned activity."""

    iso3: str
    last_contact: date | None
    days_since: int | None
    contacts: int
    next_step: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something that was to be done before today: a next step, or a planned activity."""

    owner: str
    due: date
    days: int
    step: str
    entry: Entry


def contacts(
    store: Store, iso3s: Collection[str], *, as_of: date, max_confidentiality: Confidentiality, campaign: str = ""
) -> list[Contact]:
    """Every contact with these states up to a day, the latest first. One row per state and activity."""
    return _contacts(store, contact.c.iso3.in_(iso3s), as_of, max_confidentiality, campaign)


def promises_and_stages(store: Store, *, as_of: date, max_confidentiality: Confidentiality) -> list[Contact]:
    """The contacts in which a state said something (position, obstacle, promise or stage), the latest first."""
    return _contacts(store, contact.c.said, as_of, max_confidentiality, "")


def coverage(
    store: Store,
    iso3s: Collection[str],
    *,
    as_of: date,
    days: int,
    max_confidentiality: Confidentiality,
    campaign: str = "",
) -> list[Coverage]:
    """When each of these states was last in contact, those never in contact first, then the longest ago."""
    states, last = _states(iso3s), _last_contact
    statement = select(states.c.iso3, last(states.c.iso3, as_of, max_confidentiality, campaign).label("last"))
    with store.database.read() as connection:
        found = {row.iso3: row.last for row in connection.execute(statement)} if iso3s else {}
    rows = [(iso3, day, (as_of - day).days if day else None) for iso3, day in found.items()]
    listed = [Coverage(iso3, day, since, since is None or since > days) for iso3, day, since in rows]
    return sorted(listed, key=lambda row: (row.last_contact or date.min, row.iso3))


def summary_by_state(
    store: Store, *, as_of: date, max_confidentiality: Confidentiality, campaign: str = ""
) -> dict[str, StateSummary]:
    """Contacts and next step of every state that has any, for one campaign or (blank) for all."""
    counted = select(contact.c.iso3, func.count().label("n"), func.max(contact.c.day).label("last"))
    counted = counted.where(*_done(as_of, max_confidentiality, campaign)).group_by(contact.c.iso3)
    states = _states(known_states())
    ahead = select(
        states.c.iso3,
        _open_step(states.c.iso3, as_of, max_confidentiality, campaign).label("step"),
        _next_planned(states.c.iso3, as_of, max_confidentiality, campaign).label("planned"),
    )
    with store.database.read() as connection:
        held = {row.iso3: row for row in connection.execute(counted)}
        open_ = {row.iso3: row.step or row.planned for row in connection.execute(ahead) if row.step or row.planned}
        by_number = {entry.number: entry for entry in numbered(connection, sorted(set(open_.values())))}
    summaries = {}
    for iso3 in sorted({*held, *open_}):
        last, count = (held[iso3].last, held[iso3].n) if iso3 in held else (None, 0)
        entry = by_number.get(open_.get(iso3, 0))
        step, owner, due = _ahead(entry) if entry else ("", "", None)
        since = (as_of - last).days if last else None
        summaries[iso3] = StateSummary(iso3, last, since, count, step, owner, due)
    return summaries


def overdue(
    store: Store, *, today: date, max_confidentiality: Confidentiality, owner: str = "", limit: int = 1_000
) -> list[Overdue]:
    """What should have been done before today, the oldest first.

    A planned activity is open until it is done or cancelled; a next step until an activity that follows it is done, or
    until it is taken out of its entry. Its due date is the entry's, for a planned activity without one its last day.
    """
    conditions = [
        current.c.due < today,
        *visible(max_confidentiality),
        or_(current.c.status == PLANNED, ~_followed(current.c.subject)),
    ]
    if owner:
        conditions.append(current.c.owner == owner)
    statement = (
        select(revision, current.c.number, current.c.due)
        .join(current, current.c.seq == revision.c.seq)
        .where(*conditions)
        .order_by(current.c.due, current.c.number)
        .limit(limit)
    )
    with store.database.read() as connection:
        found = [(entry_of(row), row.due) for row in connection.execute(statement)]
    return [Overdue(entry.activity.owner, due, (today - due).days, _ahead(entry)[0], entry) for entry, due in found]


def owners(store: Store, *, max_confidentiality: Confidentiality) -> list[str]:
    """The owners that activities name, in order."""
    c = current.c
    named = select(c.owner).distinct().where(c.owner != "", c.deleted.is_(False), c.level <= level(max_confidentiality))
    return store.last_told(("owners", max_confidentiality), lambda connection: sorted(connection.scalars(named)))


def _contacts(
    store: Store, wanted: ColumnElement[bool], as_of: date, maximum: Confidentiality, campaign: str
) -> list[Contact]:
    statement = (
        select(revision, current.c.number, contact.c.iso3)
        .join(current, current.c.seq == revision.c.seq)
        .join(contact, contact.c.number == current.c.number)
        .where(wanted, *_done(as_of, maximum, campaign))
        .order_by(contact.c.day.desc(), current.c.number.desc(), contact.c.iso3)
    )
    with store.database.read() as connection:
        found = [(row.iso3, entry_of(row)) for row in connection.execute(statement)]
    return [_contact(iso3, entry) for iso3, entry in found]


def _contact(iso3: str, entry: Entry) -> Contact:
    activity = entry.activity
    state = next(state for state in activity.states if state.iso3 == iso3)
    return Contact(
        iso3, activity.day, state.role, state.position, state.obstacles, state.stage, state.promise, state.promise_due,
        activity.confidentiality, entry.subject, activity.title,
    )  # fmt: skip


def _states(iso3s: Iterable[str]) -> Any:
    return values(column("iso3", String), name="states").data([(iso3,) for iso3 in sorted(iso3s)]).cte("states")


def visible(maximum: Confidentiality) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the activities that a reader may see."""
    return (current.c.kind == "activity", current.c.deleted.is_(False), current.c.level <= level(maximum))


def _done(as_of: date, maximum: Confidentiality, campaign: str) -> list[ColumnElement[bool]]:
    conditions = [contact.c.status == DONE, contact.c.day <= as_of, contact.c.level <= level(maximum)]
    return [*conditions, contact.c.campaign == campaign] if campaign else conditions


def _last_contact(iso3: Any, as_of: date, maximum: Confidentiality, campaign: str) -> ScalarSelect[date]:
    mine = select(contact.c.day).where(contact.c.iso3 == iso3, *_done(as_of, maximum, campaign))
    return mine.order_by(contact.c.day.desc()).limit(1).scalar_subquery()


def _followed(subject: Any) -> ColumnElement[bool]:
    follower = current.alias("follower")
    followers = select(follower.c.number).where(
        follower.c.follows == subject, follower.c.status == DONE, follower.c.deleted.is_(False)
    )
    return followers.exists()


def _open_step(iso3: Any, as_of: date, maximum: Confidentiality, campaign: str) -> ScalarSelect[int]:
    """Number of the state's latest contact with a next step that nothing has followed yet."""
    of_entry = and_(current.c.number == contact.c.number, ~_followed(current.c.subject))
    mine = select(contact.c.number).select_from(contact.join(current, of_entry))
    mine = mine.where(contact.c.iso3 == iso3, contact.c.next_step, *_done(as_of, maximum, campaign))
    return mine.order_by(contact.c.day.desc(), contact.c.number.desc()).limit(1).scalar_subquery()


def _next_planned(iso3: Any, as_of: date, maximum: Confidentiality, campaign: str) -> ScalarSelect[int]:
    c = contact.c
    conditions = [c.iso3 == iso3, c.status == PLANNED, c.day >= as_of, c.level <= level(maximum)]
    mine = select(c.number).where(*conditions, *([c.campaign == campaign] if campaign else []))
    return mine.order_by(c.day, c.number).limit(1).scalar_subquery()


def _ahead(entry: Entry) -> tuple[str, str, date | None]:
    """What is to be done after an entry, by whom and by when."""
    activity = entry.activity
    if activity.status == ActivityStatus.PLANNED:
        return activity.title, activity.owner, activity.due_date or activity.day
    return activity.next_step, activity.owner, activity.due_date
