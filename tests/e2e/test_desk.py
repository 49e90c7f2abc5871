"""Monday morning with a mouse: five calls, the first state, its briefing, in few interactions; and the last visit."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.e2e.driver import Tab, eventually
from tests.e2e.server import Server

MOST = 5
CALL = re.compile(r"^Ask ", re.MULTILINE)


def test_monday_morning_takes_few_interactions(tab: Tab, tmp_path: Path) -> None:
    tab.open("/map")
    done = 0

    def click(role: str, name: str | re.Pattern[str]) -> None:
        nonlocal done
        tab.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        done += 1

    click("link", "Desk")
    eventually(lambda: len(CALL.findall(tab.text())) == 5, "five calls", patience=60)
    tab.settle()
    assert tab.heading("5 calls to make this week").is_visible()
    first = tab.page.get_by_test_id("stMain").get_by_test_id("stPageLink").first.inner_text().split("\n")[-1].strip()
    click("link", first)
    tab.page.get_by_role("heading", name=first, exact=True, level=1).wait_for()
    tab.settle()
    assert len(tab.address()["state"]) == 1
    click("button", "Make the briefing")
    with tab.page.expect_download() as coming:
        click("button", re.compile("PDF"))
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.name.startswith(f"ccm-briefing-{tab.address()['state'][0]}-")
    assert done <= MOST, f"{done} interactions"


def test_five_briefings_by_one_press(tab: Tab, tmp_path: Path) -> None:
    tab.open("/desk")
    eventually(lambda: len(CALL.findall(tab.text())) == 5, "five calls", patience=60)
    tab.settle()
    with tab.page.expect_download() as coming:
        tab.page.get_by_role("button", name="Make 5 briefings").click()
    path = tmp_path / "briefings.docx"
    coming.value.save_as(path)
    assert path.read_bytes().startswith(b"PK")


def test_the_browser_remembers_the_visit(tab: Tab) -> None:
    first_visit = "This is the first visit from this browser"
    tab.open("/desk")
    eventually(lambda: first_visit in tab.text(), "the first visit")
    eventually(lambda: tab.page.evaluate("localStorage.getItem('ccm.visit')"), "the visit in the browser")
    tab.page.reload()
    tab.settle()
    assert first_visit in tab.text(), "a reload is the same visit"
    earlier = "localStorage.setItem('ccm.visit', localStorage.getItem('ccm.visit').replace(/(?<=\"at\": \")20/, '19'))"
    tab.page.evaluate(earlier)
    tab.page.reload()
    tab.settle()
    eventually(lambda: first_visit not in tab.text() and "New since" in tab.text(), "the second visit")


def test_a_phone_has_the_calls_first_in_one_column(server: Server, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(server, 390, 844).open("/desk")
    eventually(lambda: len(CALL.findall(tab.text())) == 5, "five calls", patience=60)
    tab.settle()
    headings = tab.page.get_by_test_id("stMain").get_by_role("heading", level=2)
    assert [heading.split(":")[0].split(" since")[0] for heading in headings.all_inner_texts()] == [
        "5 calls to make this week", "Due and overdue", "New", "Next forum", "My entries without an outcome",
    ]  # fmt: skip
    assert tab.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
