"""The map in one file, opened from the disk without a network, as from a mail."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ccm_data import geometry, palette
from ccm_data.documents.map_file import map_file
from tests.conftest import Open
from tests.e2e.driver import eventually


@pytest.fixture
def file(reading: Open, tmp_path: Path) -> Path:
    path = tmp_path / "ccm-map.html"
    path.write_text(map_file(reading()), encoding="utf-8")
    return path


def fill(page: Page, iso3: str) -> str:
    """The colour of a state as it is painted."""
    place = geometry.load().index.index(iso3)
    found = page.evaluate(
        "place => [...document.querySelectorAll('.land path')].find(one => one.state === place).getAttribute('fill')",
        place,
    )
    return str(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_paints_plays_and_recolours_without_a_network(chromium: Browser, file: Path, scheme: str) -> None:
    context = chromium.new_context(offline=True, color_scheme=scheme, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(file.as_uri())
    page.locator(".names text").first.wait_for()
    assert fill(page, "FRA") == palette.STATUS["state_party"]
    assert fill(page, "KEN") == palette.STATUS["signatory"]
    assert "112" in page.locator(".figures").inner_text()
    ground = palette.DARK_GROUND if scheme == "dark" else palette.WATER
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == f"rgb{tuple(palette.rgb(ground)[:3])}"
    box = page.locator(".sea > svg").bounding_box()
    assert box
    assert box["width"] > 1200
    assert box["height"] > 400

    page.get_by_label("Year").fill("2009")
    assert "End of 2009: 26 States Parties" in page.locator(".said").inner_text()
    assert fill(page, "KEN") == palette.STATUS["signatory"]
    assert fill(page, "AUS") == palette.STATUS["signatory"]

    page.get_by_label("Target categories").check()
    assert fill(page, "KEN") == palette.SEQUENTIAL[4]
    assert "4 of 4 categories" in page.locator(".legend").inner_text()

    page.get_by_label("Year").fill("2009")
    page.get_by_role("button", name="Play").click()
    eventually(lambda: "End of 2010" in page.locator(".said").inner_text(), "the years are played")
    page.get_by_role("button", name="Pause").click()

    page.get_by_text("All states as a table").click()
    assert page.get_by_role("rowheader", name="Kenya").is_visible()
    assert asked == [file.as_uri()]
    assert not wrong, wrong
    context.close()


def test_a_state_says_what_it_is_when_the_mouse_is_on_it(chromium: Browser, file: Path) -> None:
    context = chromium.new_context(offline=True, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator(".names text").first.wait_for()
    box = page.locator(".sea > svg").bounding_box()
    assert box
    x, y = geometry.load().label_points["BRA"]
    left, top, scale = map(float, page.locator(".sea > svg").evaluate("svg => svg.dataset.at").split())
    page.mouse.move(box["x"] + left + scale * x, box["y"] + top - scale * y)
    assert (
        page.locator(".tip").inner_text()
        == "Brazil\nState not party · Voted yes, not party · Mine Ban Convention party"
    )
    context.close()
