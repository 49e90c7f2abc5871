"""Workbooks and their parts, made by hand where no spreadsheet program would write such."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(*rows: list[object]) -> bytes:
    """A workbook as a spreadsheet program writes it."""
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(buffer)
    return buffer.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_parts(**changed: bytes | str) -> bytes:
    """A small workbook with its sheet (`sheet`) or shared texts (`strings`) replaced."""
    names = {"sheet": SHEET, "strings": STRINGS}
    return packed(parts(book(["title"], ["x"])) | {names[key]: content for key, content in changed.items()})


def sheet(cells: str, before: str = "", head: str = "") -> str:
    return f"{head}<worksheet {_MAIN}>{before}<sheetData>{cells}</sheetData></worksheet>"


def shared(*texts: str) -> str:
    return f"<sst {_MAIN}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>"
