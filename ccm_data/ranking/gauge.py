"""The base-rate gauge: how many have joined since a campaign's baseline, and the chance that its target is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ccm_data.factbase import Factbase
from ccm_data.ranking.likelihood import Likelihood, likelihood

YEAR = 365.25
RATE_YEARS = 5


class Goal(Protocol):
    """What a campaign aims at: `target` new States Parties between `baseline` and `end`."""

    @property
    def baseline(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def target(self) -> int: ...


@dataclass(frozen=True)
class Gauge:
    """Where a campaign stands on a day. Paces are States Parties a year; chances are None once the campaign has ended.

    joined and withdrawn count from the baseline through the day, or the end if that is earlier; `reached` says
    whether the target is met; the interval of the model's chance comes from the interval of each state's chance.
    """

    as_of: date
    joined: int
    withdrawn: int
    net: int
    missing: int
    reached: bool
    ended: bool
    years_left: float
    pace_needed: float | None
    pace_5_years: float
    expected_model: float | None
    chance_model: float | None
    chance_model_low: float | None
    chance_model_high: float | None
    chance_base_rate: float | None


def gauge(facts: Factbase, as_of: date, campaign: Goal, model: Likelihood | None = None) -> Gauge:
    """The gauge of a campaign on a day. `model` spares fitting it when the caller has that day's likelihood.

    Before the baseline nothing has been counted yet and the time left is the whole campaign.
    """
    through = min(as_of, campaign.end)
    days = {"baseline": campaign.baseline, "through": through, "as_of": as_of}
    row = facts.frame("ranking/pace", {key: day.isoformat() for key, day in days.items()}).iloc[0]
    joined, withdrawn = int(row["joined"]), int(row["withdrawn"])
    missing = max(0, campaign.target - joined)
    pace = int(row["joined_5y"]) / RATE_YEARS
    left = max(0, (campaign.end - max(as_of, campaign.baseline)).days) / YEAR
    ended = left == 0
    counted = (as_of, joined, withdrawn, joined - withdrawn, missing, missing == 0, ended, left)
    if ended:
        return Gauge(*counted, None, pace, None, None, None, None, None)
    states = (model or likelihood(facts, as_of)).states
    chances = {end: 1 - (1 - states[f"p12{end}"].to_numpy(dtype=float)) ** left for end in ("", "_low", "_high")}
    return Gauge(
        *counted,
        missing / left,
        pace,
        float(chances[""].sum()),
        at_least(missing, chances[""]),
        at_least(missing, chances["_low"]),
        at_least(missing, chances["_high"]),
        at_least_poisson(missing, pace * left),
    )


def at_least(wanted: int, chances: npt.NDArray[np.float64]) -> float:
    """The chance that at least `wanted` of independent events with these chances happen (Poisson binomial)."""
    counts = np.zeros(len(chances) + 1)
    counts[0] = 1.0
    for p in chances:
        counts[1:] = counts[1:] * (1 - p) + counts[:-1] * p
        counts[0] *= 1 - p
    return float(np.clip(counts[wanted:].sum(), 0, 1))


def at_least_poisson(wanted: int, mean: float) -> float:
    """The chance of at least `wanted` events when `mean` are expected (Poisson)."""
    term, below = np.exp(-mean), 0.0
    for count in range(wanted):
        below += term
        term *= mean / (count + 1)
    return float(np.clip(1 - below, 0, 1))
