"""A workbook made safe for its reader, which makes room for every cell of the area that a sheet spans.

Two cells in opposite corners of a sheet, a file of a few kilobytes, are 17 billion cells, for which the reader ends the
process. So every part is read once here, counting, and the reader gets only the parts that were counted.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from typing import IO
from xml.parsers import expat

from ccm_data.errors import CcmError
from ccm_data.importers import bounds
from ccm_data.importers.bounds import Guard, Refused

_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_LONGEST_NUMBER = 20
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Part(Guard):
    """The last row and column that hold something, and the text that cells share, while a part's XML is read."""

    def __init__(self) -> None:
        super().__init__("utf-8")  # the reader too goes by this encoding, whatever the part declares
        self.parser.CharacterDataHandler = self._characters
        self.begun = False
        self.rows = self.columns = self.cells = 0
        self.strings: list[int] = []
        self.uses: Counter[int] = Counter()
        self._sheet = self._in_cell = self._in_string = self._shared = False
        self._row = self._column = 0
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        self.begun = True
        self._promise(attributes)
        name = name.rpartition(":")[2]
        if name in ("worksheet", "sheetData"):
            self._sheet = True
        elif name == "si":
            if self._in_string:
                raise ValueError("a shared text holds another")
            self._in_string = True
            self.strings.append(0)
        elif self._sheet:
            self._start(name, attributes)

    def _promise(self, attributes: dict[str, str]) -> None:
        for count in ("count", "uniqueCount"):  # the reader makes room for as many, at its word
            said = attributes.get(count, "")
            if re.fullmatch(r"\+?[0-9]{1,20}", said) and int(said) > bounds.MOST_CELLS:
                raise Refused(f"says that it lists {int(said):,} things; at most {bounds.MOST_CELLS:,} are read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
        elif name == "c":
            self._in_cell, self._shared = True, attributes.get("t") == "s"
            self._place(attributes.get("r"))
        elif self._in_cell:  # a cell without content is only a format
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
            self._value = ""

    def end(self, name: str) -> None:
        super().end(name)
        name = name.rpartition(":")[2]
        if name == "si":
            self._in_string = False
        elif name == "c" and self._in_cell:
            self._in_cell = False
            self.cells += 1
            if self.cells > bounds.MOST_CELLS:
                raise Refused(f"has more than {bounds.MOST_CELLS:,} cells; no more are read")
        elif name == "v" and self._in_cell and self._shared:
            self.uses[int(self._value)] += 1

    def _characters(self, text: str) -> None:
        if self._in_string:
            self.strings[-1] += len(text)
        elif self._in_cell and self._shared:
            self._value += text
            if len(self._value) > _LONGEST_NUMBER:
                raise ValueError("a shared text has no readable number")

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        if not (found := _REFERENCE.fullmatch(reference)):
            raise ValueError("a cell has no readable place")
        self._row, self._column = int(found[2]), 0
        for letter in found[1].upper():
            self._column = self._column * 26 + ord(letter) - 64


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not re.fullmatch("[0-9]{1,20}", text):
        raise ValueError("a number is not readable")
    return int(text)


def vetted(name: str, data: bytes) -> bytes:
    """The workbook with nothing in it but XML that keeps the bounds. Raises CcmError for any other file."""
    bounds.size(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _vetted(name, archive)
    except Refused as reason:
        raise CcmError(f"{name} {reason}.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise CcmError(f"{name} is not a readable XLSX file; save it again from the spreadsheet program.") from error


def _vetted(name: str, archive: zipfile.ZipFile) -> bytes:
    held = archive.infolist()
    if len(held) > bounds.MOST_PARTS:
        raise CcmError(f"{name} holds {len(held):,} files; at most {bounds.MOST_PARTS:,} are read.")
    if (unpacked := sum(part.file_size for part in held)) > bounds.MOST_UNPACKED:
        most = bounds.MOST_UNPACKED // 2**20
        raise CcmError(f"{name} has {unpacked / 2**20:.0f} MB when unpacked; at most {most} MB are read.")
    clean, parts = io.BytesIO(), []
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for info in {info.filename: info for info in held if info.compress_type in _PLAIN}.values():
            with archive.open(info) as file:
                part = _counted(file)
            if part:
                parts.append(part)
                bounds.area(name, part.rows, part.columns)
                copy.writestr(info.filename, archive.read(info))
    _shared_text(name, parts)
    return clean.getvalue()


def _counted(file: IO[bytes]) -> _Part | None:
    """What is in a part; None for a part that is no XML, such as a picture or a workbook within the workbook."""
    part = _Part()
    try:
        part.parser.ParseFile(file)
    except expat.ExpatError as error:
        if part.begun:
            raise ValueError("a part is not well-formed") from error
        return None
    return part


def _shared_text(name: str, parts: list[_Part]) -> None:
    # each cell that shows a shared text gets a copy of it
    lists = [part.strings for part in parts if part.strings]
    if len(lists) > 1:
        raise ValueError("there are two lists of shared texts")
    lengths = lists[0] if lists else []
    for part in parts:
        shown = sum(lengths[index] * times for index, times in part.uses.items() if index < len(lengths))
        if shown > bounds.MOST_UNPACKED:
            raise CcmError(
                f"{name} has {shown / 2**20:,.0f} MB of text in its cells; at most "
                f"{bounds.MOST_UNPACKED // 2**20} MB are read."
            )
