"""A state is selected by map, table and search box, and all three agree."""

from __future__ import annotations

import numpy as np
import pytest

from ccm_data import palette
from tests.e2e.driver import Tab, eventually


def test_clicks_on_the_map_select_one_state_after_another(tab: Tab) -> None:
    tab.open("/map").painted()
    for iso3, name, evidence in (
        ("KEN", "Kenya", "Signatory, not ratified"),
        ("BRA", "Brazil", "Mine Ban Convention party"),
        ("CYP", "Cyprus", "Declared support or interim step"),  # a marker, drawn aside of its shape
    ):
        tab.click_state(iso3, name)
        eventually(tab.heading(name).is_visible, f"the panel of {name}")
        assert evidence in tab.text()
        assert tab.address()["state"] == [iso3]
    assert tab.heading("Kenya").count() == 0, "one state at a time"
    tab.painted(palette.paler(palette.STATUS["state_party"], BEHIND), 0.05)  # the others step back, and no further


def test_the_panel_holds_the_evidence_and_leads_on(tab: Tab) -> None:
    tab.open("/map?as_of=2021-11-30").painted()
    tab.click_state("IDN", "Indonesia")
    said = tab.text()
    assert "Signatory: signed 3 December 2008, not ratified" in said
    assert "Signatory" in said
    tab.page.get_by_role("link", name="Everything known").click()
    tab.settle()
    assert tab.heading("Indonesia").is_visible()
    assert "As known on 30 November 2021" in tab.text()


def test_small_island_states_are_reached_in_their_own_view(tab: Tab) -> None:
    tab.open("/map?view=Caribbean").painted()
    tab.click_state("LCA", "St Lucia")
    tab.click_state("KNA", "St Kitts and Nevis")
    assert tab.heading("St Kitts and Nevis").is_visible()


def test_a_row_of_the_table_selects_the_state(tab: Tab) -> None:
    tab.open("/targets?category=signatory&q=kenya&as_of=2026-02-03")
    tab.heading("1 of 85 target states on 3 February 2026").wait_for()
    tab.tick_row(0)
    eventually(lambda: tab.selected() == "Kenya", "Kenya is selected")
    assert tab.heading("Kenya").is_visible()
    assert tab.address()["state"] == ["KEN"]
    tab.page.get_by_role("link", name="Map", exact=True).click()
    tab.settle()
    assert tab.selected() == "Kenya", "the pages share the selection"
    assert tab.figure("Targets in the filter") == "1", "and the filter"


def test_the_maps_own_table_selects_too(tab: Tab) -> None:
    tab.open("/map?q=mongolia").painted("#F8F7F5", 0.02)
    tab.page.get_by_text("The same states as a table").click()
    tab.settle()
    tab.tick_row(0)
    eventually(lambda: tab.selected() == "Mongolia", "Mongolia is selected")
    assert tab.heading("Mongolia").is_visible()


@pytest.mark.parametrize("path", ["/map", "/targets", "/state"])
def test_the_search_box_selects_by_keyboard_alone(tab: Tab, path: str) -> None:
    tab.open(path)
    tab.page.get_by_role("combobox", name="Find a state").focus()
    tab.page.keyboard.type("finl")
    tab.page.get_by_role("option", name="Finland").wait_for()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    eventually(tab.heading("Finland").is_visible, "Finland's facts")
    tab.settle()
    assert tab.address()["state"] == ["FIN"]


PARTY = palette.STATUS["state_party"]
BEHIND = 0.45  # of the ground shines through what is not selected


def dark(tab: Tab, iso3: str, reach: int = 34) -> int:
    """Pixels as dark as the line around a selected state, near that state."""
    box = tab.map.bounding_box()
    assert box
    x, y = tab.place(iso3)
    left, top = round(x - box["x"]), round(y - box["y"])
    near = tab.pixels()[max(0, top - reach) : top + reach, max(0, left - reach) : left + reach]
    return int((np.abs(near - np.array(palette.rgb(palette.INK)[:3])).max(axis=2) < 40).sum())


@pytest.mark.parametrize(
    ("iso3", "name", "way"),
    [*(("KEN", "Kenya", way) for way in ("click", "row", "search", "link")),
     *(("JAM", "Jamaica", way) for way in ("row", "search", "link"))],  # too small a shape for an outline, or a click
)  # fmt: skip
def test_the_selected_state_is_marked_whichever_way(tab: Tab, way: str, iso3: str, name: str) -> None:
    tab.open(f"/map?q={name}" if way == "row" else "/map")
    tab.painted(palette.paler(PARTY) if way == "row" else PARTY)
    before = dark(tab, iso3)
    match way:
        case "click":
            tab.click_state(iso3, name)
        case "row":
            tab.press(name)  # who is next in the filter
            assert tab.selected() == name
        case "search":
            box = tab.page.get_by_role("combobox", name="Find a state")
            box.click()
            box.fill(name)
            tab.page.get_by_role("option", name=name, exact=True).click()
            tab.settle()
        case _:
            tab.open(f"/map?state={iso3}")
            tab.painted(palette.paler(PARTY, BEHIND))
    eventually(lambda: dark(tab, iso3) > before + 40, f"a line around {name}")
