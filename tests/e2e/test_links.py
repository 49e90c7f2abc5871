"""Every view is a link: words and codes, cold servers, the way back, and what is wrong in a link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ccm_data import palette
from ccm_data.dates import words
from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server

BEHIND = 0.45  # of the ground shines through what is not selected
IN_WORDS = (
    "as_of=2021-11-30&category=Signatory%2C+not+ratified&group=African+Group&state=Kenya"
    "&colour=Target+categories&view=Africa"
)
IN_CODES = "as_of=2021-11-30&category=signatory&group=African&state=KEN&colour=categories&view=africa"


@pytest.mark.parametrize("link", [IN_WORDS, IN_CODES], ids=["words", "codes"])
def test_a_link_restores_the_view(tab: Tab, link: str) -> None:
    tab.open(f"/map?{link}").painted(palette.paler(palette.SEQUENTIAL[4], BEHIND), 0.004)
    assert "As known on 30 November 2021" in tab.text()
    assert tab.heading("Kenya").is_visible()
    assert tab.figure("States Parties") == "110"
    assert tab.figure("Targets in the filter") == "9"
    assert tab.page.get_by_role("combobox", name="Colour by").input_value() == "Target categories"
    assert tab.page.get_by_role("combobox", name="View").input_value() == "Africa"
    assert tab.notices() == ""
    assert tab.address() == {
        "as_of": ["2021-11-30"], "category": ["signatory"], "group": ["African"], "state": ["KEN"],
        "colour": ["categories"], "view": ["africa"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("link", "heading", "kept"),
    [
        ("/map?state=KEN&org=SADC", "Kenya", {"state": ["KEN"], "org": ["SADC"]}),
        (
            "/targets?org=SADC&as_of=2021-11-30",
            "4 of 87 target states on 30 November 2021",
            {"org": ["SADC"], "as_of": ["2021-11-30"]},
        ),
    ],
)
def test_a_cold_server_answers_a_deep_link_within_the_frame(
    open_tab: Callable[..., Tab], fresh_server: Callable[..., Server], link: str, heading: str, kept: dict
) -> None:
    """Streamlit runs the page file alone until app.py has run once in the process (DESIGN section 7)."""
    tab = open_tab(fresh_server()).open(link)
    eventually(tab.heading(heading).is_visible, heading)
    for page in ("Map", "Targets", "State"):
        assert tab.page.get_by_role("link", name=page, exact=True).is_visible()
    assert kept.items() <= tab.address().items(), tab.address()
    assert "possible:" not in tab.notices()  # nothing of the link was wrong


def test_what_is_unknown_in_a_link_is_named_and_the_rest_works(tab: Tab) -> None:
    tab.open("/map?state=XYZ&org=NATOO&as_of=2021-02-30&category=nonsense&group=African&colour=Nonsense")
    said = tab.notices()
    assert "'XYZ' is no ISO 3166-1 alpha-3 code of one of the 197 states" in said
    assert "'NATOO' is not a known organization; possible: " in said
    assert "'2021-02-30' is not a date; write it as YYYY-MM-DD, between 2008-12-03 and " in said
    assert "'nonsense' is not a known category; possible: first_committee_yes, " in said
    tab.painted(palette.STATUS["signatory"], 0.002)
    assert tab.address() == {"group": ["African"]}
    assert tab.figure("States Parties") == "112"
    tab.filter("Signatory, not ratified")
    eventually(lambda: tab.figure("Targets in the filter") == "8", "the filter in the figures")


def test_a_date_outside_the_possible_is_named(tab: Tab) -> None:
    tab.open("/targets?as_of=1999-01-01")
    assert "The as-of date 1999-01-01 is outside what is possible: 2008-12-03 (opening for signature)" in tab.notices()
    assert tab.heading(f"85 of 85 target states on {words(date.today())}").is_visible()


def test_another_day_takes_its_own_campaign_and_the_page_goes_on(tab: Tab) -> None:
    """The period of the day before stayed in the address and stopped the page."""
    tab.open("/targets?as_of=2022-03-01")
    settings = tab.page.locator(".st-key-settings").get_by_role("button").first
    settings.click()
    assert tab.page.get_by_role("combobox", name="Campaign").input_value() == "10MSP"
    tab.choose("Campaign", "Since the Second Review Conference, part two")
    assert tab.address()["campaign"] == ["period"]
    if not tab.page.get_by_test_id("stDateInputField").first.is_visible():  # Escape closed the settings too
        settings.click()
    tab.page.get_by_test_id("stDateInputField").first.get_by_role("spinbutton").first.click()
    tab.page.keyboard.type("20230101")
    tab.heading("87 of 87 target states on 1 March 2022").click()  # leaving the field sets the day
    tab.settle()
    eventually(tab.heading("87 of 87 target states on 1 January 2023").is_visible, "the other day")
    tab.filter("Signatory, not ratified")
    settings.click()
    held = tab.page.get_by_role("combobox", name="Campaign").input_value()
    assert held == "Since the Tenth Meeting of States Parties"
    assert "There is no campaign" not in tab.notices()
    assert "campaign" not in tab.address()
