"""axe-core finds no serious or critical violation on any page; the map's canvas carries a text alternative."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.components.frame import PAGES

LIGHT = [f"/{name}" for name in PAGES] + ["/state?state=KEN", "/map?state=KEN", "/map?meeting=on", "/map?org=XYZ"]
DARK = [
    "/desk",
    "/map?state=KEN",
    "/map?meeting=on",
    "/state?state=KEN",
    "/targets?state=KEN",
    "/log?new=contact",
    "/votes",
]
SEVERE = {"serious", "critical"}
AT_REST = "document.getAnimations().every(one => one.playState !== 'running' || one.effect.getTiming().iterations > 9)"
"""No colour is on its way to another; what turns for ever does not count."""


@pytest.mark.parametrize(("path", "theme"), [*((p, "light") for p in LIGHT), *((p, "dark") for p in DARK)])
def test_no_serious_violation(tab, path, theme):
    tab.page.emulate_media(color_scheme=theme)
    tab.open(path)
    severe = found(tab)
    if severe:  # a run that began while it looked pales what it replaces
        tab.settle()
        severe = found(tab)
    assert not severe, "\n".join(severe)


def found(tab):
    """The serious and critical violations on the page at rest."""
    tab.page.wait_for_function(AT_REST)
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['any'][0]['message'] if node['any'] else ''}"
        for rule in Axe().run(tab.page).response["violations"]
        if rule["impact"] in SEVERE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("path", ["/map", "/changes"])
def test_the_map_has_a_text_alternative(tab, path):
    tab.open(path)
    drawn = tab.page.locator(".sea > svg").first
    assert drawn.get_attribute("role") == "img"
    assert "197 states" in drawn.get_attribute("aria-label")


def test_the_keyboard_reaches_a_state_and_its_page(tab):
    tab.open("/map")
    box = tab.page.get_by_role("combobox", name="Find a state")
    box.focus()
    tab.page.keyboard.type("Kenya")
    tab.page.keyboard.press("Enter")
    tab.settle()
    link = tab.page.get_by_role("link", name="Everything known")
    link.focus()
    tab.page.keyboard.press("Enter")
    tab.settle()
    assert tab.page.get_by_role("heading", name="Kenya", exact=True).is_visible()
