"""The map fills its place on the screens people have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.components.frame import PAGES
from tests.e2e.driver import Tab
from tests.e2e.server import Server

OVERLAPS = """names => {
  const boxes = [...names.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()])
  return boxes.flatMap(([a, one], i) => boxes.slice(i + 1)
    .filter(([, two]) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom)
    .map(([b]) => `${a} / ${b}`))
}"""
CUT = """() => [...document.querySelectorAll(
  "[data-testid=stMain] :is(p,h1,h2,h3,label,button,li,td,th)")]
  .filter(one => one.offsetParent && one.getBoundingClientRect().top < innerHeight)
  .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
  .map(one => one.innerText.slice(0, 60))"""


@pytest.mark.parametrize(
    ("width", "height", "share"), [(1280, 800, 0.6), (1440, 900, 0.6), (1920, 1080, 0.6), (390, 844, 0.1)]
)
def test_the_map_fills_its_place(
    open_tab: Callable[..., Tab], server: Server, width: int, height: int, share: float
) -> None:
    tab = open_tab(server, width, height).open("/map")
    tab.painted()
    drawn = tab.map.bounding_box()
    assert drawn
    assert drawn["width"] * drawn["height"] >= share * width * height
    assert drawn["y"] + drawn["height"] <= height
    coloured = (tab.pixels().max(axis=2) - tab.pixels().min(axis=2) > 8).any(axis=0).nonzero()[0]
    assert coloured[-1] - coloured[0] > 0.8 * drawn["width"], "the world itself fills the sea"
    assert tab.page.locator(".names").evaluate(OVERLAPS) == []
    overflow = "e => e.scrollWidth - e.clientWidth"
    assert tab.page.get_by_test_id("stMain").evaluate(overflow) <= 0
    assert tab.page.locator("html").evaluate(overflow) <= 0
    assert tab.page.evaluate(CUT) == []


@pytest.mark.parametrize(
    "address", ["/map?view=Africa", "/map?view=Europe&meeting=on", "/map?group=African&view=These+states"]
)
def test_names_neither_touch_nor_leave_their_shape(tab: Tab, address: str) -> None:
    tab.open(address)
    tab.painted()
    tab.page.wait_for_timeout(600)
    assert tab.page.locator(".names text").count() >= 5
    assert tab.page.locator(".names").evaluate(OVERLAPS) == []
    outside = tab.page.locator(".sea > svg").evaluate("""svg => {
      const here = svg.getBoundingClientRect(), [x, y, k] = svg.dataset.at.split(" ").map(Number)
      const shapes = new Map([...svg.querySelectorAll(".land path")].map(path => [path.state, path]))
      return [...svg.querySelectorAll(".names text.inside")].filter(text => {
        const box = text.getBoundingClientRect(), middle = (box.left + box.right) / 2 - here.left
        const inside = left => shapes.get(text.state).isPointInFill(
          new DOMPoint((left - x) / k, ((box.top + box.bottom) / 2 - here.top - y) / k))
        return ![box.left - here.left, middle, box.right - here.left].every(inside)
      }).map(text => text.textContent)
    }""")
    assert outside == []


def test_the_map_follows_a_window_that_changes(tab: Tab) -> None:
    tab.open("/map").painted()
    tab.page.set_viewport_size({"width": 1800, "height": 1000})
    tab.page.wait_for_timeout(800)
    tab.settle()
    tab.painted(at_least=0.05)
    tab.click_state("KEN", "Kenya")


@pytest.mark.parametrize(
    ("width", "height", "theme"),
    [(390, 844, "light"), (1280, 800, "dark"), (1440, 900, "light"), (1920, 1080, "light")],
)
def test_no_page_cuts_text_in_its_first_screen(
    open_tab: Callable[..., Tab], server: Server, width: int, height: int, theme: str
) -> None:
    tab = open_tab(server, width, height)
    tab.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    wrong = {}
    for name in [*PAGES, "state?state=KEN", "targets?state=KEN", "log?new=contact"]:
        tab.open(f"/{name}")
        wide = tab.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        cut = tab.page.evaluate(CUT) + ([f"{wide} px wider than the screen"] if wide > 0 else [])
        wrong |= {name: cut} if cut else {}
    assert wrong == {}
