"""With broken facts the app starts, says which file and line, and shows the last good snapshot."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ccm_data.dates import words
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
