"""Walk-forward evaluation: every year is predicted from facts dated before it, by the model and by plain orders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase
from ccm_data.ranking import evaluation, treaties
from ccm_data.ranking.ceiling import Race, ceiling
from ccm_data.ranking.components import components
from ccm_data.ranking.evaluation import FIGURES, LIKELIHOOD, RANDOM, SIGNATORIES
from ccm_data.ranking.level import Level, level, printed
from ccm_data.ranking.likelihood import Likelihood, likelihood
from ccm_data.ranking.outreach import outreach
from ccm_data.ranking.priority import score
from ccm_data.ranking.specification import specification
from ccm_data.ranking.weights import presets
from ccm_data.vocab import Status

FIRST, WALK_FROM = 2010, 2013
MISSED = 20


@dataclass(frozen=True)
class Year:
    """One year of the walk: chances and reasons on 1 January by the frozen specification, the level that is printed,
    scores of every method by ISO code, who joined when."""

    year: int
    model: Likelihood
    level: Level
    scores: pd.DataFrame
    joined: pd.Series[Any]

    @property
    def chances(self) -> pd.Series[Any]:
        """The printed chances within 24 months by ISO code."""
        return printed(self.model, self.level).states.set_index("iso3")["p24"].astype(float)

    @property
    def race(self) -> Race:
        """The year's list for the ceiling."""
        p12 = self.model.states.set_index("iso3")["p12"].astype(float)
        return Race((p12 / (1 - p12)).map(math.log), len(self.joined))


@dataclass(frozen=True)
class Backtest:
    """The whole evaluation.

    sizes: how many states stood outside on 1 January of each year.
    methods: one row per method: concordance, top5, top10, top20 with low and high, brier (likelihood only).
    predictions: one row per joiner and method: year, iso3, date, method, rank, concordance, top5, top10, top20.
    brier, brier_base_rate, brier_skill: of the frozen specification's chances; brier_skill_printed: of those printed.
    calibration, tiers: what the printed chances expected beside what happened, by bin of chance and by tier.
    levels: one row per year: year, five_years, decayed and printed (joiners expected by each), joined.
    ceiling: what a perfect list would score (ranking/ceiling.py).
    treaties: the same method on other treaties beside the Convention (ranking/treaties.py).
    lead: concordance and top20 of the likelihood less those of signatories first, with low and high.
    missed: joiners that the likelihood placed below MISSED, with the reasons that weighed against them.
    outreach: who joined after workshops (ranking/outreach.py); empty where only figures were summarised.
    """

    years: tuple[int, int]
    joiners: int
    sizes: dict[int, int]
    methods: pd.DataFrame
    predictions: pd.DataFrame
    brier: float
    brier_base_rate: float
    brier_skill: float
    brier_skill_printed: float
    calibration: pd.DataFrame
    tiers: pd.DataFrame
    levels: pd.DataFrame
    ceiling: pd.DataFrame
    treaties: pd.DataFrame
    lead: pd.DataFrame
    missed: pd.DataFrame
    verdict: str
    outreach: pd.DataFrame = field(default_factory=pd.DataFrame)


def latest_full_year(facts: Factbase) -> int:
    """The last year through whose end the treaty actions are known complete (horizons.csv)."""
    horizons = facts.frame("summary/horizons")
    whole = horizons[
        (horizons["file"] == "treaty_actions.csv") & horizons["scope"].isna()
    ]  # the model reads all treaties
    through = pd.Timestamp(str(whole["known_complete_through"].item()))
    return through.year if (through.month, through.day) == (12, 31) else through.year - 1


def walk(facts: Factbase, year: int) -> Year:
    """The year predicted from what was known at the end of the year before."""
    as_of = date(year - 1, 12, 31)
    model = likelihood(facts, as_of, intervals=False)
    snapshot = facts.frame("snapshot/build", {"as_of": as_of.isoformat()})
    parts = components(facts, as_of, snapshot)
    outside = snapshot[snapshot["is_target"].astype(bool)].set_index("iso3")
    scores = pd.DataFrame(
        {
            LIKELIHOOD: model.states.set_index("iso3")["p12"],
            SIGNATORIES: (outside["status"] == Status.SIGNATORY).astype(float),
            "category_count": outside["category_count"].astype(float),
            "alphabetical": -outside["name_short"].rank(),
            RANDOM: 0.0,
            **{f"priority:{name}": score(parts, w).set_index("iso3")["score"] for name, w in presets().items()},
        }
    )
    joined = facts.frame(
        "ranking/joiners", {"treaty": "CCM", "as_of": as_of.isoformat(), "until": date(year, 12, 31).isoformat()}
    )
    return Year(year, model, level(facts, as_of), scores, joined.set_index("iso3")["date"])


def backtest(facts: Factbase, first: int | None = None, last: int | None = None) -> Backtest:
    """The evaluation over these years; by default the test years of the specification up to the latest full one.

    Raises CcmError for years that cannot be evaluated.
    """
    spec, latest = specification(), latest_full_year(facts)
    first, last = first or spec.test_years[0], last or latest
    if not FIRST <= first <= last <= latest:
        raise CcmError(
            f"The years {first} to {last} cannot be evaluated; possible: {FIRST} to {latest}, first to last."
        )
    walked = [walk(facts, year) for year in range(first, last + 1)]
    sizes = {year.year: len(year.scores) for year in walked}
    found = summarise(walked, spec.seed, [treaties.walked(facts, name, sizes, spec) for name in treaties.OTHERS])
    chances = {year.year: year.chances for year in walked}
    return replace(found, outreach=outreach(facts, chances, spec.target, date(latest, 12, 31)))


