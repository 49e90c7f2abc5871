"""The current view: a fold of the journal, kept beside it so that lists and searches need not replay."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Connection, Row, Select, Table, delete, func, insert, select, type_coerce
from sqlalchemy.types import NullType

from ccm_data.errors import CcmError
from ccm_data.log import search
from ccm_data.log.database import Unreadable
from ccm_data.log.fields import WORDS, Kind, fields
from ccm_data.log.model import Activity, Campaign, PlanItem, known_states, parse
from ccm_data.log.plan import preloaded
from ccm_data.log.revision import Entry
from ccm_data.log.schema import contact, current, projection, revision
from ccm_data.log.text import words
from ccm_data.vocab import ActivityStatus, Confidentiality, codes

T = TypeVar("T")

CHUNK = 1_000
REMEDY = "`ccm log migrate` rebuilds it"
LEVELS = codes(Confidentiality)

newest, first = revision.alias("newest"), revision.alias("first")


def chunked(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def level(confidentiality: Confidentiality | str) -> int:
    """0 public, 1 partners, 2 internal: each may see its own level and those below."""
    return LEVELS.index(confidentiality)


def entry_of(row: Row[Any]) -> Entry:
    """An entry from a revision row with the `number` of its entry. Raises Unreadable for what no program wrote."""
    try:
        record = parse(row.kind, _values(row), stored=True)
    except (CcmError, ValueError, TypeError) as error:
        raise Unreadable(
            f"The log is damaged: revision {row.seq} cannot be read; restore a backup, or the last export with "
            "`ccm log import` into a new folder, and see `ccm log verify`."
        ) from error
    return Entry(
        kind=row.kind, subject=row.subject, version=row.version, action=row.action, at=row.at, author=row.author,
        record=record, reason=row.reason, seq=row.seq, number=row.number, batch=row.batch, hash=row.hash,
    )  # fmt: skip


def _values(row: Row[Any]) -> dict[str, Any]:
    """A revision's values; a shipped campaign edited before campaigns had readers has those that it comes with."""
    values: dict[str, Any] = json.loads(row.payload)
    shipped = preloaded().get(row.subject)
    if shipped and isinstance(shipped.record, Campaign):
        return {"confidentiality": shipped.record.confidentiality} | values
    return values


def newest_entries(subjects: Sequence[str] | None = None) -> Select[Any]:
    """Statement: the newest revision of each entry, with the entry's number. One row per entry."""
    later = revision.alias("later")
    replaced = select(later.c.seq).where(later.c.subject == newest.c.subject, later.c.version == newest.c.version + 1)
    statement = (
        select(*newest.c, first.c.seq.label("number"))
        .join(first, (first.c.subject == newest.c.subject) & (first.c.version == 1))
        .where(~replaced.exists())
    )
    return statement if subjects is None else statement.where(newest.c.subject.in_(subjects))


def numbered(connection: Connection, numbers: Sequence[int]) -> tuple[Entry, ...]:
    """The entries with these numbers as they are now, in the order of the numbers given."""
    statement = select(revision, current.c.number).join(current, current.c.seq == revision.c.seq)
    found = connection.execute(statement.where(current.c.number.in_(numbers)))
    place = {number: at for at, number in enumerate(numbers)}
    return tuple(sorted(map(entry_of, found), key=lambda entry: place[entry.number]))


def current_row(entry: Entry) -> dict[str, Any]:
    """The entry's row of `log_current`."""
    row: dict[str, Any] = dict.fromkeys(column.name for column in current.c)
    row |= {
        "number": entry.number, "subject": entry.subject, "kind": entry.kind, "deleted": entry.deleted,
        "version": entry.version, "seq": entry.seq, "title": entry.title,
    }  # fmt: skip
    match entry.record:
        case Activity() as activity:
            same = ("start", "day", "owner", "campaign", "plan_item", "follows")
            row |= {name: getattr(activity, name) for name in same}
            row |= {"type": activity.type.value, "status": activity.status.value, "due": open_until(activity)}
            row |= {"level": level(activity.confidentiality), "next_step": bool(activity.next_step)}
            row |= {"budget": cents(activity.budget), "cost": cents(activity.cost)}
        case PlanItem() as item:
            row |= {"start": item.start, "day": item.end, "type": item.type.value, "due": item.due_date}
            row |= {"campaign": item.campaign, "budget": cents(item.budget)}
        case Campaign() as campaign:
            row |= {"start": campaign.baseline, "day": campaign.end, "due": campaign.report_due}
            row |= {"campaign": campaign.name}
    return row


def contact_rows(entry: Entry) -> list[dict[str, Any]]:
    """The entry's rows of `log_contact`: one per state of an activity."""
    record = entry.record
    if not isinstance(record, Activity):
        return []
    status = None if entry.deleted else record.status.value
    shared = {
        "number": entry.number, "day": record.day, "status": status, "level": level(record.confidentiality),
        "campaign": record.campaign, "next_step": bool(record.next_step),
    }  # fmt: skip
    return [shared | {"iso3": state.iso3, "said": state.said} for state in record.states]


