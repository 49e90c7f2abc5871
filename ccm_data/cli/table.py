"""What commands print on stdout: plain tables and JSON; the options that choose between them and say who writes."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import click

format_option: Callable[[Any], Any] = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the answer.",
)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return ""


author_option: Callable[[Any], Any] = click.option(
    "--author", envvar="CCM_AUTHOR", default=_user, help="Who saves; CCM_AUTHOR, else the system's user name."
)


def show_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """A plain text table on stdout: a header, padded columns, lists with commas, blanks for missing, ISO dates."""
    if not rows:
        click.echo("No rows.")
        return
    cells = [list(columns), *([_cell(row.get(name)) for name in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    if hasattr(value, "__len__") and not isinstance(value, str):
        return ", ".join(map(_cell, value))
    if value is None or value != value:  # a missing number or time is not equal to itself
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())
