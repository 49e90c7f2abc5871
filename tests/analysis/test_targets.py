"""The order of targets: default method, weights, days before a likelihood exists, broken facts."""

from datetime import date

import pandas as pd

from ccm_data.ranking.terms import Method
from ccm_data.ranking.weights import presets
from tests.conftest import Open


def test_every_target_once_and_no_party(reading: Open) -> None:
    given = reading()
    frame, states = given.targets(), given.states()
    assert sorted(frame["iso3"]) == sorted(states.loc[states["is_target"], "iso3"])
    assert list(frame["rank"]) == list(range(1, len(frame) + 1))


def test_the_method_decides_the_order(reading: Open) -> None:
    by_chance, by_score = reading().targets(method=Method.LIKELIHOOD), reading().targets(method=Method.PRIORITY)
    assert by_chance["p12"].is_monotonic_decreasing
    assert by_score["score"].is_monotonic_decreasing
    assert list(by_chance["iso3"]) != list(by_score["iso3"])


def test_weights_change_scores_not_chances(reading: Open) -> None:
    first, second = (
        reading().targets(weights=presets()[name], method=Method.PRIORITY).set_index("iso3").sort_index()
        for name in ("concept_note", "largest_humanitarian_gain")
    )
    pd.testing.assert_series_equal(first["p12"], second["p12"])
    assert (first["score"] != second["score"]).any()


def test_before_a_year_of_history_the_score_orders(reading: Open) -> None:
    given = reading(date(2008, 12, 3))
    assert given.chances() is None
    frame = given.targets(weights=presets()["balanced"], method=Method.LIKELIHOOD)
    assert frame["score"].is_monotonic_decreasing
    assert frame["p12"].isna().all()
    assert len(frame) == 192  # of 196 states four deposited on the day of signature
