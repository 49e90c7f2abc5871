"""No fact dated from 1 January of a year on may change any prediction for that year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from ccm_data.ranking import backtest, features, treaties
from ccm_data.ranking.specification import specification
from tests.thorough import sample

DATED = {
    "treaty_actions": "date",
    "unga_votes": "vote_date",
    "unga_vote_totals": "vote_date",
    "commitments": "date",
    "munitions_profile": "as_of",
    "memberships": "since",
    "meetings": "start_date",
    "outreach_events": "start_date",
    "least_developed_countries": "since",
}
YEARS = sample((2012, 2016, 2019, 2023, 2025), 3)
PACED = list(specification().paced)


def later(name: str, table: pa.Table, year: int) -> np.ndarray:
    """Which rows are dated from 1 January of the year on."""
    if name not in DATED:
        return np.zeros(table.num_rows, dtype=bool)
    return pc.fill_null(pc.greater_equal(table[DATED[name]], str(year)), False).to_numpy(zero_copy_only=False)


def delete(table: pa.Table, rows: np.ndarray) -> pa.Table:
    return table.filter(pa.array(~rows))


def shuffle(table: pa.Table, rows: np.ndarray) -> pa.Table:
    """Give the later rows of the file to other states."""
    if "iso3" not in table.column_names or not rows.any():
        return table
    states = np.array(table["iso3"].to_pylist(), dtype=object)
    states[rows] = np.random.default_rng(1).permutation(states[rows])
    return table.set_column(table.column_names.index("iso3"), "iso3", pa.array(states, pa.string()))


def alter(table: pa.Table, rows: np.ndarray) -> pa.Table:
    """Turn what later rows say into its opposite or something else."""
    swap = {
        "vote": {"yes": "no", "no": "yes", "abstain": "yes", "absent": "yes"},
        "action": {"ratification": "signature", "signature": "accession", "accession": "withdrawal"},
        "value": {"yes": "no", "no": "yes"},
        "stance": {"supports_norm": "declines", "declines": "intends_to_join"},
    }
    for column, words in swap.items():
        if column in table.column_names:
            cells = [words.get(c, c) if hit else c for c, hit in zip(table[column].to_pylist(), rows, strict=True)]
            table = table.set_column(table.column_names.index(column), column, pa.array(cells, pa.string()))
    return table


@pytest.mark.parametrize("change", [delete, shuffle, alter])
@pytest.mark.parametrize("year", YEARS)
def test_later_facts_change_no_prediction(facts, mutated, year: int, change: Callable) -> None:
    altered = mutated(lambda name, table: change(table, later(name, table, year)))
    before, after = (backtest.walk(base, year) for base in (facts, altered))
    pd.testing.assert_frame_equal(before.scores, after.scores, rtol=0, atol=1e-9)
    pd.testing.assert_frame_equal(before.model.states, after.model.states, rtol=0, atol=1e-9)
    pd.testing.assert_frame_equal(before.model.reasons, after.model.reasons, rtol=0, atol=1e-9)
    assert after.level == before.level
    spec = specification()
    for treaty in treaties.OTHERS:
        rows = [treaties.order_before(base, treaty, year, spec) for base in (facts, altered)]
        pd.testing.assert_frame_equal(*rows, rtol=0, atol=1e-9)


def test_leaving_the_list_of_least_developed_countries_counts_from_its_day(facts, mutated) -> None:
    """Vanuatu left it on 4 December 2020 and Bhutan on 13 December 2023: before, they stood on it."""

    def listed(base, day: str) -> set[str]:
        rows = base.frame("ranking/panel", {"as_of": day, "treaties": ["CCM"], "paced": [], "blocs": []})
        return set(rows[(rows["anchor"] == day) & rows["ldc"]]["iso3"])

    assert listed(facts, "2020-12-03") - listed(facts, "2020-12-04") == {"VUT"}
    assert "BTN" in listed(facts, "2023-12-12") - listed(facts, "2023-12-13")
    assert "SSD" not in listed(facts, "2012-06-30")  # known to the year: from its end
    assert "SSD" in listed(facts, "2012-12-31")

    def stay(name: str, table: pa.Table) -> pa.Table:
        if name != "least_developed_countries":
            return table
        ends = [end if end and end < "2020" else None for end in table["until"].to_pylist()]
        return table.set_column(table.column_names.index("until"), "until", pa.array(ends, pa.string()))

    altered = mutated(stay)
    before, after = (backtest.walk(base, 2020) for base in (facts, altered))
    pd.testing.assert_frame_equal(before.model.states, after.model.states, rtol=0, atol=1e-9)
    assert "VUT" in listed(altered, "2024-12-31") - listed(facts, "2024-12-31")
    snapshots = [base.frame("snapshot/build", {"as_of": "2020-12-03"}) for base in (facts, altered)]
    pd.testing.assert_frame_equal(*snapshots)
    now = [base.frame("snapshot/build", {"as_of": "2020-12-04"}).set_index("iso3") for base in (facts, altered)]
    assert [bool(rows.loc["VUT", "ldc"]) for rows in now] == [False, True]
    assert now[0].loc["VUT", "ldc_source_id"] == "geo-un-ldc-vut"


@pytest.mark.parametrize(("iso3", "day"), [("TLS", "2002-05-20"), ("MNE", "2006-06-03"), ("SSD", "2011-07-09")])
def test_no_state_is_at_risk_before_it_exists(facts, iso3: str, day: str) -> None:
    """The rows of the pooled treaties too, whose history is older than the Convention's."""
    lists = {"treaties": list(specification().treaties), "paced": PACED, "blocs": []}
    rows = facts.frame("ranking/panel", {"as_of": "2015-12-31", **lists})
    assert rows[rows["iso3"] == iso3]["anchor"].min() >= pd.Timestamp(day)
    counts = facts.frame("ranking/levels", {"as_of": "2015-12-31", "treaties": ["BWC"], "years": 21})
    states = facts.frame("snapshot/build", {"as_of": "2015-12-31"})
    assert counts.groupby("anchor")["outside"].sum().max() <= len(states)


