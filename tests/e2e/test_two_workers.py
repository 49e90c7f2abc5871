"""Two processes behind nginx on one PostgreSQL: what one writes the other sees, and neither's end loses anything."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ccm_data.log import Store, migrate_store, open_store, verify
from tests.cluster import Cluster
from tests.e2e.driver import Tab, eventually
from tests.e2e.server import STARTS_WITHIN, Server, free_ports

UNKNOWN = "console: The page that you have requested does not seem to exist."
"""Streamlit's own word, before a process has served its first page."""

LOST = re.compile(r"console: (?!.*Content.Security.Policy).*(ERR_CONNECTION_REFUSED|WebSocket|50[024])")
"""What a browser says while the process that it spoke to is gone."""


@dataclass
class House:
    """nginx and two workers over a database."""

    server: Server
    supervisor: subprocess.Popen[bytes]
    cluster: Cluster
    store: Store

    def log(self) -> str:
        return self.server.log.read_text(encoding="utf-8")

    def workers(self) -> dict[str, int]:
        """Process by port, as the supervisor told last."""
        port = int(self.server.url.rpartition(":")[2])
        told = re.findall(r"Worker (\d) started as process (\d+)", self.log())
        return {str(port + int(number)): int(process) for number, process in told}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with Cluster() as cluster:
        migrate_store(cluster.url)
        server = Server(f"http://localhost:{free_ports(3)}", folder / "server.log", folder / "outside.log")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CCM_", "STREAMLIT_"))}
        kept |= {"CCM_HOME": str(folder), "CCM_DATABASE_URL": cluster.url}
        command = [sys.executable, "-m", "ccm_data.cli", "serve", "--port", server.url.rpartition(":")[2]]
        with server.log.open("wb") as log:
            supervisor = subprocess.Popen(
                [*command, "--", "--server.fileWatcherType=none"], env=kept, stdout=log, stderr=log
            )
        store = open_store(cluster.url)
        made = House(server, supervisor, cluster, store)
        try:
            eventually(lambda: "Ready on" in made.log() or supervisor.poll() is not None, "start", STARTS_WITHIN)
            assert supervisor.poll() is None, made.log()
            yield made
            assert verify(store).ok
        finally:
            store.close()
            processes = [*made.workers().values()]
            supervisor.terminate()
            assert supervisor.wait(20) == 0
            assert [process for process in processes if Path(f"/proc/{process}").exists()] == []
            with pytest.raises(urllib.error.URLError):
                urllib.request.urlopen(server.url, timeout=2)


def answered_by(tab: Tab) -> str:
    """Port of the worker that a browser speaks to."""
    return next(cookie["value"] for cookie in tab.page.context.cookies() if cookie["name"] == "ccm_worker")


def write(tab: Tab, label: str, text: str) -> None:
    field = tab.page.get_by_test_id("stMain").get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    tab.settle()


def forgive(tab: Tab) -> None:
    """Take out what the browser said about connections that this test broke."""
    tab.errors[:] = [error for error in tab.errors if not LOST.match(error)]


