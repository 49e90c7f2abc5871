"""The priority score: a weighted mean of the known components, its parts, and how steady the top is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from ccm_data.ranking.components import Components
from ccm_data.ranking.terms import Component, Steadiness
from ccm_data.ranking.weights import Weights

DRAWS = 2000
RANGE = 2.0
"""Weights vary between a `RANGE`-th and `RANGE` times their value."""
SEED = 4
ALWAYS, OFTEN, NEVER = 0.95, 0.5, 0.005


def score(parts: Components, weights: Weights) -> pd.DataFrame:
    """One row per state outside, first to call first: iso3, rank, score (0 to 100), known.

    The score is the mean of the known components, weighted: an unknown one is left out and the known ones weigh
    its share, so that missing information counts neither for nor against. `known` is the share of the weight that
    rests on known components. A state with nothing known that weighs has no score and stands last.
    """
    w, values = _vector(weights.values), parts.values.to_numpy()
    total = np.nansum(w * values, axis=1)
    known = np.where(np.isnan(values), 0.0, w).sum(axis=1)
    frame = pd.DataFrame(
        {
            "iso3": parts.values.index,
            "score": np.divide(100 * total, known, out=np.full(len(known), np.nan), where=known > 0),
            "known": known / w.sum(),
        }
    ).sort_values(["score", "iso3"], ascending=[False, True], na_position="last", ignore_index=True)
    frame.insert(1, "rank", np.arange(1, len(frame) + 1))
    return frame


def breakdown(parts: Components, weights: Weights) -> pd.DataFrame:
    """One row per state and component that weighs: iso3, component, value, weight, points, sentence.

    The points of a state add up to its score; an unknown component has value and points NaN, and its sentence says so.
    """
    w = pd.Series(_vector(weights.values), index=parts.values.columns)
    values = parts.values.loc[:, w > 0]
    shares = values.notna() * w[w > 0]
    points = 100 * values * shares.div(shares.sum(axis=1), axis=0)
    long = {
        "value": values,
        "weight": pd.DataFrame({name: w[name] for name in values.columns}, index=values.index),
        "points": points,
        "sentence": parts.sentences[values.columns],
    }
    stacked = pd.concat({name: frame.stack() for name, frame in long.items()}, axis=1)
    return stacked.rename_axis(["iso3", "component"]).reset_index()


def stability(parts: Components, weights: Weights, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """One row per state: iso3, top10 and top20 (share of draws in which it stays there), their words, and `needs`.

    Each draw multiplies every weight by a factor between 1/RANGE and RANGE, evenly on the logarithm. `needs` names
    the component whose larger weight most favours the state's place in the top 20, where it is not always there.
    """
    random = np.random.default_rng(seed)
    w = _vector(weights.values)
    factors = RANGE ** random.uniform(-1, 1, (draws, len(w)))
    values = parts.values.to_numpy()
    known = (w * factors) @ (~np.isnan(values)).T.astype(float)
    scores = np.divide((w * factors) @ np.nan_to_num(values).T, known, out=np.full(known.shape, -1.0), where=known > 0)
    inside = {top: _inside(scores, top) for top in (10, 20)}
    frame = pd.DataFrame({"iso3": parts.values.index})
    for top, held in inside.items():
        frame[f"top{top}"] = held.mean(axis=0)
        frame[f"words{top}"] = [_words(share) for share in frame[f"top{top}"]]
    held = inside[20].astype(float)
    pull = (held - held.mean(axis=0)).T @ np.log(factors) * (w > 0)
    names = parts.values.columns[pull.argmax(axis=1)]
    frame["needs"] = [
        name if words in (Steadiness.OFTEN, Steadiness.ONLY_IF) else None
        for name, words in zip(names, frame["words20"], strict=True)
    ]
    return frame


def _inside(scores: npt.NDArray[np.float64], top: int) -> npt.NDArray[np.bool_]:
    if scores.shape[1] <= top:
        return np.ones(scores.shape, dtype=bool)
    return np.asarray(scores >= np.partition(scores, -top, axis=1)[:, [-top]])


def _words(share: float) -> str:
    if share >= ALWAYS:
        return Steadiness.ALWAYS
    if share >= OFTEN:
        return Steadiness.OFTEN
    return Steadiness.ONLY_IF if share >= NEVER else Steadiness.NEVER


def _vector(values: Mapping[Component, float]) -> npt.NDArray[np.float64]:
    return np.array([values[component] for component in Component])
