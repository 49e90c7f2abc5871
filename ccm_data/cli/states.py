"""`ccm states`: status and attributes of all states."""

from __future__ import annotations

import click

from ccm_data.cli.common import as_of_option, day, format_option, show_json, warn
from ccm_data.cli.table import show_table
from ccm_data.opening import current
from ccm_data.records import plain, status_told
from ccm_data.records import state as state_record

TABLE = ("iso3", "name", "status", "categories", "vote", "vote_session", "vote_stage")


@click.command()
@as_of_option
@format_option
def states(as_of: str | None, output: str) -> None:
    """Status and attributes of all states."""
    workspace = current()
    when = day(workspace, as_of)
    rows = [plain(row) for row in workspace.state_records(when)]
    warn(workspace.snapshot(when).warning)
    if output == "json":
        show_json({"as_of": when.isoformat(), "states": [state_record(row) for row in rows]})
    else:
        show_table([{**row, "status": status_told(row)} for row in rows], TABLE)
