"""What commands on facts share: as-of dates, frames as tables, warnings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ccm_data.cli.table import format_option, show_json, show_table
from ccm_data.dates import parse_as_of
from ccm_data.records import records

if TYPE_CHECKING:
    import pandas as pd

    from ccm_data.workspace import Workspace

__all__ = ["as_of_option", "day", "format_option", "show_frame", "show_json", "show_table", "warn"]

as_of_option: Callable[[Any], Any] = click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", help="The day whose facts count; today by default."
)


def day(workspace: Workspace, text: str | None) -> date:
    """The as-of date asked for, else today. Raises CcmError for an impossible one."""
    return parse_as_of(text, workspace.latest) if text else workspace.latest


def show_frame(frame: pd.DataFrame) -> None:
    """The rows of a frame as a plain text table on stdout."""
    show_table(records(frame), list(frame.columns))


def warn(message: str | None) -> None:
    """A sentence on stderr, if there is one."""
    if message:
        click.echo(f"ccm: {message}", err=True)
