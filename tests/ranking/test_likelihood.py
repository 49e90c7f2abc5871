"""The likelihood of joining: its arithmetic, its numbers, its words."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from ccm_data import factbase, paths
from ccm_data.errors import CcmError
from ccm_data.ranking import logit
from ccm_data.ranking.likelihood import likelihood
from ccm_data.ranking.specification import specification

HORIZON = date(2026, 2, 3)
GOLDEN: dict[str, dict[str, tuple[float, float, float]]] = {
    "2015-12-31": {
        "PLW": (0.179661673619, 0.073538609994, 0.260309757144),
        "CUB": (0.039996679730, 0.010928480442, 0.094042706120),
    },
    "2026-02-03": {
        "JAM": (0.031823769964, 0.014553759198, 0.084401505166),
        "KEN": (0.030252678482, 0.013519229946, 0.078080755842),
        "VEN": (0.002874341133, 0.000957281127, 0.010879691915),
    },
}


@pytest.fixture(scope="module")
def latest(facts):
    return likelihood(facts, HORIZON)


def test_newton_finds_what_scikit_learn_finds() -> None:
    from sklearn.linear_model import LogisticRegression

    random = np.random.default_rng(3)
    x = random.normal(size=(400, 5))
    y = (random.uniform(size=400) < logit.chance(x @ np.array([1, -1, 0.5, 0, 0]) - 2)).astype(float)
    ours = logit.fit(np.hstack([np.ones((400, 1)), x]), y, np.zeros(6), np.array([1e-9, *[1 / 0.7] * 5]))
    theirs = LogisticRegression(C=0.7, tol=1e-12, max_iter=5000).fit(x, y)
    assert ours.coefficients[1:] == pytest.approx(theirs.coef_[0], abs=1e-5)
    assert ours.coefficients[0] == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_a_prior_centre_holds_what_no_data_teach() -> None:
    """Before 2015 nobody has voted: the coefficient of the vote is its centre."""
    x = np.hstack([np.ones((50, 1)), np.zeros((50, 1))])
    fit = logit.fit(x, np.r_[np.ones(10), np.zeros(40)], np.array([0, 0.95]), np.array([1e-9, 1.0]))
    assert fit.coefficients[1] == pytest.approx(0.95)
    assert logit.chance(fit.coefficients[:1])[0] == pytest.approx(0.2)


def test_numbers_are_the_same_on_every_machine(facts) -> None:
    for day, states in GOLDEN.items():
        found = likelihood(facts, date.fromisoformat(day)).states.set_index("iso3")
        for iso3, (p12, low, high) in states.items():
            row = found.loc[iso3]
            assert (row["p12"], row["p12_low"], row["p12_high"]) == pytest.approx((p12, low, high), abs=1e-9), iso3


def test_a_treaty_recorded_since_the_specification_was_frozen_changes_nothing(facts, mutated, latest) -> None:
    """More treaties are more facts, not another model: the specification names those that show the pace."""
    known = set(specification().paced)
    since = {code for (code,) in facts.connection.sql("select distinct treaty from treaty_actions").fetchall()} - known
    assert since == {"CTBT", "ENMOD", "CCW_A1", "CCW_AP2", "CCW_P4", "CCW_P5"}

    def without(name: str, table: pa.Table) -> pa.Table:
        return table.filter(pc.is_in(table["treaty"], pa.array(sorted(known)))) if name == "treaty_actions" else table

    pd.testing.assert_frame_equal(likelihood(mutated(without), HORIZON).states, latest.states, rtol=0, atol=1e-9)


def test_a_second_reading_of_the_facts_gives_the_same(facts, latest) -> None:
    again = likelihood(factbase.load(paths.PACKAGE / "facts"), HORIZON)
    pd.testing.assert_frame_equal(again.states, latest.states, rtol=0, atol=1e-9)


def test_one_row_per_state_outside_most_likely_first(facts, latest) -> None:
    status = facts.frame("snapshot/build", {"as_of": HORIZON.isoformat()})
    assert set(latest.states["iso3"]) == set(status[status["is_target"]]["iso3"])
    assert latest.states["p12"].is_monotonic_decreasing
    assert list(latest.states["rank"]) == list(range(1, len(latest.states) + 1))
    for p in ("p12", "p24"):
        assert (latest.states[f"{p}_low"] < latest.states[p]).all()
        assert (latest.states[p] < latest.states[f"{p}_high"]).all()
    assert latest.states["p24"].to_numpy() == pytest.approx(1 - (1 - latest.states["p12"].to_numpy()) ** 2)


def test_the_level_is_the_rate_of_the_last_five_years(facts, latest) -> None:
    """Nigeria joined as a signatory, South Sudan and Vanuatu as others, in the five years to the horizon."""
    rows = facts.frame("ranking/panel", {"as_of": HORIZON.isoformat(), "treaties": ["CCM"], "paced": [], "blocs": []})
    past = rows[(rows["anchor"] >= "2021-02-03") & (rows["anchor"] < "2026-02-03")]
    now = rows[rows["anchor"] == "2026-02-03"]["signed"].notna()
    signed = past["signed"].notna()
    expected = now.sum() * 1 / signed.sum() + (~now).sum() * 2 / (~signed).sum()
    assert past["joined"].sum() == 3
    assert latest.expected == pytest.approx(expected)
    assert latest.states["p12"].sum() == pytest.approx(expected)


def test_tiers_compare_with_the_mean(latest) -> None:
    lift = latest.states["p12"] / latest.states["p12"].mean()
    assert set(latest.states.loc[lift >= 2.5, "tier"]) == {"likely"}
    assert set(latest.states.loc[(lift >= 1) & (lift < 2.5), "tier"]) == {"possible"}
    assert set(latest.states.loc[lift < 1, "tier"]) == {"unlikely"}


def test_reasons_add_up_to_the_log_odds(latest) -> None:
    total = latest.reasons.groupby("iso3")["contribution"].sum()
    chances = latest.states.set_index("iso3")["p12"]
    log_odds = np.log(chances / (1 - chances))
    difference = (log_odds - total).dropna()
    assert len(difference) == len(chances)
    assert difference.max() - difference.min() < 1e-9


def test_reasons_speak(latest) -> None:
    def said(iso3: str, feature: str) -> pd.Series:
        rows = latest.reasons[(latest.reasons["iso3"] == iso3) & (latest.reasons["feature"] == feature)]
        return rows.iloc[0]

    assert said("KEN", "signatory")["words"] == "Signed in 2008, not ratified since"
    assert said("KEN", "signatory")["contribution"] > 0
    assert said("POL", "vote")["words"] == "Abstained in its latest recorded vote"
    assert said("POL", "vote")["contribution"] < 0
    assert said("LTU", "signatory")["words"] == "Has withdrawn from the Convention"


def test_without_a_year_of_history_it_says_so(facts) -> None:
    with pytest.raises(CcmError, match="full year of history; 2009-06-01 is before 31 December 2009"):
        likelihood(facts, date(2009, 6, 1))


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2012, 2, 29), date(2024, 2, 29), date(2025, 3, 5)])
def test_any_day_has_an_answer(facts, day: date) -> None:
    states = likelihood(facts, day).states
    assert states["p12"].between(0, 1).all()
    assert not states["p12"].isna().any()


def test_the_model_reads_the_vote_of_a_session_as_all_others_do(facts) -> None:
    """Absent in the First Committee of 2015, Gambia and Equatorial Guinea voted yes in the plenary of 7 December."""

    def votes(day: str) -> dict[str, str]:
        rows = facts.frame("ranking/panel", {"as_of": day, "treaties": ["CCM"], "paced": [], "blocs": []})
        now = rows[rows["anchor"] == day].set_index("iso3")["vote"].dropna()
        snapshot = facts.frame("snapshot/build", {"as_of": day}).query("is_target").set_index("iso3")["vote"].dropna()
        assert now.to_dict() == snapshot.to_dict()
        return now.to_dict()

    assert votes("2015-12-06").keys() & {"GMB", "GNQ"} == set()
    assert {iso3: votes("2015-12-07")[iso3] for iso3 in ("GMB", "GNQ")} == {"GMB": "yes", "GNQ": "yes"}
    votes("2025-12-31")
