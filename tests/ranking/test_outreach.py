"""Who joined after workshops: counted again from the files."""

from __future__ import annotations

import pandas as pd
import pytest

from ccm_data.ranking import outreach
from ccm_data.ranking.backtest import Backtest


def test_abuja_2022_by_hand(facts, tested: Backtest) -> None:
    """The Africa workshop of March 2022: Nigeria and South Sudan, both there, joined in 2023."""
    row = tested.outreach.set_index("event_id").loc["OE-2022-03-ABUJA"]
    there = facts.connection.sql(
        "select distinct iso3 from outreach_event_states where event_id = 'OE-2022-03-ABUJA'"
    ).df()
    party = facts.connection.sql("select iso3 from status_at(date '2022-03-22') where status = 'state_party'").df()
    assert row["targets"] == len(set(there["iso3"]) - set(party["iso3"]))
    assert row["joined"] == 2
    assert 0 < row["expected"] < row["joined"]


def test_all_together_is_the_sum(tested: Backtest) -> None:
    rows, total = tested.outreach.iloc[:-1], tested.outreach.iloc[-1]
    for column in ("targets", "joined", "expected", "other_joined", "other_expected"):
        assert total[column] == pytest.approx(rows[column].sum())
    assert rows["start_date"].is_monotonic_decreasing
    assert rows["start_date"].max() <= pd.Timestamp("2023-12-31")  # its 24 months are over where joining is known


def test_the_sentence_says_what_it_is_not(tested: Backtest) -> None:
    total = tested.outreach.iloc[-1]
    said = outreach.said(tested.outreach)
    assert f"attended {total['targets']:.0f} times; {total['joined']:.0f} of these joined" in said
    assert f"{total['expected']:.1f} were to be expected" in said
    assert said.endswith("The states were chosen, so this is not the effect of the workshop.")
