"""The rules of the facts: what each cell may hold (schemas.py) and what the files say together (queries/checks)."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandera.pandas as pandera
import pyarrow as pa

from ccm_data import raw as raw_facts
from ccm_data import sql
from ccm_data.paths import QUERIES
from ccm_data.validation import roles
from ccm_data.validation.cells import HEADER, Finding, cell_findings
from ccm_data.validation.schemas import schemas

MARK = "\ufeff"  # byte-order mark, which some spreadsheet programs put at the start of a file


def findings(raw: Mapping[str, pa.Table]) -> list[str]:
    """Everything wrong with the facts, one line each as `file:line: column: what is wrong`, in file and line order.

    `raw` is what `raw.read` gives: cells as text, a blank as null. An empty list means the facts are sound.
    The rules between files need every column, so they run only once each file has the columns it should.
    """
    marked = [name for name, table in raw.items() if table.column_names[0].startswith(MARK)]
    raw = {name: _without_mark(table) if name in marked else table for name, table in raw.items()}
    states = raw["states"]["iso3"].to_pylist() if "iso3" in raw["states"].column_names else []
    declared = schemas(states)
    found = [finding for name, schema in declared.items() for finding in cell_findings(name, raw[name], schema)]
    if all(finding.column != HEADER for finding in found):
        found += rule_findings(raw, declared)
    found += [
        Finding(f"{name}.csv", 1, HEADER, "begins with a byte-order mark; save the file as UTF-8 without it")
        for name in marked
    ]
    return [str(finding) for finding in sorted(set(found))]


def _without_mark(table: pa.Table) -> pa.Table:
    marked, *rest = table.column_names
    first = marked.removeprefix(MARK).strip('"')
    rest = [name for name in rest if name != first]  # the file name that raw.read adds for want of a column `file`
    return table.select([marked, *rest]).rename_columns([first, *rest])


def rule_findings(raw: Mapping[str, pa.Table], declared: Mapping[str, pandera.DataFrameSchema]) -> list[Finding]:
    """Findings of the statements in queries/checks, each of which returns file, line, column and message.

    They read the raw files, and the roles of the declared columns as tables (roles.py).
    """
    with duckdb.connect(":memory:", config=raw_facts.ENGINE) as con:
        raw_facts.register(con, raw)
        for name, table in roles.tables(raw, declared).items():
            con.register(name, table)
        return [
            Finding(*row)
            for path in sorted((QUERIES / "checks").glob("*.sql"))
            for row in con.execute(sql.text(f"checks/{path.stem}")).fetchall()
            if row[-1] is not None  # a blank in a required cell, found above, leaves nothing to say
        ]
