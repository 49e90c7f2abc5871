"""The facts in DuckDB: CSV files read as text with their line numbers, typed tables, and the as-of macros over them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from ccm_data import sql
from ccm_data.errors import FactsError
from ccm_data.paths import QUERIES

FILES = (
    "states", "treaty_actions", "unga_votes", "unga_vote_totals", "commitments", "munitions_profile",
    "organizations", "memberships", "missions", "meetings", "coordinators", "outreach_events",
    "outreach_event_states", "horizons",
)  # fmt: skip
SOURCE_FILES = ("sources_events", "sources_geo", "sources_policy", "sources_treaties", "sources_votes")
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def read_raw(directory: Path) -> dict[str, pa.Table]:
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
    for path in [
        *(directory / f"{name}.csv" for name in (*FILES, *SOURCE_FILES)),
        *sorted((QUERIES / "facts").glob("*.sql")),
        *sorted((QUERIES / "macros").glob("*.sql")),
    ]:
        seen.update(path.name.encode())
        seen.update(path.read_bytes() if path.is_file() else b"")
    return seen.hexdigest()


@dataclass(frozen=True)
class Factbase:
    """Validated facts as typed DuckDB tables, with the macros of queries/macros over them."""

    directory: Path
    digest: str
    connection: duckdb.DuckDBPyConnection

    def frame(
        self, name: str, params: Mapping[str, Any] | None = None, tables: Mapping[str, Any] | None = None
    ) -> pd.DataFrame:
        """Rows of the named statement over the facts; see `ccm_data.sql.frame`."""
        return sql.frame(self.connection, name, params, tables)


def load(directory: Path) -> Factbase:
    """Read, validate and type the facts. Raises FactsError with every finding."""
    from ccm_data import validation  # imports pandera, which is slow: only when facts are read afresh

    raw = read_raw(directory)
    if findings := validation.findings(raw):
        raise FactsError(findings)
    return Factbase(directory, digest(directory), connect(raw))


def connect(raw: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A connection in memory with the typed tables and macros over the raw tables."""
    con = duckdb.connect(":memory:", config=OFFLINE)
    register_raw(con, raw)
    for name in ("sources", *FILES):
        con.execute(sql.text(f"facts/{name}"))
    for path in sorted((QUERIES / "macros").glob("*.sql")):
        con.execute(sql.text(f"macros/{path.stem}"))
    return con


def register_raw(con: duckdb.DuckDBPyConnection, raw: Mapping[str, pa.Table]) -> None:
    """Make raw_<file> visible for each facts file, and raw_sources for the source files together."""
    for name in FILES:
        con.register(f"raw_{name}", raw[name])
    con.register("raw_sources", pa.concat_tables([raw[name] for name in SOURCE_FILES]))