def search_rows(entry: Entry) -> list[dict[str, Any]]:
    """The entry's row of the search index; none when it is no activity."""
    if not isinstance(entry.record, Activity):
        return []
    return [{"number": entry.number, "words": words(*_texts(entry.record))}]


def _texts(record: BaseModel) -> Iterator[str]:
    """What people wrote into a record, and the names of its states."""
    for name, field in fields(type(record)).items():
        value = getattr(record, name)
        if field.kind in (Kind.LINKS, Kind.STATES):
            for part in value:
                yield from _texts(part)
        elif field.kind is Kind.STATE:
            yield from (value, known_states().get(value, ""))
        elif field.kind in WORDS:
            yield from value if field.kind is Kind.NAMES else (value,)


def open_until(activity: Activity) -> date | None:
    """By when something is to be done: a planned activity itself, or the next step after one that was done."""
    match activity.status:
        case ActivityStatus.PLANNED:
            return activity.due_date or activity.day
        case ActivityStatus.DONE if activity.next_step:
            return activity.due_date
    return None


def cents(amount: Any) -> int | None:
    """An amount in hundredths."""
    return None if amount is None else int(amount * 100)


def put(connection: Connection, entries: Iterable[Entry], *, fresh: bool = False) -> None:
    """Bring the projection to these newest versions. `fresh`: none of them is in it yet."""
    for chunk in chunked(entries, CHUNK):
        numbers = [entry.number for entry in chunk]
        if not fresh:
            connection.execute(delete(current).where(current.c.number.in_(numbers)))
            connection.execute(delete(contact).where(contact.c.number.in_(numbers)))
            search.remove(connection, numbers)
        connection.execute(insert(current), [current_row(entry) for entry in chunk])
        if contacts := [row for entry in chunk for row in contact_rows(entry)]:
            connection.execute(insert(contact), contacts)
        search.put(connection, [row for entry in chunk for row in search_rows(entry)])


def rebuild(connection: Connection) -> None:
    """Make the projection anew from the journal."""
    search.drop(connection)
    projection.drop_all(connection)
    projection.create_all(connection)
    search.create(connection)
    last = 0
    while rows := connection.execute(
        newest_entries().where(first.c.seq > last).order_by(first.c.seq).limit(CHUNK)
    ).all():
        put(connection, map(entry_of, rows), fresh=True)
        last = rows[-1].number


def differences(connection: Connection) -> Iterator[str]:
    """Where the projection is not what the journal says; one sentence per entry.

    Values are compared as they are stored: a reader might forgive what a filter does not.
    """
    last, entries_held, contacts_held, unfound = 0, 0, 0, 0
    stored = _STORED if connection.dialect.name == "sqlite" else {}
    while rows := connection.execute(
        newest_entries().where(first.c.seq > last).order_by(first.c.seq).limit(CHUNK)
    ).all():
        entries = [entry_of(row) for row in rows]
        numbers = [entry.number for entry in entries]
        held = {row["number"]: row for row in _as_stored(connection, current, numbers)}
        states: dict[int, list[dict[str, Any]]] = {}
        for row in _as_stored(connection, contact, numbers):
            states.setdefault(row["number"], []).append(row)
        indexed = search.indexed(connection, numbers)
        for entry in entries:
            expected = sorted(contact_rows(entry), key=lambda row: str(row["iso3"]))
            found = sorted(states.get(entry.number, []), key=lambda row: str(row["iso3"]))
            same = _stored(stored, current_row(entry)) == held.get(entry.number)
            if not same or [_stored(stored, row) for row in expected] != found:
                yield f"The current view of entry {entry.subject} is not its newest revision; {REMEDY}."
            wanted = {word for row in search_rows(entry) for word in row["words"].split()}
            unfound += indexed.get(entry.number, set()) != wanted
            contacts_held += len(expected)
        entries_held += len(entries)
        last = rows[-1].number
    for table, many in ((current, entries_held), (contact, contacts_held)):
        if (connection.scalar(select(func.count()).select_from(table)) or 0) > many:
            yield f"The current view holds entries that the history does not; {REMEDY}."
    activities = select(func.count()).select_from(current).where(current.c.kind == "activity")
    if unfound or connection.scalar(activities) != search.count(connection):
        yield f"The search index does not hold each activity once; {REMEDY}."


_STORED: dict[type, Callable[[Any], Any]] = {date: date.isoformat, bool: int}
"""How SQLite stores what it has no type for."""


def _stored(stored: Mapping[type, Callable[[Any], Any]], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: stored.get(type(value), _same)(value) for name, value in row.items()}


def _same(value: Any) -> Any:
    return value


def _as_stored(connection: Connection, table: Table, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    columns = [type_coerce(column, NullType()).label(column.name) for column in table.c]
    for row in connection.execute(select(*columns).where(table.c.number.in_(numbers))):
        yield dict(row._mapping)
