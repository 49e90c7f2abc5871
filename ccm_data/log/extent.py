"""How far the sheets of a workbook reach, before a reader makes room for every cell of that area.

The reader fills the whole area from the first to the last cell: two cells in opposite corners of a sheet, a file of a
few kilobytes, are 17 billion cells, for which it ends the process.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers import expat


class _Foreign(Exception):
    """This part of the workbook is no sheet."""


class _Sheet:
    """The last row and column of a sheet that hold something, while its XML is read."""

    def __init__(self) -> None:
        self.known = False
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self.known:
            if name != "worksheet":
                raise _Foreign
            self.known = True
        elif name == "row":
            self._row, self._column = int(attributes.get("r") or self._row + 1), 0
        elif name == "c":
            self._in_cell = True
            self._place(attributes.get("r", ""))
        elif self._in_cell:  # a cell without content is only a format
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self._in_cell = False

    def _place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if not reference:
            self._column += 1
            return
        self._row, self._column = int(reference[len(letters) :] or self._row), 0
        for letter in letters.upper():
            self._column = self._column * 26 + ord(letter) - 64


def largest(data: bytes) -> tuple[int, int]:
    """Rows and columns of the workbook's largest sheet, counted from A1.

    Raises ValueError for a sheet that cannot be read, zipfile.BadZipFile for what is no workbook.
    """
    found = [(0, 0)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            with archive.open(part) as file:
                found.append(_extent(file))
    return max(found, key=lambda size: size[0] * size[1])


def unpacked(data: bytes) -> int:
    """Bytes of the workbook when it is unpacked. Raises zipfile.BadZipFile for what is no workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


def _extent(file: IO[bytes]) -> tuple[int, int]:
    sheet, parser = _Sheet(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = sheet.start, sheet.end
    try:
        parser.ParseFile(file)
    except _Foreign:
        return 0, 0
    except expat.ExpatError as error:
        if sheet.known:
            raise ValueError("a sheet is not well-formed") from error
    return sheet.rows, sheet.columns
