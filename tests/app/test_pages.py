"""Every page on any day, and the figures that the coordinators know by heart."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import escape
from ccm_data.dates import EARLIEST
from ccm_data.vocab import Category, Match
from ccm_data.workspace import Workspace
from tests.app.conftest import Open

HORIZON = Workspace().horizon
DAYS = (EARLIEST, date(2010, 8, 1), date(2021, 11, 30), HORIZON)


def figures(app: AppTest) -> dict[str, str]:
    """Headline figures by label."""
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", ["map", "targets", "state", "about"])
def test_every_page_runs_on_any_day(open_page: Open, name: str, day: date) -> None:
    app = open_page(name, day, "Kenya" if name != "about" else None)
    assert not app.error
    if name != "about":
        assert "Kenya" in [heading.value for heading in [*app.header, *app.subheader]]


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
    assert next(metric.delta for metric in app.metric if metric.label == "States not party") == withdrawn
    states = int(parties) + int(signatories) + int(not_party) + bool(withdrawn)
    assert len(app.dataframe[-1].value) == states == 197 - (day < date(2011, 7, 9)), "the table has every state"


def test_new_states_parties_against_the_campaigns_target(open_page: Open) -> None:
    app = open_page("map")
    new = next(metric for metric in app.metric if metric.label == "New States Parties since 30 November 2021")
    assert new.value == "3"
    assert new.delta == "0 of 3 wanted by 30 August 2022"


@pytest.mark.parametrize("category", list(Category))
def test_targets_are_those_of_the_category(open_page: Open, category: Category) -> None:
    states = Workspace().states(HORIZON)
    expected = set(states.loc[states["categories"].map(lambda held: category.value in held), "name_short"])
    app = open_page("targets")
    pills(app, category)
    assert set(app.dataframe[0].value["State"]) == expected
    assert app.subheader[0].value == f"{len(expected)} of 85 target states on 3 February 2026"
    assert escape.markdown(f"Target categories: {category.label}") in [caption.value for caption in app.caption]


def pills(app: AppTest, *wanted: Category) -> None:
    """Choose target categories in the sidebar."""
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
        ("map", "No state matches the filter. Clear a condition in the sidebar."),
        ("targets", "No target state matches the filter. Clear a condition in the sidebar."),
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


def test_a_date_after_the_horizon_warns(open_page: Open) -> None:
    app = open_page("map", Workspace().latest)
    said = [warning.value for warning in app.warning]
    assert Workspace().latest == HORIZON or "Treaty actions are known complete through 3 February 2026 only." in said
