"""The head of the log, `seq:hash` of its newest revision: kept elsewhere, it shows a later cut or rewriting.

The hash covers all revisions before it, so a log that still holds the head holds all that it held then.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, select

from ccm_data.errors import CcmError
from ccm_data.log.schema import revision
from ccm_data.log.store import Store
from ccm_data.log.writing import GENESIS

_FORM = re.compile("([0-9]{1,18}):([0-9a-f]{64})")


def head(store: Store, length: int | None = None) -> str:
    """The head of the log as it is now, or when it had so many revisions; of an empty log `0:` and 64 zeros."""
    with store.database.read() as connection:
        return written(*newest(connection, length))


def newest(connection: Connection, length: int | None = None) -> tuple[int, str]:
    """Number and hash of the newest revision, of the first `length` where given."""
    statement = select(revision.c.seq, revision.c.hash).order_by(revision.c.seq.desc()).limit(1)
    if length is not None:
        statement = statement.where(revision.c.seq <= length)
    row = connection.execute(statement).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def written(seq: int, hash: str) -> str:
    """A head as text."""
    return f"{seq}:{hash}"


def parse(text: str) -> tuple[int, str]:
    """Number and hash of a head that was written down. Raises CcmError for what is none."""
    found = _FORM.fullmatch("".join(text.split()).casefold())
    if not found:
        raise CcmError(
            f"'{text[:80]}' is no head of a log; write it as `ccm log verify` prints it: the number of the revision, a "
            "colon and its hash of 64 digits and letters."
        )
    return int(found[1]), found[2]
