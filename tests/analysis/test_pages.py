"""Votes, changes, ranking and its trial as pages: values on the screen, not that something ran."""

from datetime import date

import pytest

from ccm_data.ranking.backtest import backtest
from tests.conftest import Open


def texts(at) -> str:
    return "\n".join(
        str(element.value) for element in [*at.markdown, *at.caption, *at.title, *at.header, *at.subheader, *at.info]
    )


def test_votes_count_changes_among_all_states(open_page, workspace):
    at = open_page("votes")
    grid = workspace.frame("votes/grid", workspace.horizon)
    changed = grid[grid["changed"]]
    assert f"{changed['iso3'].nunique()} states in the filter changed their vote, {len(changed)} changes" in texts(at)
    assert {"CYP", "BRA", "YEM", "USA", "NER"} == set(changed.loc[changed["year"] == 2025, "iso3"])


def test_votes_before_the_first_vote_say_so(open_page):
    assert "The first recorded vote was taken later" in texts(open_page("votes", as_of="2014-12-31"))


def test_the_first_committee_decides_where_it_recorded_a_vote(workspace):
    """Twelve states were absent there in session 70 and voted in the plenary: those have the plenary's vote."""
    grid = workspace.frame("votes/grid", workspace.horizon)
    first = grid[grid["session"] == 70]
    plenary = set(first.loc[(first["stage"] == "plenary") & (first["vote"] != "absent"), "iso3"])
    assert {"GNQ", "GMB"} <= plenary
    assert len(plenary) == 12
    assert set(grid.loc[grid["session"] > 70, "stage"]) == {"plenary"}


def test_changes_open_at_the_baseline(open_page):
    said = texts(open_page("changes", as_of="2026-02-03", campaign="10MSP"))
    assert "Became State Party: 3" in said
    assert "Lithuania: effective 6 March 2025" in said


def test_parties_by_year_add_up(workspace):
    rows = workspace.frame("changes/parties_by_year", workspace.horizon).set_index("year")
    assert rows.loc[2008, "state_parties"] == 4
    assert rows.loc[2021, "state_parties"] == 110
    assert rows.loc[2025, ["state_parties", "joined", "withdrew"]].tolist() == [112, 1, 1]
    assert (rows["state_parties"].diff().dropna() == (rows["joined"] - rows["withdrew"]).iloc[1:]).all()


def test_the_trial_says_the_verdict_of_the_backtest(open_page, workspace):
    found = backtest(workspace.facts)
    said = texts(open_page("evaluation"))
    assert found.verdict in said
    assert "leaned on them" in said  # how often the test years were seen stands on the page
    assert found.brier_skill > 0


def test_targets_stand_in_the_default_order(open_page, reading: Open):
    at = open_page("targets")
    best = reading().targets()["iso3"].iloc[0]
    table = at.dataframe[0].value
    assert table.index[0] == best
    assert table["Rank"].tolist() == list(range(1, 86))
    assert table["Ask"].ne("").all()


def test_own_weights_that_are_wrong_are_named_and_the_page_works(open_page):
    at = open_page("targets", preset="Own weights", weights="signature:3,nonsense:1", order="Priority score")
    assert any("nonsense" in warning.value for warning in at.warning)
    assert len(at.dataframe[0].value) == 85


def test_own_weights_order_the_table(open_page, workspace):
    at = open_page("targets", preset="Own weights", weights="signature:1", order="Priority score")
    first = at.dataframe[0].value.head(12)
    assert set(first["Signed"]) == {"●"}
    assert "Score" in first
    assert "Chance" not in first, "one order, one number"


@pytest.mark.parametrize("day", [date(2008, 12, 3), date(2010, 8, 1), date(2021, 11, 30)])
def test_ranking_pages_hold_on_any_day(open_page, day):
    for name in ("targets", "map", "votes", "changes"):
        open_page(name, as_of=day.isoformat())


def test_a_state_shows_its_chance_and_next_action(open_page, reading: Open):
    at = open_page("state", state="Kenya")
    assert "Chance of joining" not in texts(at), "for those who ask"
    at.session_state["state_tab"] = "Ranking"
    said = texts(at.run())
    own = reading().chances().states.set_index("iso3").loc["KEN"]
    assert f"Chance of joining: {own['p12']:.1%} within 12 months" in said
    assert "Next best action" in said


def test_a_meeting_sees_no_order_of_states(open_page):
    for name in ("map", "state"):
        said = texts(open_page(name, meeting="on", state="Kenya"))
        assert "Chance of joining" not in said
        assert "Who is next" not in said
        assert "Priority score" not in said


def test_approved_but_not_deposited_is_an_alert(open_page):
    at = open_page("targets")
    (alert,) = [caption.value for caption in at.caption if caption.value.startswith("Approved but not deposited")]
    assert "Democratic Republic of the Congo" in alert


def test_the_gauge_stands_on_map_and_work_plan(open_page):
    for name in ("map", "plan"):
        assert "10MSP: 0 of 3 new States Parties" in texts(open_page(name, campaign="10MSP"))
    said = texts(open_page("map", as_of="2026-02-03"))
    assert "Since the Thirteenth Meeting of States Parties: 0 new States Parties" in said
