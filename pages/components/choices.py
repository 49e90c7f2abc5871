"""The views and choices that pages offer: of each the codes that stand in an address, and the words people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ccm_data import mapping

VIEWS = tuple(mapping.VIEWS)
DATA_VIEWS = ("Facts", "News", "Bring in", "Correct", "Changes", "Not known", "Findings", "Sources")
PLAN_VIEWS = ("Plan", "Edit", "Campaigns", "Stages")
LOG_VIEWS = ("List", "Timeline", "Next steps", "Coverage", "Import and export")
LOG_SCOPES = ("This campaign", "All campaigns")
CHANGES_VIEWS = ("Between two days", "Year by year")

VOTERS = {"targets": "Targets in the filter", "changed": "Those that changed", "all": "All in the filter"}
"""Which states the table of votes shows."""
BODIES = {"group": "UN regional groups", "region": "Regions", "org": "Organizations"}
"""What the summary counts by."""


def named(names: tuple[str, ...]) -> Mapping[str, Any]:
    """Views by code, where the widget holds their words."""
    return {name.lower().replace(" ", "_"): name for name in names}
