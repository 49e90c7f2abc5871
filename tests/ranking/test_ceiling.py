"""The ceiling: the simulated perfect list against plain counting."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from ccm_data.ranking import evaluation
from ccm_data.ranking.backtest import Backtest
from ccm_data.ranking.ceiling import Race, ceiling, simulated


def test_one_joiner_among_few_can_be_counted() -> None:
    """With one joiner the place of each state is its chance: three states with odds 6, 3 and 1."""
    race = Race(pd.Series({"A": math.log(6), "B": math.log(3), "C": 0.0}), 1)
    mean = simulated([race], seed=1, draws=40_000).mean(axis=0)
    assert mean[0] == pytest.approx(0.6 + 0.3 / 2, abs=0.01)
    assert mean[1:].tolist() == [1, 1, 1]


def test_scores_are_those_of_the_evaluation() -> None:
    """When chances are all but certain the two likeliest join, and both stand on top."""
    race = Race(pd.Series({f"S{i}": -40.0 * i for i in range(30)}), 2)
    rows = evaluation.joiner_rows(race.log_odds, pd.Index(["S0", "S1"]))
    expected = rows[["concordance", "top5", "top10", "top20"]].mean().tolist()
    assert simulated([race], seed=1, draws=5).tolist() == [expected] * 5
    assert simulated([Race(race.log_odds, 2, scale=0.2)], seed=1, draws=1)[0].tolist() == [1, 0.5, 1, 1]


def test_equal_chances_leave_nothing_to_know() -> None:
    race = Race(pd.Series(0.0, index=[f"S{i}" for i in range(40)]), 3)
    mean = simulated([race, race], seed=2).mean(axis=0)
    assert mean == pytest.approx([0.5, 5 / 40, 10 / 40, 20 / 40], abs=0.02)


def test_it_is_seeded_and_rises_with_what_no_record_shows(tested: Backtest) -> None:
    found = tested.ceiling
    for figure in evaluation.FIGURES:
        assert found[figure].is_monotonic_increasing
        assert (found[f"{figure}_low"] < found[figure]).all()
        assert (found[figure] < found[f"{figure}_high"]).all()
    plain = found.iloc[0]
    assert plain[["concordance", "top10", "top20"]].tolist() == pytest.approx([0.82, 0.44, 0.68], abs=0.01)
    races = [Race(pd.Series(np.linspace(-4, 0, 30), index=[f"S{i}" for i in range(30)]), 2)]
    pd.testing.assert_frame_equal(ceiling(races, 7), ceiling(races, 7), rtol=0, atol=0)


def test_groups_are_drawn_whole() -> None:
    """Two rows of one state that differ by nothing but their name give the interval of the one state."""
    values, groups = pd.DataFrame({"x": [0.0, 0.0, 1.0, 1.0]}), pd.Series(["A", "A", "B", "B"])
    spread = evaluation.bootstrap_by(values, groups, seed=3)
    assert spread.loc["x"].tolist() == [0.0, 1.0]
    assert evaluation.bootstrap(pd.DataFrame({"x": [0.0, 1.0] * 8}), seed=3).loc["x", "low"] > 0
