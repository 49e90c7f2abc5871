"""Meeting mode: nothing but public entries reaches the browser, and no accident leaves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ccm_data.log import Activity, Create, StateEntry, open_store
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Role
from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server

SECRET = "Zwanzigtausend-Quitten"
OPEN = "Offenes-Haselnussgebaeck"
PAGES = ("/map", "/state?state=KEN", "/votes", "/changes")


def entry(word: str, confidentiality: Confidentiality) -> Create:
    return Create(
        Activity(
            start=date(2026, 1, 10), type=ActivityType.BILATERAL_GENEVA, status=ActivityStatus.DONE,
            title=f"Talk {word}", summary=f"Said {word}", owner=f"Owner {word}", next_step=f"Step {word}",
            states=(StateEntry(iso3="KEN", role=Role.TARGET, position=f"Position {word}"),),
            confidentiality=confidentiality,
        )
    )  # fmt: skip


@pytest.fixture
def written(fresh_server: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """An app whose log holds one internal, one partners' and one public entry."""
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    store = open_store()
    store.save(
        [
            entry(SECRET, Confidentiality.INTERNAL),
            entry(SECRET + "-partners", Confidentiality.PARTNERS),
            entry(OPEN, Confidentiality.PUBLIC),
        ],
        author="Tester",
    )
    store.close()
    return fresh_server()


def listen(tab: Tab) -> list[bytes]:
    """Every websocket frame and every downloaded file that the server sends to this tab from now on."""
    heard: list[bytes] = []

    def frame(payload: bytes | str) -> None:
        heard.append(payload.encode() if isinstance(payload, str) else payload)

    tab.page.on("websocket", lambda socket: socket.on("framereceived", frame))
    return heard


def download_all(tab: Tab) -> list[bytes]:
    """The files behind every download button in view."""
    files = []
    for button in tab.page.get_by_test_id("stDownloadButton").get_by_role("button").all():
        if button.is_visible():
            with tab.page.expect_download() as started:
                button.click()
            files.append(Path(started.value.path()).read_bytes())
    return files


def test_no_byte_of_an_internal_entry_is_sent(written, open_tab):
    plain = open_tab(written)
    sent = listen(plain)
    plain.open("/log")
    assert any(SECRET.encode() in payload for payload in sent), "the entry must be there to be kept back"

    tab = open_tab(written)
    heard = listen(tab)
    for path in PAGES:
        tab.open(path + ("&" if "?" in path else "?") + "meeting=on")
        heard += download_all(tab)
        for name in tab.page.get_by_role("tab").all():
            name.click()
            tab.settle()
    for hidden in ("/log", "/plan", "/targets", "/documents", "/evaluation"):
        tab.open(hidden + "?meeting=on")
        assert "is not shown in meeting mode" in tab.notices()
    assert sum(map(len, heard)) > 100_000
    assert not any(SECRET.encode() in payload for payload in heard)


def test_going_back_and_reloading_stay_typing_the_word_leaves(open_tab, server):
    tab = open_tab(server).open("/map")
    settings = tab.page.locator(".st-key-settings").get_by_role("button").first
    settings.click()
    tab.press("Meeting mode")
    eventually(lambda: "Meeting mode" in settings.inner_text(), "a fixed mark says meeting mode")
    assert tab.address()["meeting"] == ["on"]
    tab.page.go_back()
    tab.settle()
    eventually(lambda: "Meeting mode" in settings.inner_text(), "still in meeting mode after going back")
    tab.page.reload()
    tab.settle()
    eventually(lambda: "Meeting mode" in settings.inner_text(), "still in meeting mode after reloading")
    settings.click()
    word = tab.page.get_by_label("Type “leave” to leave meeting mode")
    word.fill("let me out")
    word.press("Enter")
    tab.settle()
    assert "Meeting mode" in settings.inner_text()
    word.fill("leave")
    word.press("Enter")
    tab.settle()
    eventually(lambda: "As known on" in settings.inner_text(), "the office is back")
    assert "meeting" not in tab.address()
    tab.page.reload()
    tab.settle()
    assert "As known on" in settings.inner_text()


def test_a_meeting_reads_large_and_shows_no_order(open_tab, server):
    tab = open_tab(server, 1920, 1080).open("/map?meeting=on")
    tab.painted()
    size = tab.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= 18
    assert "Who is next" not in tab.text()
    drawn = tab.map.bounding_box()
    assert drawn["width"] * drawn["height"] >= 0.75 * 1920 * 1080
    assert drawn["y"] + drawn["height"] < 1080
    names = tab.page.locator(".names").evaluate("names => parseFloat(names.getAttribute('font-size'))")
    assert names >= 24
    marks = tab.page.locator(".marks circle").evaluate_all(
        "all => Math.min(...all.map(one => one.getBoundingClientRect().width))"
    )
    assert marks >= 10
