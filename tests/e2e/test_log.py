"""Every path a coordinator takes in the activity log and the work plan, in a browser, on a log of its own."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator

from ccm_data import log
from ccm_data.log import Store, open_store
from ccm_data.vocab import ActivityStatus, ActivityType
from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server, running

ROW, HEAD = 33.4, 35.0
"""Pixels of a table's row and head."""

HOSTILE = "<img src=x onerror=alert(1)> [here](javascript:alert(1)) **bold** :red[x] $x^2$ =cmd|'/c calc'!A1"


@dataclass
class Desk:
    """The app with its log, and tabs signed by people."""

    server: Server
    store: Store
    open_tab: Callable[..., Tab]

    def tab(self, name: str, path: str = "/log") -> Tab:
        """A person's tab, signed."""
        tab = self.open_tab(self.server).open(path)
        field = tab.page.get_by_test_id("stMain").get_by_label("Your name")  # there once the browser said it has none
        field.fill(name)
        field.press("Enter")
        tab.settle()
        return tab

    def add(self, *iso3s: str, **values: object) -> log.Entry:
        """An entry that somebody else made before."""
        made = {"campaign": "10MSP"} | values
        activity = log.quick(ActivityType.BILATERAL_GENEVA, iso3s, date(2022, 3, 1), ActivityStatus.DONE, **made)
        return self.store.save([log.Create(activity)], "Maker")[0]


@pytest.fixture
def own_server(tmp_path: Path, chromium: Browser) -> Iterator[Server]:
    with running(tmp_path / "home") as server:
        yield server


@pytest.fixture
def desk(own_server: Server, open_tab: Callable[..., Tab], tmp_path: Path) -> Iterator[Desk]:
    store = open_store(f"sqlite:///{tmp_path / 'home' / 'activities.sqlite'}")
    yield Desk(own_server, store, open_tab)
    assert log.verify(store).ok
    store.close()


def type_in_cell(tab: Tab, x: float, row: int, text: str, grid: int = 0) -> None:
    """Write into a cell of an edited table and leave it by Enter."""
    canvas = tab.page.get_by_test_id("stDataFrame").nth(grid).locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    tab.page.mouse.dblclick(box["x"] + x, box["y"] + HEAD + ROW * (row + 0.5))
    editor = tab.page.locator(".gdg-input, .gdg-growing-entry textarea").last
    editor.wait_for()
    editor.fill(text)
    editor.press("Enter")
    tab.page.wait_for_timeout(400)
    tab.settle()


def search(tab: Tab) -> Locator:
    """The field that searches the log."""
    return tab.page.get_by_placeholder("Any words")


def dialog(tab: Tab) -> Locator:
    """The open dialog."""
    return tab.page.get_by_role("dialog")


def press(tab: Tab, name: str) -> None:
    """Press a button of the open dialog."""
    dialog(tab).get_by_role("button", name=name, exact=True).click()
    tab.settle()


TITLE = 330
"""Where the title's column is in the edited table, in pixels."""


@pytest.mark.parametrize(("path", "campaign"), [("/log", ""), ("/log?campaign=10MSP", "10MSP")])
def test_a_bilateral_is_logged_in_less_than_twenty_seconds(desk: Desk, path: str, campaign: str) -> None:
    tab = desk.tab("Ana", path)
    begun = time.monotonic()
    tab.press("Log a contact")
    tab.choose("States", "Kenya")
    tab.page.get_by_label("What was said").fill("Will send the bill to parliament")
    tab.press("Save")
    eventually(lambda: desk.store.last_seq() == 1, "the entry in the store")
    taken = time.monotonic() - begun
    (entry,) = desk.store.current().entries
    assert (entry.author, entry.title, entry.activity.summary) == (
        "Ana", "Bilateral in Geneva: Kenya", "Will send the bill to parliament",
    )  # fmt: skip
    assert entry.activity.start == date.today()
    assert entry.activity.campaign == campaign
    assert taken < 20
    assert "1 in the log" in tab.text()


