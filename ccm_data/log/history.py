"""The whole history as JSON Lines: proved by its hash chain, moved to another store bit for bit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from ccm_data import clock, files
from ccm_data.errors import CcmError
from ccm_data.log import anchor, migrations, projection, search
from ccm_data.log.projection import CHUNK, chunked, entry_of, newest_entries
from ccm_data.log.revision import canonical, digest, in_form
from ccm_data.log.schema import revision
from ccm_data.log.store import Store
from ccm_data.log.writing import GENESIS

MOST_PROBLEMS = 20
COLUMNS = [column.name for column in revision.c]
_STAMP = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found. `head` is the hash of the newest revision: equal heads mean equal histories.

    notes: what is no damage and yet should be known, such as entries stamped after the present.
    """

    revisions: int
    entries: int
    head: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the history is whole and the current view is what it says."""
        return not self.problems

    @property
    def anchor(self) -> str:
        """The head with its number, `seq:hash`: what to keep elsewhere."""
        return anchor.written(self.revisions, self.head)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: revisions added, and the history's length and head after it."""

    added: int
    revisions: int
    head: str

    @property
    def anchor(self) -> str:
        """The head with its number, `seq:hash`: what to keep elsewhere."""
        return anchor.written(self.revisions, self.head)


class Chain:
    """Checks revisions one after the other against the hash chain, and counts the entries that they begin.

    `ahead`: those stamped after the present.
    """

    def __init__(self, seq: int = 0, head: str = GENESIS) -> None:
        self.seq, self.head, self.entries = seq, head, 0
        self.now = clock.stamp()
        self.ahead: list[tuple[int, str]] = []

    def problem(self, row: dict[str, Any]) -> str:
        """What is wrong with the next revision; blank when nothing is."""
        found = ""
        if row["seq"] != self.seq + 1:
            found = f"revision {self.seq + 1} is missing: {row['seq']} follows {self.seq}"
        elif row["prev_hash"] != self.head:
            found = f"revision {row['seq']} does not continue the chain: an earlier one was changed or lost"
        elif row["hash"] != _digest(row):
            found = f"revision {row['seq']} was changed: its hash does not fit its content"
        elif not _STAMP.fullmatch(row["at"]):
            found = f"revision {row['seq']} has no readable time"
        else:
            found = _payload_problem(row)
            if row["at"] > self.now:
                self.ahead.append((row["seq"], row["at"]))
        self.seq, self.head = row["seq"], row["hash"]
        self.entries += row["version"] == 1
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said of the revisions stamped after the present, in one sentence."""
        if not self.ahead:
            return ()
        seq, at = self.ahead[0]
        who = (
            f"{len(self.ahead)} revisions (the first is {seq}, at {at}) are"
            if len(self.ahead) > 1
            else (f"Revision {seq} (at {at}) is")
        )
        return (f"{who} stamped after the present: a clock was ahead at the writing; the order is right.",)


def verify(store: Store, head: str = "") -> Report:
    """Check the whole history against its hash chain, and the current view against the history. Writes nothing.

    `head`: one that was kept elsewhere (`seq:hash`), which the log must still contain. Raises CcmError for a text
    that is no head.
    """
    kept = anchor.parse(head) if head else None
    chain = Chain()
    problems: list[str] = []
    entries, held = 0, GENESIS
    try:
        with store.database.read() as connection:
            for row in _revisions(connection):
                if (problem := chain.problem(row)) and len(problems) < MOST_PROBLEMS:
                    problems.append(problem)
                held = row["hash"] if kept and row["seq"] == kept[0] else held
                entries += row["version"] == 1
            if not problems:  # the current view can only be compared with a history that is whole
                problems += islice(_later_checks(connection), MOST_PROBLEMS)
        if not problems:
            with store.database.write() as connection:
                search.check(connection)
    except CcmError as error:  # the file itself cannot be read to its end
        problems.append(str(error))
    if kept and kept[0] > chain.seq:
        problems.append(
            f"the log ends with revision {chain.seq} and no longer holds revision {kept[0]}, which the head names: its "
            "end was cut off, or it is another log"
        )
    elif kept and held != kept[1]:
        problems.append(f"revision {kept[0]} is not the one that the head names: the history was rewritten")
    return Report(chain.seq, entries, chain.head, tuple(problems), chain.notes)


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
        total, last = anchor.newest(connection) if chain.seq < length else (chain.seq, chain.head)
    return Imported(added, total, last)


def proved(chain: Chain, source: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The revisions of a history given as JSON lines, each once the chain proves it. Raises CcmError where it fails."""
    for number, text in enumerate(source, start=1):
        try:
            row = json.loads(text)
            row = {**row, "payload": canonical(row["payload"])}
        except (ValueError, TypeError, KeyError, RecursionError):
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


def _revisions(connection: Connection) -> Iterator[dict[str, Any]]:
    streamed = connection.execution_options(yield_per=CHUNK)
    for row in streamed.execute(select(revision).order_by(revision.c.seq)):
        yield dict(row._mapping)


def _digest(row: dict[str, Any]) -> str:
    """The hash of a revision as read; blank for what no revision can hold, such as bytes in the place of text."""
    try:
        return digest(row)
    except (TypeError, ValueError):
        return ""


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
    yield from migrations.damage(connection)
    yield from _gaps(connection)
    yield from projection.differences(connection)
