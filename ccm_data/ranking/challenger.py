"""The shadow challenger: a second frozen specification, evaluated beside the published order and never printed as a
chance.

It is adopted only by its own rule (challenger.toml): a better conditional log likelihood, with an interval above zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from ccm_data.factbase import Factbase
from ccm_data.ranking import evaluation, features, logit, propensity
from ccm_data.ranking.evaluation import FIGURES
from ccm_data.ranking.likelihood import FREE, panel, standardised
from ccm_data.ranking.logit import Mask
from ccm_data.ranking.specification import Challenger, Specification, challenger, specification
from ccm_data.ranking.treaties import order_before


@dataclass(frozen=True)
class Trial:
    """The challenger beside the published order.

    treaties: one row per treaty: treaty, joiners, each figure of the challenger and of the published order
    (`_published`), log_likelihood of both (mean over joiners, of each among those outside in its year). gain:
    challenger less published over the joiners of the treaties that decide, with low and high. adopted: whether the rule
    would adopt it.
    """

    name: str
    treaties: pd.DataFrame
    gain: float
    low: float
    high: float
    adopted: bool


def trial(facts: Factbase, sizes: Mapping[int, int]) -> Trial:
    """The challenger walked forward through the years of `sizes`, which says how many states are outside the
    Convention."""
    rule, spec = challenger(), specification()
    found = []
    for year, size in sizes.items():
        orders = log_odds(facts, year, rule, spec)
        for treaty in rule.evaluated:
            until = {"treaty": treaty, "as_of": f"{year - 1}-12-31", "until": f"{year}-12-31"}
            outside = order_before(facts, treaty, year, spec)["log_odds"]
            joined = pd.Index(facts.frame("ranking/joiners", until)["iso3"]).intersection(outside.index)
            for name, scores in (("", orders[treaty]), ("_published", outside)):
                if len(joined):
                    rows = evaluation.joiner_rows(scores, joined, len(outside) / size)
                    rows["log_likelihood"] = (
                        scores[joined] - float(np.logaddexp.reduce(scores.to_numpy(dtype=float)))
                    ).to_numpy()
                    found.append(rows.assign(year=year, treaty=treaty, order=name))
    wide = pd.concat(found).pivot(
        index=["treaty", "year", "iso3"], columns="order", values=[*FIGURES, "log_likelihood"]
    )
    means = wide.groupby("treaty", sort=False).mean()
    means.columns = pd.Index(["".join(pair) for pair in means.columns])
    means.insert(0, "joiners", wide.groupby("treaty").size())
    deciding = wide.loc[list(rule.adopted_on)]
    gains = pd.DataFrame({"gain": deciding["log_likelihood", ""] - deciding["log_likelihood", "_published"]})
    spread = evaluation.bootstrap_by(gains, pd.Series(gains.index.get_level_values("iso3")), spec.seed)
    low, high = (float(spread[end].iloc[0]) for end in ("low", "high"))
    mean = float(gains["gain"].mean())
    return Trial(rule.name, means.loc[list(rule.evaluated)].reset_index(), mean, low, high, low > 0)


def said(found: Trial) -> str:
    """The verdict in one sentence."""
    decided = "would be adopted" if found.adopted else "is not adopted"
    return (
        f"Challenger {found.name} {decided}: its log likelihood per joiner on {' and '.join(challenger().adopted_on)} "
        f"differs from the published order's by {found.gain:+.3f} ({evaluation.COVER:.0%} interval {found.low:+.3f} to "
        f"{found.high:+.3f})."
    )


def log_odds(
    facts: Factbase, year: int, rule: Challenger, spec: Specification, treaties: Sequence[str] | None = None
) -> dict[str, pd.Series]:
    """The challenger's order of the states outside each treaty on 1 January of a year: log odds by ISO code."""
    day = date(year - 1, 12, 31)
    rows = panel(facts, day, spec.pooling(rule.treaties))
    rows = rows[pd.to_datetime(rows["anchor"]).dt.year >= rule.first_year].reset_index(drop=True)
    found = propensity.world(facts, rows, rule, day.year)
    frame = features.values(rows)
    group = [rows["treaty"], rows["anchor"]]
    for name, cube in propensity.features(found, rule).items():
        column = pd.Series(propensity.at(cube, found, rows), index=rows.index)
        frame[name] = column - column.groupby(group).transform("mean")
    frame = frame[list(rule.features)]
    today = np.asarray(rows["anchor"] == pd.Timestamp(day))
    orders = {}
    for treaty in treaties or rule.evaluated:
        own = np.asarray(rows["treaty"] == treaty)
        used = ~today | own
        orders[treaty] = _fit(rows[used], frame[used], own[used], today[used], rule, spec)
    return orders


def _fit(
    rows: pd.DataFrame, frame: pd.DataFrame, own: Mask, today: Mask, rule: Challenger, spec: Specification
) -> pd.Series:
    x, scale = standardised(frame)
    past = rows[~today]
    age = (rows["anchor"].max() - past["anchor"]).dt.days.to_numpy() / 365.25
    weights = np.where(own[~today], 1.0, rule.other_weight * 2.0 ** (-age / rule.half_life_years))
    centre = np.array([spec.prior.get(name, 0.0) for name in rule.features]) * scale
    fit = logit.fit(
        np.hstack([np.ones((len(past), 1)), x[~today]]),
        past["joined"].to_numpy(dtype=float),
        np.concatenate([[0.0], centre]),
        np.concatenate([[FREE], np.full(len(centre), rule.coefficient_scale**-2)]),
        past.groupby(["treaty", "anchor"]).ngroup().to_numpy(),
        rule.year_scale**-2,
        weights,
    )
    return pd.Series(x[today] @ fit.coefficients[1:], index=rows["iso3"][today])
