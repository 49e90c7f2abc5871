"""The shadow challenger: its cubes against plain counting, its rule, and the record of looks."""

from __future__ import annotations

import csv
import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from ccm_data.cli import rank as commands
from ccm_data.ranking import challenger, looks, propensity
from ccm_data.ranking.likelihood import panel
from ccm_data.ranking.specification import challenger as rules
from ccm_data.ranking.specification import specification


@pytest.fixture(scope="module")
def cubes(facts) -> tuple[propensity.World, dict[str, np.ndarray]]:
    rule = rules()
    rows = panel(facts, date(2019, 12, 31), specification().pooling(rule.treaties))
    rows = rows[rows["anchor"].dt.year >= rule.first_year].reset_index(drop=True)
    found = propensity.world(facts, rows, rule, 2019)
    return found, propensity.features(found, rule)


def at(cubes, name: str, treaty: str, year: int, iso3: str) -> float:
    found, features = cubes
    return float(features[name][found.treaties.index(treaty), found.years.index(year), found.states.index(iso3)])


def test_propensity_is_what_can_be_counted(cubes, facts) -> None:
    """Palau at the end of 2018: of the eight other treaties open it had joined some, a few in the last two years."""
    acts = facts.connection.sql(
        "select treaty, date from treaty_actions where iso3 = 'PLW' and joins and date <= '2018-12-31' order by date"
    ).df()
    others = acts[acts["treaty"].isin([t for t in rules().treaties if t != "CCM"])]
    assert at(cubes, "n_party", "CCM", 2018, "PLW") == pytest.approx(len(others) / 8)
    assert at(cubes, "momentum", "CCM", 2018, "PLW") == (others["date"] >= "2017-01-01").sum()
    assert at(cubes, "mine_ban", "CCM", 2018, "PLW") == float("APMBC" in set(others["treaty"]))
    assert np.isnan(at(cubes, "mine_ban", "APMBC", 2018, "PLW"))


def test_who_joined_more_than_expected_is_less_frail(cubes) -> None:
    """Costa Rica joins nearly all early, North Korea nearly none."""
    assert at(cubes, "frail", "CCM", 2018, "CRI") > 0 > at(cubes, "frail", "CCM", 2018, "PRK")


def test_kin_are_shares_and_no_state_is_its_own(cubes) -> None:
    found, _ = cubes
    total = found.kin.sum(axis=2)
    assert np.isclose(total, 1).sum() + (total == 0).sum() == total.size
    assert np.allclose(found.kin[:, range(197), range(197)], 0)
    here = found.kin[-1][found.states.index("KEN")]
    assert here[found.states.index("UGA")] > here[found.states.index("ISL")]
    south_sudan = found.states.index("SSD")
    assert found.kin[found.years.index(2010), south_sudan].sum() == 0


def test_later_facts_do_not_reach_it(facts, mutated) -> None:
    import pyarrow as pa

    def without(name: str, table: pa.Table) -> pa.Table:
        column = {"treaty_actions": "date", "memberships": "since", "unga_votes": "vote_date"}.get(name)
        if column is None:
            return table
        return table.filter(pa.array([not (cell and cell >= "2019") for cell in table[column].to_pylist()]))

    rule, spec = rules(), specification()
    before, after = (challenger.log_odds(base, 2019, rule, spec, ["CCM", "TPNW"]) for base in (facts, mutated(without)))
    for treaty, scores in before.items():
        pd.testing.assert_series_equal(scores, after[treaty], rtol=0, atol=1e-9)


def test_it_is_adopted_only_by_its_rule(facts) -> None:
    found = challenger.trial(facts, {2018: 88, 2019: 87})
    assert set(found.treaties["treaty"]) == {"CCM", "ATT", "TPNW"}
    assert found.low < found.gain < found.high
    assert found.adopted is (found.low > 0)
    assert ("is not adopted" in challenger.said(found)) is not found.adopted


def test_a_look_is_recorded_once(facts, tmp_path) -> None:
    path = tmp_path / "looks.csv"
    figures = {"joiners": 15, "concordance": 0.81789, "note": "a look"}
    assert looks.record(path, facts, "published", "specification.toml", (2016, 2025), figures)
    assert not looks.record(path, facts, "published", "specification.toml", (2016, 2025), figures)
    assert looks.record(path, facts, "published", "specification.toml", (2016, 2024), figures)
    first, second = csv.DictReader(path.read_text("utf-8").splitlines())
    assert (first["years"], first["concordance"], first["joiners"], first["top10"]) == ("2016-2025", "0.818", "15", "")
    assert second["years"] == "2016-2024"
    assert list(first) == list(looks.COLUMNS)


def test_the_command_records_its_look_and_goes_on_without(tmp_path) -> None:
    path = tmp_path / "looks.csv"
    run = CliRunner()
    printed = run.invoke(commands.backtest, ["--from", "2025", "--looks", str(path), "--format", "json"])
    assert json.loads(printed.stdout)["years"] == [2025, 2025]
    assert [row["specification"] for row in looks.read(path)] == ["published"]
    early = run.invoke(commands.backtest, ["--from", "2015", "--to", "2015", "--looks", str(tmp_path / "none.csv")])
    assert early.exit_code == 0
    assert not (tmp_path / "none.csv").exists()
    refused = run.invoke(commands.backtest, ["--from", "2025", "--looks", str(tmp_path / "no" / "such.csv")])
    assert refused.exit_code == 0
    assert "cannot be recorded" in refused.stderr


def test_the_shipped_record_has_its_columns() -> None:
    path = looks.place()
    assert path is not None
    rows = looks.read(path)
    assert list(rows[0]) == list(looks.COLUMNS)
    assert {"published", "T2"} <= {row["specification"] for row in rows}
