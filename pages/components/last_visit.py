"""What this browser remembers of the last visit, so that a page can say what came since."""

from __future__ import annotations

from datetime import UTC, datetime

from ccm_data import desk, visit
from ccm_data.visit import Mark
from pages.components import browser
from pages.components.frame import Context

KEPT = "visit"
"""Under this name the browser keeps the visit."""


def since(context: Context) -> Mark | None:
    """How far the last visit had seen; None on the first, on an earlier day, and before the browser has answered.

    Looking is noted for the next visit. Call it once per page.
    """
    held = None
    if desk.is_now(context) and browser.is_known():
        at = datetime.now(UTC).replace(second=0, microsecond=0)
        held = visit.visit(visit.parse(browser.read(KEPT)), desk.here(context), at)
        browser.write(KEPT, held.text())
    browser.connect("visit")
    return held.since if held else None
