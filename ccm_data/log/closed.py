"""A log that cannot be read, as an empty one: pages that need little of it go on, and a save says why it is refused.

Whoever shows a figure that would need the log asks `Store.closed` first: nothing read here is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import Connection, QueuePool
from sqlalchemy.engine import URL

from ccm_data.errors import CcmError
from ccm_data.log import migrations
from ccm_data.log.database import Database, engine_of
from ccm_data.log.store import Store


class Nowhere(Database):
    """An empty database in memory that takes no writes: `reason` is the sentence that each is refused with."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.embedded = True
        query = {"mode": "memory", "cache": "shared", "uri": "true"}
        self.url = URL.create("sqlite", database=f"file:ccm-closed-{uuid4()}", query=query)
        self.engine = engine_of(self.url, embedded=True, poolclass=QueuePool)
        self._kept = self.engine.connect()  # the memory is let go with its last connection
        with super().write() as connection:
            migrations.migrate(connection)

    @property
    def place(self) -> str:
        """No place: what is cached of it is nobody else's."""
        return str(self.url.database)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Raises CcmError: nothing can be kept here."""
        raise CcmError(self.reason)
        yield

    def settle(self) -> None:
        """There is no file to bring anything into."""


class ClosedStore(Store):
    """Reads like an empty log. `closed` says in one sentence why the log cannot be read and what is possible."""

    def __init__(self, reason: str) -> None:
        super().__init__(Nowhere(reason))
        self.closed = reason
