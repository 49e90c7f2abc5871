"""The whole history as JSON Lines: proved by its hash chain, moved to another store bit for bit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from ccm_data import files
from ccm_data.errors import CcmError
from ccm_data.log import projection
from ccm_data.log.projection import CHUNK, chunked, entry_of, newest_entries
from ccm_data.log.revision import canonical, digest, in_form
from ccm_data.log.schema import revision
from ccm_data.log.store import Store
from ccm_data.log.writing import GENESIS

MOST_PROBLEMS = 20
COLUMNS = [column.name for column in revision.c]


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found. `head` is the hash of the newest revision: equal heads mean equal histories."""

    revisions: int
    entries: int
    head: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the history is whole and the current view is what it says."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: revisions added, and the history's length and head after it."""

    added: int
    revisions: int
    head: str


class Chain:
    """Checks revisions one after the other against the hash chain, and counts the entries that they begin."""

    def __init__(self, seq: int = 0, head: str = GENESIS) -> None:
        self.seq, self.head, self.at, self.entries = seq, head, "", 0

    def problem(self, row: dict[str, Any]) -> str:
        """What is wrong with the next revision; blank when nothing is."""
        found = ""
        if row["seq"] != self.seq + 1:
            found = f"revision {self.seq + 1} is missing: {row['seq']} follows {self.seq}"
        elif row["prev_hash"] != self.head:
            found = f"revision {row['seq']} does not continue the chain: an earlier one was changed or lost"
        elif row["hash"] != digest(row):
            found = f"revision {row['seq']} was changed: its hash does not fit its content"
        elif row["at"] < self.at:
            found = f"revision {row['seq']} is dated before the one it follows"
        else:
            found = _payload_problem(row)
        self.seq, self.head, self.at = row["seq"], row["hash"], row["at"]
        self.entries += row["version"] == 1
        return found


def verify(store: Store) -> Report:
    """Check the whole history against its hash chain, and the current view against the history. Writes nothing."""
    chain = Chain()
    problems: list[str] = []
    with store.database.read() as connection:
        for row in _revisions(connection):
            if (problem := chain.problem(row)) and len(problems) < MOST_PROBLEMS:
                problems.append(problem)
        if not problems:  # the current view can only be compared with a history that is whole
            problems += [problem for problem, _ in zip(_later_checks(connection), range(MOST_PROBLEMS), strict=False)]
        entries = connection.scalar(select(func.count()).select_from(revision).where(revision.c.version == 1)) or 0
    return Report(chain.seq, entries, chain.head, tuple(problems))


def lines(store: Store) -> Iterator[str]:
    """The history as JSON lines, oldest first, each with its line end; a consistent view while others write."""
    with store.database.read() as connection:
        for row in _revisions(connection):
            yield canonical(row | {"payload": json.loads(row["payload"])}) + "\n"


def export_history(store: Store, path: Path) -> int:
    """Write the whole history to a file, replacing it only when all is on the disk; the number of revisions."""
    count = 0
    with files.whole(path) as file:
        for text in lines(store):
            file.write(text.encode())
            count += 1
    return count


def import_history(store: Store, source: Iterable[str]) -> Imported:
    """Restore a history from its JSON lines, with the same ids, times and hashes.

    The store must hold nothing, or a beginning of the same history (then the rest is added), or all of it. Raises
    CcmError for anything else, and for a history that its hash chain does not prove; then nothing is written.
    """
    chain, added = Chain(), 0
    with store.database.write() as connection:
        length = connection.scalar(select(func.coalesce(func.max(revision.c.seq), 0))) or 0
        for chunk in chunked(proved(chain, source), CHUNK):
            _same(connection, [row for row in chunk if row["seq"] <= length])
            fresh = [row for row in chunk if row["seq"] > length]
            if fresh:
                connection.execute(insert(revision), fresh)
                added += len(fresh)
        for problem in _gaps(connection):
            raise CcmError(f"The file is no history of the log: {problem}.")
        _project(connection, length, added)
        total, head = (length, _head(connection)) if chain.seq < length else (chain.seq, chain.head)
    return Imported(added, total, head)


def proved(chain: Chain, source: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The revisions of a history given as JSON lines, each once the chain proves it. Raises CcmError where it fails."""
    for number, text in enumerate(source, start=1):
        try:
            row = json.loads(text)
            row = {**row, "payload": canonical(row["payload"])}
        except (ValueError, TypeError, KeyError):
            raise CcmError(f"Line {number} of the file is no revision; it may have been cut off.") from None
        if set(row) != set(COLUMNS) or not isinstance(row["seq"], int) or not isinstance(row["version"], int):
            raise CcmError(f"Line {number} of the file is no revision; each has {', '.join(COLUMNS)}.")
        if any(not isinstance(row[name], str) for name in COLUMNS if name not in ("seq", "version", "undoes")):
            raise CcmError(f"Line {number} of the file is no revision: a text is missing.")
        if problem := chain.problem(row):
            raise CcmError(f"Line {number} of the file: {problem}.")
        yield row


def _same(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    first, last = rows[0]["seq"], rows[-1]["seq"]
    stored = select(revision.c.seq, revision.c.hash).where(revision.c.seq.between(first, last)).order_by(revision.c.seq)
    for row, held in zip(rows, connection.execute(stored), strict=True):
        if row["hash"] != held.hash:
            raise CcmError(
                f"The log and the file are different histories from revision {row['seq']} on; "
                "import into an empty folder (--home)."
            )


def _project(connection: Connection, length: int, added: int) -> None:
    """Bring the current view along: entry by entry after a few revisions, else all anew."""
    if length and added <= CHUNK:
        touched = connection.scalars(select(revision.c.subject).distinct().where(revision.c.seq > length)).all()
        projection.put(connection, map(entry_of, connection.execute(newest_entries(touched)).all()))
    elif added:
        projection.rebuild(connection)


def _head(connection: Connection) -> str:
    return connection.scalar(select(revision.c.hash).order_by(revision.c.seq.desc()).limit(1)) or GENESIS


def _revisions(connection: Connection) -> Iterator[dict[str, Any]]:
    streamed = connection.execution_options(yield_per=CHUNK)
    for row in streamed.execute(select(revision).order_by(revision.c.seq)):
        yield dict(row._mapping)


def _payload_problem(row: dict[str, Any]) -> str:
    try:
        whole = in_form(row["kind"], row["payload"])
    except (CcmError, ValueError) as error:
        return f"revision {row['seq']} holds what the log does not know ({error})"
    return "" if whole else f"revision {row['seq']} is not in the log's form"


def _gaps(connection: Connection) -> Iterator[str]:
    broken = (
        select(revision.c.subject).group_by(revision.c.subject).having(func.max(revision.c.version) != func.count())
    )
    for subject in connection.scalars(broken.limit(MOST_PROBLEMS)):
        yield f"the versions of entry {subject} are not complete"


def _later_checks(connection: Connection) -> Iterator[str]:
    yield from _gaps(connection)
    yield from projection.differences(connection)
