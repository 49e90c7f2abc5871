"""Plain text tables on stdout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click


def show_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Padded columns under their names; lists with commas, blanks for missing."""
    if not rows:
        click.echo("No rows.")
        return
    cells = [list(columns), *([_text(row.get(name)) for name in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return ", ".join(map(str, cell)) if isinstance(cell, list | tuple) else str(cell)
