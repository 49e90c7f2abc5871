"""A CSV or Excel file in the shape of a fact file: its columns, a row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from ccm_data.errors import CcmError
from ccm_data.importers import un_names
from ccm_data.importers.model import Parsed, Proposed
from ccm_data.importers.table import Sheet, read_sheet
from ccm_data.names import state_names
from ccm_data.paths import facts_dir

if TYPE_CHECKING:
    import pandera.pandas as pandera

STATES = ("iso3", "sender", "host", "seat", "president_iso3", "sponsors_lead")
"""Columns that hold a state."""
STATE_LISTS = ("hosts",)
"""Columns that hold states with a semicolon between them."""
_CITES = {
    "sources_votes": ("unga_votes", "unga_vote_totals"),
    "sources_treaties": ("treaty_actions",),
    "sources_policy": ("commitments", "munitions_profile"),
    "sources_geo": ("least_developed_countries", "states", "organizations", "memberships", "posts"),
    "sources_events": ("meetings", "coordinators", "outreach_events", "outreach_event_states"),
}
SOURCE_FILE = {file: sources for sources, files in _CITES.items() for file in files}
"""The file of sources in which each fact file's new sources stand."""
_MOST_FINDINGS = 10

Cells = dict[str, str]


def parse(name: str, content: bytes, file: str, source: Mapping[str, str] | None) -> Parsed:
    """The rows of a CSV or Excel file as rows of the fact file `file`.

    `source` is the row of sources_*.csv that rows cite which have no source_id of their own; none when all have one.
    States may be given by code or name. Raises CcmError for an unknown file or column, a missing required column, and
    cells that the fact file may not hold, the first of them by row and column.
    """
    return propose(read_sheet(name, content), file, source)


def propose(sheet: Sheet, file: str, source: Mapping[str, str] | None) -> Parsed:
    """The rows of a sheet that was read as rows of the fact file `file`; the rest as for `parse`."""
    from ccm_data.validation.schemas import schemas  # imports pandera, which is slow

    name = sheet.name
    if file not in SOURCE_FILE:
        raise CcmError(f"'{file[:40]}' is no fact file with sources; possible are {', '.join(sorted(SOURCE_FILE))}.")
    declared = schemas(list(state_names(facts_dir())))
    given = {key: text for key, text in (source or {}).items() if text}
    if given:
        _check("The source", {1: given}, declared[SOURCE_FILE[file]])
    rows = _rows(sheet, file, declared[file], given.get("source_id", ""))
    _check(name, rows, declared[file])
    _check_keys(name, rows, [column for column, what in declared[file].columns.items() if what.metadata.get("key")])
    proposed = tuple(Proposed(file, row, " · ".join(filter(None, row.values()))) for row in rows.values())
    return Parsed(SOURCE_FILE[file], given, proposed)


def _rows(sheet: Sheet, file: str, schema: pandera.DataFrameSchema, source_id: str) -> dict[int, Cells]:
    """Each row that holds something, by its number in the file."""
    heads = [head.strip().lower().replace(" ", "_") for head in sheet.heads]
    known = list(schema.columns)
    for head, written in zip(heads, sheet.heads, strict=True):
        if head and head not in known:
            raise CcmError(f"{sheet.name} has the unknown column '{written[:60]}'; possible are {', '.join(known)}.")
    if doubled := next((head for head in heads if head and heads.count(head) > 1), None):
        raise CcmError(f"{sheet.name} has two columns named '{doubled}'; rename one.")
    found: dict[int, Cells] = {}
    for number, cells in enumerate(sheet.rows, start=sheet.first_row):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for head, cell in zip(heads, cells, strict=True) if not head):
            raise CcmError(f"{sheet.name} row {number} has a cell in a column without a head; name the column.")
        row = {head: cell.strip() for head, cell in zip(heads, cells, strict=True) if head}
        if source_id and not row.get("source_id"):
            row["source_id"] = source_id
        found[number] = {column: _cell(sheet.name, number, file, column, text) for column, text in row.items()}
    if not found:
        raise CcmError(f"{sheet.name} has no rows below its column heads.")
    if missing := [name for name, what in schema.columns.items() if not what.nullable and name not in heads]:
        missing = [name for name in missing if name != "source_id" or not source_id]
        if missing:
            raise CcmError(f"{sheet.name} lacks the column {missing[0]}, which {file} needs.")
    return found


def _cell(name: str, number: int, file: str, column: str, text: str) -> str:
    try:
        if column in STATES and file != "states":
            return _state(text)
        if column in STATE_LISTS:
            return ";".join(filter(None, (_state(part.strip()) for part in text.split(";"))))
    except CcmError as error:
        raise CcmError(f"{name} row {number}, {column}: {error}") from None
    return text.lower() if text in ("TRUE", "True", "FALSE", "False") else text  # as spreadsheets write true and false


def _state(text: str) -> str:
    if not text or text in state_names(facts_dir()):
        return text
    return un_names.iso3(text)


def _check(name: str, rows: Mapping[int, Cells], schema: pandera.DataFrameSchema) -> None:
    """Raises CcmError for the first cells that the schema refuses; a column that the rows lack is blank."""
    from ccm_data.validation.cells import cell_findings

    if unknown := sorted({column for row in rows.values() for column in row} - set(schema.columns)):
        raise CcmError(f"{name} has the unknown part '{unknown[0][:60]}'; possible are {', '.join(schema.columns)}.")
    columns = {
        column: pa.array([row.get(column) or None for row in rows.values()], pa.string()) for column in schema.columns
    }
    table = pa.table(
        columns | {"line": pa.array(list(rows), pa.int32()), "file": pa.array([name] * len(rows), pa.string())}
    )
    findings = sorted(cell_findings("", table, schema))
    if findings:
        told = "; ".join(f"row {found.line}, {found.column}: {found.message}" for found in findings[:_MOST_FINDINGS])
        more = f"; and {len(findings) - _MOST_FINDINGS} more" if len(findings) > _MOST_FINDINGS else ""
        raise CcmError(f"{name} has cells that cannot be read as facts: {told}{more}.")


def _check_keys(name: str, rows: Mapping[int, Cells], keys: list[str]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in rows.items():
        key = tuple(row.get(column, "") for column in keys)
        if keys and key in seen:
            raise CcmError(f"{name} has the same {', '.join(keys)} in rows {seen[key]} and {number}; leave one out.")
        seen[key] = number
