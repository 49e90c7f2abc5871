"""The walk-forward evaluation: what it reaches, and that its arithmetic is right."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from click.testing import CliRunner

from ccm_data.cli import rank as commands
from ccm_data.errors import CcmError
from ccm_data.ranking import evaluation
from ccm_data.ranking.backtest import backtest, latest_full_year
from ccm_data.ranking.likelihood import likelihood
from ccm_data.ranking.specification import specification
from ccm_data.ranking.weights import presets


def test_what_the_likelihood_reaches(tested) -> None:
    model = tested.methods.loc["likelihood"]
    print(tested.methods[["concordance", "top5", "top10", "top20"]].round(3).to_string(), tested.verdict, sep="\n")
    assert tested.joiners == 15
    assert model["concordance"] == pytest.approx(0.8179, abs=1e-4)
    assert model[["top10", "top20"]].tolist() == pytest.approx([3 / 15, 11 / 15])
    assert tested.brier_skill == pytest.approx(0.0010, abs=1e-4)
    assert tested.brier_skill_printed > tested.brier_skill


def test_it_beats_signatories_first(tested) -> None:
    plain = tested.methods.loc["signatories_first"]
    assert plain["concordance"] == pytest.approx(0.69, abs=0.01)
    assert tested.lead.loc["concordance", "low"] > 0
    assert "beats signatories first by +0.13 in concordance" in tested.verdict
    assert "73% of 15 joiners" in tested.verdict


def test_the_default_order_is_the_one_that_evaluated_better(tested) -> None:
    best = tested.methods["concordance"].idxmax()
    assert best.split(":")[0] == specification().default_method


def test_every_joiner_has_a_rank_by_every_method(tested) -> None:
    assert set(tested.methods.index) == {
        "likelihood", "signatories_first", "category_count", "alphabetical", "random",
        *(f"priority:{name}" for name in presets()),
    }  # fmt: skip
    assert len(tested.predictions) == 15 * len(tested.methods)
    vanuatu = tested.predictions.query("iso3 == 'VUT' and method == 'likelihood'").iloc[0]
    assert (vanuatu["year"], vanuatu["date"]) == (2025, pd.Timestamp("2025-09-05"))
    assert 1 <= vanuatu["rank"] <= 85


def test_misses_are_shown_with_what_weighed_against_them(tested) -> None:
    late = tested.predictions.query("method == 'likelihood' and rank > 20")
    assert set(tested.missed["iso3"]) == set(late["iso3"]) != set()
    assert tested.missed["against"].str.len().min() > 10


def test_random_is_a_half(tested) -> None:
    assert tested.methods.loc["random", "concordance"] == pytest.approx(0.5)


def test_ties_share_their_places() -> None:
    scores = pd.Series({"A": 3.0, "B": 2.0, "C": 2.0, "D": 2.0, "E": 1.0})
    row = evaluation.joiner_rows(scores, pd.Index(["C"])).iloc[0]
    assert row["rank"] == 3
    assert row["concordance"] == (0.25 + 0.5 * 0.5)
    many = pd.Series(1.0, index=[f"S{i}" for i in range(40)])
    assert evaluation.joiner_rows(many, pd.Index(["S3"])).iloc[0][["top5", "top10", "top20"]].tolist() == [
        0.125, 0.25, 0.5,
    ]  # fmt: skip


def test_two_joiners_of_a_year_do_not_compete() -> None:
    rows = evaluation.joiner_rows(pd.Series({"A": 3.0, "B": 2.0, "C": 1.0}), pd.Index(["A", "B"]))
    assert rows["concordance"].tolist() == [1.0, 1.0]


def test_predictions_are_those_of_the_day(facts, tested) -> None:
    ranks = likelihood(facts, date(2022, 12, 31)).states.set_index("iso3")["rank"]
    for iso3 in ("NGA", "SSD"):
        row = tested.predictions.query("iso3 == @iso3 and method == 'likelihood'").iloc[0]
        assert row["rank"] == ranks[iso3]


def test_calibration_counts_every_state_year(facts, tested) -> None:
    assert tested.calibration["joined"].sum() == tested.tiers["joined"].sum() == 15
    assert tested.calibration["states"].sum() == tested.tiers["states"].sum() == 904


def test_brier_is_the_mean_square() -> None:
    assert evaluation.brier(pd.Series([0.2, 0.4]), pd.Series([False, True])) == pytest.approx((0.04 + 0.36) / 2)


def test_the_latest_full_year_is_that_of_the_horizon(facts) -> None:
    assert latest_full_year(facts) == 2025


def test_impossible_years_are_named(facts) -> None:
    with pytest.raises(CcmError, match="2016 to 2026 cannot be evaluated; possible: 2010 to 2025"):
        backtest(facts, 2016, 2026)
    with pytest.raises(CcmError, match="No state joined in these years"):
        backtest(facts, 2021, 2022)


def test_the_command_prints_the_stable_shape(tested) -> None:
    found = json.loads(json.dumps(commands.as_json(tested)))
    assert found["years"] == [2016, 2025]
    assert found["joiners"] == 15
    assert {"concordance", "top5", "top10", "top20", "brier"} <= found["methods"]["likelihood"].keys()
    assert found["methods"]["likelihood"]["concordance"] == pytest.approx(0.8179, abs=1e-4)
    assert [row["treaty"] for row in found["treaties"]] == ["CCM", "ATT", "TPNW", "ATT+TPNW"]
    assert [row["unseen"] for row in found["ceiling"]] == [0.0, 0.5, 1.0]
    assert sum(row["expected"] for row in found["calibration"]) <= 1.5 * found["joiners"]
    assert {"year", "iso3", "method", "rank"} <= found["predictions"][0].keys()
    assert found["brier_skill"] > 0


def test_rank_prints_chances_or_scores(tmp_path) -> None:
    run = CliRunner()
    found = json.loads(run.invoke(commands.rank, ["--as-of", "2025-01-01", "--format", "json"]).stdout)
    assert (found["as_of"], found["method"], len(found["states"])) == ("2025-01-01", "likelihood", 85)
    assert {"rank", "p12", "p24", "tier", "iso3", "name", "status", "categories", "latest_vote"} <= found["states"][
        0
    ].keys()
    weights = tmp_path / "own.toml"
    weights.write_text("[weights]\nsmall = 1\n")
    found = json.loads(run.invoke(commands.rank, ["--weights", str(weights), "--format", "json"]).stdout)
    assert found["method"] == "priority"
    assert found["states"][0]["score"] == 100
    result = run.invoke(commands.rank, ["--weights", str(weights), "--method", "likelihood"])
    assert result.exit_code == 2
    assert "--weights belongs to the priority score" in result.output
