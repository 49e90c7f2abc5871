"""The facts as text: CSV files with their line numbers, told apart by name, size and time, and by digest."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ccm_data.errors import FactsError
from ccm_data.paths import QUERIES

SOURCES = "sources"
FILES = tuple(sorted(path.stem for path in (QUERIES / "facts").glob("*.sql") if path.stem != SOURCES))
"""Names of the facts files: each has a statement queries/facts/<name>.sql that types it."""
SOURCE_FILES = ("sources_events", "sources_geo", "sources_policy", "sources_treaties", "sources_votes")
FLOORS = pa.schema([("file", pa.string()), ("line", pa.int32()), ("seq", pa.int32()), ("floor", pa.string())])
"""One row per row of the facts that a user's change set: its file and line there, the change's number, its floor."""
ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": 1,
}
"""How DuckDB is opened: it fetches nothing; small tables gain nothing from a second core that another viewer needs."""


def read(directory: Path) -> dict[str, pa.Table]:
    """Each facts file as a table of text, a blank as null, with `line` (1-based, of the row's end) and `file`.

    Raises FactsError with the first error of each file that is missing, unreadable or has a row of the wrong length.
    """
    raw: dict[str, pa.Table] = {}
    findings: list[str] = []
    for name in (*FILES, *SOURCE_FILES):
        try:
            raw[name] = _read(directory / f"{name}.csv")
        except FactsError as error:
            findings += error.findings
    if findings:
        raise FactsError(findings)
    return raw


def _read(path: Path) -> pa.Table:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            rows, lines = [], []
            for row in reader:
                if len(row) != len(header):
                    raise FactsError(
                        [f"{path.name}:{reader.line_num}: row: has {len(row)} cells, the header has {len(header)}"]
                    )
                rows.append(row)
                lines.append(reader.line_num)
    except FileNotFoundError:
        raise FactsError([f"{path.name}:1: file: is missing from the facts folder"]) from None
    except UnicodeDecodeError:
        raise FactsError([f"{path.name}:1: file: is not UTF-8 text"]) from None
    except csv.Error as error:
        raise FactsError([f"{path.name}:{reader.line_num}: row: {error}"]) from None
    if not header:
        raise FactsError([f"{path.name}:1: header: the file is empty"])
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise FactsError([f"{path.name}:1: header: has the column {', '.join(twice)} more than once"])
    columns: dict[str, Any] = {
        name: pa.array([row[i] or None for row in rows], pa.string()) for i, name in enumerate(header)
    }
    columns["line"] = pa.array(lines, pa.int32())
    columns.setdefault("file", pa.array([path.name] * len(rows), pa.string()))  # horizons.csv has its own
    return pa.table(columns)


def digest(directory: Path) -> str:
    """SHA-256 over all facts files and the statements that read them: equal digest, equal snapshots."""
    seen = hashlib.sha256()
    for path in _read_by_snapshots(directory):
        seen.update(path.name.encode())
        seen.update(path.read_bytes() if path.is_file() else b"")
    return seen.hexdigest()


def signature(directory: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of change of each file that `digest` reads: equal unless one of them was written since.

    Cheap enough to be asked at every click (0.2 ms); a file that is missing has size and time -1.
    """
    return tuple(_stamp(path) for path in _read_by_snapshots(directory))


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return path.name, -1, -1
    return path.name, found.st_size, found.st_mtime_ns


def _read_by_snapshots(directory: Path) -> Iterator[Path]:
    for name in (*FILES, *SOURCE_FILES):
        yield directory / f"{name}.csv"
    for folder in ("facts", "functions", "macros"):
        yield from sorted((QUERIES / folder).glob("*.sql"))


def rows(directory: Path, name: str) -> list[dict[str, str]]:
    """The rows of one facts file as text, a blank as ""; the file is not checked. Raises FactsError, OSError."""
    try:
        with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return [{column: cell or "" for column, cell in row.items() if column} for row in csv.DictReader(stream)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise FactsError([f"{name}.csv:1: file: {error}"]) from None


def register(con: duckdb.DuckDBPyConnection, raw: Mapping[str, pa.Table]) -> None:
    """Make raw_<file> visible for each facts file, and raw_sources for the source files together."""
    for name in FILES:
        con.register(f"raw_{name}", raw[name])
    con.register(f"raw_{SOURCES}", pa.concat_tables([raw[name] for name in SOURCE_FILES]))
    con.register("floors", raw.get("floors", FLOORS.empty_table()))
