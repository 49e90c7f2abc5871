"""Every page with a hostile address over a hostile log, in a browser: nothing of it runs, fetches or breaks a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from ccm_data.log import open_store
from pages.components import frame, parameters
from tests.app.test_plain_text import MARKER, hostile
from tests.e2e.driver import Tab
from tests.e2e.server import Server

ODD = (MARKER, "<script>alert(1)</script>", "javascript:alert(1)", "../../etc/passwd", "9" * 200, "2022-02-30", "%00")


def test_a_crawl_with_hostile_addresses(
    fresh_server: Callable[..., Server],
    open_tab: Callable[..., Tab],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    store = open_store()
    for create in hostile():
        store.save([create], MARKER, MARKER)
    entry = store.current().entries[0].subject
    store.close()
    tab = open_tab(fresh_server())
    said: list[str] = []
    tab.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    names = [*parameters.every()]
    for place, page in enumerate(frame.PAGES):
        told = {name: ODD[(place + at) % len(ODD)] for at, name in enumerate(names) if (place + at) % 3 == 0}
        told |= {"state": "KEN"} if page == "state" else {"entry": entry} if page == "log" else {}
        tab.open(f"/{page}?" + "&".join(f"{name}={quote(value)}" for name, value in told.items()))
        assert tab.page.locator("[data-testid=stException]").count() == 0, page
        assert tab.page.locator("a[href*='evil.example'], img[src*='evil.example'], img[onerror]").count() == 0, page
    assert said == []
