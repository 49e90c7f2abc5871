"""Connections of the activity store: SQLite by default, PostgreSQL by configuration, one way to read and to write."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ccm_data.errors import CcmError, Unreachable
from ccm_data.paths import home_dir

LOGGER = logging.getLogger(__name__)

LOCK = 0x63636D6C6F67
"""Key of the PostgreSQL advisory lock that puts writers in line."""

_DURABLE = select(func.set_config("synchronous_commit", "on", True)).where(
    func.current_setting("synchronous_commit") == "off"
)

WAIT_MS = 30_000
"""How long a writer waits for another one."""

_ON_CONNECT = (
    f"PRAGMA busy_timeout={WAIT_MS}",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",  # macOS: through the disk's own cache
    "PRAGMA checkpoint_fullfsync=ON",
    "PRAGMA recursive_triggers=ON",  # INSERT OR REPLACE must meet the append-only trigger too
    "PRAGMA cache_size=-16000",
    "PRAGMA temp_store=MEMORY",
)


def configured_url(url: str | None = None) -> URL:
    """Where the log is: the URL given, else `CCM_DATABASE_URL`, else activities.sqlite in the user's folder."""
    given = url or os.environ.get("CCM_DATABASE_URL")
    if not given:
        return URL.create("sqlite", database=str(home_dir() / "activities.sqlite"))
    try:
        parsed = make_url(given)
    except ArgumentError:
        raise CcmError("CCM_DATABASE_URL is not a database URL; possible is postgresql://user@host/name.") from None
    match parsed.get_backend_name():
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite":
            return parsed
    raise CcmError(f"The log cannot live in {parsed.drivername}; possible are sqlite:///FILE and postgresql://….")


class Unreadable(CcmError):
    """The database itself cannot be reached, read or written; nothing that was asked of it is at fault."""


class Database:
    """One engine with its two kinds of transaction. Safe to share between threads."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.embedded = url.get_backend_name() == "sqlite"
        if self.embedded and url.database:
            _make_folder(os.path.dirname(os.path.abspath(url.database)))
            _keep_private(url.database)
        self.engine = engine_of(url, self.embedded)

    @property
    def place(self) -> str:
        """Where the log is, without any password."""
        return str(self.url.database) if self.embedded else self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the store. On PostgreSQL: repeatable read, so that several statements agree."""
        options: dict[str, Any] = {} if self.embedded else {"isolation_level": "REPEATABLE READ"}
        with self._sentences(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one writer's transaction: alone until it is durable or undone."""
        with (
            self._sentences(),
            self.engine.connect().execution_options(ccm_write=True) as connection,
            connection.begin(),
        ):
            if not self.embedded:
                connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
                connection.execute(_DURABLE)
            yield connection
        if self.embedded:
            self.settle()

    def settle(self) -> None:
        """Bring what is written into the one file, so that a copy of it alone holds everything; SQLite keeps what was
        written last beside it. While somebody reads, or the disk is full, a part stays there until the next time."""
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        except DBAPIError as error:  # what was saved is safe where it is
            LOGGER.warning("%s keeps its last entries beside it: %s", self.place, error.orig)

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            told = _sentence(str(error.orig), self.place)
            LOGGER.error("%s", told)  # of the database alone: never its statement, whose values are people's words
            raise (Unreachable if told.startswith(_SILENT) else Unreadable)(told) from error
        except UnicodeDecodeError as error:  # SQLite names what it cannot read by bytes that are no text
            told = _sentence("malformed", self.place)
            LOGGER.error("%s", told)
            raise Unreadable(told) from error


_SILENT = "The database cannot be reached"


def _sentence(cause: str, place: str) -> str:
    unsaved = "nothing of this save was written, everything saved before is safe"
    known = {
        "disk is full": f"The disk is full: {unsaved}; free some space and save again",
        "disk I/O error": f"The disk refused to write: {unsaved}; check its space and save again",
        "No space left": f"The database server's disk is full: {unsaved}; free some space there and save again",
        "readonly database": "The log is read-only here; make its file and folder writable",
        "unable to open": "The log cannot be opened; check that its folder is there, writable and not full",
        "not a database": "The file is not an activity log; move it away or name another folder with CCM_HOME",
        "malformed": "The log file is damaged; restore the last export with `ccm log import` into a new folder",
        "is locked": "Another program holds the log for too long; close it and save again",
        "connection": f"{_SILENT}; check CCM_DATABASE_URL and that the server runs, then try again",
        "append-only": "The history of the log is append-only; save a new revision instead",
    }
    told = next((sentence for sign, sentence in known.items() if sign in cause), "The log refused the request")
    return f"{told} ({place}: {cause.strip().splitlines()[0] if cause.strip() else 'no reason given'})."


def _make_folder(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        reason = f"{folder} cannot be made: {error.strerror}"
        raise CcmError(f"The log's folder {reason}; CCM_HOME can name another.") from error


def _keep_private(file: str) -> None:
    """Let nobody but its owner read the log; where that cannot be, opening it says what is wrong."""
    with suppress(OSError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(file, 0o600)


def _write_ahead(connection: Any) -> None:
    """Let readers and a writer go on side by side. SQLite does not wait when two ask for it on a fresh file at once."""
    last = time.monotonic() + WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "is locked" not in str(error) or time.monotonic() > last:
                raise
            time.sleep(0.01)


_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 15_000}
"""Seconds to wait for PostgreSQL to take a connection, milliseconds until one that answers nothing counts as lost."""


def engine_of(url: URL, embedded: bool, **more: Any) -> Engine:
    """The engine of a database, its connections set up as the log needs them."""
    if not embedded:
        try:
            return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=15, connect_args=_PATIENCE)
        except ModuleNotFoundError:
            raise CcmError('PostgreSQL needs its driver; install it with `pip install ".[server]"`.') from None
    waits = {"timeout": WAIT_MS / 1000, "check_same_thread": False}
    engine = create_engine(url, pool_size=5, max_overflow=15, connect_args=waits, **more)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not by the driver's guess
        for pragma in _ON_CONNECT:
            connection.execute(pragma)
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("ccm_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
