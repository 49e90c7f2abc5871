"""Back and Forward show every view again, one step for each change; no address is a dead end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server


def search(tab: Tab, name: str) -> None:
    box = tab.page.get_by_role("combobox", name="Find a state")
    box.click()
    box.fill(name)
    tab.page.get_by_role("option", name=name, exact=True).click()
    tab.settle()


def go(tab: Tab, page: str) -> None:
    """Go to a page by the navigation, opening its heading where it has one."""
    heading = {"Votes": "Analysis", "Changes": "Analysis"}.get(page)
    if heading:
        tab.page.get_by_test_id("stTopNavSection").filter(has_text=heading).click()
    links = tab.page.get_by_test_id("stTopNavDropdownLink" if heading else "stTopNavLink")
    links.filter(has_text=page).first.click()
    tab.settle()


Seen = tuple[str, dict[str, list[str]], list[str]]


def seen(tab: Tab) -> Seen:
    """Page, parameters, and what boxes and rows of buttons show."""
    boxes = (tab.page.get_by_role("combobox", name=name) for name in ("Find a state", "Colour by", "View"))
    shown = [box.input_value() for found in boxes for box in found.all()]
    shown += tab.page.get_by_role("radio", checked=True).all_inner_texts()
    return tab.page.url.partition("?")[0], tab.address(), shown


def steady(tab: Tab) -> Seen:
    """What is seen once it stays so for a second."""
    before, until = None, time.monotonic() + 40
    while (now := seen(tab)) != before:
        assert time.monotonic() < until, f"{now} did not stay"
        before = now
        tab.page.wait_for_timeout(1000)
        tab.settle()
    return now


def test_ten_steps_back_and_forward_show_each_view_again(tab: Tab) -> None:
    steps = (
        lambda: tab.filter("Signatory, not ratified"),
        lambda: tab.colour("Latest vote"),
        lambda: search(tab, "Kenya"),
        lambda: go(tab, "Targets"),
        lambda: tab.page.get_by_role("link", name="Everything known").click(),
        lambda: search(tab, "Angola"),
        lambda: go(tab, "Votes"),
        lambda: tab.press("All in the filter"),
        lambda: go(tab, "Map"),
        lambda: tab.choose("View", "Africa"),
    )
    tab.open("/map?as_of=2025-08-01")
    views = [steady(tab)]
    for number, step in enumerate(steps, 1):
        step()
        eventually(lambda: seen(tab)[:2] != views[-1][:2], f"step {number} is in the address")
        views.append(steady(tab))
    every = {"as_of": ["2025-08-01"], "category": ["signatory"]}
    assert views[3][1] == every | {"colour": ["vote"], "state": ["KEN"]}
    assert views[4][1] == views[3][1]
    assert [view[0].rsplit("/", 1)[-1] for view in views] == (
        ["map"] * 4 + ["targets"] + ["state"] * 2 + ["votes"] * 2 + ["map"] * 2
    )
    assert views[-1][1] == every | {"colour": ["vote"], "state": ["AGO"], "show": ["all"], "view": ["africa"]}
    for number in range(9, -1, -1):
        tab.page.go_back()
        tab.settle()
        eventually(lambda number=number: seen(tab) == views[number], f"view {number} again: {views[number]}")
    for number in range(1, 11):
        tab.page.go_forward()
        tab.settle()
        eventually(lambda number=number: seen(tab) == views[number], f"view {number} once more: {views[number]}")
    assert views[-1][2][:3] == ["Angola", "Latest vote", "Africa"]


@pytest.mark.parametrize("short", ["/", "/map", "/targets?state=Kenya", "/state"])
def test_going_back_to_a_short_link_shows_it_and_leads_on(tab: Tab, short: str) -> None:
    tab.page.goto("about:blank")
    tab.open(short)
    first = steady(tab)
    for page in ("Votes", "Changes"):
        go(tab, page)
    for _ in range(2):
        tab.page.go_back()
        tab.settle()
    eventually(lambda: seen(tab) == first, f"{first} again")
    assert tab.notices() == ""
    assert tab.page.get_by_role("dialog").count() == 0
    for _ in range(2):  # one more where the words of a link were made codes
        if tab.page.url != "about:blank":
            tab.page.go_back()
            tab.page.wait_for_timeout(1000)
    assert tab.page.url == "about:blank", "the way out is open"


def test_meeting_mode_holds_on_the_way_back_to_a_page_it_does_not_show(tab: Tab) -> None:
    tab.open("/targets?state=KEN")
    go(tab, "Map")
    settings = tab.page.locator(".st-key-settings").get_by_role("button").first
    settings.click()
    tab.press("Meeting mode")
    eventually(lambda: tab.address().get("meeting") == ["on"], "the address says so")
    for _ in range(2):
        tab.page.go_back()
        tab.settle()
    eventually(lambda: "Targets is not shown in meeting mode." in tab.notices(), "a sentence")
    assert tab.address() == {"state": ["KEN"], "meeting": ["on"]}
    tab.page.go_forward()
    tab.settle()
    eventually(lambda: tab.address() == {"state": ["KEN"], "meeting": ["on"]} and "/map?" in tab.page.url, "the map")
    assert "Meeting mode" in settings.inner_text()


SENTENCE = "There is no page 'mapp'; possible: desk, map, targets, "


@pytest.mark.parametrize("name", ["mapp", "home", "MAP", "roadmap", "[x](evil)"])
def test_an_unknown_page_says_so_and_nothing_else_does(tab: Tab, name: str) -> None:
    tab.open("/votes")  # the first request of a server has its own test
    tab.open(f"/{name}?state=KEN")
    eventually(lambda: SENTENCE.replace("mapp", name) in tab.notices(), "a sentence")
    assert tab.heading("Page not found").is_visible()
    assert tab.page.get_by_role("dialog").count() == 0
    go(tab, "Map")
    assert tab.address() == {"state": ["KEN"]}
    assert tab.selected() == "Kenya"
    tab.page.go_back()
    tab.settle()
    eventually(tab.heading("Page not found").is_visible, "the unknown page again")
    assert tab.page.get_by_role("dialog").count() == 0


def test_an_unknown_page_is_the_first_that_a_server_is_asked_for(
    open_tab: Callable[..., Tab], fresh_server: Callable[..., Server]
) -> None:
    tab = open_tab(fresh_server()).open("/mapp?state=KEN")
    eventually(lambda: SENTENCE in tab.notices(), "a sentence")
    tab.settle()
    assert tab.page.get_by_role("dialog").count() == 0
    assert tab.address() == {"state": ["KEN"]}
    assert all("page that you have requested does not seem to exist" in error for error in tab.errors), tab.errors
    tab.errors.clear()


EVIL = "[x](http://evil.example) ![y](http://evil.example/y.png) http://evil.example :red[z] **b** <b>c</b> $a$ :smile:"


@pytest.mark.parametrize("page", ["/map", "/targets", "/votes", "/log", "/documents"])
def test_text_of_an_address_is_text(tab: Tab, page: str) -> None:
    names = (
        "q",
        "org",
        "state",
        "category",
        "limit",
        "as_of",
        "campaign",
        "colour",
        "weights",
        "entry",
        "no_parameter",
    )
    query = "&".join(f"{name}={re.sub('[^a-z]', lambda one: f'%{ord(one[0]):02X}', EVIL)}" for name in names)
    tab.open(f"{page}?{query}&unaffected=true")
    main = tab.page.get_by_test_id("stMain")
    for made in (
        "a[href*=evil]",
        "img[src*=evil]",
        "strong:text-is('b')",
        "b:text-is('c')",
        ".katex",
        "span:text-is('z')",
    ):
        assert main.locator(made).count() == 0, made
    said = tab.text().replace("\u2060", "")
    assert said.count(f"'{EVIL}'") >= 8, said
    if page == "/targets":
        assert f"name contains “{EVIL}”" in said
