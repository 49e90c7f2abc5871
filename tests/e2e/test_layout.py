"""The map fills its place on the screens people have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.driver import Tab
from tests.e2e.server import Server


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900), (1920, 1080)])
def test_the_map_fills_its_place(open_tab: Callable[..., Tab], server: Server, width: int, height: int) -> None:
    tab = open_tab(server, width, height).open("/map")
    tab.painted()
    canvas = tab.map.bounding_box()
    place = tab.page.get_by_test_id("stColumn").filter(has=tab.page.get_by_test_id("stDeckGlJsonChart")).last
    column = place.bounding_box()
    assert canvas
    assert column
    assert abs(canvas["width"] - column["width"]) <= 0.02 * column["width"]
    coloured = (tab.pixels().max(axis=2) - tab.pixels().min(axis=2) > 8).any(axis=0).nonzero()[0]
    assert coloured[-1] - coloured[0] > 0.9 * canvas["width"], "the world itself fills the canvas"
    overflow = "e => e.scrollWidth - e.clientWidth"
    assert tab.page.get_by_test_id("stMain").evaluate(overflow) <= 0
    assert tab.page.locator("html").evaluate(overflow) <= 0


def test_the_map_follows_a_window_that_changes(tab: Tab) -> None:
    tab.open("/map").painted()
    tab.page.set_viewport_size({"width": 1800, "height": 1000})
    tab.page.wait_for_timeout(800)
    tab.settle()
    tab.painted(at_least=0.05)
    tab.click_state("KEN", "Kenya")
