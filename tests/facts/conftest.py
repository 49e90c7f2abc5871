"""A copy of the shipped facts that a test may break, row by row."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from ccm_data import paths

SHIPPED = paths.PACKAGE / "facts"


class FactsCopy:
    """A facts folder to edit. A row is named by the text its line begins with; edits return the row's line number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self, name: str) -> list[str]:
        """The file's lines; the shipped facts have no line break inside a cell."""
        return (self.folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()

    def line(self, name: str, start: str) -> int:
        """The number of the only line that begins so; the header is line 1."""
        (number,) = [i for i, text in enumerate(self.lines(name), 1) if text.startswith(start)]
        return number

    def change(self, name: str, start: str, /, **cells: str) -> int:
        """Set cells of one row."""
        lines, number = self.lines(name), self.line(name, start)
        header, row = (next(csv.reader([lines[i]])) for i in (0, number - 1))
        assert cells.keys() <= set(header), cells
        lines[number - 1] = written([cells.get(column, old) for column, old in zip(header, row, strict=True)])
        self._write(name, lines)
        return number

    def add(self, name: str, text: str) -> int:
        """Add a row at the end."""
        lines = [*self.lines(name), text]
        self._write(name, lines)
        return len(lines)

    def drop(self, name: str, start: str) -> int:
        """Remove one row."""
        lines, number = self.lines(name), self.line(name, start)
        del lines[number - 1]
        self._write(name, lines)
        return number

    def header(self, name: str, text: str) -> int:
        """Replace the header."""
        self._write(name, [text, *self.lines(name)[1:]])
        return 1

    def _write(self, name: str, lines: list[str]) -> None:
        (self.folder / f"{name}.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")


def written(cells: list[str]) -> str:
    """One row as a line of CSV."""
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue().removesuffix("\r\n")


@pytest.fixture
def facts_copy(tmp_path: Path) -> FactsCopy:
    """The shipped facts, copied."""
    shutil.copytree(SHIPPED, tmp_path / "facts")
    return FactsCopy(tmp_path / "facts")
