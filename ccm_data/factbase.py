"""The facts in DuckDB: typed tables of the validated CSV files, and the as-of macros over them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from ccm_data import raw as raw_facts
from ccm_data import sql
from ccm_data.errors import FactsError
from ccm_data.overlay.model import Overlay, merged
from ccm_data.paths import QUERIES

if TYPE_CHECKING:
    import pandas as pd


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

    @cached_property
    def last_day(self) -> date:
        """The last day on which a fact begins to count: snapshots of later days differ from its own in date alone."""
        day: date = sql.records(self.connection, "snapshot/last_day")[0]["last_day"]
        return day


def load(directory: Path, overlay: Overlay | None = None, *, sound: bool = False) -> Factbase:
    """Read, validate and type the facts, with the changes users made. Raises FactsError with every finding.

    `sound` says that these very facts passed their checks before, which then are not run again.
    """
    over = overlay or Overlay()
    raw = merged(raw_facts.read(directory), over)
    if not sound:
        from ccm_data import validation  # imports pandera, which is slow

        if findings := validation.findings(raw):
            raise FactsError(findings)
    return Factbase(directory, digest(directory, over), connect(raw))


def digest(directory: Path, overlay: Overlay) -> str:
    """Equal digest, equal snapshots: of the files and statements, and of the changes that stand over them."""
    shipped = raw_facts.digest(directory)
    return hashlib.sha256(f"{shipped} {overlay.digest}".encode()).hexdigest() if overlay.digest else shipped


def connect(raw: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A connection in memory with the typed tables and macros over the raw tables."""
    con = duckdb.connect(":memory:", config=raw_facts.ENGINE)
    raw_facts.register(con, raw)
    for name in (raw_facts.SOURCES, *raw_facts.FILES):
        con.execute(_as_it_stands(f"facts/{name}"))
    for folder in ("functions", "macros"):
        for path in sorted((QUERIES / folder).glob("*.sql")):
            con.execute(_as_it_stands(f"{folder}/{path.stem}"))
    return con


def _as_it_stands(name: str) -> str:
    # not sql.text, which remembers: the digest of these facts counts the statement as it is in its file now
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
