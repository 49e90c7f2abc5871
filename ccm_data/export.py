"""Tables as files a person opens elsewhere: CSV and XLSX with the sources and the as-of date."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd

from ccm_data import escape
from ccm_data.records import plain


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """Cells as text, number or ISO date; lists joined by semicolons; nothing runs as a formula."""
    out = table.copy()
    for name in out.columns:
        cells = [plain(one) for one in out[name]]
        joined = ["; ".join(map(str, one)) if isinstance(one, list) else one for one in cells]
        out[name] = pd.Series([escape.cell(one) for one in joined], index=out.index, dtype=object)
    return out


def csv(table: pd.DataFrame) -> bytes:
    """The table as CSV, UTF-8 with a signature so that spreadsheets read accents."""
    return flat(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def xlsx(table: pd.DataFrame, sources: pd.DataFrame, as_of: date, description: str) -> bytes:
    """A workbook: the table, then the sources behind it, then what was asked on which day."""
    out = io.BytesIO()
    about = pd.DataFrame(
        {"": ["As-of date", "Filter", "Rows"], "Value": [as_of.isoformat(), description or "none", len(table)]}
    )
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": {"strings_to_formulas": False}}) as book:
        for name, frame in (("States", flat(table)), ("Sources", flat(sources)), ("About", about)):
            frame.to_excel(book, sheet_name=name, index=False)
            sheet = book.sheets[name]
            sheet.freeze_panes(1, 1)
            for place, column in enumerate(frame.columns):
                longest = max(len(str(cell)) for cell in [column, *frame[column]] if cell is not None)
                sheet.set_column(place, place, min(60, max(10, longest + 2)))
    return out.getvalue()
