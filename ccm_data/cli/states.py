"""`ccm states`, `ccm targets`, `ccm state`: who stands where, and everything known about one state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ccm_data.cli.common import as_of_option, day, format_option, show_json, show_table, warn
from ccm_data.cli.filter_options import Asked, filter_options
from ccm_data.ranking.components import components
from ccm_data.ranking.terms import Method
from ccm_data.ranking.weights import load, presets
from ccm_data.records import plain, records
from ccm_data.records import state as state_record
from ccm_data.targets import chances, default_method, ranked
from ccm_data.workspace import Workspace

PRESET = "concept_note"
TABLE = ["iso3", "name", "status", "categories", "vote", "vote_session", "vote_stage"]


@click.command()
@as_of_option
@format_option
def states(as_of: str | None, output: str) -> None:
    """Status and attributes of all 197 states."""
    workspace = Workspace()
    when = day(workspace, as_of)
    frame = workspace.states(when)
    warn(workspace.snapshot(when).warning)
    if output == "json":
        show_json({"as_of": when.isoformat(), "states": [state_record(row) for row in records(frame)]})
    else:
        show_table(frame[TABLE])


@click.command()
@as_of_option
@filter_options
@click.option(
    "--weights", "weights_file", type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file of weights: order by this priority score instead of the default order.",
)  # fmt: skip
@format_option
def targets(as_of: str | None, asked: Asked, weights_file: Path | None, output: str) -> None:
    """States that are not parties, in order of priority, filtered."""
    workspace = Workspace()
    when = day(workspace, as_of)
    wanted = asked(workspace.options)
    weights = load(weights_file) if weights_file else presets()[PRESET]
    method = Method.PRIORITY if weights_file else default_method()
    states = workspace.states(when, wanted)
    model = chances(workspace.facts, when)
    frame = ranked(states, model, components(workspace.facts, when, states), weights, method)
    frame = frame[frame["matches"]]
    warn(workspace.snapshot(when).warning)
    if output == "json":
        found = [
            {**{key: row[key] for key in ("rank", "score", "p12", "p24", "tier")}, **state_record(row)}
            for row in records(frame)
        ]
        show_json({"as_of": when.isoformat(), "method": method.value, "states": found})
    else:
        show_table(frame[["rank", "score", "p12", *TABLE]].round({"score": 1, "p12": 4}))


@click.command()
@click.argument("iso3")
@as_of_option
@format_option
def state(iso3: str, as_of: str | None, output: str) -> None:
    """Everything known about one state on a day, with sources."""
    workspace = Workspace()
    when = day(workspace, as_of)
    code = workspace.iso3(iso3, when)
    frame = workspace.states(when)
    known = plain(frame[frame["iso3"] == code].iloc[0].to_dict())
    parts: dict[str, Any] = {
        name: records(workspace.frame(f"state/{name}", when, iso3=code))
        for name in ("treaties", "votes", "acts", "memberships", "timeline")
    }
    used = sorted({row["source_id"] for rows in parts.values() for row in rows if row["source_id"]})
    parts["sources"] = records(workspace.facts.frame("state/sources", {"source_ids": used}))
    warn(workspace.snapshot(when).warning)
    if output == "json":
        show_json({"as_of": when.isoformat(), **state_record(known), "attributes": known, **parts})
    else:
        click.echo(f"{known['name']} on {when}: {known['status']}; categories: {', '.join(known['categories'])}")
        import pandas as pd

        show_table(pd.DataFrame(parts["timeline"]))
