"""What users come for, counted: the Presidency in a meeting, and a new campaign. Monday morning is in test_desk.py,
after a meeting in test_quick.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from ccm_data.log import open_store
from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server

MEETING, CAMPAIGN = 6, 8
"""Most interactions."""


def test_the_presidency_shows_where_we_stand(tab: Tab) -> None:
    tab.open("/map").painted()
    steps: list[Callable[[], object]] = [
        lambda: tab.page.locator(".st-key-settings").get_by_role("button").first.click(),
        lambda: tab.press("Meeting mode"),
        lambda: tab.page.locator(".tools").get_by_role("button", name="Full screen").click(),
        lambda: tab.click_state("KEN", "Kenya"),
        lambda: tab.page.get_by_role("button", name="Play").click(),
    ]
    for step in steps:
        step()
    assert len(steps) <= MEETING
    said = tab.page.locator(".said")
    eventually(lambda: "End of 2010" in said.inner_text(), "the years go by")
    assert "Joined: " in said.inner_text()
    assert tab.page.evaluate("Boolean(document.fullscreenElement)")
    assert tab.page.locator(".legend").is_visible()


def test_every_year_is_painted_and_named(tab: Tab) -> None:
    tab.open("/map").painted()
    slider = tab.page.get_by_role("slider", name="Year")
    slider.focus()
    tab.page.keyboard.press("Home")
    seen, runs = [], tab.page.get_by_test_id("stApp").get_attribute("data-test-script-state")
    for _ in range(18):
        fills = tab.page.locator(".land path").evaluate_all("all => all.map(one => one.getAttribute('fill')).join()")
        seen.append((tab.page.locator(".said").inner_text(), fills))
        tab.page.keyboard.press("ArrowRight")
    assert runs == "notRunning"
    assert [re.match(r"End of (\d{4}): ", said)[1] for said, _ in seen] == [str(y) for y in range(2008, 2026)]  # type: ignore[index]
    assert "End of 2008: 4 States Parties" in seen[0][0]
    assert "Left: Lithuania." in seen[-1][0]
    for (_, before), (said, after) in pairwise(seen):
        assert (before != after) or "Nobody joined." in said, said


def test_a_new_campaign(fresh_server: Callable[..., Server], open_tab: Callable[..., Tab], tmp_path) -> None:  # type: ignore[no-untyped-def]
    server = fresh_server()
    tab = open_tab(server).open("/map", patience=90)

    def write(label: str, text: str) -> None:
        field = tab.page.get_by_test_id("stMain").get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        tab.settle()

    steps: list[Callable[[], object]] = [
        lambda: tab.page.locator(".st-key-settings").get_by_role("button").first.click(),
        lambda: (tab.page.get_by_role("link", name="Make it a campaign").click(), tab.settle()),
        lambda: write("Your name", "Ana"),
        lambda: write("Name", "15MSP"),
        lambda: write("Target", "3"),
        lambda: tab.press("Review and add"),
        lambda: tab.press("Save"),
    ]
    for step in steps:
        step()
    assert len(steps) <= CAMPAIGN
    store = open_store(f"sqlite:///{tmp_path / 'home' / 'activities.sqlite'}")
    eventually(lambda: "15MSP" in [entry.title for entry in store.entries("campaign")], "the campaign is stored")
    store.close()
