"""Everything known about one state, each fact beside its source."""

from __future__ import annotations

from datetime import date

import pytest

from tests.app.conftest import Open


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Norway", "State Party since 3 December 2008 (ratification)"),
        ("Kenya", "Signatory: signed 3 December 2008, not ratified"),
        ("Lithuania", "Withdrew, effective 6 March 2025; joined 24 March 2011"),
        ("Brazil", "State not party, not a signatory"),
    ],
)
def test_status_in_words_with_its_source(open_page: Open, name: str, status: str) -> None:
    app = open_page("state", date(2026, 2, 3), name)
    assert app.header[0].value == name
    assert app.markdown[0].value == f"**{status}** · as known on 3 February 2026"
    fact = app.dataframe[0].value.set_index("Fact").loc["Status"]
    assert fact["Value"] == status
    if name == "Brazil":
        assert fact["Source"] == "no source", "that nothing was signed has no source of its own"
    else:
        assert fact["Link"].startswith("https://")
        assert fact["Source"] != "no source"


def test_a_value_without_source_says_so_and_never_no(open_page: Open) -> None:
    facts = open_page("state", state="Kenya").dataframe[0].value
    blank = facts[facts["Source"] == "no source"]
    assert not set(blank["Value"]) & {"No", "no", "Yes", "yes"} - {None}, blank


def test_the_same_state_on_an_earlier_day(open_page: Open) -> None:
    app = open_page("state", date(2020, 1, 1), "Nigeria")
    assert app.markdown[0].value == "**Signatory: signed 12 June 2009, not ratified** · as known on 1 January 2020"
    later = open_page("state", state="Nigeria")
    assert later.markdown[0].value.startswith("**State Party since 28 February 2023 (ratification)**")


def test_nothing_later_than_the_day_is_shown(open_page: Open) -> None:
    app = open_page("state", date(2015, 1, 1), "Kenya")
    said = " ".join(app.dataframe[place].value.to_string() for place in range(len(app.dataframe)))
    for year in range(2016, 2027):
        assert f" {year}  " not in said, year


@pytest.mark.parametrize("page", ["state", "map", "targets"])
def test_a_state_that_did_not_exist_yet_is_said_so(open_page: Open, page: str) -> None:
    app = open_page(page, date(2010, 8, 1), "South Sudan")
    assert "South Sudan was no state yet on 1 August 2010." in [info.value for info in app.info]


def test_without_a_state_the_page_says_how_to_choose_one(open_page: Open) -> None:
    app = open_page("state")
    assert app.info[0].value == "Choose a state above, on the map or in the table of targets."
    assert not app.dataframe
