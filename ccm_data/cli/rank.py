"""`ccm rank` and `ccm backtest`: the order of states outside the Convention, and how good such orders have been."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pandas as pd

from ccm_data.cli.common import as_of_option, format_option, show_frame, show_json, warn
from ccm_data.cli.readings import audience_option, reading
from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase
from ccm_data.opening import current
from ccm_data.ranking import challenger as shadow
from ccm_data.ranking import looks, trial
from ccm_data.ranking import weights as weighting
from ccm_data.ranking.backtest import Backtest
from ccm_data.ranking.backtest import backtest as evaluate
from ccm_data.ranking.priority import breakdown, score
from ccm_data.ranking.specification import specification
from ccm_data.ranking.terms import Method
from ccm_data.records import plain, records
from ccm_data.records import state as state_record
from ccm_data.targets import CHANCES
from ccm_data.vocab import Confidentiality

FIGURES = ["concordance", "top5", "top10", "top20", "brier"]
LEADS = ["concordance", "concordance_plain", "lead", "lead_low", "lead_high", "concordance_ceiling"]
CHALLENGED = ["concordance", "concordance_published", "top10", "top10_published", "top20", "top20_published"]


@click.command()
@as_of_option
@click.option("--method", type=click.Choice([m.value for m in Method]), help="Default: what evaluated better.")
@click.option(
    "--weights",
    "weights_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file of weights of the priority score (with it the method is priority).",
)
@audience_option(Confidentiality.INTERNAL)
@format_option
def rank(as_of: str | None, method: str | None, weights_file: Path | None, audience: str, output: str) -> None:
    """States outside the Convention in the order in which to call them, with the reasons."""
    if weights_file and method == Method.LIKELIHOOD:
        raise click.UsageError("--weights belongs to the priority score; leave out --method likelihood.")
    method = method or (Method.PRIORITY.value if weights_file else specification().default_method)
    with reading(as_of, audience) as given:
        if method == Method.PRIORITY:
            chosen = weighting.load(weights_file) if weights_file else weighting.presets()[weighting.DEFAULT]
            parts = given.components()
            frame, columns = score(parts, chosen), ["score", "known"]
            why = breakdown(parts, chosen).rename(columns={"component": "feature", "points": "contribution"})
            why = why.assign(words=why["sentence"])
        else:
            model = given.fitted()  # says itself why there may be none
            frame, columns, why = model.states, CHANCES, model.reasons
        ordered = frame.merge(given.states(), on="iso3", suffixes=("", "_state"), validate="1:1")
        when = given.as_of
        warn(given.workspace.snapshot(when).warning)
    if output == "table":
        shown = [column for column in columns if column != "tier"]  # a chance of 3 in 100 is not likely
        show_frame(_rounded(ordered[["rank", "iso3", "name", "status", *shown]]))
        return
    reasons = {str(iso3): records(own[["feature", "contribution", "words"]]) for iso3, own in why.groupby("iso3")}
    found = [
        {"rank": row["rank"], **{c: row[c] for c in columns}, **state_record(row), "reasons": reasons[row["iso3"]]}
        for row in records(ordered)
    ]
    show_json({"as_of": when.isoformat(), "method": method, "states": found})


@click.command()
@click.option("--from", "first", type=int, metavar="YEAR", help="First year; the first test year by default.")
@click.option("--to", "last", type=int, metavar="YEAR", help="Last year; the latest full one by default.")
@click.option("--challenger", is_flag=True, help="Also walk the shadow challenger forward, and apply its rule.")
@click.option(
    "--looks",
    "looks_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File in which a look at the test years is recorded; docs/ranking-looks.csv of a checkout by default.",
)
@format_option
def backtest(first: int | None, last: int | None, challenger: bool, looks_file: Path | None, output: str) -> None:
    """The walk-forward evaluation of every way to order states."""
    facts = current().facts
    found = evaluate(facts, first, last)
    tried = shadow.trial(facts, found.sizes) if challenger else None
    if (path := looks_file or looks.place()) and found.years[1] >= specification().test_years[0]:
        _look(path, facts, found, tried)
    if output == "json":
        show_json(as_json(found) | ({"challenger": _challenger(tried)} if tried else {}))
        return
    show_frame(_rounded(found.methods[FIGURES].astype(float).reset_index()))
    click.echo(f"\n{found.joiners} joiners, {found.years[0]} to {found.years[1]}. {found.verdict}")
    click.echo(trial.headline(found))
    click.echo(
        f"Brier skill of the likelihood against the rate of the last five years: {found.brier_skill:+.3f}, of the "
        f"printed chances {found.brier_skill_printed:+.3f}.\n"
    )
    show_frame(_rounded(found.treaties[["treaty", "joiners", *LEADS]]))
    if tried:
        click.echo()
        show_frame(_rounded(tried.treaties[["treaty", "joiners", *CHALLENGED]]))
        click.echo(shadow.said(tried))


def _look(path: Path, facts: Factbase, found: Backtest, tried: shadow.Trial | None) -> None:
    """Record what this run looked at; a file that cannot be written is told, and stops nothing."""
    own = found.methods.loc[["likelihood"], looks.FIGURES]
    figures = {"joiners": found.joiners, **records(own)[0], "note": found.verdict}
    try:
        looks.record(path, facts, "published", "specification.toml", found.years, figures)
        if tried:
            rows = tried.treaties[tried.treaties["treaty"] == specification().target]
            figures |= {**records(rows[looks.FIGURES])[0], "note": shadow.said(tried)}
            looks.record(path, facts, tried.name, "challenger.toml", found.years, figures)
    except CcmError as error:
        warn(str(error))


def _challenger(tried: shadow.Trial) -> dict[str, Any]:
    return {
        "name": tried.name,
        "treaties": records(tried.treaties),
        "gain": plain(tried.gain),
        "low": plain(tried.low),
        "high": plain(tried.high),
        "adopted": tried.adopted,
    }


def as_json(found: Backtest) -> dict[str, Any]:
    """The stable JSON shape of `ccm backtest` (DESIGN section 5), with intervals, calibration and the verdict."""
    methods = {
        str(row["method"]): {key: value for key, value in row.items() if key != "method"}
        for row in records(found.methods.reset_index())
    }
    return {
        "years": list(found.years),
        "joiners": found.joiners,
        "methods": methods,
        "predictions": records(found.predictions),
        "brier_base_rate": plain(found.brier_base_rate),
        "brier_skill": plain(found.brier_skill),
        "brier_skill_printed": plain(found.brier_skill_printed),
        "calibration": records(found.calibration),
        "levels": records(found.levels),
        "tiers": records(found.tiers),
        "treaties": records(found.treaties),
        "ceiling": records(found.ceiling),
        "outreach": records(found.outreach),
        "missed": records(found.missed),
        "verdict": found.verdict,
        "frozen": specification().frozen.isoformat(),
    }


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.round(dict.fromkeys(frame.select_dtypes("float").columns, 3))
