"""The level: what both rules expect, what their record makes of it, and how counts of joiners vary."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import nbinom

from ccm_data.errors import CcmError
from ccm_data.ranking import level as levels
from ccm_data.ranking.backtest import Backtest
from ccm_data.ranking.likelihood import likelihood

DAY = date(2020, 12, 31)


def test_printed_chances_keep_the_order_and_add_up_to_the_printed_level(facts) -> None:
    model, found = likelihood(facts, DAY), levels.level(facts, DAY)
    shown = levels.printed(model, found)
    assert shown.states["p12"].sum() == pytest.approx(found.printed)
    assert list(shown.states["iso3"]) == list(model.states["iso3"])
    assert (shown.states["p12_low"] < shown.states["p12"]).all()
    assert (shown.states["p12"] < shown.states["p12_high"]).all()
    odds = [np.log(frame["p12"] / (1 - frame["p12"])) for frame in (shown.states, model.states)]
    assert (odds[0] - odds[1]).std() == pytest.approx(0, abs=1e-9)


def test_the_five_years_rate_is_the_frozen_level(facts) -> None:
    assert levels.level(facts, DAY).five_years == pytest.approx(likelihood(facts, DAY, intervals=False).expected)


def test_the_record_is_what_the_last_forecasts_achieved(tested: Backtest, facts) -> None:
    """By hand from the table of years: the mean of both rates in 2016 to 2020 against the twelve that joined."""
    past = tested.levels[tested.levels["year"] <= 2020]
    expected = ((past["five_years"] + past["decayed"]) / 2).sum()
    found = levels.level(facts, DAY)
    assert past["joined"].sum() == 12
    assert found.record == pytest.approx((12 + 1) / (expected + 1), rel=0.02)  # later facts dated to a year weigh in
    assert sum(found.powers.values()) == pytest.approx(1)


def test_printed_chances_expect_at_most_half_as_many_again_as_came(tested: Backtest) -> None:
    assert tested.levels["joined"].sum() == 15
    assert 15 <= tested.levels["printed"].sum() <= 1.5 * 15
    assert tested.calibration["expected"].sum() == pytest.approx(tested.levels["printed"].sum())
    assert tested.levels["five_years"].sum() == pytest.approx(28.0, abs=0.1)


@pytest.mark.parametrize(("wanted", "mean"), [(0, 1.0), (1, 0.3), (3, 1.2), (7, 4.0)])
def test_counts_follow_a_negative_binomial(wanted: int, mean: float) -> None:
    over = levels.rules().dispersion
    assert levels.at_least(wanted, mean) == pytest.approx(nbinom.sf(wanted - 1, mean / (over - 1), 1 / over))


def test_yearly_counts_vary_about_as_much_as_the_rule_says(facts) -> None:
    """Pearson's measure over the nine treaties in 2016 to 2025; independent chances would leave it at 1."""
    rule = levels.rules()
    asked = {"as_of": "2025-12-31", "treaties": list(rule.treaties), "years": 2025 - rule.first_year}
    rows = facts.frame("ranking/levels", asked)
    measured = []
    for _, own in rows.groupby("treaty"):
        wide = own.pivot(index="anchor", columns="signatory", values=["outside", "joined"]).fillna(0)
        for anchor in pd.date_range("2015-12-31", "2024-12-31", freq="YE").intersection(wide.index):
            past, now = wide[wide.index < anchor].tail(5), wide.loc[anchor]
            if len(past):
                mean = sum(
                    past["joined", kind].sum() / max(past["outside", kind].sum(), 1) * now["outside", kind]
                    for kind in past["outside"].columns
                )
                measured.append((now["joined"].sum() - mean) ** 2 / max(mean, 0.2))
    assert 1.3 < np.mean(measured) < 2.3


def test_without_a_year_of_history_it_says_so(facts) -> None:
    with pytest.raises(CcmError, match="full year of history"):
        levels.level(facts, date(2009, 6, 1))
