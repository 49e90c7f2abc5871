"""The targets in order: chance of joining and priority score side by side, for pages and the command line."""

from __future__ import annotations

import math

import pandas as pd

from ccm_data.ranking.components import Components
from ccm_data.ranking.likelihood import Likelihood
from ccm_data.ranking.priority import score
from ccm_data.ranking.specification import specification
from ccm_data.ranking.terms import Band, Method
from ccm_data.ranking.weights import Weights

BANDS = {5: Band.FIRST, 15: Band.NEXT, 35: Band.THEN}
"""Last rank of each band; who stands after the last one is among the others."""


def band(rank: int) -> Band:
    """The band of a rank."""
    return next((name for last, name in BANDS.items() if rank <= last), Band.OTHERS)


def chance_words(chance: float, mean: float) -> str:
    """A chance of joining within 12 months as a count, and against the mean of all targets."""
    times = chance / mean
    against = f"{times:.0f} times" if times >= 1.5 else "about" if times > 0.67 else "below"
    return f"{chance_counted(chance)} this year, {against} the average target"


def chance_counted(chance: float) -> str:
    """A chance as a count: 3 in 100."""
    if round(chance * 1000) >= 10:
        return f"{chance * 100:.0f} in 100"
    return f"{round(chance * 1000)} in 1,000" if chance >= 0.001 else "under 1 in 1,000"


FRACTIONS = {
    0.001: "one in a thousand",
    0.01: "one in a hundred",
    0.02: "one in fifty",
    0.05: "one in twenty",
    0.1: "one in ten",
    0.2: "one in five",
    0.25: "one in four",
    1 / 3: "one in three",
    0.5: "one in two",
    2 / 3: "two in three",
    0.75: "three in four",
    0.8: "four in five",
    0.9: "nine in ten",
    0.99: "ninety-nine in a hundred",
}
"""Chances as people say them."""


def fraction(chance: float) -> str:
    """A chance as the fraction of FRACTIONS that is nearest in log odds: one in three."""
    p = min(max(chance, 1e-6), 1 - 1e-6)
    odds = math.log(p / (1 - p))
    return FRACTIONS[min(FRACTIONS, key=lambda known: abs(math.log(known / (1 - known)) - odds))]


def chance_range(low: float, high: float) -> str:
    """Two chances of the same thing as a range: between one in ten and one in three."""
    first, last = fraction(low), fraction(high)
    return f"about {first}" if first == last else f"between {first} and {last}"


CHANCES = ["p12", "p12_low", "p12_high", "p24", "p24_low", "p24_high", "tier"]


def default_method() -> Method:
    """The order that evaluated better over the test years (ranking/specification.toml)."""
    return next(method for method in Method if method == specification().default_method)


def ranked(
    states: pd.DataFrame, model: Likelihood | None, parts: Components, weights: Weights, method: str
) -> pd.DataFrame:
    """The target states of `states` in order: rank, score (0 to 100), chances and tier beside their own columns.

    Without a model the order is that of the priority score, whatever `method` says.
    """
    frame = states[states["is_target"].astype(bool)].merge(
        score(parts, weights)[["iso3", "score", "known"]], on="iso3", validate="1:1"
    )
    if model is None:
        frame = frame.assign(**dict.fromkeys(CHANCES))
    else:
        frame = frame.merge(model.states[["iso3", *CHANCES]], on="iso3", validate="1:1")
    by = "p12" if model is not None and method == Method.LIKELIHOOD else "score"
    frame = frame.sort_values([by, "iso3"], ascending=[False, True], na_position="last", ignore_index=True)
    frame.insert(0, "rank", range(1, len(frame) + 1))
    return frame


def unranked(states: pd.DataFrame) -> pd.DataFrame:
    """The target states of `states` with the columns of `ranked` left blank, most categories first."""
    frame = states[states["is_target"].astype(bool)].assign(**dict.fromkeys(["score", "known", *CHANCES]))
    frame = frame.sort_values(["category_count", "name_short"], ascending=[False, True], ignore_index=True)
    frame.insert(0, "rank", None)
    return frame
