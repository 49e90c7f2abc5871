"""In meeting mode the name of an internal campaign does not reach the browser, whatever the address says."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data.log import Create, Store, parse
from tests.app.conftest import Open
from tests.app.test_links import notices
from tests.app.test_log_page import store

__all__ = ["store"]

SECRET = "Quiet push"


@pytest.fixture(autouse=True)
def secret(store: Store) -> None:
    """An internal campaign on which pages open."""
    record = {"name": SECRET, "baseline": "2026-01-01", "end": "2027-12-31", "target": 2, "opens": "always"}
    store.save([Create(parse("campaign", record))], "Ana")


def test_outside_a_meeting_pages_open_on_it(open_link: Open) -> None:
    assert open_link().selectbox(key="campaign").value == SECRET


def test_a_meeting_is_offered_public_campaigns_only(open_link: Open) -> None:
    app = open_link(meeting="on")
    meeting = app.selectbox(key="campaign")
    assert meeting.value.startswith("Since the ")
    assert meeting.options == ["10MSP", meeting.value]
    assert SECRET not in repr(app.main) + repr(app.sidebar)


@pytest.mark.parametrize("name", [SECRET, "Never was"])
def test_an_address_that_names_a_campaign_not_shown_gets_one_sentence(open_link: Open, name: str) -> None:
    app = open_link(meeting="on", campaign=name)
    (told,) = [notice.replace("\\", "") for notice in notices(app)]
    assert told == f"There is no such campaign to show here; possible: 10MSP, {app.selectbox(key='campaign').value}."
    assert app.selectbox(key="campaign").value.startswith("Since the ")
    assert "campaign" not in app.query_params


def test_turning_the_meeting_on_lets_go_of_it(open_link: Open) -> None:
    app = open_link(campaign=SECRET, as_of=date.today().isoformat())
    assert app.selectbox(key="campaign").value == SECRET
    next(button for button in app.button if button.label == "Meeting mode").click().run()
    assert app.selectbox(key="campaign").value.startswith("Since the ")
    assert SECRET not in repr(app.main) + repr(app.sidebar)
    assert app.query_params.get("campaign") in (None, [app.selectbox(key="campaign").value])
