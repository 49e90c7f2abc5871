"""What a column is to other columns and files: roles declared beside its cells' rule, as tables that checks read.

key=True          part of what tells one row of the file from another, in the order of the columns
unique=True       tells one row from another by itself
source=True       names a source of the sources_*.csv files
dated=True        lies by the file's horizon
precise_by=NAME   is no more exact than the precision in that column
refers_to=FILE    is a key of that file
not_before=NAME   does not lie before the date in that column
needed_by=NAME    is not blank where that column is filled
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandera.pandas as pandera
import pyarrow as pa

from ccm_data.raw import SOURCE_FILES, SOURCES

Row = dict[str, Any]

KEYS = pa.schema([(name, pa.string()) for name in ("kind", "file", "column", "key")] + [("line", pa.int32())])
"""One row per row and key: `kind` is the file, or the sources together, among whose rows it is unique."""

CELLS = pa.schema([(name, pa.string()) for name in ("role", "file", "column", "value", "other", "what")] + [
    ("line", pa.int32())
])  # fmt: skip
"""One row per cell and role; `other` is the cell beside it, or the file, that the role names as `what`."""

PAIRED = ("precise_by", "not_before", "needed_by")
ALONE = ("source", "dated")


def tables(raw: Mapping[str, pa.Table], schemas: Mapping[str, pandera.DataFrameSchema]) -> dict[str, pa.Table]:
    """The tables `keys`, `cells` and `horizon_files` that the statements under queries/checks read."""
    return {
        "keys": pa.Table.from_pylist([row for name in schemas for row in _keys(name, raw[name], schemas[name])], KEYS),
        "cells": pa.Table.from_pylist(
            [row for name in schemas for row in _cells(name, raw[name], schemas[name])], CELLS
        ),
        "horizon_files": pa.table({"file": [f"{name}.csv" for name in schemas if name not in _NO_HORIZON]}),
    }


_NO_HORIZON = ("horizons", *SOURCE_FILES)


def _having(schema: pandera.DataFrameSchema, role: str) -> dict[str, Any]:
    """The columns with a role, and what it says of each."""
    held = {name: column.metadata or {} for name, column in schema.columns.items()}
    return {name: roles[role] for name, roles in held.items() if roles.get(role)}


def _keys(name: str, table: pa.Table, schema: pandera.DataFrameSchema) -> Iterator[Row]:
    kind = SOURCES if name in SOURCE_FILES else name
    groups = [[column] for column in _having(schema, "unique")]
    if whole := list(_having(schema, "key")):
        groups.append(whole)
    for columns in groups:
        for line, *values in zip(table["line"].to_pylist(), *(table[c].to_pylist() for c in columns), strict=True):
            key = " ".join(value for value in values if value)
            yield {"kind": kind, "file": f"{name}.csv", "column": columns[-1], "key": key or None, "line": line}


def _cells(name: str, table: pa.Table, schema: pandera.DataFrameSchema) -> Iterator[Row]:
    lines = table["line"].to_pylist()
    for role in (*PAIRED, *ALONE, "refers_to"):
        for column, what in _having(schema, role).items():
            values = table[column].to_pylist()
            others = table[what].to_pylist() if role in PAIRED else [None] * len(values)
            for line, value, other in zip(lines, values, others, strict=True):
                yield {
                    "role": role, "file": f"{name}.csv", "column": column, "value": value, "other": other,
                    "what": f"{what}.csv" if role == "refers_to" else what if role in PAIRED else None, "line": line,
                }  # fmt: skip