def test_twelve_states_of_an_organization_are_planned_one_by_one(desk: Desk) -> None:
    tab = desk.tab("Ana")
    tab.press("Log a contact")
    tab.press("Add a group")
    tab.choose("Whose states", "ASEAN: Association of Southeast Asian Nations")
    tab.press("Add a group")  # leaving the box has closed it
    tab.page.get_by_role("button", name=re.compile(r"^Add \d+ states")).click()
    tab.settle()
    tab.page.keyboard.press("Escape")
    tab.page.get_by_text("One activity per state").click()
    tab.settle()
    tab.press("Planned")
    tab.press("Save")
    entries = desk.store.current().entries
    assert len(entries) > 5
    assert all(len(entry.activity.states) == 1 and entry.activity.status == "planned" for entry in entries)
    assert len({entry.activity.states[0].iso3 for entry in entries}) == len(entries)
    assert len({entry.batch for entry in entries}) == 1


def test_two_cells_edited_around_a_rerun_are_stored_once_each(desk: Desk) -> None:
    first, second = desk.add("FJI"), desk.add("NRU")  # the later number stands first
    tab = desk.tab("Ana", "/log?log_public=false")
    tab.page.get_by_text("Edit in the table").click()
    tab.settle()
    type_in_cell(tab, TITLE, 0, "Talk with Nauru")
    field = search(tab)  # a rerun in between
    field.fill("bilateral")
    field.press("Enter")
    tab.settle()
    assert "1 unsaved in 1 entry" in tab.text()
    type_in_cell(tab, TITLE, 1, "Talk with Fiji")
    assert "2 unsaved in 2 entries" in tab.text()
    assert desk.store.last_seq() == 2  # nothing is saved by itself
    tab.press("Review and save")
    dialog(tab).get_by_label("Reason").fill("Clearer titles")
    press(tab, "Save")
    eventually(lambda: desk.store.last_seq() == 4, "both edits in the store")
    assert [e.title for e in desk.store.history(second.subject)] == ["Bilateral in Geneva: Nauru", "Talk with Nauru"]
    assert [e.title for e in desk.store.history(first.subject)] == ["Bilateral in Geneva: Fiji", "Talk with Fiji"]
    assert desk.store.get(first.subject).reason == "Clearer titles"
    assert "No unsaved changes" in tab.text()


def test_unsaved_edits_outlive_another_page_and_discard_takes_them_back(desk: Desk) -> None:
    desk.add("FJI")
    tab = desk.tab("Ana")
    tab.page.get_by_text("Edit in the table").click()
    tab.settle()
    type_in_cell(tab, TITLE, 0, "Half done")
    tab.page.get_by_role("link", name="Targets").click()
    tab.settle()
    tab.page.get_by_test_id("stTopNav").get_by_role("button", name="Campaign").click()
    tab.page.get_by_text("Activity log", exact=True).click()
    tab.settle()
    assert "1 unsaved in 1 entry" in tab.text()
    tab.press("Discard")
    assert "unsaved in" not in tab.text()
    assert desk.store.last_seq() == 1


def test_the_second_of_two_editors_chooses_per_field(desk: Desk) -> None:
    entry = desk.add("FJI", place="Geneva")
    ana, ben = desk.tab("Ana"), desk.tab("Ben")
    for tab in (ana, ben):
        tab.page.get_by_text("Edit in the table").click()
        tab.settle()
    type_in_cell(ana, TITLE, 0, "By Ana")
    ana.press("Review and save")
    press(ana, "Save")
    eventually(lambda: desk.store.last_seq() == 2, "Ana's save")
    type_in_cell(ben, TITLE, 0, "By Ben")
    ben.press("Review and save")
    press(ben, "Save")
    said = dialog(ben)
    said.get_by_text("Somebody else changed this").wait_for()
    for words in ("Bilateral in Geneva: Fiji", "By Ana", "By Ben", "Theirs: Ana"):
        assert said.get_by_text(words).count() >= 1, words
    press(ben, "Save the choices")
    assert "choose theirs or yours for title" in said.inner_text()
    assert desk.store.last_seq() == 2
    said.get_by_text("Take yours").click()
    ben.settle()
    press(ben, "Save the choices")
    eventually(lambda: desk.store.last_seq() == 3, "Ben's choice")
    history = desk.store.history(entry.subject)
    assert [(e.title, e.author) for e in history[1:]] == [("By Ana", "Ana"), ("By Ben", "Ben")]
    assert "No unsaved changes" in ben.text()


