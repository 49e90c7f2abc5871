"""Where changes of the facts are kept: one append-only table, in CCM_HOME/facts/ or in the team's PostgreSQL."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, func, select
from sqlalchemy.engine import URL

from ccm_data import clock
from ccm_data.errors import CcmError
from ccm_data.log.database import Database, configured_url
from ccm_data.log.revision import canonical
from ccm_data.overlay.model import Change, ChangeKind, Op, Overlay, Through

_schema = MetaData()
_change = Table(
    "fact_change",
    _schema,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),  # ISO 8601, UTC
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("content", Text, nullable=False),
)


class ChangeStore:
    """All changes of the facts. Safe to share between threads; any number of processes may have one open."""

    def __init__(self, place: Path | str) -> None:
        """`place`: a file, or the address of a database."""
        local = "://" not in str(place)
        self._url = URL.create("sqlite", database=str(place)) if local else configured_url(str(place))
        self._database: Database | None = None
        self._opening = Lock()

    @property
    def database(self) -> Database:
        """The open database with its table, made when the first change is written."""
        with self._opening:
            if self._database is None:
                self._database = _prepared(Database(self._url))
            return self._database

    @property
    def _absent(self) -> bool:
        return self._url.get_backend_name() == "sqlite" and not os.path.exists(str(self._url.database))

    def head(self) -> int:
        """The number of the last change; 0 before the first."""
        if self._absent:
            return 0
        with self.database.read() as connection:
            return int(connection.scalar(select(func.max(_change.c.seq))) or 0)

    def overlay(self) -> Overlay:
        """Everything that was ever changed, as of now."""
        if self._absent:
            return Overlay()
        with self.database.read() as connection:
            return _overlay(connection)

    def append(self, decide: Callable[[Overlay], Change | None], check: Callable[[Overlay], None]) -> Change | None:
        """Write the change that `decide` makes of the overlay as it is, once `check` agrees to what comes of it.

        Meanwhile nobody else writes. None writes nothing; what either raises is raised on, and nothing is written.
        Durable on return.
        """
        with self.database.write() as connection:
            held = _overlay(connection)
            change = decide(held)
            if change is None:
                return None
            seq = held.changes[-1].seq + 1 if held.changes else 1
            stored = replace(change, seq=seq, at=clock.now().replace(microsecond=0))
            check(Overlay((*held.changes, stored)))
            connection.execute(
                _change.insert().values(
                    seq=seq, id=stored.id, at=_iso(stored), kind=stored.kind.value, author=stored.author,
                    reason=stored.reason, content=stored.content,
                )
            )  # fmt: skip
            return stored

    def lines(self) -> Iterator[str]:
        """Every change as a JSON line, oldest first, each with its line end; a consistent view while others write."""
        if self._absent:
            return
        with self.database.read() as connection:
            for row in connection.execute(select(_change).order_by(_change.c.seq)).mappings():
                yield canonical(dict(row)) + "\n"

    def restore(self, source: Iterable[str]) -> int:
        """Write the changes of these JSON lines with their numbers, ids and times; how many were added.

        The store must hold nothing, or a beginning of the same changes. Raises CcmError for anything else, and for a
        line that is no change; then nothing is written.
        """
        given = given_changes(source)
        if not given:
            return 0
        with self.database.write() as connection:
            held = [dict(row) for row in connection.execute(select(_change).order_by(_change.c.seq)).mappings()]
            if held != given[: len(held)]:
                raise CcmError(
                    f"{self.database.place} and the file hold different changes of the facts; restore into an empty "
                    "folder (--home) or database."
                )
            if fresh := given[len(held) :]:
                connection.execute(_change.insert(), fresh)
        return len(fresh)

    def close(self) -> None:
        """Let go of all connections."""
        if self._database is not None:
            self._database.engine.dispose()
            self._database = None


def _prepared(database: Database) -> Database:
    """The database with its table. While another process makes a new file, SQLite refuses at once and does not wait."""
    for _attempt in range(TRIES):
        try:
            with database.write() as connection:
                _schema.create_all(connection)
            return database
        except CcmError as error:
            if "is locked" not in str(error):
                raise
            refused = error
            time.sleep(WAIT)
    raise refused


TRIES, WAIT = 100, 0.1


def _iso(change: Change) -> str:
    assert change.at is not None
    return change.at.isoformat()


def _overlay(connection: Connection) -> Overlay:
    rows = connection.execute(select(_change).order_by(_change.c.seq)).mappings()
    return Overlay(tuple(_read(dict(row)) for row in rows))


def given_changes(source: Iterable[str]) -> list[dict[str, Any]]:
    """The rows that JSON lines of changes hold. Raises CcmError naming the first line that is no change."""
    found: list[dict[str, Any]] = []
    for number, text in enumerate(source, start=1):
        try:
            row = json.loads(text)
            whole = set(row) == set(_change.c.keys()) and row["seq"] == number and _read(row).id == row["id"]
        except (ValueError, TypeError, KeyError, StopIteration):
            whole = False
        if not whole:
            raise CcmError(f"Line {number} of the file is no change of the facts; it may have been cut off.")
        found.append(row)
    return found


def _read(row: dict[str, Any]) -> Change:
    held = json.loads(row["content"])
    return Change(
        id=row["id"], kind=next(kind for kind in ChangeKind if kind == row["kind"]),
        author=row["author"], reason=row["reason"],
        ops=tuple(Op.from_json(op) for op in held["ops"]), through=tuple(Through(*t) for t in held["through"]),
        undoes=held["undoes"], confirms=held["confirms"], about=held["about"], seq=int(row["seq"]),
        at=datetime.fromisoformat(row["at"]),
    )  # fmt: skip
