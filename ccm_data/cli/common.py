"""What commands share: the output format, as-of dates, tables and JSON on stdout."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ccm_data.cli.table import show_table
from ccm_data.dates import parse_as_of
from ccm_data.records import records

if TYPE_CHECKING:
    import pandas as pd

    from ccm_data.workspace import Workspace

format_option: Callable[[Any], Any] = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the answer.",
)
as_of_option: Callable[[Any], Any] = click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", help="The day whose facts count; the latest horizon by default."
)


def day(workspace: Workspace, text: str | None) -> date:
    """The as-of date asked for, else the latest horizon. Raises CcmError for an impossible one."""
    return parse_as_of(text, workspace.latest) if text else workspace.horizon


def show_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_frame(frame: pd.DataFrame) -> None:
    """The rows of a frame as a plain text table on stdout."""
    show_table(records(frame), list(frame.columns))


def warn(message: str | None) -> None:
    """A sentence on stderr, if there is one."""
    if message:
        click.echo(f"ccm: {message}", err=True)