def test_undo_says_what_it_takes_back(desk: Desk) -> None:
    tab = desk.tab("Ana")
    tab.press("Log a contact")
    tab.choose("States", "Kenya")
    tab.press("Save")
    tab.press("Undo my last save")
    assert "Bilateral in Geneva: Kenya is removed again." in dialog(tab).inner_text()
    press(tab, "Undo it")
    eventually(lambda: desk.store.last_seq() == 2, "the undo")
    assert desk.store.current().total == 0
    assert "0 in the log" in tab.text()


def test_the_full_form_keeps_what_each_state_said(desk: Desk) -> None:
    tab = desk.tab("Ana")
    tab.press("Log a contact")
    tab.press("Full form")
    page = tab.page
    tab.choose("States", "Kenya")
    stage = page.get_by_role("combobox", name="Stage reached")
    stage.fill("In parliament")
    stage.press("Enter")
    tab.settle()
    page.get_by_label("Promise", exact=True).fill("Bill by March")
    page.get_by_label("Position").fill("In favour")
    page.get_by_label("Next step").fill("Send the toolkit")
    page.get_by_label("Documents").fill("javascript:alert(1) Note")
    tab.press("Review and save")
    assert "is not a web address" in tab.notices()
    page.get_by_label("Documents").fill("https://example.org/note Note")
    tab.press("Review and save")
    assert desk.store.last_seq() == 0
    press(tab, "Save")
    (entry,) = desk.store.current().entries
    (state,) = entry.activity.states
    assert (state.stage, state.promise, state.position) == ("in_parliament", "Bill by March", "In favour")
    assert (entry.activity.next_step, entry.activity.documents[0].url) == (
        "Send the toolkit",
        "https://example.org/note",
    )
    assert "1 in the log" in tab.text()


def test_an_entry_becomes_a_series(desk: Desk) -> None:
    entry = desk.add("FJI", place="Geneva")
    tab = desk.tab("Ana", f"/log?entry={entry.subject}")
    tab.press("Plan a series")
    box = dialog(tab).get_by_role("combobox", name="States")
    for name in ("Kenya", "Nauru"):
        box.fill(name)
        tab.page.get_by_role("option", name=name, exact=True).click()
        tab.settle()
    tab.page.keyboard.press("Tab")
    press(tab, "Add 2 planned activities")
    eventually(lambda: desk.store.current().total == 3, "the series")
    planned = [e for e in desk.store.current().entries if e.activity.status == "planned"]
    assert {e.title for e in planned} == {"Bilateral in Geneva: Kenya", "Bilateral in Geneva: Nauru"}
    assert {e.activity.place for e in planned} == {"Geneva"}


def test_delete_needs_a_reason_and_can_be_restored(desk: Desk) -> None:
    entry = desk.add("FJI")
    tab = desk.tab("Ana", f"/log?entry={entry.subject}")
    tab.press("Delete")
    press(tab, "Delete")
    assert "Say why it is deleted" in dialog(tab).inner_text()
    dialog(tab).get_by_label("Reason").fill("Entered twice")
    press(tab, "Delete")
    eventually(lambda: desk.store.get(entry.subject).deleted, "the deletion")
    assert desk.store.get(entry.subject).reason == "Entered twice"
    tab.press("Restore")
    eventually(lambda: not desk.store.get(entry.subject).deleted, "the restoration")
    assert desk.store.get(entry.subject).author == "Ana"


