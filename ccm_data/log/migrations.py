"""Versions of the store's schema: one step per version, forwards only.

A step changes the journal (`log_revision`) and never its rows' content. The projection needs no steps: after any of
them it is made anew from the journal.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, column, inspect, select, table, text, update

from ccm_data.errors import CcmError
from ccm_data.log import projection
from ccm_data.log.schema import journal, schema

LOGGER = logging.getLogger(__name__)


def _append_only(connection: Connection) -> None:
    """Journal with the triggers that keep it append-only and without gaps."""
    journal.create_all(connection)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement))
    connection.execute(schema.insert().values(version=1))


_SQLITE = (
    *(
        f"""CREATE TRIGGER log_revision_no_{verb} BEFORE {verb} ON log_revision
        BEGIN SELECT RAISE(ABORT, 'log_revision is append-only'); END"""
        for verb in ("update", "delete")
    ),
    # INSERT OR REPLACE deletes without firing delete triggers, so what it could replace is refused before.
    """CREATE TRIGGER log_revision_next BEFORE INSERT ON log_revision
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM log_revision)
      OR EXISTS (SELECT 1 FROM log_revision WHERE id = NEW.id OR (subject = NEW.subject AND version = NEW.version))
    BEGIN SELECT RAISE(ABORT, 'log_revision is append-only, one number after the other'); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION log_revision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'log_revision is append-only'; END $$""",
    """CREATE FUNCTION log_revision_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM log_revision) THEN
        RAISE EXCEPTION 'log_revision is append-only, one number after the other';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER log_revision_no_change BEFORE UPDATE OR DELETE ON log_revision
    FOR EACH ROW EXECUTE FUNCTION log_revision_refuse()""",
    """CREATE TRIGGER log_revision_no_truncate BEFORE TRUNCATE ON log_revision
    FOR EACH STATEMENT EXECUTE FUNCTION log_revision_refuse()""",
    """CREATE TRIGGER log_revision_next BEFORE INSERT ON log_revision
    FOR EACH ROW EXECUTE FUNCTION log_revision_next()""",
)

STEPS: tuple[Callable[[Connection], None], ...] = (_append_only,)


def version(connection: Connection) -> int:
    """The store's schema version; 0 for an empty database. Raises CcmError for a log that does not say one version."""
    if not inspect(connection).has_table(schema.name):
        return 0
    held = list(connection.scalars(select(schema.c.version)))
    if len(held) != 1:
        raise CcmError(
            "The log does not say which schema version it has, so another program changed it; restore a backup, or the "
            "last export with `ccm log import` into a new folder."
        )
    return int(held[0])


def check(connection: Connection) -> None:
    """Raises CcmError when the store's schema is older or newer than this program's."""
    _refuse_newer(found := version(connection))
    if found < len(STEPS):
        raise CcmError(
            f"The log has schema version {found} and this program needs {len(STEPS)}; run `ccm log migrate` once."
        )


def migrate(connection: Connection) -> tuple[int, int]:
    """Bring the store to this program's schema and make its projection anew; from which version to which.

    Raises CcmError when the store is newer than the program: it never goes backwards.
    """
    _refuse_newer(found := version(connection))
    for number, step in enumerate(STEPS[found:], start=found + 1):
        step(connection)
        connection.execute(update(schema).values(version=number))
        LOGGER.info("Log brought to schema version %d", number)
    projection.rebuild(connection)
    LOGGER.info("The current view of the log was made anew")
    return found, len(STEPS)


def damage(connection: Connection) -> Iterator[str]:
    """What is wrong with the database beneath the journal: its file, its schema version, the triggers that guard it."""
    embedded = connection.dialect.name == "sqlite"
    if embedded:
        told = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})")]
        yield from (f"the file is damaged: {one.splitlines()[-1]}" for one in told if one != "ok")
    if (said := version(connection)) != len(STEPS):
        yield f"the log says that its schema version is {said}, where it should be {len(STEPS)}"
    held = dict(_triggers(connection, embedded))
    for statement in _SQLITE if embedded else _POSTGRESQL:
        if (found := _TRIGGER.match(statement)) and held.get(found[1]) not in ("O", statement):
            yield f"the guard {found[1]}, which keeps the history append-only, was removed or changed"


def _triggers(connection: Connection, embedded: bool) -> Iterator[tuple[str, str]]:
    """Name of each trigger and what it is: on SQLite its statement, on PostgreSQL `O` when it is on."""
    if embedded:
        master = table("sqlite_master", column("type"), column("name"), column("sql"))
        statement = select(master.c.name, master.c.sql).where(master.c.type == "trigger")
    else:
        catalogue = table("pg_trigger", column("tgname"), column("tgenabled"))
        statement = select(catalogue.c.tgname, catalogue.c.tgenabled)
    for name, what in connection.execute(statement):
        yield name, what.decode() if isinstance(what, bytes) else what


_TRIGGER = re.compile("CREATE TRIGGER ([a-z_]+)")
_MOST = 20


def _refuse_newer(found: int) -> None:
    if found > len(STEPS):
        raise CcmError(
            f"The log has schema version {found}, newer than this program's {len(STEPS)}; it cannot go backwards: "
            "update the program."
        )
