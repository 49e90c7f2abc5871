"""Named SQL: every statement is one file under queries/, run with bound parameters only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from ccm_data.errors import CcmError
from ccm_data.paths import QUERIES

if TYPE_CHECKING:  # slow to import
    import pandas as pd

_COMMENT = re.compile(r"--[^\n]*")
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")


@cache
def text(name: str) -> str:
    """The statement queries/<name>.sql. Raises CcmError when there is none."""
    path = QUERIES / f"{name}.sql"
    if not path.is_file():
        raise CcmError(f"There is no query named {name!r}; queries are the .sql files under queries/.")
    return path.read_text(encoding="utf-8")


@cache
def parameters(name: str) -> frozenset[str]:
    """The parameter names a statement uses, without the dollar sign."""
    return frozenset(_PARAMETER.findall(_COMMENT.sub("", text(name))))


def frame(
    con: duckdb.DuckDBPyConnection,
    name: str,
    params: Mapping[str, Any] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """Rows of a named statement.

    `params` may hold more than the statement uses (a filter serves several statements); a missing one raises
    CcmError. `tables` are Arrow tables or frames the statement may name, seen by this call alone. A cursor of
    its own per call: DuckDB 2 refuses a connection that two threads share.
    """
    with _executed(con, name, params, tables) as done:
        return done.df()


def records(
    con: duckdb.DuckDBPyConnection,
    name: str,
    params: Mapping[str, Any] | None = None,
    tables: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The same rows as dictionaries of plain Python values, without the import of pandas."""
    with _executed(con, name, params, tables) as done:
        names = [column[0] for column in done.description or ()]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


@contextmanager
def _executed(
    con: duckdb.DuckDBPyConnection, name: str, params: Mapping[str, Any] | None, tables: Mapping[str, Any] | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    wanted = parameters(name)
    given = dict(params or {})
    if missing := wanted - given.keys():
        raise CcmError(f"Query {name} needs {', '.join(sorted(missing))}.")
    with con.cursor() as cursor:
        for table, rows in (tables or {}).items():
            cursor.register(table, rows)
        try:
            yield cursor.execute(text(name), {key: given[key] for key in wanted})
        finally:
            for table in tables or {}:
                cursor.unregister(table)
