"""The activity store: append-only, bitemporal, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from ccm_data.errors import CcmError, Unreachable
from ccm_data.log import migrations
from ccm_data.log.conflict import Conflict
from ccm_data.log.database import Database, configured_url
from ccm_data.log.filter import Filter
from ccm_data.log.model import KINDS, Campaign
from ccm_data.log.plan import preloaded
from ccm_data.log.projection import CHUNK, entry_of, first, newest, numbered
from ccm_data.log.revision import Command, Entry
from ccm_data.log.schema import current, revision
from ccm_data.log.text import line
from ccm_data.log.writing import Author, Save, versions

LOGGER = logging.getLogger(__name__)

T = TypeVar("T")

COUNT_CAP = 10_000
"""A list counts its entries up to here, so that opening it takes the same time however long the log is."""


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list. `total` counts what the filter finds, up to COUNT_CAP; `capped` says that there are more."""

    entries: tuple[Entry, ...]
    total: int
    capped: bool


class Store:
    """The log. Safe to share between threads; any number of processes may have one open."""

    closed = ""
    """Why the log cannot be read (ccm_data/log/closed.py); blank for one that can."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.dialect = database.engine.dialect.name
        self._told: dict[Hashable, Any] = {}

    @property
    def place(self) -> str:
        """Where the log is, without any password."""
        return self.database.place

    def close(self) -> None:
        """Let go of all connections."""
        self.database.engine.dispose()

    # -- writing

    def save(self, commands: Sequence[Command], author: str, reason: str = "") -> list[Entry]:
        """Apply the commands in one transaction; the entries as stored, one per command, durable on return.

        Saving the same creations again stores nothing new. Raises Conflict when an entry has a newer version than a
        command expects, CcmError for everything else that cannot be; then nothing at all is stored.
        """
        return self._save(commands, Author(_author(author), _text("reason", reason)))

    def undo_last(self, author: str) -> list[Entry]:
        """Take back the author's last save that is neither an undo nor undone, as new revisions.

        Raises CcmError when there is none, or when one of its entries is no longer as that save left it.
        """
        name = _author(author)
        with self.database.write() as connection:
            undone = self._last_save(connection, name)
            if not undone:
                raise CcmError(f"{name} has no save to undo.")
            save = Save(connection, Author(name, "Undo of the save of " + undone[0].at, undone[0].batch))
            save.load(entry.subject for entry in undone)
            for subject in dict.fromkeys(entry.subject for entry in reversed(undone)):
                mine = [entry for entry in undone if entry.subject == subject]
                held, left = save.held[subject], mine[-1]
                if (held.record, held.deleted) != (left.record, left.deleted):
                    since = f"was changed by {held.author} at {held.at}"
                    raise CcmError(f"'{held.title}' {since}, so your save cannot be undone; edit the entry instead.")
                before = {entry.version: entry for entry in save.history(subject)}.get(mine[0].version - 1)
                gone = before is None or before.deleted
                save.add(held, subject, "delete" if gone else "restore", (before or held).record)
            save.write()
            return list(save.written.values())

    def last_save(self, author: str) -> list[Entry]:
        """What `undo_last` would take back: the entries as that save left them; empty when there is none."""
        with self.database.read() as connection:
            return self._last_save(connection, _author(author))

    # -- reading

    def current(self, wanted: Filter = Filter(), limit: int = 200, offset: int = 0) -> Page:  # noqa: B008
        """Activities as they are now, the latest start first."""
        c = current.c
        found = select(c.number).where(*wanted.where(self.dialect)).order_by(c.start.desc(), c.number.desc())
        with self.database.read() as connection:
            numbers = list(connection.scalars(found.limit(max(COUNT_CAP, offset + limit) + 1)))
            entries = numbered(connection, numbers[offset : offset + limit])
        return Page(entries, min(len(numbers), COUNT_CAP), len(numbers) > COUNT_CAP)

    def activities(self, wanted: Filter = Filter()) -> Iterator[Entry]:  # noqa: B008
        """All activities that the filter finds, in the order of their creation: for exports."""
        last = 0
        statement = select(current.c.number).where(*wanted.where(self.dialect)).order_by(current.c.number)
        while True:
            with self.database.read() as connection:
                numbers = list(connection.scalars(statement.where(current.c.number > last).limit(CHUNK)))
                entries = numbered(connection, numbers)
            if not numbers:
                return
            yield from entries
            last = numbers[-1]

    def entries(self, kind: str, campaign: str = "") -> list[Entry]:
        """Plan items or campaigns as they are now, preloaded ones included, by start."""
        statement = select(revision, current.c.number).join(current, current.c.seq == revision.c.seq)
        stored = self.last_told(
            ("entries", kind),
            lambda connection: list(map(entry_of, connection.execute(statement.where(current.c.kind == _kind(kind))))),
        )
        held = {entry.subject: entry for entry in preloaded().values() if entry.kind == kind}
        held |= {entry.subject: entry for entry in stored}
        return [
            entry
            for entry in sorted(held.values(), key=_start)
            if not entry.deleted and campaign in ("", getattr(entry.record, "campaign", entry.title))
        ]

    def find(self, subject: str) -> Entry | None:
        """One entry as it is now, deleted or not; None when there is none."""
        statement = select(revision, current.c.number).join(current, current.c.seq == revision.c.seq)
        with self.database.read() as connection:
            row = connection.execute(statement.where(current.c.subject == subject)).first()
        return entry_of(row) if row else preloaded().get(subject)

    def get(self, subject: str) -> Entry:
        """One entry as it is now, deleted or not. Raises CcmError when there is none."""
        if entry := self.find(subject):
            return entry
        raise CcmError(f"There is no entry with the id '{subject[:60]}'.")

    def history(self, subject: str) -> list[Entry]:
        """Every version of an entry, oldest first. Raises CcmError when there is none."""
        with self.database.read() as connection:
            return versions(connection, subject)

    def as_of(self, day: date) -> Iterator[Entry]:
        """Activities as the log knew them at the end of a day (UTC), the last recorded first, without deleted ones.

        Each is at the last of its versions stamped by then. A clock that was wrong misplaces what it stamped, and
        nothing else.
        """
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
        at = midnight.strftime("%Y-%m-%dT%H:%M:%S")
        last = select(func.max(revision.c.seq)).where(revision.c.at < at)
        with self.database.read() as connection:
            through = connection.scalar(last) or 0  # no more than a bound: later ones need not be looked at
            statement = _known_before(at).where(newest.c.seq <= through, newest.c.kind == "activity")
            for row in connection.execution_options(yield_per=500).execute(statement):
                yield entry_of(row)

    def last_seq(self) -> int:
        """The number of the newest revision, 0 for an empty log: the key for caching what is read from it."""
        with self.database.read() as connection:
            return connection.scalar(select(func.coalesce(func.max(revision.c.seq), 0))) or 0

    def last_told(self, question: Hashable, ask: Callable[[Connection], T]) -> T:
        """What the database says, or said last while it cannot be reached: for what a form offers to choose from.

        A form that is being filled in stays on the screen that way until it can be saved. Raises Unreachable when the
        database never said it.
        """
        try:
            with self.database.read() as connection:
                told = self._told[question] = ask(connection)
                return told
        except Unreachable:
            if question not in self._told:
                raise
            last: T = self._told[question]
            return last

    # -- within

    def _save(self, commands: Sequence[Command], author: Author) -> list[Entry]:
        try:
            with self.database.write() as connection:
                save = Save(connection, author)
                entries = save.apply(commands)
                save.write()
        except Conflict as conflict:
            LOGGER.info("Save refused: %d of %d changes met newer versions", len(conflict.clashes), len(commands))
            raise
        return entries

    def _last_save(self, connection: Any, author: str) -> list[Entry]:
        taken_back = revision.alias("taken_back")
        last = (
            select(revision.c.batch)
            .where(
                revision.c.author == author,
                revision.c.undoes.is_(None),
                ~select(taken_back.c.seq).where(taken_back.c.undoes == revision.c.batch).exists(),
            )
            .order_by(revision.c.seq.desc())
            .limit(1)
        )
        head = connection.execute(last.add_columns(revision.c.seq)).first()
        if head is None:
            return []
        # A save's revisions are neighbours in the journal, so no index over batches is needed.
        start = select(func.coalesce(func.max(revision.c.seq), 0)).where(
            revision.c.seq <= head.seq, revision.c.batch != head.batch
        )
        rows = connection.execute(
            select(revision, first.c.seq.label("number"))
            .join(first, (first.c.subject == revision.c.subject) & (first.c.version == 1))
            .where(revision.c.seq > start.scalar_subquery(), revision.c.seq <= head.seq)
            .order_by(revision.c.seq)
        )
        return [entry_of(row) for row in rows]


def open_store(url: str | None = None) -> Store:
    """The log at a database URL, else where the environment says (DESIGN section 7).

    A fresh embedded file gets its tables here. Raises CcmError when the place cannot be used, or its schema is older
    (run `ccm log migrate`) or newer than the program.
    """
    database = Database(configured_url(url))
    with database.read() as connection:
        found = migrations.version(connection)
        if found or not database.embedded:
            migrations.check(connection)
    if not found:
        with database.write() as connection:
            if not migrations.version(connection):  # another process may have been first
                migrations.migrate(connection)
    if found:
        LOGGER.info("Log opened: %s", database.place)
    else:
        LOGGER.info("A new log was made, there was none: %s", database.place)
    return Store(database)


def migrate_store(url: str | None = None) -> tuple[int, int]:
    """Bring a store to this program's schema; from which version to which. Raises CcmError when it is newer."""
    with Database(configured_url(url)).write() as connection:
        return migrations.migrate(connection)


def _known_before(at: str) -> Select[Any]:
    later = revision.alias("later")
    replaced = select(later.c.seq).where(
        later.c.subject == newest.c.subject, later.c.version > newest.c.version, later.c.at < at
    )
    return (
        select(*newest.c, first.c.seq.label("number"))
        .join(first, (first.c.subject == newest.c.subject) & (first.c.version == 1))
        .where(newest.c.at < at, newest.c.action != "delete", ~replaced.exists())
        .order_by(newest.c.seq.desc())
    )


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise CcmError(f"'{kind}' is no kind of entry; possible are {', '.join(KINDS)}.")
    return kind


def _start(entry: Entry) -> date:
    return entry.record.baseline if isinstance(entry.record, Campaign) else entry.record.start


def _author(name: str) -> str:
    if not (author := _text("author", name)):
        raise CcmError("The author is missing; every save names who made it.")
    return author


def _text(field: str, value: str) -> str:
    try:
        return line(value)
    except ValueError as error:
        raise CcmError(f"{field}: {error}.") from None
