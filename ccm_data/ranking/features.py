"""From what was known on a day to the numbers of the model, and to the words behind each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

OPEN_AGE = 0.5
"""Years added to a treaty's age before its logarithm, so that the first weeks are finite."""
LOG_AGE = 1.3
"""Log of the age at which the plain signatory coefficient holds: about three years after opening."""


@dataclass(frozen=True)
class Feature:
    """One column of the model. `words` turns a state's row into the reason people read."""

    name: str
    label: str
    compute: Callable[[pd.DataFrame], pd.Series]
    words: Callable[[dict[str, Any]], str]
    centred: bool = True
    """Whether the mean of the states outside on the same day is taken off: then it compares states, not years."""


def _signed(rows: pd.DataFrame) -> pd.Series:
    return rows["signed"].notna().astype(float)


def _vote(rows: pd.DataFrame) -> pd.Series:
    return rows["vote"].map({"yes": 1.0, "abstain": -1.0, "no": -1.0}).astype(float)


def _signature_words(row: dict[str, Any]) -> str:
    if row["withdrawn"]:
        return "Has withdrawn from the Convention"
    return "Has not signed" if pd.isna(row["signed"]) else f"Signed in {row['signed'].year}, not ratified since"


def _vote_words(row: dict[str, Any]) -> str:
    words = {"yes": "Latest recorded vote on the resolution: yes", "abstain": "Abstained in its latest recorded vote"}
    return words.get(row["vote"], "Voted no in its latest recorded vote" if row["vote"] == "no" else "No recorded vote")


def _population_words(row: dict[str, Any]) -> str:
    if pd.notna(row["signed"]):
        return "Size counts only for states that have not signed"
    return f"Not a signatory, with {row['population'] / 1e6:,.1f} million people"


def _tempo_words(row: dict[str, Any]) -> str:
    years = row["years_to_ratify"]
    if pd.isna(years):
        return "No record of ratifying other treaties after signature"
    return f"Took {years:.1f} years on average from signature to ratification of other treaties"


def _yes_no(column: str, yes: str, no: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: yes if row[column] else no


FEATURES = (
    Feature("signatory", "Signature", _signed, _signature_words, centred=False),
    Feature(
        "signatory_age", "Age of the signature",
        lambda rows: _signed(rows) * (np.log(rows["age"] + OPEN_AGE) - LOG_AGE),
        _signature_words, centred=False,
    ),
    Feature("vote", "Vote", _vote, _vote_words),
    Feature(
        "mine_ban", "Mine Ban Convention", lambda rows: rows["mine_ban"].astype("Float64"),
        _yes_no("mine_ban", "Party to the Mine Ban Convention", "Not party to the Mine Ban Convention"),
    ),
    Feature(
        "peers", "Neighbours", lambda rows: rows["peer_share"],
        lambda row: f"{row['peer_share']:.0%} of its region and subregion are States Parties",
    ),
    Feature(
        "size", "Size of a non-signatory",
        lambda rows: (1 - _signed(rows)) * np.log10(rows["population"].clip(lower=1) / 10**6.8), _population_words,
    ),
    Feature("bloc", "Security bloc", lambda rows: rows["bloc"],
            _yes_no("bloc", "Member of CIS or SCO", "Not a member of CIS or SCO")),
    Feature("tempo", "Pace of ratifying", lambda rows: np.log1p(rows["years_to_ratify"]), _tempo_words),
    Feature("landlocked", "Landlocked", lambda rows: rows["landlocked"],
            _yes_no("landlocked", "Landlocked", "Has a coast")),
    Feature("ldc", "Least developed country", lambda rows: rows["ldc"],
            _yes_no("ldc", "Least developed country", "Not a least developed country")),
    Feature("sids", "Small island state", lambda rows: rows["sids"],
            _yes_no("sids", "Small island developing state", "Not a small island developing state")),
)  # fmt: skip
NAMES = [feature.name for feature in FEATURES]


def values(rows: pd.DataFrame) -> pd.DataFrame:
    """Features of panel rows, NaN where nothing is known; the centred ones relative to the same treaty and day."""
    day = [rows["treaty"], rows["anchor"]]
    columns = {}
    for feature in FEATURES:
        column = feature.compute(rows).astype("Float64").astype(float)
        columns[feature.name] = column - column.groupby(day).transform("mean") if feature.centred else column
    return pd.DataFrame(columns, index=rows.index)