def summarise(walked: list[Year], seed: int, others: Sequence[treaties.Walked] = ()) -> Backtest:
    """The figures over walked years, with those of other treaties. Raises CcmError when nobody joined in the years."""
    ranked = [
        evaluation.joiner_rows(year.scores[method], year.joined.index).assign(
            year=year.year, method=str(method), date=year.joined.to_numpy()
        )
        for year in walked
        for method in year.scores.columns
    ]
    predictions: pd.DataFrame = pd.concat(ranked, ignore_index=True)
    if predictions.empty:
        raise CcmError("No state joined in these years, so no ranking of them can be evaluated; choose more years.")
    figures = list(FIGURES)
    wide = predictions.pivot(index=["year", "iso3"], columns="method", values=figures)
    spread = evaluation.bootstrap(wide, seed)
    methods = wide.mean().unstack(0).reindex(columns=figures).loc[list(walked[0].scores)]
    for figure in figures:
        methods[f"{figure}_low"] = spread["low"][figure]
        methods[f"{figure}_high"] = spread["high"][figure]
    lead = pd.DataFrame({f: wide[f, LIKELIHOOD] - wide[f, SIGNATORIES] for f in figures})
    leading = evaluation.bootstrap(lead, seed).assign(mean=lead.mean())[["mean", "low", "high"]]

    states = pd.concat(
        [
            y.model.states.assign(
                joined=y.model.states["iso3"].isin(y.joined.index),
                base=y.model.base_rate,
                printed=printed(y.model, y.level).states["p12"],
            )
            for y in walked
        ],
        ignore_index=True,
    )
    model, reference, shown = (evaluation.brier(states[p], states["joined"]) for p in ("p12", "base", "printed"))
    own = predictions[predictions["method"].isin([LIKELIHOOD, SIGNATORIES])].assign(treaty=specification().target)
    races = [year.race for year in walked]
    methods["brier"] = np.where(methods.index == LIKELIHOOD, model, np.nan)
    tiers = states.groupby("tier").agg(states=("p12", "size"), expected=("printed", "sum"), joined=("joined", "sum"))
    return Backtest(
        years=(walked[0].year, walked[-1].year),
        joiners=len(wide),
        sizes={year.year: len(year.scores) for year in walked},
        methods=methods,
        predictions=predictions[["year", "iso3", "date", "method", "rank", *figures]],
        brier=model,
        brier_base_rate=reference,
        brier_skill=1 - model / reference,
        brier_skill_printed=1 - shown / reference,
        calibration=evaluation.calibration(states["printed"], states["joined"]),
        tiers=tiers.reset_index(),
        levels=_levels(walked),
        ceiling=ceiling(races, seed),
        treaties=treaties.evidence([treaties.Walked(specification().target, own, races), *others], seed),
        lead=leading,
        missed=_missed(walked, predictions),
        verdict=_verdict(methods, leading, len(wide)),
    )


def _levels(walked: list[Year]) -> pd.DataFrame:
    rows = [(y.year, y.level.five_years, y.level.decayed, y.level.printed, len(y.joined)) for y in walked]
    return pd.DataFrame(rows, columns=["year", "five_years", "decayed", "printed", "joined"])


def _missed(walked: list[Year], predictions: pd.DataFrame) -> pd.DataFrame:
    """One row per joiner placed too low: year, iso3, rank, against (the strongest reasons, as one sentence)."""
    late = predictions[(predictions["method"] == LIKELIHOOD) & (predictions["rank"] > MISSED)]
    reasons = {year.year: year.model.reasons for year in walked}
    rows = []
    for _, row in late.iterrows():
        own = reasons[row["year"]].query("iso3 == @row.iso3 and contribution < 0")["words"].head(3)
        rows.append({"year": row["year"], "iso3": row["iso3"], "rank": row["rank"], "against": "; ".join(own)})
    return pd.DataFrame(rows, columns=["year", "iso3", "rank", "against"])


def _verdict(methods: pd.DataFrame, lead: pd.DataFrame, joiners: int) -> str:
    model, plain = methods.loc[LIKELIHOOD], methods.loc[SIGNATORIES]
    by, low, high = (float(lead.loc[["concordance"], end].iloc[0]) for end in ("mean", "low", "high"))
    if low > 0:
        word = "beats"
    elif high < 0:
        word = "does worse than"
    else:
        word = "cannot be told from" if abs(by) < 0.01 else ("is ahead of" if by > 0 else "is behind")
    return (
        f"The likelihood of joining {word} signatories first by {by:+.2f} in concordance ({model['concordance']:.2f}"
        f" against {plain['concordance']:.2f}; {evaluation.COVER:.0%} interval of the difference {low:+.2f} to"
        f" {high:+.2f})"
        f" and puts {model['top20']:.0%} of {joiners} joiners in its top 20, against {plain['top20']:.0%}."
    )
