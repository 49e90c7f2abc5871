"""Snapshots: one Parquet file per day with a row per state that existed on it.

Built from the facts, written atomically, checked when read: without pandas, which several of Arrow's functions import
and the command can do without.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from array import array
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ccm_data import sql
from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase

SCHEMA_VERSION = 5
SHIPPED_DAYS: tuple[date, ...] = tuple(
    sorted(
        [
            date(2010, 8, 1),  # the Convention's entry into force
            date(2021, 11, 30),  # the concept note's baseline
            date(2022, 8, 30),  # its end, the Tenth Meeting of States Parties
            *(date(year, 12, 31) for year in range(2010, 2026)),
        ]
    )
)
"""Days whose snapshots are committed, besides the latest horizon."""


class CorruptSnapshot(CcmError):
    """A snapshot file that is half-written or altered; it is rebuilt, never shown."""


@dataclass(frozen=True)
class Snapshot:
    """All states that existed on one day, as known on it.

    `table` has one row per state (columns: queries/macros/70_snapshot.sql). `lasting` says that no fact begins to count
    after the day, so that it holds for every later one. `warning` is a sentence to show when this is not simply the
    snapshot that was asked for.
    """

    as_of: date
    facts: str
    table: pa.Table
    lasting: bool = False
    warning: str | None = None

    def on(self, day: date) -> Snapshot:
        """A lasting snapshot as that of a later day."""
        place, rows = self.table.column_names.index("as_of"), self.table.num_rows
        since = (day - date(1970, 1, 1)).days
        days = pa.Array.from_buffers(pa.date32(), rows, [None, pa.py_buffer(array("i", [since]) * rows)])
        return replace(self, as_of=day, table=self.table.set_column(place, "as_of", days))


def folder(root: Path, as_of: date) -> Path:
    """Where a day's snapshot lies under a root."""
    return root / f"as_of={as_of.isoformat()}"


def build(facts: Factbase, as_of: date) -> Snapshot:
    """Derive the snapshot of a day from the facts (queries/snapshot/build.sql)."""
    with facts.connection.cursor() as cursor:
        table = cursor.sql(sql.text("snapshot/build"), params={"as_of": as_of}).to_arrow_table()
    return Snapshot(as_of, facts.digest, table, as_of >= facts.last_day)


def write(snapshot: Snapshot, root: Path) -> Path:
    """Write atomically: a finished folder takes the place of any earlier one. Returns the Parquet file's path."""
    target = folder(root, snapshot.as_of)
    root.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=root))
    try:
        work.chmod(0o755)
        parquet = work / "states.parquet"
        pq.write_table(snapshot.table, parquet, compression="zstd")
        manifest = {
            "as_of": snapshot.as_of.isoformat(),
            "facts": snapshot.facts,
            "lasting": snapshot.lasting,
            "rows": snapshot.table.num_rows,
            "schema": SCHEMA_VERSION,
            "sha256": hashlib.sha256(parquet.read_bytes()).hexdigest(),
        }
        (work / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        for path in work.iterdir():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        if target.exists():
            aside = Path(tempfile.mkdtemp(prefix=".old.", dir=root))
            with contextlib.suppress(FileNotFoundError):  # another process has put it aside
                os.replace(target, aside / target.name)
            shutil.rmtree(aside, ignore_errors=True)
        try:
            os.replace(work, target)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):  # else another process was first with this day
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target / "states.parquet"


def read(root: Path, as_of: date) -> Snapshot | None:
    """The stored snapshot of a day; None when there is none. Raises CorruptSnapshot when it fails its checks."""
    place = folder(root, as_of)
    if not place.exists():
        return None
    try:
        manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        content = (place / "states.parquet").read_bytes()
        if manifest["sha256"] != hashlib.sha256(content).hexdigest() or manifest["as_of"] != as_of.isoformat():
            raise CorruptSnapshot(_corrupt(as_of))
        if manifest["schema"] != SCHEMA_VERSION:
            return None
        table = pq.ParquetFile(pa.BufferReader(content)).read()
        if manifest["rows"] != table.num_rows:
            raise CorruptSnapshot(_corrupt(as_of))
        return Snapshot(as_of, manifest["facts"], table, manifest["lasting"])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowInvalid) as error:
        raise CorruptSnapshot(_corrupt(as_of)) from error


def stored_days(root: Path) -> list[date]:
    """Days with a stored snapshot under a root, earliest first."""
    return sorted(date.fromisoformat(place.name.removeprefix("as_of=")) for place in root.glob("as_of=????-??-??"))


def _corrupt(as_of: date) -> str:
    return f"The stored snapshot of {as_of} was damaged and has been rebuilt from the facts."