def test_all_of_the_app_keeps_to_the_policy(house: House, open_tab: Callable[..., Tab]) -> None:
    """The map, charts, components, a script of ours, downloads and uploads work under it; each tab ends without a
    word in its console."""
    tab = open_tab(house.server).open("/nowhere", patience=90)  # the first page of a process is loaded anew by a script
    eventually(lambda: "There is no page 'nowhere'" in tab.notices(), "the sentence")
    tab.errors[:] = [error for error in tab.errors if not error.startswith(UNKNOWN)]
    tab.open("/map").page.locator(".land path").first.wait_for()
    tab.open("/targets?category=signatory")
    with tab.page.expect_download() as coming:
        tab.page.get_by_test_id("stDownloadButton").filter(has_text="CSV").get_by_role("button").click()
    assert "Angola" in coming.value.path().read_text(encoding="utf-8-sig")
    tab.open("/votes", patience=90)
    tab.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    tab.open("/meetings", patience=90).page.locator("[data-testid=stDeckGlJsonChart] canvas").first.wait_for()
    answer = tab.page.request.get(f"{house.server.url}/map")
    assert {name: answer.headers[name] for name in ("x-content-type-options", "referrer-policy")} == {
        "x-content-type-options": "nosniff", "referrer-policy": "same-origin",
    }  # fmt: skip
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    for path in ("/_stcore/metrics", "//_stcore/metrics", "/map/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert tab.page.request.get(house.server.url + path).status == 404, path
    script = re.findall(r"static/js/index[^\"]+", answer.text())[0]
    assert tab.page.request.get(f"{house.server.url}/{script}").headers["content-encoding"] == "gzip"
    strange = tab.page.request.get(house.server.url, headers={"Host": "rebound.example"})
    assert strange.status == 421
    large = tab.page.request.put(f"{house.server.url}/_stcore/upload_file/a/b", data=b"0" * 7_000_000)
    assert large.status == 413


def database_restarts(house: House, ana: Tab, ben: Tab) -> None:
    """While two are writing: both are told, keep what they typed, and save it once."""
    before = house.store.last_seq()
    write(ana, "What was said", "Cabinet in June")
    ben.press("Full form")
    write(ben, "Summary", "Parliament in July")
    house.cluster.stop()
    try:
        ana.press("Save")
        assert "The database cannot be reached" in ana.notices()
        assert "What you wrote is kept: save it again, it is stored once." in ana.notices()
        assert ana.page.get_by_test_id("stAlert").count() == 1
        assert ana.page.get_by_label("What was said", exact=True).input_value() == "Cabinet in June"
        ben.press("Review and save")
        ben.page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
        ben.settle()
        assert "What you wrote is kept: save it again, it is stored once." in ben.notices()
        other = ana.page.context.new_page()
        other.goto(f"{house.server.url}/plan")
        other.get_by_test_id("stAlert").get_by_text("The database cannot be reached").wait_for()
        assert other.get_by_test_id("stException").count() == 0
    finally:
        house.cluster.start()
    other.reload()
    other.get_by_role("heading", name="Work plan").first.wait_for()
    other.close()
    ana.press("Save")
    eventually(lambda: house.store.last_seq() == before + 1, "Ana's entry")
    ben.page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    eventually(lambda: house.store.last_seq() == before + 2, "Ben's entry")
    said = [entry.activity.summary for entry in house.store.current().entries]
    assert (said.count("Cabinet in June"), said.count("Parliament in July")) == (1, 1)


def the_other_sees(house: House, ana: Tab, ben: Tab) -> None:
    """What Ana writes through her worker Ben sees at his at the next click."""
    before = house.store.last_seq()
    ben.open("/state")
    ana.press("Log a contact")
    write(ana, "What was said", "Will send the bill")
    write(ana, "Promise", "Bill by March")
    ana.press("Save")
    eventually(lambda: house.store.last_seq() == before + 1, "the entry in the store")
    assert "Bill by March" not in ben.text()
    ben.choose("Find a state", "Kenya")
    assert "Bill by March" in ben.text()  # at the next click


def worker_dies(house: House, ana: Tab) -> None:
    """Ana goes on at the other worker, with what she typed."""
    before = house.store.last_seq()
    ana.press("Log a contact")
    write(ana, "What was said", "Will sign in May")
    address, worker = ana.page.url, answered_by(ana)
    os.kill(house.workers()[worker], signal.SIGKILL)
    eventually(lambda: answered_by(ana) != worker, "the other worker answers Ana")
    ana.settle()
    field = ana.page.get_by_test_id("stMain").get_by_label("What was said", exact=True)
    eventually(lambda: field.input_value() == "Will sign in May", "what was typed is there")
    assert ana.page.url == address
    ana.press("Save")
    eventually(lambda: house.store.last_seq() == before + 1, "the entry after it")
    eventually(lambda: len(re.findall("started as process", house.log())) == 4, "the worker is started again")
    said = {entry.activity.summary for entry in house.store.current().entries}
    assert said >= {"Will send the bill", "Will sign in May"}
    forgive(ana)


def test_two_people_at_two_workers(house: House, open_tab: Callable[..., Tab]) -> None:
    ana, ben = (open_tab(house.server).open("/log?new=contact&state=KEN", patience=90) for _ in range(2))
    for tab, name in ((ana, "Ana"), (ben, "Ben")):
        write(tab, "Your name", name)
    assert {answered_by(ana), answered_by(ben)} == set(house.workers())
    database_restarts(house, ana, ben)
    the_other_sees(house, ana, ben)
    worker_dies(house, ana)
    forgive(ana)
