"""The chance that a state outside the Convention joins within 12 and 24 months of a day, and the reasons for it.

A discrete-time hazard model on state-years: ridge-penalised logit with an effect per treaty and year, fitted on
what was known by the day alone (queries/ranking/panel.sql; specification.toml; docs/ranking.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase
from ccm_data.ranking import features, logit
from ccm_data.ranking.logit import Array, Mask
from ccm_data.ranking.specification import Specification, specification

FREE = 1e-6  # precision of the intercept's prior: as good as none
FLOOR = 1e-4  # rate of a risk set that nobody left in the level years; a rate of zero has no logarithm
TOO_EARLY = "The likelihood of joining needs a full year of history; {} is before 31 December 2009."
REASON = {"signatory_age": "signatory"}  # features shown as one reason


@dataclass(frozen=True)
class Likelihood:
    """The model's answer for one day.

    states: one row per state outside, most likely first: iso3, rank, signatory, p12, p12_low, p12_high, p24, p24_low,
    p24_high, tier. reasons: one row per state and reason: iso3, feature, label, words, contribution (log odds against
    the mean of the states outside that day; positive makes joining likelier), strongest first. coefficients: one row
    per feature, standardised, with standard error. expected: States Parties expected within 12 months. base_rate: the
    chance of any state by the plain rate of the last years (specification.level_years), all states alike.
    """

    as_of: date
    states: pd.DataFrame
    reasons: pd.DataFrame
    coefficients: pd.DataFrame
    expected: float
    base_rate: float


def panel(facts: Factbase, as_of: date, spec: Specification | None = None) -> pd.DataFrame:
    """One row per treaty, anchor day and state outside it (queries/ranking/panel.sql)."""
    spec = spec or specification()
    lists = {"treaties": list(spec.treaties), "paced": list(spec.paced), "blocs": list(spec.blocs)}
    return facts.frame("ranking/panel", {"as_of": as_of.isoformat(), **lists})


@dataclass(frozen=True)
class _Fitted:
    """Panel rows of past and today with their standardised features, and what the past teaches about them."""

    rows: pd.DataFrame
    x: Array
    own: Mask
    known: Mask
    today: Mask
    beta: Array
    covariance: Array

    @property
    def signatory(self) -> Mask:
        return np.asarray(self.rows["signed"].notna())


def order(facts: Factbase, as_of: date, spec: Specification) -> pd.DataFrame:
    """States outside the specification's treaty on a day: iso3, signatory, log_odds (the model's order, without level).

    The treaty needs no history of its own: what is pooled with it teaches until it has some. Empty before it opened.
    """
    fitted = _fitted(facts, as_of, spec)
    today = fitted.today
    return pd.DataFrame(
        {
            "iso3": fitted.rows.loc[today, "iso3"].to_numpy(),
            "signatory": fitted.signatory[today],
            "log_odds": fitted.x[today] @ fitted.beta,
        }
    )


def likelihood(
    facts: Factbase, as_of: date, spec: Specification | None = None, *, intervals: bool = True
) -> Likelihood:
    """Chances and reasons on a day, from facts dated up to it. Without `intervals` the low and high columns are NaN.

    Raises CcmError for a day on which the Convention has no full year of history.
    """
    spec = spec or specification()
    fitted = _fitted(facts, as_of, spec)
    rows, x, today, beta, covariance = fitted.rows, fitted.x, fitted.today, fitted.beta, fitted.covariance
    if not (fitted.own & fitted.known).any():
        raise CcmError(TOO_EARLY.format(as_of))
    expected, trials = _level(rows, fitted.own & fitted.known, fitted.signatory, today, spec)
    p12 = _chances(x[today] @ beta[:, None], np.array([expected]))[0]
    low, high = _interval(x[today], beta, covariance, trials, spec) if intervals else (p12 * np.nan, p12 * np.nan)
    states = pd.DataFrame(
        {
            "iso3": rows.loc[today, "iso3"].to_numpy(),
            "signatory": fitted.signatory[today],
            "p12": p12,
            "p12_low": low,
            "p12_high": high,
            **{f"p24{end}": two_years(p) for end, p in (("", p12), ("_low", low), ("_high", high))},
            "tier": _tiers(p12, spec),
        }
    ).sort_values(["p12", "iso3"], ascending=[False, True], ignore_index=True)
    states.insert(1, "rank", np.arange(1, len(states) + 1))
    return Likelihood(
        as_of,
        states,
        _reasons(rows[today], (x[today] - x[today].mean(axis=0)) * beta),
        pd.DataFrame(
            {
                "feature": features.NAMES,
                "label": [feature.label for feature in features.FEATURES],
                "coefficient": beta,
                "standard_error": np.sqrt(np.diag(covariance)),
            }
        ),
        expected,
        sum(won for won, _, _ in trials) / sum(years for _, years, _ in trials),
    )


def _fitted(facts: Factbase, as_of: date, spec: Specification) -> _Fitted:
    rows = panel(facts, as_of, spec)
    own = rows["treaty"].to_numpy() == spec.target
    known = rows["joined"].notna().to_numpy()
    today = own & (rows["anchor"] == pd.Timestamp(as_of)).to_numpy()
    used = known | today  # treaties other than the one asked about serve with their past only
    rows, own, known, today = rows[used].reset_index(drop=True), own[used], known[used], today[used]
    x, scale = standardised(features.values(rows))
    centre = np.array([spec.prior.get(name, 0.0) for name in features.NAMES]) * scale
    past = rows[known]
    fit = logit.fit(
        np.hstack([np.ones((len(past), 1)), x[known]]),
        past["joined"].to_numpy(dtype=float),
        np.concatenate([[0.0], centre]),
        np.concatenate([[FREE], np.full(len(centre), spec.coefficient_scale**-2)]),
        past.groupby(["treaty", "anchor"]).ngroup().to_numpy(),
        spec.year_scale**-2,
    )
    return _Fitted(rows, x, own, known, today, fit.coefficients[1:], fit.covariance[1:, 1:])


def standardised(frame: pd.DataFrame) -> tuple[Array, Array]:
    """Features with mean zero and standard deviation one, and the scale of each; what is unknown is the mean."""
    scale = frame.std(ddof=0).to_numpy()
    scale = np.where(scale > 1e-9, scale, 1.0)
    x = (frame.to_numpy() - frame.mean().to_numpy()) / scale
    return np.nan_to_num(x, nan=0.0), scale  # unknown counts as the mean, never as "no"


def _level(
    rows: pd.DataFrame, past: Mask, signatory: Mask, today: Mask, spec: Specification
) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected joiners within 12 months, and (joined, state-years, outside today) of signatories and others."""
    anchors = np.sort(rows.loc[past, "anchor"].unique())[-spec.level_years :]
    recent = past & rows["anchor"].isin(anchors).to_numpy()
    joined = rows["joined"].fillna(False).to_numpy(dtype=bool)
    trials = [
        (float((joined & recent & group).sum()), float((recent & group).sum()), int((today & group).sum()))
        for group in (signatory, ~signatory)
    ]
    return sum(max(won / max(years, 1.0), FLOOR) * size for won, years, size in trials), trials


