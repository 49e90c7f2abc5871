"""What commands share: the output format, as-of dates, tables and JSON on stdout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click
import pandas as pd

from ccm_data.cli.table import format_option as format_option
from ccm_data.cli.table import show_json as show_json
from ccm_data.dates import parse_as_of
from ccm_data.workspace import Workspace

as_of_option: Callable[[Any], Any] = click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", help="The day whose facts count; the latest horizon by default."
)


def day(workspace: Workspace, text: str | None) -> date:
    """The as-of date asked for, else the latest horizon. Raises CcmError for an impossible one."""
    return parse_as_of(text, workspace.latest) if text else workspace.horizon


def show_table(frame: pd.DataFrame) -> None:
    """A plain text table on stdout; dates without time, lists with commas, blanks for missing."""
    text = frame.copy()
    for name in text.columns:
        if pd.api.types.is_datetime64_any_dtype(text[name]):
            text[name] = text[name].dt.strftime("%Y-%m-%d")
        else:
            text[name] = text[name].map(_joined)
    text = text.astype(object).where(text.notna(), "")
    click.echo(text.to_string(index=False) if len(text) else "No rows.")


def _joined(cell: Any) -> Any:
    return ", ".join(map(str, cell)) if hasattr(cell, "__len__") and not isinstance(cell, str) else cell


def warn(message: str | None) -> None:
    """A sentence on stderr, if there is one."""
    if message:
        click.echo(f"ccm: {message}", err=True)
