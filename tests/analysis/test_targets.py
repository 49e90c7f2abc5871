"""The order of targets: default method, weights, and days before a likelihood exists."""

from datetime import date

import pandas as pd
import pytest

from ccm_data.ranking.components import components
from ccm_data.ranking.terms import Method
from ccm_data.ranking.weights import presets
from ccm_data.targets import chances, default_method, ranked


@pytest.fixture(scope="module")
def today(workspace):
    states = workspace.states(workspace.horizon)
    return states, chances(workspace.facts, workspace.horizon), components(workspace.facts, workspace.horizon, states)


def test_every_target_once_and_no_party(workspace, today):
    frame = ranked(*today, presets()["concept_note"], default_method())
    states = today[0]
    assert sorted(frame["iso3"]) == sorted(states.loc[states["is_target"], "iso3"])
    assert list(frame["rank"]) == list(range(1, len(frame) + 1))


def test_the_method_decides_the_order(today):
    by_chance = ranked(*today, presets()["concept_note"], Method.LIKELIHOOD)
    by_score = ranked(*today, presets()["concept_note"], Method.PRIORITY)
    assert by_chance["p12"].is_monotonic_decreasing
    assert by_score["score"].is_monotonic_decreasing
    assert list(by_chance["iso3"]) != list(by_score["iso3"])


def test_weights_change_scores_not_chances(today):
    first, second = (
        ranked(*today, presets()[name], Method.PRIORITY).set_index("iso3").sort_index()
        for name in ("concept_note", "largest_humanitarian_gain")
    )
    pd.testing.assert_series_equal(first["p12"], second["p12"])
    assert (first["score"] != second["score"]).any()


def test_before_a_year_of_history_the_score_orders(workspace):
    day = date(2008, 12, 3)
    states = workspace.states(day)
    model = chances(workspace.facts, day)
    assert model is None
    frame = ranked(states, model, components(workspace.facts, day, states), presets()["balanced"], Method.LIKELIHOOD)
    assert frame["score"].is_monotonic_decreasing
    assert frame["p12"].isna().all()
    assert len(frame) == 193  # four states deposited on the day of signature