def test_a_later_end_of_a_notified_withdrawal_changes_nothing(facts, mutated) -> None:
    """Lithuania notified in 2024 and left in 2025; on 1 January 2025 it was a party whatever came after."""

    def stay(name: str, table: pa.Table) -> pa.Table:
        if name != "treaty_actions":
            return table
        acts, ends = table["action"].to_pylist(), table["effective_date"].to_pylist()
        moved = [
            "2031-01-01" if a == "withdrawal" and e and e >= "2025" else e for a, e in zip(acts, ends, strict=True)
        ]
        assert moved != ends
        return table.set_column(
            table.column_names.index("effective_date"), "effective_date", pa.array(moved, pa.string())
        )

    before, after = (backtest.walk(base, 2025) for base in (facts, mutated(stay)))
    pd.testing.assert_frame_equal(before.scores, after.scores, rtol=0, atol=1e-9)


def test_the_mutations_reach_predictions_of_later_years(facts, mutated) -> None:
    altered = mutated(lambda name, table: alter(table, later(name, table, 2016)))
    before, after = (backtest.walk(base, 2019).scores["likelihood"] for base in (facts, altered))
    assert not before.equals(after.reindex(before.index))


def test_a_fact_of_a_year_is_known_from_its_end_only(facts, mutated) -> None:
    """A ratification of another treaty dated "2014" (day unknown) is not known on 30 June 2014."""
    row = facts.frame("ranking/panel", {"as_of": "2014-06-30", "treaties": ["CCM"], "paced": PACED, "blocs": []})
    kenya = row[(row["iso3"] == "KEN") & (row["anchor"] == "2014-06-30")]["years_to_ratify"].item()

    def add(name: str, table: pa.Table) -> pa.Table:
        if name != "treaty_actions":
            return table
        cells = {"treaty": "CCW", "iso3": "KEN", "date": "2014-01-01", "precision": "year", "source_id": "untc_2014"}
        acts = [{**cells, "action": "signature", "date": "1990-01-01"}, {**cells, "action": "ratification"}]
        new = pa.Table.from_pylist([{c: a.get(c) for c in table.column_names} for a in acts], schema=table.schema)
        return pa.concat_tables([table, new])

    altered = mutated(add)

    def tempo(day: str) -> float:
        rows = altered.frame("ranking/panel", {"as_of": day, "treaties": ["CCM"], "paced": PACED, "blocs": []})
        return rows[(rows["iso3"] == "KEN") & (rows["anchor"] == day)]["years_to_ratify"].item()

    assert tempo("2014-06-30") == kenya
    assert tempo("2014-12-31") > kenya


def test_the_model_reads_nothing_collected_by_who_joined_later(facts) -> None:
    """Acts of states not party are recorded mostly for states that are still outside (docs/ranking.md): a model that
    read them would tell joiners by the gap in the record. The model must not, and the record must still be so."""
    rows = facts.connection.sql(
        "select count(*) filter (where iso3 in (select iso3 from treaty_actions where treaty = 'CCM' and joins)) "
        "/ count(*) as share from commitments"
    ).fetchall()
    assert rows[0][0] < 0.1
    read = facts.frame("ranking/panel", {"as_of": "2020-12-31", "treaties": ["CCM"], "paced": PACED, "blocs": []})
    assert not {"stage", "stance", "promise_due", "attended_3y"} & set(read.columns)
    assert set(features.NAMES) == {
        "signatory", "signatory_age", "vote", "mine_ban", "peers", "size", "bloc", "tempo", "landlocked", "ldc", "sids",
    }  # fmt: skip
