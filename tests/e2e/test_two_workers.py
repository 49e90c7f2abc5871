"""Two processes behind nginx on one PostgreSQL: what one writes the other sees, and neither's end loses anything."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
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


@pytest.fixture
def pair(house: House, open_tab: Callable[..., Tab]) -> tuple[Tab, Tab]:
    """Ana at one worker, Ben at the other, each with a contact that is being written."""
    ana, ben = (open_tab(house.server).open("/log?new=contact&state=KEN", patience=90) for _ in range(2))
    for tab, name in ((ana, "Ana"), (ben, "Ben")):
        write(tab, "Your name", name)
    assert {answered_by(ana), answered_by(ben)} == set(house.workers())
    return ana, ben


def forgive(tab: Tab) -> None:
    """Take out what the browser said about connections that this test broke."""
    tab.errors[:] = [error for error in tab.errors if not LOST.match(error)]


def test_what_one_writes_the_other_sees_and_its_end_loses_nothing(house: House, pair: tuple[Tab, Tab]) -> None:
    ana, ben = pair
    before = house.store.last_seq()
    ben.press("Close")
    write(ana, "What was said", "Will send the bill")
    ana.press("Save")
    eventually(lambda: house.store.last_seq() == before + 1, "the entry in the store")
    saved = time.monotonic()
    ben.press("Timeline")
    ben.press("List")
    seen = ben.page.get_by_test_id("stMain").get_by_text("1 activit", exact=False).or_(
        ben.page.get_by_test_id("stMain").get_by_text("Kenya", exact=False)
    )  # fmt: skip
    seen.first.wait_for(state="attached")
    assert time.monotonic() - saved < 10
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
    eventually(lambda: house.store.last_seq() == before + 2, "the second entry")
    eventually(lambda: len(re.findall("started as process", house.log())) >= 4, "the worker is started again")
    assert [entry.activity.summary for entry in house.store.current().entries[:2]] == [
        "Will sign in May", "Will send the bill",
    ]  # fmt: skip
    forgive(ana)
