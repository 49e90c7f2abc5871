"""The level of the chances: how many joiners to expect in a year, by two rules, and what such forecasts were worth.

The five years' rate follows a slowing treaty five years behind; the decayed rate lets joining slow with the treaty's
age, as fast as forecast best on nine treaties. Both have promised too much, so the printed chances add up to their
mean times what the same forecasts achieved in the years before. Everything rests on facts known on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase
from ccm_data.ranking import logit
from ccm_data.ranking.likelihood import FLOOR, TOO_EARLY, Likelihood, two_years
from ccm_data.ranking.logit import Array
from ccm_data.ranking.specification import entries, specification

LEAST = 1e-3
"""The least mean that a past count is scored under: a mean of zero forbids what then happened."""


@dataclass(frozen=True)
class Rules:
    """Every choice of the level; level.toml gives the reason of each."""

    frozen: date
    treaties: tuple[str, ...]
    first_year: int
    powers: tuple[float, ...]
    half_life_years: float
    opening_age: float
    scored_years: int
    dispersion: float
    record_years: int
    shrink: float


@dataclass(frozen=True)
class Level:
    """States Parties expected within 12 months of a day.

    five_years and decayed: by either rule. record: what the mean of both was worth in the last years, as a factor.
    powers: the weight of each speed at which joining may slow.
    """

    five_years: float
    decayed: float
    record: float
    powers: Mapping[float, float]

    @property
    def printed(self) -> float:
        """What the printed chances add up to."""
        return (self.five_years + self.decayed) / 2 * self.record


@cache
def rules() -> Rules:
    """The rules the project ships."""
    return Rules(**entries("level.toml"))


@dataclass(frozen=True)
class _History:
    """One treaty's years up to a day, oldest first: age on the anchor, and by kind of state (signatory, other) how many
    stood outside and how many of them joined; the last row is the day itself, of which nothing has happened yet."""

    age: Array
    outside: Array
    joined: Array

    def five_years(self, at: int, years: int) -> float:
        """Expected joiners after row `at` by the rates of the rows before it."""
        past = slice(max(0, at - years), at)
        won, tried = self.joined[past].sum(axis=0), self.outside[past].sum(axis=0)
        return float((np.maximum(won / np.maximum(tried, 1), FLOOR) * self.outside[at]).sum())

    def decayed(self, at: int, power: float, rule: Rules) -> float:
        """The same by the rate that falls with the treaty's age."""
        ages = self.age[:at] + rule.opening_age
        fade = 2.0 ** (-(np.arange(at, 0, -1) - 1) / rule.half_life_years)
        older = ((self.age[at] + rule.opening_age) / ages) ** power
        won = (fade[:, None] * self.joined[:at]).sum(axis=0)
        tried = ((fade * older)[:, None] * self.outside[:at]).sum(axis=0)
        return float((np.divide(won, tried, out=np.zeros(2), where=tried > 0) * self.outside[at]).sum())


def level(facts: Factbase, as_of: date) -> Level:
    """The level of the Convention on a day, from facts dated up to it.

    Raises CcmError for a day on which it has no full year of history.
    """
    rule, spec = rules(), specification()
    histories = _histories(facts, as_of, rule)
    own = histories.get(spec.target)
    if own is None or len(own.age) < 2:
        raise CcmError(TOO_EARLY.format(as_of))
    now = len(own.age) - 1
    first = max(1, now - rule.record_years)
    past = [_both(own, at, _weights(histories, now - at, rule), rule, spec.level_years) for at in range(first, now)]
    promised = sum((five + slow) / 2 for five, slow in past)
    came = float(own.joined[first:now].sum())
    weights = _weights(histories, 0, rule)
    five, slow = _both(own, now, weights, rule, spec.level_years)
    record = (came + rule.shrink) / (promised + rule.shrink)
    return Level(five, slow, record, dict(zip(rule.powers, weights.tolist(), strict=True)))


def printed(model: Likelihood, found: Level) -> Likelihood:
    """The same order, its chances moved together, in log odds, to the level that is printed; the intervals move along.

    Tiers and reasons compare states and stay as they are.
    """
    frame = model.states.copy()
    odds = {end: _log_odds(frame[f"p12{end}"]) for end in ("", "_low", "_high")}
    shift = float(logit.level(odds[""][None, :], np.array([found.printed]))[0])
    for end, values in odds.items():
        frame[f"p12{end}"] = logit.chance(values + shift)
        frame[f"p24{end}"] = two_years(frame[f"p12{end}"].to_numpy(dtype=float))
    return replace(model, states=frame, expected=found.printed)


def at_least(wanted: int, mean: float, dispersion: float | None = None) -> float:
    """The chance of at least `wanted` joiners when `mean` are expected, by a negative binomial whose variance is
    `dispersion` times its mean."""
    over = rules().dispersion if dispersion is None else dispersion
    if wanted <= 0:
        return 1.0
    size, below = mean / (over - 1), 0.0
    term = over**-size
    for count in range(wanted):
        below += term
        term *= (size + count) / (count + 1) * (1 - 1 / over)
    return float(np.clip(1 - below, 0, 1))


def _log_odds(chances: pd.Series[Any]) -> Array:
    p = np.clip(chances.to_numpy(dtype=float), 1e-12, 1 - 1e-12)
    return np.asarray(np.log(p / (1 - p)))


def _histories(facts: Factbase, as_of: date, rule: Rules) -> dict[str, _History]:
    asked = {
        "as_of": as_of.isoformat(), "treaties": list(rule.treaties), "years": as_of.year - rule.first_year
    }  # fmt: skip
    rows = facts.frame("ranking/levels", asked)
    found = {}
    for treaty, own in rows.groupby("treaty"):
        wide = own.pivot(index="anchor", columns="signatory", values=["outside", "joined"])
        wide = wide.reindex(columns=[(figure, kind) for figure in ("outside", "joined") for kind in (True, False)])
        cells = wide.fillna(0).to_numpy(dtype=float)
        found[str(treaty)] = _History(own.groupby("anchor")["age"].first().to_numpy(), cells[:, :2], cells[:, 2:])
    return found


def _weights(histories: Mapping[str, _History], ago: int, rule: Rules) -> Array:
    """The weight of each power, `ago` years before the day: how well it forecast the years scored by then."""
    scores = np.zeros(len(rule.powers))
    for history in histories.values():
        end = len(history.age) - 1 - ago
        for at in range(max(1, end - rule.scored_years), end):
            came = history.joined[at].sum()
            means = np.maximum([history.decayed(at, power, rule) for power in rule.powers], LEAST)
            scores += came * np.log(means) - means
    weights = np.exp((scores - scores.max()) / rule.dispersion)
    return np.asarray(weights / weights.sum())


def _both(history: _History, at: int, weights: Array, rule: Rules, years: int) -> tuple[float, float]:
    slow = float(weights @ [history.decayed(at, power, rule) for power in rule.powers])
    return history.five_years(at, years), slow
