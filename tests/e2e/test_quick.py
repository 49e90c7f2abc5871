"""Logging a contact in a browser: how many steps it takes, on a phone too, and what a draft outlives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ccm_data.log import Store, open_store
from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server, free_port, running

STEPS = 8
PHONE = (390, 844)
FORGETFUL = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError') } })"
)


@pytest.fixture
def own_server(tmp_path: Path, chromium: Browser) -> Iterator[Server]:
    with running(tmp_path / "home") as server:
        yield server


@pytest.fixture
def store(own_server: Server, tmp_path: Path) -> Iterator[Store]:
    """The log of the server."""
    opened = open_store(f"sqlite:///{tmp_path / 'home' / 'activities.sqlite'}")
    yield opened
    opened.close()


def write(tab: Tab, label: str, text: str) -> None:
    """Write into a field of the main part and leave it."""
    field = tab.page.get_by_test_id("stMain").get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    tab.settle()


def stored(tab: Tab, name: str) -> str:
    """What the browser keeps under a name."""
    return str(tab.page.evaluate("name => localStorage.getItem('ccm.' + name) ?? ''", name))


def test_a_contact_is_logged_in_eight_steps(own_server: Server, store: Store, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(own_server).open("/map", patience=90)
    steps: list[Callable[[], object]] = [
        lambda: tab.page.get_by_test_id("stTopNav").get_by_role("button", name="Campaign").click(),
        lambda: (tab.page.get_by_text("Activity log", exact=True).click(), tab.settle()),
        lambda: write(tab, "Your name", "Ana"),
        lambda: tab.press("Log a contact"),
        lambda: tab.choose("States", "Kenya"),
        lambda: write(tab, "What was said", "Will send the bill"),
        lambda: write(tab, "Promise", "Bill by March"),
        lambda: tab.press("Save"),
    ]
    assert len(steps) <= STEPS
    for step in steps:
        step()
    eventually(lambda: store.last_seq() == 1, "the entry in the store")
    (entry,) = store.current().entries
    assert (entry.author, entry.title, entry.activity.summary, entry.activity.states[0].promise) == (
        "Ana", "Bilateral in Geneva: Kenya", "Will send the bill", "Bill by March",
    )  # fmt: skip
    assert stored(tab, "author") == "Ana"
    assert stored(tab, "draft.quick") == ""
    tab.open("/log?new=contact&state=KEN")  # a later visit: the name is known, the state is there
    assert tab.page.get_by_test_id("stMain").get_by_label("Your name").count() == 0
    tab.press("Save")
    eventually(lambda: store.last_seq() == 2, "the second entry")
    assert store.last_save("Ana")[0].title == "Bilateral in Geneva: Kenya"


def test_a_draft_outlives_a_reload_and_a_restart_of_the_server(
    tmp_path: Path, chromium: Browser, open_tab: Callable[..., Tab]
) -> None:
    port = free_port()
    with running(tmp_path / "home", port=port) as server:
        tab = open_tab(server).open("/log?new=contact&state=KEN")
        write(tab, "Your name", "Ana")
        write(tab, "What was said", "In favour")
        write(tab, "Next step", "Send the toolkit")
        eventually(lambda: "Send the toolkit" in stored(tab, "draft.quick"), "the draft in the browser")
        tab.page.reload()
        tab.settle()
        eventually(lambda: "restored" in tab.text(), "the draft after a reload")
        tab.settle()
        assert tab.page.get_by_label("What was said").input_value() == "In favour"
        tab.page.goto("about:blank")
    with running(tmp_path / "home", port=port):
        tab.open("/log")
        eventually(lambda: "Not saved yet" in tab.text(), "the draft above the list")
        tab.press("Go on")
        eventually(lambda: "restored" in tab.text(), "the draft after a restart")
        assert tab.page.get_by_label("What was said").input_value() == "In favour"
        assert tab.page.get_by_label("Next step", exact=True).input_value() == "Send the toolkit"
        assert "Kenya" in tab.text()
        tab.press("Discard")
        assert tab.page.get_by_label("What was said").input_value() == ""
        eventually(lambda: stored(tab, "draft.quick") == "", "no draft")


def test_a_phone_has_one_column_and_save_within_reach(
    own_server: Server, store: Store, open_tab: Callable[..., Tab]
) -> None:
    tab = open_tab(own_server, *PHONE).open("/log?new=contact&state=KEN")
    write(tab, "Your name", "Ana")
    wide = tab.page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    assert wide == [0, 0]
    fields = tab.page.get_by_test_id("stMain").locator("input[aria-label]:visible, textarea:visible")
    places = [(field.get_attribute("aria-label"), box) for field in fields.all() if (box := field.bounding_box())]
    assert [name for name, box in places if box["x"] < 0 or box["x"] + box["width"] > PHONE[0]] == []
    labels = ("What was said", "Promise", "Next step")
    lefts = [tab.page.get_by_label(label, exact=True).bounding_box() for label in labels]
    assert len({box["x"] for box in lefts if box}) == 1
    tab.press("Save")
    eventually(lambda: store.last_seq() == 1, "the entry in the store")


def test_the_quick_entry_fits_the_first_screen(own_server: Server, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(own_server).open("/log?new=contact&state=KEN")
    button = tab.page.get_by_role("button", name="Save", exact=True)
    button.wait_for()
    tab.settle()
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900


def test_without_storage_everything_else_works(own_server: Server, store: Store, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(own_server)
    tab.page.add_init_script(FORGETFUL)
    tab.open("/log?new=contact&state=KEN")
    write(tab, "Your name", "Ana")
    tab.press("Save")
    eventually(lambda: store.last_seq() == 1, "the entry in the store")
