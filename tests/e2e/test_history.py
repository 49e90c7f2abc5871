"""Back and Forward show every view again, one step for each change; no address is a dead end."""

from __future__ import annotations

from tests.e2e.driver import Tab, eventually


def filter_by(tab: Tab, name: str) -> None:
    """Press a pill of the filter, which opens on demand."""
    tab.page.get_by_test_id("stPopoverButton").filter(has_text="Filter").click()
    tab.page.get_by_role("button", name=name, exact=True).click()
    tab.settle()
    tab.page.keyboard.press("Escape")
    tab.settle()


def search(tab: Tab, name: str) -> None:
    box = tab.page.get_by_role("combobox", name="Find a state")
    box.click()
    box.fill(name)
    tab.page.get_by_role("option", name=name, exact=True).click()
    tab.settle()


def go(tab: Tab, page: str) -> None:
    """Go to a page by the navigation, opening its heading where it has one."""
    heading = {"Votes": "Analysis", "Data": "Analysis", "Activity log": "Campaign"}.get(page)
    if heading:
        tab.page.get_by_test_id("stTopNavSection").filter(has_text=heading).click()
    links = tab.page.get_by_test_id("stTopNavDropdownLink" if heading else "stTopNavLink")
    links.filter(has_text=page).first.click()
    tab.settle()


def seen(tab: Tab) -> tuple[str, dict[str, list[str]], list[str], list[str]]:
    """Page, parameters, the state in the box, and what is chosen in rows of buttons."""
    boxes = tab.page.get_by_role("combobox", name="Find a state").all()
    chosen = tab.page.get_by_role("radio", checked=True).all_inner_texts()
    return tab.page.url.partition("?")[0], tab.address(), [box.input_value() for box in boxes], chosen


def test_ten_steps_back_and_forward_show_each_view_again(tab: Tab) -> None:
    steps = (
        lambda: filter_by(tab, "Signatory, not ratified"),
        lambda: tab.press("Latest vote"),
        lambda: search(tab, "Kenya"),
        lambda: go(tab, "Targets"),
        lambda: tab.page.get_by_role("link", name="Everything known, with sources").click(),
        lambda: search(tab, "Angola"),
        lambda: go(tab, "Votes"),
        lambda: tab.press("All in the filter"),
        lambda: go(tab, "Map"),
        lambda: tab.press("Status"),
    )
    tab.open("/map?as_of=2025-08-01")
    views = [seen(tab)]
    for number, step in enumerate(steps, 1):
        step()
        tab.settle()
        views.append(seen(tab))
        assert views[-1] != views[-2], number
    every = {"as_of": ["2025-08-01"], "category": ["signatory"]}
    assert views[3][1] == every | {"colour": ["vote"], "state": ["KEN"]}
    assert views[4][1] == views[3][1]
    assert [view[0].rsplit("/", 1)[-1] for view in views] == (
        ["map"] * 4 + ["targets"] + ["state"] * 2 + ["votes"] * 2 + ["map"] * 2
    )
    assert views[-1][1] == every | {"state": ["AGO"], "show": ["all"]}
    for number in range(9, -1, -1):
        tab.page.go_back()
        tab.settle()
        eventually(lambda number=number: seen(tab) == views[number], f"view {number} again: {views[number]}")
    assert tab.figure("Targets in the filter") == str(87 - 3)
    for number in range(1, 11):
        tab.page.go_forward()
        tab.settle()
        eventually(lambda number=number: seen(tab) == views[number], f"view {number} once more: {views[number]}")
    assert tab.selected() == "Angola"
    assert tab.page.get_by_role("radio", name="Status", exact=True).is_checked()
