"""Every page on any day, and the figures that the coordinators know by heart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import escape
from ccm_data.dates import EARLIEST, words
from ccm_data.vocab import Category, Match
from ccm_data.workspace import Workspace
from pages.components import state_table
from tests.app.conftest import Open, figures, told

HORIZON = Workspace().horizon
DAYS = (EARLIEST, date(2010, 8, 1), date(2021, 11, 30), HORIZON)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", ["map", "targets", "state", "data"])
def test_every_page_runs_on_any_day(open_page: Open, name: str, day: date) -> None:
    app = open_page(name, day, "Kenya" if name != "data" else None)
    assert not app.error
    if name != "data":
        assert "Kenya" in [heading.value for heading in [*app.title, *app.header, *app.subheader]]


@pytest.mark.parametrize(
    ("day", "parties", "signatories", "not_party", "withdrawn", "targets"),
    [
        (date(2010, 8, 1), "38", "70", "88", "", "158"),
        (date(2021, 11, 30), "110", "13", "74", "", "87"),
        (date(2025, 8, 1), "111", "12", "73", "1 withdrawn", "86"),
        (HORIZON, "112", "12", "72", "1 withdrawn", "85"),
    ],
    ids=str,
)
def test_headline_figures(
    open_page: Open, day: date, parties: str, signatories: str, not_party: str, withdrawn: str, targets: str
) -> None:
    app = open_page("map", day)
    shown = figures(app)
    assert shown["States Parties"] == parties
    assert shown["Signatories"] == signatories
    assert shown["States not party"] == not_party
    assert shown["Targets in the filter"] == targets
    assert told(app)["figures"][2]["aside"] == withdrawn
    states = int(parties) + int(signatories) + int(not_party) + bool(withdrawn)
    app.session_state["map_rows"] = True
    app.run()
    assert len(app.dataframe[0].value) == states == 197 - (day < date(2011, 7, 9)), "the table has every state"


def test_new_states_parties_against_the_campaigns_target(open_page: Open) -> None:
    app = open_page("map", HORIZON, campaign="10MSP")
    new = next(one for one in told(app)["figures"] if one["name"] == "New States Parties since 30 November 2021")
    assert new["count"] == "3"
    assert new["aside"] == "0 of 3 wanted by 30 August 2022"


@pytest.mark.parametrize("category", list(Category))
def test_targets_are_those_of_the_category(open_page: Open, category: Category) -> None:
    states = Workspace().states(HORIZON)
    expected = set(states.loc[states["categories"].map(lambda held: category.value in held), "name_short"])
    app = open_page("targets", HORIZON)
    pills(app, category)
    assert set(app.dataframe[0].value["State"]) == expected
    assert f"{len(expected)} of 85 target states on 3 February 2026" in [h.value for h in app.title]
    said = escape.markdown(f"Target categories: {category.label}")
    assert any(caption.value.startswith(said) for caption in app.caption)


def pills(app: AppTest, *wanted: Category) -> None:
    """Choose target categories."""
    app.button_group(key="category").set_value(list(wanted)).run()
    assert not app.exception


def test_all_of_the_categories_narrows(open_page: Open) -> None:
    app = open_page("targets")
    pills(app, *Category)
    any_of = len(app.dataframe[0].value)
    app.button_group(key="match").set_value(Match.ALL).run()
    all_of = set(app.dataframe[0].value["State"])
    assert {"Cyprus", "Kenya"} <= all_of
    assert len(all_of) < any_of


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("map", "No state matches the filter. Clear a condition."),
        ("targets", "No target state matches the filter. Clear a condition."),
    ],
)
def test_an_empty_filter_says_what_to_do_and_clearing_restores(open_page: Open, name: str, sentence: str) -> None:
    app = open_page(name)
    everything = len(app.dataframe[-1].value)
    app.text_input(key="q").set_value("no such state").run()
    assert sentence in [info.value for info in app.info]
    next(button for button in app.button if button.label == "Clear filters").click().run()
    assert not app.exception
    assert not [info for info in app.info if info.value == sentence]
    assert app.text_input(key="q").value == ""
    assert len(app.dataframe[-1].value) == everything


def test_how_far_the_facts_go_is_said_quietly_after_the_horizon_alone(open_page: Open) -> None:
    note = "Treaty actions known through 3 February 2026; nothing later is on record."
    for day in (None, HORIZON + timedelta(days=1)):
        app = open_page("map", day)
        assert [caption.value for caption in app.caption].count(note) == 1
        assert not app.warning
    assert note not in [caption.value for caption in open_page("map", HORIZON).caption]


def test_the_app_opens_on_today_and_the_time_since_the_latest_meeting(open_page: Open) -> None:
    app = open_page("map")
    assert app.date_input(key="as_of").value == date.today()
    assert [title.value for title in app.title] == ["Convention on Cluster Munitions"]
    meeting = Workspace().latest_meeting(date.today())
    assert app.selectbox(key="campaign").value == f"Since the {meeting.name}"
    assert f"New States Parties since {words(meeting.end_date)}" in figures(app)


@pytest.mark.parametrize(
    ("day", "another", "then"),
    [
        (date(2020, 6, 30), date(2022, 3, 1), "10MSP"),
        (date(2022, 3, 1), date(2023, 1, 1), "Since the Tenth Meeting of States Parties"),
    ],
    ids=str,
)
def test_another_day_has_its_own_period_and_not_that_of_the_day_before(
    open_page: Open, day: date, another: date, then: str
) -> None:
    """A period in the address that is none of the new day stopped the page at the next click."""
    app = open_page("targets", day)
    period = app.selectbox(key="campaign").options[-1]
    assert period.startswith("Since the ")
    app.selectbox(key="campaign").set_value(period).run()
    assert app.selectbox(key="campaign").value == period
    app.date_input(key="as_of").set_value(another).run()
    app.text_input(key="q").set_value("Kenya").run()
    assert not app.exception
    assert not app.warning
    assert app.selectbox(key="campaign").value == then
    assert "campaign" not in app.query_params


def test_a_category_that_rests_on_news_has_its_own_mark() -> None:
    states = Workspace().states(HORIZON)
    kenya = states[states["iso3"] == "KEN"].copy()
    (signed,) = [e["source_ids"] for e in kenya.iloc[0]["evidence"] if e["category"] == Category.SIGNATORY]
    assert state_table.rows(kenya, HORIZON)["Signed"].tolist() == ["●"]
    kenya["provisional_source_ids"] = [list(signed)]
    assert state_table.rows(kenya, HORIZON)[["Signed", "Declared"]].iloc[0].tolist() == ["○", "●"]
