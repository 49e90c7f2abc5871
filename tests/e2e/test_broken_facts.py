"""With broken facts the app starts, says which file and line, and shows the last good snapshot."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ccm_data.dates import words
from ccm_data.log import Create, open_store, parse
from ccm_data.paths import PACKAGE
from tests.e2e.driver import Tab
from tests.e2e.server import Server


def test_the_last_good_snapshot_is_shown_with_the_place_of_the_error(
    open_tab: Callable[..., Tab], fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(PACKAGE / "facts", facts)
    path = facts / "treaty_actions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert "ratification" in "".join(lines)
    line = next(number for number, text in enumerate(lines) if ",ratification," in text)
    lines[line] = lines[line].replace(",ratification,", ",ratifikation,")
    path.write_text("".join(lines), encoding="utf-8")

    tab = open_tab(fresh_server(CCM_FACTS=str(facts))).open("/map")
    place = f"treaty_actions.csv:{line + 1}: action: "
    said = tab.notices()
    assert place in said, said
    assert "this is the last good snapshot, of 2026-06-02." in said
    tab.painted(at_least=0.05)
    assert tab.figure("States Parties") == "112"

    tab.open("/map?as_of=2026-06-01")
    assert "this is the last good snapshot, of 2026-02-03." in tab.notices()
    tab.open("/map?as_of=2025-08-01")
    assert "this is the last good snapshot, of 2024-12-31." in tab.notices()
    tab.open("/targets?category=signatory")
    assert tab.heading(f"12 of 85 target states on {words(date.today())}").is_visible()
    tab.open("/state?state=KEN")
    assert tab.heading("Kenya").first.is_visible()
    assert "This part needs the facts themselves." in tab.notices()
    tab.open("/data")
    assert place in tab.text()


def test_a_log_damaged_while_the_app_runs_closes_and_the_map_goes_on(
    open_tab: Callable[..., Tab], fresh_server: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    store = open_store()
    talk = {"start": "2026-01-10", "type": "bilateral_geneva", "status": "done", "title": "Talk",
            "states": [{"iso3": "KEN"}], "next_step": "Call"}  # fmt: skip
    store.save([Create(parse("activity", talk))], "Ana")
    place = store.place
    store.close()
    tab = open_tab(fresh_server()).open("/map?state=KEN")
    assert "cannot be read" not in tab.notices()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("DROP TRIGGER log_revision_no_update")
        connection.execute("UPDATE log_revision SET payload = '{'")
        connection.commit()
    tab.open("/targets?state=FJI")
    tab.open("/state?state=KEN")
    assert "The log is damaged: revision 1 cannot be read; restore a backup" in tab.notices()
    tab.open("/map")
    tab.painted(at_least=0.05)
    assert tab.figure("States Parties") == "112"