def test_an_import_shows_errors_by_row_and_writes_only_what_is_agreed(desk: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "talks.csv"
    rows = [
        "Date,Country,type,status,title",
        "2022-01-10,Fiji,Bilateral in Geneva,done,Talk one",
        "2022-13-40,Fiji,Bilateral in Geneva,done,Talk two",
        "2022-01-12,Atlantis,Bilateral in Geneva,done,Talk three",
        "2022-01-13,NRU,bilateral_geneva,planned,Talk four",
    ]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    tab = desk.tab("Ana")
    tab.press("Import and export")
    tab.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(sheet)
    tab.settle()
    text = tab.text()
    assert "2 error" in text
    assert "2 new" in text
    button = tab.page.get_by_role("button", name="Import 2 entries")
    assert button.is_disabled()
    tab.page.get_by_text("Leave out the 2 rows with errors").click()
    tab.settle()
    button.click()
    eventually(lambda: desk.store.current().total == 2, "the import")
    entries = desk.store.current().entries
    assert {e.title for e in entries} == {"Talk one", "Talk four"}
    assert {e.reason for e in entries} == {"Import of talks.csv"}
    assert {e.author for e in entries} == {"Ana"}


def test_exports_hold_what_is_filtered_and_nothing_runs(desk: Desk, tmp_path: Path) -> None:
    desk.add("FJI", title=f"={HOSTILE}"[:200], next_step="Call", due_date=date(2022, 4, 1))
    desk.add("KEN")
    tab = desk.tab("Ana", "/log?state=FJI")
    tab.press("Import and export")

    def download(name: str) -> Path:
        with tab.page.expect_download() as coming:
            tab.page.get_by_role("button", name=name).first.click()
        path = tmp_path / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    with download("CSV").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["iso3"] for row in rows] == ["FJI"]
    assert rows[0]["title"].startswith("'=")
    sheet = openpyxl.load_workbook(download("Excel")).active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value and cell.data_type == "f"] == []
    assert b"Due: Call" in download("Calendar").read_bytes()
    revisions = [json.loads(line) for line in download("Whole history").read_text(encoding="utf-8").splitlines()]
    assert [revision["seq"] for revision in revisions] == [1, 2]


def test_hostile_text_is_shown_as_it_is(desk: Desk) -> None:
    entry = desk.add("FJI", title=HOSTILE, summary=HOSTILE, next_step=HOSTILE, owner="*O*")
    tab = desk.tab("Ana", f"/log?entry={entry.subject}")
    main = tab.page.get_by_test_id("stMain")
    assert main.get_by_text(HOSTILE).count() >= 2  # heading and summary, letter by letter
    assert main.locator("img[src=x], a[href^=javascript], strong:has-text('bold'), .katex").count() == 0
    tab.press("Edit")
    assert tab.page.locator("img[src=x], a[href^=javascript]").count() == 0
    tab.press("Close")
    tab.press("Undo my last save")
    assert tab.page.locator("img[src=x], a[href^=javascript]").count() == 0


def test_the_address_holds_view_and_filters_but_no_text(desk: Desk) -> None:
    desk.add("FJI", owner="Secret Owner")
    tab = desk.tab("Ana")
    field = search(tab)
    field.fill("Secret")
    field.press("Enter")
    tab.settle()
    tab.choose("Activity status", "Done")
    tab.press("Timeline")
    asked = tab.address()
    assert asked["log_view"] == ["timeline"]
    assert asked["log_status"] == ["done"]
    assert "secret" not in tab.page.url.lower()
    assert "ana" not in {value.lower() for values in asked.values() for value in values}


def test_a_plan_item_is_edited_in_the_table(desk: Desk) -> None:
    tab = desk.tab("Ana", "/plan?as_of=2022-04-01")
    assert tab.figure("Plan items") == "14"
    tab.press("Edit")
    type_in_cell(tab, 100, 0, "Meet the ISU")
    assert desk.store.last_seq() == 0
    tab.press("Review and save")
    press(tab, "Save")
    eventually(lambda: desk.store.last_seq() == 1, "the edit")
    assert "Meet the ISU" in {entry.title for entry in desk.store.entries("plan_item", "10MSP")}
    assert len(desk.store.entries("plan_item", "10MSP")) == 14