def _chances(log_odds: Array, expected: Array) -> Array:
    """Chances (draws × states) of log odds (states × draws), at the level that makes each draw add up to `expected`."""
    scores = np.ascontiguousarray(log_odds.T)
    return logit.chance(scores + logit.level(scores, expected)[:, None])


def _interval(
    x: Array, beta: Array, covariance: Array, trials: list[tuple[float, float, int]], spec: Specification
) -> tuple[Array, Array]:
    """Quantiles over seeded draws of the coefficients and of both rates (gamma, half a joiner as prior)."""
    random = np.random.default_rng(spec.seed)
    drawn = beta + random.standard_normal((spec.draws, len(beta))) @ np.linalg.cholesky(covariance).T
    expected = sum(random.gamma(won + 0.5, 1 / max(years, 1.0), spec.draws) * size for won, years, size in trials)
    p = _chances(x @ drawn.T, np.clip(expected, FLOOR, 0.9 * len(x)))
    tail = (1 - spec.interval) / 2
    low, high = np.quantile(p, [tail, 1 - tail], axis=0)
    return low, high


def two_years(p12: Array) -> Array:
    """Chances within 24 months of chances within 12."""
    return np.asarray(1 - (1 - p12) ** 2)  # the second year's chance taken as the first's


def _tiers(p12: Array, spec: Specification) -> list[str]:
    lift = p12 / p12.mean()
    return [next((tier for tier, least in spec.tiers.items() if value >= least), "unlikely") for value in lift]


def _reasons(rows: pd.DataFrame, contributions: Array) -> pd.DataFrame:
    """Signed contributions with words; features that speak of the same thing are one reason."""
    found = []
    for cells, parts in zip(rows.to_dict("records"), contributions, strict=True):
        row = {str(column): cell for column, cell in cells.items()}
        total: dict[str, float] = {}
        for name, part in zip(features.NAMES, parts, strict=True):
            key = REASON.get(name, name)
            total[key] = total.get(key, 0.0) + float(part)
        for feature in features.FEATURES:
            if feature.name in total:
                found.append((row["iso3"], feature.name, feature.label, feature.words(row), total[feature.name]))
    frame = pd.DataFrame(found, columns=["iso3", "feature", "label", "words", "contribution"])
    strength = frame["contribution"].abs()
    return frame.assign(strength=strength).sort_values(
        ["iso3", "strength"], ascending=[True, False], ignore_index=True
    ).drop(columns="strength")  # fmt: skip
