"""Pictures of every page for docs/screenshots: `python -m tests.screenshots`. 1440×900; meeting mode 1920×1080."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from ccm_data.paths import ROOT
from tests.e2e.driver import CHROMIUM_FLAGS, Tab
from tests.e2e.server import running

FOLDER = ROOT / "docs" / "screenshots"
PLAIN, PROJECTOR = (1440, 900), (1920, 1080)
SHOTS = {
    "desk": ("/desk", PLAIN),
    "map": ("/map", PLAIN),
    "map_state": ("/map?state=KEN", PLAIN),
    "map_region": ("/map?view=these_states&group=African", PLAIN),
    "targets": ("/targets", PLAIN),
    "state": ("/state?state=KEN", PLAIN),
    "log": ("/log", PLAIN),
    "log_contact": ("/log?new=contact&state=KEN", PLAIN),
    "plan": ("/plan", PLAIN),
    "meetings": ("/meetings", PLAIN),
    "documents": ("/documents?state=KEN", PLAIN),
    "votes": ("/votes", PLAIN),
    "changes": ("/changes", PLAIN),
    "evaluation": ("/evaluation", PLAIN),
    "data": ("/data", PLAIN),
    "data_news": ("/data?data_view=news", PLAIN),
    "meeting_map": ("/map?meeting=on", PROJECTOR),
    "meeting_signatories": ("/map?meeting=on&category=signatory", PROJECTOR),
    "meeting_state": ("/state?meeting=on&state=KEN", PROJECTOR),
    "meeting_votes": ("/votes?meeting=on", PROJECTOR),
    "meeting_changes": ("/changes?meeting=on", PROJECTOR),
}
"""File name: path and size."""


def main() -> None:
    """Start the app on a home of its own and photograph each page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for name, (path, (width, height)) in SHOTS.items():
            tab = Tab(browser.new_context(viewport={"width": width, "height": height}), server.url)
            tab.open(path)
            tab.page.wait_for_timeout(1500)  # the map paints after the run
            tab.page.screenshot(path=FOLDER / f"{name}.png")
            tab.page.context.close()
            print(f"docs/screenshots/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
