"""Activities as a spreadsheet, CSV or XLSX: one row per activity and state, the activity's own cells repeated.

Text that a spreadsheet would take for a formula is led by an apostrophe on the way out and freed of it on the way in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from zipfile import BadZipFile

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from ccm_data.errors import CcmError
from ccm_data.escape import cell, uncell
from ccm_data.log import extent
from ccm_data.log.fields import Kind, ModelField, as_text, fields
from ccm_data.log.model import Activity, StateEntry
from ccm_data.log.revision import Entry

STATE_FIELDS = fields(StateEntry)
OWN_FIELDS = {name: field for name, field in fields(Activity).items() if field.kind is not Kind.STATES}
COLUMNS = (
    "id", "version",
    *(column for name in fields(Activity) for column in ((name,) if name in OWN_FIELDS else STATE_FIELDS)),
)  # fmt: skip
"""Columns of an export and of the template; `id` and `version` say which version of which entry a row edits."""

FORMATS = ("csv", "xlsx")
MOST_ROWS = 100_000
MOST_BYTES = 50 * 2**20
MOST_UNPACKED = 10 * MOST_BYTES
MOST_CELLS = 5_000_000
"""Cells of the area that a sheet spans, empty ones among them: room for MOST_ROWS rows of all columns."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: its column heads and its rows as text. `first_row` is the file's number of the first row."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2


def rows(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """The spreadsheet's rows of these activities, every cell as text (not yet escaped)."""
    return [row for entry in entries for row in _rows(entry)]


def _rows(entry: Entry) -> list[dict[str, str]]:
    activity = entry.activity
    own = _cells(OWN_FIELDS, activity) | {"id": entry.subject, "version": str(entry.version)}
    if not activity.states:
        return [own | dict.fromkeys(STATE_FIELDS, "")]
    return [own | _cells(STATE_FIELDS, state) for state in activity.states]


def _cells(known: Mapping[str, ModelField], record: Activity | StateEntry) -> dict[str, str]:
    return {name: as_text(field, getattr(record, name)) for name, field in known.items()}


def write_csv(entries: Iterable[Entry]) -> bytes:
    """The activities as CSV (UTF-8 with a byte order mark, which Excel needs to read it as such)."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(entries):
        writer.writerow({name: cell(text) for name, text in row.items()})
    return buffer.getvalue().encode("utf-8-sig")


def write_xlsx(entries: Iterable[Entry]) -> bytes:
    """The activities as an XLSX workbook; every cell is text, none a formula or a link."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("activities")
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True})
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(rows(entries), start=1):
        for column, name in enumerate(COLUMNS):
            if text := row[name]:
                sheet.write_string(number, column, str(cell(text)))
    book.close()
    return buffer.getvalue()


def template(format: str) -> bytes:
    """An empty sheet with the columns that an import knows, as `csv` or `xlsx`."""
    return write_csv([]) if format == "csv" else write_xlsx([])


def read_sheet(name: str, data: bytes) -> Sheet:
    """The rows of a CSV or XLSX file. Raises CcmError when it is neither, too large, or has no column heads."""
    if len(data) > MOST_BYTES:
        raise CcmError(f"{name} has {len(data) / 2**20:.0f} MB; at most {MOST_BYTES // 2**20} MB are read.")
    table = _read_xlsx(name, data) if PurePath(name).suffix.lower() == ".xlsx" else _read_csv(name, data)
    heads = tuple(head.strip() for head in table[0]) if table else ()
    if not any(heads):
        raise CcmError(f"{name} has no column heads in its first row; the template shows them.")
    if len(table) > MOST_ROWS:
        raise CcmError(f"{name} has {len(table):,} rows; at most {MOST_ROWS:,} are read at once.")
    if doubled := next((head for head in heads if head and heads.count(head) > 1), None):
        raise CcmError(f"{name} has two columns named '{doubled}'; rename one.")
    padded = (tuple(row[: len(heads)]) + ("",) * (len(heads) - len(row)) for row in table[1:])
    return Sheet(name, heads, tuple(tuple(map(uncell, row)) for row in padded))


def _read_csv(name: str, data: bytes) -> list[Sequence[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CcmError(f"{name} is not UTF-8 text; save it as 'CSV UTF-8' or as XLSX.") from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)  # spreadsheets write semicolons where the comma is the decimal sign
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise CcmError(f"{name} is not a readable CSV file: {error}.") from None


def _read_xlsx(name: str, data: bytes) -> list[Sequence[str]]:
    try:
        if (size := extent.unpacked(data)) > MOST_UNPACKED:
            raise CcmError(
                f"{name} has {size / 2**20:.0f} MB when unpacked; at most {MOST_UNPACKED // 2**20} MB are read."
            )
        rows, columns = extent.largest(data)
        if rows * columns > MOST_CELLS:
            raise CcmError(
                f"{name} has a sheet that reaches to row {rows:,} and column {columns:,}; at most {MOST_CELLS:,} cells "
                "are read: delete what stands far from the table."
            )
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        table = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, BadZipFile) as error:
        raise CcmError(f"{name} is not a readable XLSX file; save it again from the spreadsheet program.") from error
    return [[_text(cell) for cell in row] for row in table]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
