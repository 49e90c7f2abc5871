"""Nothing leaves the machine, and nothing complains, on a tour of everything."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.e2e.driver import Tab
from tests.e2e.server import WATCH, Server

LONG_PAGES = 180  # seconds: one page computes for long on its first visit and shows its progress


def test_no_request_leaves_the_machine_on_a_whole_tour(
    open_tab: Callable[..., Tab], fresh_server: Callable[..., Server]
) -> None:
    from pages.components.frame import PAGES  # imports Streamlit

    server = fresh_server()
    tab = open_tab(server).open("/")
    tab.painted()
    tab.hover("BRA")
    tab.click_state("KEN", "Kenya")
    tab.colour("Target categories")
    tab.colour("Latest vote")
    tab.filter("Signatory, not ratified")
    tab.choose("View", "Africa")
    tab.filter("Clear filters")
    for name in PAGES:
        tab.open(f"/{name}?state=KEN&as_of=2021-11-30", patience=LONG_PAGES)
        for number in range(tab.page.get_by_role("tab").count()):
            tab.page.get_by_role("tab").nth(number).click()
            tab.settle()
        assert len(tab.text()) > 50, f"{name} is empty"
        tab.verify()
    tab.open("/targets?category=signatory")
    for button in ("CSV", "Excel with sources"):
        with tab.page.expect_download():
            tab.page.get_by_test_id("stDownloadButton").filter(has_text=button).get_by_role("button").click()
    assert not tab.outside(), tab.outside()
    assert len(tab.requests) > 100, "the tour was noted"
    assert not server.asked_outside(), "the server asked outside the machine"


def test_the_watch_over_the_server_sees_a_request_that_leaves(tmp_path: Path) -> None:
    """The tour above proves something only if a request that leaves would be seen."""
    log = tmp_path / "outside.log"
    code = "import socket; s = socket.socket(); s.settimeout(0.01); s.connect_ex(('192.0.2.1', 9))"
    environment = {**os.environ, "PYTHONPATH": str(WATCH), "WATCH_OUTSIDE": str(log)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert log.read_text(encoding="utf-8") == "socket.connect 192.0.2.1\n"
