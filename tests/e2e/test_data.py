"""News of a deposit in a browser: entered, seen everywhere, confirmed by an import, undone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ccm_data import log, opening, raw
from ccm_data.documents.desk import Desk as Briefings
from ccm_data.documents.report import report
from ccm_data.reading import Reading, read
from ccm_data.vocab import Confidentiality
from tests.e2e.driver import Tab
from tests.e2e.server import Server, running
from tests.importers.untc_shapes import as_html
from tests.overlay.conftest import SHIPPED

TODAY = date.today()
DEPOSIT = TODAY - timedelta(days=7)


@dataclass
class Office:
    """The app of one office, its home, and tabs signed by a person."""

    home: Path
    server: Server
    open_tab: Callable[..., Tab]

    def tab(self, path: str) -> Tab:
        tab = self.open_tab(self.server).open(path)
        field = tab.page.get_by_label("Your name")
        field.fill("Ana")
        field.press("Enter")
        tab.settle()
        return tab

    def reading(self) -> Reading:
        """What documents of this office are made from."""
        store = log.open_store(f"sqlite:///{self.home / 'activities.sqlite'}")
        return read(opening.current(), store, campaign="10MSP", audience=Confidentiality.PUBLIC)


@pytest.fixture
def own_server(tmp_path: Path, chromium: Browser) -> Iterator[Server]:
    with running(tmp_path / "home") as server:
        yield server


@pytest.fixture
def office(own_server: Server, tmp_path: Path, open_tab: Callable[..., Tab], monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    return Office(tmp_path / "home", own_server, open_tab)


def fill(tab: Tab, label: str, text: str) -> None:
    field = tab.page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    tab.settle()


def figures(tab: Tab) -> tuple[list[str], list[str]]:
    """States Parties and signatories on the map, each with what stands under it."""
    shown = tab.page.locator(".figures div")
    return _lines(shown.nth(0).inner_text()), _lines(shown.nth(1).inner_text())


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_news_of_a_deposit(office: Office, tmp_path: Path) -> None:
    map_tab = office.open_tab(office.server).open("/map")
    before = figures(map_tab)
    assert before == (["States Parties", "112"], ["Signatories", "12"])
    was = opening.current()

    tab = office.tab("/data?data_view=News")
    begun = time.monotonic()
    state = tab.page.get_by_role("combobox", name="State")
    state.click()
    state.fill("Kenya")
    tab.page.get_by_role("option", name="Kenya", exact=True).click()
    tab.settle()
    day = tab.page.get_by_role("group", name="Date of the act").get_by_role("spinbutton")
    day.first.click()
    tab.page.keyboard.type(f"{DEPOSIT:%Y%m%d}")
    tab.page.keyboard.press("Escape")
    tab.settle()
    assert "The treaty enters into force for it on" in tab.text()
    fill(tab, "Who says so", "Permanent Mission of Kenya")
    fill(tab, "Link", "https://www.example.org/note")
    tab.press("Enter as provisional")
    assert time.monotonic() - begun < 60
    assert "The news counts, marked as provisional (change 1)" in tab.notices()
    assert "1 not confirmed yet" in tab.text()

    map_tab.open("/map")
    assert figures(map_tab) == (["States Parties", "112", "and 1 provisional"], ["Signatories", "11"])
    legend = map_tab.page.locator(".legend")
    assert "hatched: of these provisional: 1" in legend.inner_text().replace("\n", " ")
    assert "Joined: Kenya (provisional)." in map_tab.page.locator(".said").inner_text()
    assert map_tab.open("/targets").text().count("84 of 84 target states") == 1
    assert "provisional: not confirmed by the depositary" in map_tab.open("/state?state=KEN").text()
    reading = office.reading()
    made = report(reading, date(2026, 1, 1), TODAY)
    assert "0 and 1 provisional new State Party" in made.summary
    assert "Kenya" in made.summary
    briefing = Briefings(reading, ["KEN"]).briefing("KEN")
    status = next(row for row in briefing.sections if row.label == "Status")
    assert "provisional" in status.items[0].text

    page = tmp_path / "page.html"
    kenya = {"treaty": "CCM", "iso3": "KEN", "action": "ratification", "date": DEPOSIT.isoformat(), "precision": "day"}
    acts = [*(row for row in raw.rows(SHIPPED, "treaty_actions") if row["treaty"] == "CCM"), kenya]
    page.write_bytes(as_html("CCM", acts, TODAY))
    tab.press("Bring in")
    tab.page.locator("input[type=file]").set_input_files(page)
    tab.settle()
    assert "221 as in the facts" in tab.text().replace("\n", " ")
    tab.press(f"Take over 1 row, compared through {TODAY.isoformat()}")
    assert "(change 2)" in tab.notices()
    map_tab.open("/map")
    assert figures(map_tab)[0] == ["States Parties", "113"]
    assert "hatched" not in legend.inner_text()
    assert "Treaty actions known through" not in map_tab.text()
    assert (opening.current().horizon, opening.current().overlay.awaiting()) == (TODAY, ())

    for change in (2, 1):
        tab.press("Changes")
        tab.tick_row(2 - change if change == 2 else 2)
        fill(tab, "Reason", "It was a rumour")
        tab.press("Undo this change")
        assert f"Change {change} is undone" in tab.notices()
    map_tab.open("/map")
    assert figures(map_tab) == before
    assert opening.current().digest == was.digest
    tab.press("News")
    assert tab.text().count("not confirmed yet") == 0
