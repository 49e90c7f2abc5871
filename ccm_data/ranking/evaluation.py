"""Figures of merit of rankings and chances: pure functions of scores and outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccm_data.ranking.logit import Array

LIKELIHOOD, SIGNATORIES, RANDOM = "likelihood", "signatories_first", "random"
FIGURES = ("concordance", "top5", "top10", "top20")
TOPS = (5, 10, 20)
EDGES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 1.0)
BOOTSTRAPS = 2000
COVER = 0.9


def joiner_rows(scores: pd.Series[Any], joined: pd.Index[Any], scale: float = 1.0) -> pd.DataFrame:
    """One row per state that joined: iso3, rank, concordance, top5, top10, top20.

    `scores` are by ISO code, higher first. A tie shares its places: rank is their mean, topN the chance that a state of
    the tie, placed at random, stands in the first N. Concordance is the share of the states that did not join in the
    same year which stand below it, a tie counting half. `scale` is how many times as many states stand outside as where
    the first N is N: a list twice as long is as good when its first 2 N hold as many.
    """
    values = scores.fillna(-np.inf)
    stayed = values[~values.index.isin(joined)]
    rows = []
    for iso3 in joined:
        above, tied = int((values > values[iso3]).sum()), int((values == values[iso3]).sum())
        below = float((stayed < values[iso3]).mean() + (stayed == values[iso3]).mean() / 2)
        tops = {f"top{n}": float(np.clip((n * scale - above) / tied, 0, 1)) for n in TOPS}
        rows.append({"iso3": iso3, "rank": above + (tied + 1) / 2, "concordance": below, **tops})
    return pd.DataFrame(rows, columns=["iso3", "rank", "concordance", *(f"top{n}" for n in TOPS)])


def bootstrap(values: pd.DataFrame, seed: int) -> pd.DataFrame:
    """For each column of figures by joiner: low and high of its mean when joiners are drawn anew, with replacement."""
    random = np.random.default_rng(seed)
    data = values.to_numpy(dtype=float)
    means = data[random.integers(0, len(data), (BOOTSTRAPS, len(data)))].mean(axis=1)
    return middle(means).set_axis(values.columns)


def bootstrap_by(values: pd.DataFrame, groups: pd.Series[Any], seed: int) -> pd.DataFrame:
    """As `bootstrap`, drawing whole groups of rows: a state that joined several treaties is drawn with all of them."""
    random = np.random.default_rng(seed)
    codes, names = pd.factorize(groups)
    sums = values.groupby(codes).sum().to_numpy(dtype=float)
    counts = np.bincount(codes)
    drawn = random.integers(0, len(names), (BOOTSTRAPS, len(names)))
    return middle(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)[:, None]).set_axis(values.columns)


def middle(draws: Array) -> pd.DataFrame:
    """The interval that holds COVER of the draws (draws × figures): low and high, one row per figure."""
    low, high = np.quantile(draws, [(1 - COVER) / 2, (1 + COVER) / 2], axis=0)
    return pd.DataFrame({"low": low, "high": high})


def brier(chances: pd.Series[Any], joined: pd.Series[Any]) -> float:
    """Mean squared difference between chance and outcome; smaller is better."""
    return float(((chances - joined.astype(float)) ** 2).mean())


def calibration(chances: pd.Series[Any], joined: pd.Series[Any]) -> pd.DataFrame:
    """One row per bin of chances: low, high, states (state-years), expected and joined, as counts and as shares."""
    bins = pd.cut(chances, list(EDGES), include_lowest=True, labels=False)
    frame = pd.DataFrame({"bin": bins, "p": chances, "y": joined.astype(float)})
    found = frame.groupby("bin").agg(states=("p", "size"), expected=("p", "sum"), joined=("y", "sum")).reset_index()
    found.insert(0, "low", [EDGES[int(i)] for i in found["bin"]])
    found.insert(1, "high", [EDGES[int(i) + 1] for i in found["bin"]])
    found["expected_share"] = found["expected"] / found["states"]
    found["joined_share"] = found["joined"] / found["states"]
    return found.drop(columns="bin")
