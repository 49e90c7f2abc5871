"""`ccm targets` and `ccm state`: whom to call next, and everything known about one state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pandas as pd

from ccm_data.cli.common import as_of_option, format_option, show_frame, show_json, warn
from ccm_data.cli.filter_options import Asked, filter_options
from ccm_data.cli.readings import audience_option, campaign_option, reading
from ccm_data.cli.states import TABLE
from ccm_data.ranking.terms import Method
from ccm_data.ranking.weights import load
from ccm_data.records import plain, records, status_told
from ccm_data.records import state as state_record
from ccm_data.targets import default_method
from ccm_data.vocab import Confidentiality

RANKED = ("rank", "score", "p12", "p24", "tier")


@click.command()
@as_of_option
@filter_options
@click.option(
    "--weights", "weights_file", type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file of weights: order by this priority score instead of the default order.",
)  # fmt: skip
@audience_option(Confidentiality.INTERNAL)
@campaign_option
@format_option
def targets(
    as_of: str | None, asked: Asked, weights_file: Path | None, audience: str, campaign: str | None, output: str
) -> None:
    """States that are not parties, in order of priority, filtered."""
    method = Method.PRIORITY if weights_file else default_method()
    with reading(as_of, audience, campaign) as given:
        wanted = asked(given.workspace.options)
        frame = given.targets(wanted, load(weights_file) if weights_file else None, method)
        frame = frame[frame["matches"]]
        held = given.contacts_by_state()
        warn(given.workspace.snapshot(given.as_of).warning)
        if output != "json":
            frame = frame.assign(status=[status_told(row) for row in frame.to_dict("records")])
            show_frame(frame[["rank", "score", "p12", *TABLE]].round({"score": 1, "p12": 4}))
            return
        found = []
        for row in records(frame):
            touched = held.get(row["iso3"])
            ahead = {
                "last_contact": plain(touched.last) if touched else None,
                "next_step": touched.next_step if touched else "",
                "owner": touched.owner if touched else "",
                "evidence": row["evidence"],
            }
            found.append({**{key: row[key] for key in RANKED}, **state_record(row), **ahead})
        days = {"as_of": given.as_of.isoformat(), "log_day": given.log_day.isoformat()}
        show_json({**days, "method": method.value, "states": found})


@click.command()
@click.argument("iso3")
@as_of_option
@audience_option(Confidentiality.INTERNAL)
@format_option
def state(iso3: str, as_of: str | None, audience: str, output: str) -> None:
    """Everything known about one state on a day, with sources."""
    with reading(as_of, audience) as given:
        known = plain(given.state(iso3).to_dict())
        code = known["iso3"]
        parts: dict[str, Any] = {
            name: records(given.about(name, [code]))
            for name in ("treaties", "votes", "acts", "memberships", "timeline", "peers")
        }
        ids = [row["source_id"] for rows in parts.values() for row in rows]
        parts["sources"] = records(given.sources_of(ids)[["source_id", "title", "publisher", "url", "source_date"]])
        parts["contacts"] = [
            {"day": one.day.isoformat(), "origin": one.origin, **one.part.model_dump(mode="json"),
             "title": one.entry.title, "next_step": one.entry.activity.next_step}
            for one in given.contacts(code)
        ]  # fmt: skip
        warn(given.workspace.snapshot(given.as_of).warning)
        if output == "json":
            days = {"as_of": given.as_of.isoformat(), "log_day": given.log_day.isoformat()}
            show_json({**days, **state_record(known), "attributes": known, **parts})
            return
        said = ", ".join(known["categories"])
        click.echo(f"{known['name']} on {given.as_of}: {status_told(known)}; categories: {said}")
        show_frame(pd.DataFrame(parts["timeline"]))
