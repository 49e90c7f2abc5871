"""The table of targets shows what decides side by side on small laptops and on a phone, with a state selected too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server

DECIDES = [
    "State",
    "Voted yes",
    "Mine Ban",
    "Signed",
    "Declared",
    "Chance",
    "Ask",
    "Last contact",
    "Owner",
    "Next step",
]


def grid(tab: Tab) -> Locator:
    """The one table of targets that this window shows."""
    shown = tab.page.get_by_test_id("stDataFrame").locator("visible=true")
    shown.locator(".dvn-scroller").wait_for()
    return shown


def hidden_width(tab: Tab) -> int:
    """Pixels of the table that stand beyond its right edge."""
    return int(grid(tab).locator(".dvn-scroller").evaluate("e => e.scrollWidth - e.clientWidth"))


def heads(tab: Tab) -> list[str]:
    """The columns of the table, as a screen reader hears them, once it has any."""
    grid(tab).locator("table th").first.wait_for(state="attached")
    return [text for text in grid(tab).locator("table th").all_text_contents() if text]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900)])
def test_what_decides_is_in_sight_with_and_without_a_state(
    open_tab: Callable[..., Tab], server: Server, width: int, height: int
) -> None:
    tab = open_tab(server, width, height).open("/targets?as_of=2026-02-03")
    assert heads(tab) == ["Rank", *DECIDES]
    assert hidden_width(tab) == 0
    before = grid(tab).bounding_box()
    assert before
    assert before["y"] + before["height"] <= height, "the first two bands stand in the first screen"

    tab.tick_row(1)
    eventually(lambda: tab.selected() and tab.heading(tab.selected()).is_visible(), "the panel of the state")
    tab.settle()
    after = grid(tab).bounding_box()
    panel = tab.heading(tab.selected()).bounding_box()
    assert after
    assert panel
    assert heads(tab) == ["Rank", *DECIDES]
    assert hidden_width(tab) == 0
    assert after["width"] == before["width"], "a selected state takes no width"
    assert after["y"] + after["height"] < panel["y"] < height, "its panel begins below, in the first screen"


def test_a_click_on_a_name_selects_the_state(open_tab: Callable[..., Tab], server: Server) -> None:
    tab = open_tab(server).open("/targets?q=kenya")
    box = grid(tab).bounding_box()
    assert box
    tab.page.mouse.click(box["x"] + 33 + 50 + 40, box["y"] + 33 + 17)
    eventually(lambda: tab.selected() == "Kenya", "Kenya is selected")


def test_a_phone_lists_state_chance_and_ask(open_tab: Callable[..., Tab], server: Server) -> None:
    tab = open_tab(server, 390, 844).open("/targets?as_of=2026-02-03")
    assert heads(tab) == ["State", "Chance", "Ask"]
    assert hidden_width(tab) == 0
    box = grid(tab).bounding_box()
    assert box
    assert box["y"] < 500, "the list begins in the first screen"
    overflow = "e => e.scrollWidth - e.clientWidth"
    assert tab.page.get_by_test_id("stMain").evaluate(overflow) <= 0
    tab.page.mouse.click(box["x"] + 60, box["y"] + 33 + 31)
    eventually(lambda: tab.selected() != "", "the tap selects")
    eventually(lambda: tab.heading(tab.selected()).is_visible(), "the panel of the state")
