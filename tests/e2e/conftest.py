"""A running app and a browser for the tests of this folder, and of `tests.benchmarks`."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ccm_data.paths import ROOT

if str(ROOT) not in sys.path:  # the pages are no installed package
    sys.path.insert(0, str(ROOT))

from tests.e2e.driver import CHROMIUM_FLAGS, Tab
from tests.e2e.server import Server, running

SHOTS = Path(__file__).parent / "shots"
INSTALL = (
    "No Chromium was found, which the tests in a browser need; install it by "
    "`apt-get install chromium libegl-mesa0 libegl1 libgl1-mesa-dri`."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed and report.when == "call":
        for number, tab in enumerate(getattr(item, "tabs", [])):
            tab.shot(SHOTS / f"{re.sub(r'[^0-9a-zA-Z]+', '_', item.name)}_{number}.png")
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it; without one the tests are skipped, with CI=true they fail."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)(INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Server]:
    """The app on the shipped facts, shared by the tests."""
    with running(tmp_path_factory.mktemp("home")) as started:
        yield started
        assert not started.asked_outside(), started.asked_outside()


@pytest.fixture
def fresh_server(tmp_path: Path, chromium: Browser) -> Iterator[Callable[..., Server]]:
    """Starts an app whose process has served nobody yet; takes environment variables."""
    with ExitStack() as stack:
        yield lambda **environment: stack.enter_context(running(tmp_path / "home", **environment))


@pytest.fixture
def open_tab(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Tab]]:
    """Opens a tab at a server; after the test each must have kept to the machine and shown no error."""
    tabs: list[Tab] = []
    request.node.tabs = tabs

    def open_(server: Server, width: int = 1440, height: int = 900) -> Tab:
        context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        tabs.append(Tab(context, server.url))
        return tabs[-1]

    yield open_
    try:
        for tab in tabs:
            tab.verify()
    finally:
        for tab in tabs:
            tab.page.context.close()


@pytest.fixture
def tab(open_tab: Callable[..., Tab], server: Server) -> Tab:
    """A tab at the shared app."""
    return open_tab(server)
