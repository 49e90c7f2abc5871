"""The rows of a CSV or XLSX file as text, within bounds."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from python_calamine import CalamineError, CalamineWorkbook

from ccm_data.errors import CcmError
from ccm_data.escape import uncell
from ccm_data.importers import bounds, workbook


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: its column heads and its rows as text. `first_row` is the file's number of the first row."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2


def read_sheet(name: str, data: bytes) -> Sheet:
    """The rows of a CSV or XLSX file. Raises CcmError when it is neither, too large, or has no column heads."""
    table = _read_xlsx(name, data) if PurePath(name).suffix.lower() == ".xlsx" else list(read_csv(name, data))
    heads = tuple(head.strip() for head in table[0]) if table else ()
    if not any(heads):
        raise CcmError(f"{name} has no column heads in its first row; the template shows them.")
    if doubled := next((head for head, times in Counter(heads).items() if head and times > 1), None):
        raise CcmError(f"{name} has two columns named '{doubled}'; rename one.")
    padded = (tuple(row[: len(heads)]) + ("",) * (len(heads) - len(row)) for row in table[1:])
    return Sheet(name, heads, tuple(tuple(map(uncell, row)) for row in padded))


def read_csv(name: str, data: bytes, separators: str = ",;\t") -> Iterator[list[str]]:
    """Row by row, what a CSV file holds. Raises CcmError, on the way too, when it cannot be read or leaves the bounds.

    The separator is the one of `separators` that is most frequent in the first line.
    """
    text = bounds.text(name, data)
    first = text[: text.find("\n") + 1] or text
    separator = max(separators, key=first.count)  # spreadsheets write semicolons where the comma is the decimal sign
    widest = 0
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(rows, start=1):
            widest = max(widest, len(row))
            bounds.area(name, number, widest)
            yield row
    except csv.Error as error:
        raise CcmError(f"{name} is not a readable CSV file: {error}.") from None


def _read_xlsx(name: str, data: bytes) -> list[Sequence[str]]:
    clean = workbook.vetted(name, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(clean))
        table = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a fault of the reader arrives; no subclass of Exception
            raise _unreadable(name) from None
        raise
    return [[_text(cell) for cell in row] for row in table]


def _unreadable(name: str) -> CcmError:
    return CcmError(f"{name} is not a readable XLSX file; save it again from the spreadsheet program.")


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
