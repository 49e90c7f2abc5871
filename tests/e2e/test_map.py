"""The map is painted, says what it should, and follows colours and filters."""

from __future__ import annotations

import numpy as np

from ccm_data import palette
from ccm_data.palette import SEQUENTIAL, STATUS, VOTE
from ccm_data.workspace import Workspace
from tests.e2e.driver import Tab, eventually

PARTY, SIGNATORY, NOT_PARTY = (STATUS[name] for name in ("state_party", "signatory", "not_party"))


def test_the_map_is_painted_in_the_colours_of_status(tab: Tab) -> None:
    tab.open("/map").painted()
    shares = {colour: tab.share(colour) for colour in (PARTY, SIGNATORY, NOT_PARTY)}
    assert 0.05 < shares[PARTY] < 0.30, shares
    assert 0.01 < shares[SIGNATORY] < 0.08, shares
    assert 0.10 < shares[NOT_PARTY] < 0.35, shares
    assert tab.share("#000000", near=0) < 0.01, "a shape without a colour is black"


def test_headline_figures_stand_above_the_map(tab: Tab) -> None:
    tab.open("/map?as_of=2021-11-30")
    assert [tab.figure(name) for name in ("States Parties", "Signatories", "States not party")] == ["110", "13", "74"]
    assert tab.figure("Targets in the filter") == "87"
    assert tab.page.get_by_text("The map is a drawing aid").is_visible()


def test_the_first_screen_needs_no_scroll(tab: Tab) -> None:
    tab.open("/map").painted()
    box = tab.map.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900


def test_other_colours_repaint_it(tab: Tab) -> None:
    tab.open("/map").painted()
    tab.colour("Target categories")
    tab.painted(palette.PARTY_BEHIND, 0.05)
    eventually(lambda: tab.share(PARTY) < 0.01, "the blue of status goes")
    assert tab.share(SEQUENTIAL[4]) > 0.003  # states that meet all four categories
    assert tab.address()["colour"] == ["categories"]
    tab.colour("Latest vote")
    tab.painted(VOTE["yes"], 0.05)
    eventually(lambda: tab.share(palette.PARTY_BEHIND) < 0.05, "the grey of States Parties goes")
    tab.colour("Status")
    tab.painted(PARTY, 0.05)


def test_a_filter_changes_map_and_figures(tab: Tab) -> None:
    tab.open("/map").painted()
    before = tab.pixels()
    signatories = len([s for s in Workspace().states(Workspace().horizon)["status"] if s == "signatory"])
    tab.filter("Signatory, not ratified")
    eventually(lambda: tab.share(PARTY) < 0.01, "States Parties get pale")
    eventually(lambda: tab.share(palette.paler(PARTY), 2) > 0.05, "States Parties get pale")
    assert tab.share(SIGNATORY) > 0.01
    assert float((np.abs(tab.pixels() - before).max(axis=2) > 20).mean()) > 0.15
    assert tab.figure("Targets in the filter") == str(signatories) == "12"
    assert tab.figure("Signatories") == "12", "headline figures are of the world, not of the filter"
    assert f"{signatories} states." in tab.text()
    tab.filter("Clear filters")
    tab.painted()
    assert tab.figure("Targets in the filter") == "85"
    assert "category" not in tab.address()


def test_a_filter_that_nothing_meets_says_so(tab: Tab) -> None:
    tab.open("/map?q=zzzz").painted(palette.paler(PARTY))
    assert "No state matches the filter. Clear a condition." in tab.notices()
    assert tab.figure("Targets in the filter") == "0"


def test_hovering_names_state_status_and_categories(tab: Tab) -> None:
    tab.open("/map").painted()
    kenya = tab.hover("KEN")
    for words in ("Kenya", "Signatory", "Voted yes, not party", "Mine Ban Convention party", "Declared support"):
        assert words in kenya, kenya
    brazil = tab.hover("BRA")
    assert "Brazil" in brazil
    assert "State not party" in brazil
    assert "Kenya" not in brazil


def test_the_picture_stays_after_a_change_of_colours(tab: Tab) -> None:
    """The shapes are fetched once: a filter must not fetch them again."""
    tab.open("/map").painted()
    tab.filter("Signatory, not ratified")
    tab.colour("Target categories")
    shapes = [url for url in tab.requests if url.endswith(".geojson")]
    assert len(shapes) == 1, shapes
