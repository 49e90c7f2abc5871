"""Activities as a spreadsheet, CSV or XLSX: one row per activity and state, the activity's own cells repeated.

Text that a spreadsheet would take for a formula is led by an apostrophe on the way out and freed of it on the way in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

import xlsxwriter

from ccm_data.escape import cell
from ccm_data.importers.table import Sheet, read_sheet
from ccm_data.log.fields import Kind, ModelField, as_text, fields
from ccm_data.log.model import Activity, StateEntry
from ccm_data.log.revision import Entry

__all__ = [
    "COLUMNS", "FORMATS", "OWN_FIELDS", "STATE_FIELDS", "Sheet", "read_sheet", "rows", "template", "write_csv",
    "write_xlsx",
]  # fmt: skip

STATE_FIELDS = fields(StateEntry)
OWN_FIELDS = {name: field for name, field in fields(Activity).items() if field.kind is not Kind.STATES}
COLUMNS = (
    "id", "version",
    *(column for name in fields(Activity) for column in ((name,) if name in OWN_FIELDS else STATE_FIELDS)),
)  # fmt: skip
"""Columns of an export and of the template; `id` and `version` say which version of which entry a row edits."""

FORMATS = ("csv", "xlsx")


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
