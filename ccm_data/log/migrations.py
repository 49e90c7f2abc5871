"""Versions of the store's schema: one step per version, forwards only.

A step changes the journal (`log_revision`) and never its rows' content. The projection needs no steps: after any of
them it is made anew from the journal.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy import Connection, inspect, select, text, update

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
    """The store's schema version; 0 for an empty database."""
    if not inspect(connection).has_table(schema.name):
        return 0
    return int(connection.scalar(select(schema.c.version)) or 0)


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


def _refuse_newer(found: int) -> None:
    if found > len(STEPS):
        raise CcmError(
            f"The log has schema version {found}, newer than this program's {len(STEPS)}; it cannot go backwards: "
            "update the program."
        )
