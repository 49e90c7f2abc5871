"""`ccm snapshot`: build the committed snapshots, and say what changed between two days."""

from __future__ import annotations

from pathlib import Path

import click

from ccm_data import diff, paths
from ccm_data import snapshot as store
from ccm_data.cli.common import day, format_option, show_frame, show_json, warn
from ccm_data.errors import CcmError
from ccm_data.opening import current
from ccm_data.workspace import Workspace


@click.group()
def snapshot() -> None:
    """Snapshots: all states as known on one day."""


@snapshot.command()
@click.option("--as-of", "days", multiple=True, metavar="YYYY-MM-DD", help="A day to build; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Every day whose snapshot is shipped.")
@click.option(
    "--to", "root", type=click.Path(path_type=Path, file_okay=False), default=paths.SNAPSHOTS, show_default=False,
    help="Folder to write to instead of the project's own.",
)  # fmt: skip
def build(days: tuple[str, ...], everything: bool, root: Path) -> None:
    """Write the Parquet snapshots of these days, atomically."""
    workspace = Workspace()
    wanted = {day(workspace, text) for text in days}
    if everything:
        wanted |= {*store.SHIPPED_DAYS, workspace.horizon, workspace.facts.last_day}
    if not wanted:
        raise CcmError("No day was named; give --as-of YYYY-MM-DD, or --all for every shipped day.")
    for as_of in sorted(wanted):
        built = store.build(workspace.facts, as_of)
        try:
            click.echo(store.write(built, root))
        except OSError as error:
            raise CcmError(f"The snapshot of {as_of} cannot be written to {root}: {error.strerror}.") from None


@snapshot.command("diff")
@click.argument("before")
@click.argument("after")
@format_option
def compare(before: str, after: str, output: str) -> None:
    """What changed between two days, each change with its sources."""
    workspace = current()
    days = [day(workspace, text) for text in (before, after)]
    found = diff.changes(*(workspace.states(as_of) for as_of in days))
    for as_of in days:
        warn(workspace.snapshot(as_of).warning)
    if output == "json":
        show_json({"from": days[0].isoformat(), "to": days[1].isoformat(), "changes": found})
    else:
        import pandas as pd

        show_frame(pd.DataFrame(found, columns=["iso3", "attribute", "before", "after", "source_ids"]))
