"""The ceiling: what a perfect list would score if the model's chances were the truth.

A state's chance says how likely it is to join, not whether it will: even who knows every chance to the last digit meets
states that join against them. The simulation lets as many states join in each year as really did, drawn by the chances,
and scores the list that is ordered by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ccm_data.ranking import evaluation
from ccm_data.ranking.evaluation import FIGURES, TOPS
from ccm_data.ranking.logit import Array, Mask

DRAWS = 2000
UNSEEN = (0.0, 0.5, 1.0)
"""Standard deviations, in log odds, of what is lasting about a state and in no record; the perfect list knows it."""


@dataclass(frozen=True)
class Race:
    """One year's list: log odds of the states outside by ISO code, how many of them joined, and how many times as many
    states are outside as where the first N is N (see `evaluation.joiner_rows`)."""

    log_odds: pd.Series[Any]
    joiners: int
    scale: float = 1.0


def ceiling(races: Sequence[Race], seed: int, unseen: Sequence[float] = UNSEEN) -> pd.DataFrame:
    """One row per value of `unseen`: unseen, and each figure of a perfect list with its low and high.

    The figure is what a perfect list is expected to score; low and high hold COVER of the scores that so few joiners
    give.
    """
    rows = []
    for lasting in unseen:
        drawn = simulated(races, seed, lasting)
        spread = evaluation.middle(drawn)
        row = {"unseen": lasting}
        for place, figure in enumerate(FIGURES):
            row |= {
                figure: float(drawn[:, place].mean()),
                f"{figure}_low": float(spread["low"][place]),
                f"{figure}_high": float(spread["high"][place]),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def simulated(races: Sequence[Race], seed: int, unseen: float = 0.0, draws: int = DRAWS) -> Array:
    """Scores of the perfect list (draws × figures), each the mean over the joiners of one simulated history."""
    random = np.random.default_rng(seed)
    states = sorted({iso3 for race in races for iso3 in race.log_odds.index})
    lasting = pd.DataFrame(random.standard_normal((draws, len(states))) * unseen, columns=states)
    total, joiners = np.zeros((draws, len(FIGURES))), 0
    for race in races:
        if not race.joiners:
            continue
        truth = race.log_odds.to_numpy(dtype=float) + lasting[race.log_odds.index].to_numpy()
        # the largest of log odds plus Gumbel noise: joiners drawn one after the other, each by the odds of those left
        noise = truth + random.gumbel(size=truth.shape)
        joined = np.zeros(truth.shape, dtype=bool)
        np.put_along_axis(joined, np.argsort(-noise, axis=1)[:, : race.joiners], True, axis=1)
        total += _scored(np.take_along_axis(joined, np.argsort(-truth, axis=1), axis=1), race)
        joiners += race.joiners
    return total / max(joiners, 1)


def _scored(joined: Mask, race: Race) -> Array:
    """Sums over the joiners of each draw, figure by figure; `joined` says of each place of the list who joined."""
    size = joined.shape[1]
    stayed_below = np.cumsum(~joined[:, ::-1], axis=1)[:, ::-1]  # a joiner itself does not count
    concordance = (joined * stayed_below).sum(axis=1) / (size - race.joiners)
    place = np.arange(size)
    tops = [(joined * np.clip(top * race.scale - place, 0, 1)).sum(axis=1) for top in TOPS]
    return np.stack([concordance, *tops], axis=1)
