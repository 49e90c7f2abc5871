"""Where things are: the project's own folders, and the user's, which environment variables can move."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent
_DASHBOARD = PACKAGE / "dashboard"
ROOT = _DASHBOARD if _DASHBOARD.is_dir() else PACKAGE.parent
"""The folder of app.py, pages, queries and static: the top of a checkout, or dashboard/ in an installed package."""
APP = ROOT / "app.py"
QUERIES = ROOT / "queries"
STATIC = ROOT / "static"
SNAPSHOTS = PACKAGE / "snapshots"


def facts_dir() -> Path:
    """The folder of the canonical facts: `CCM_FACTS`, else the one the project ships."""
    return Path(os.environ["CCM_FACTS"]) if os.environ.get("CCM_FACTS") else PACKAGE / "facts"


def home_dir() -> Path:
    """The folder of what this user writes and caches: `CCM_HOME`, else the platform's data directory."""
    if os.environ.get("CCM_HOME"):
        return Path(os.environ["CCM_HOME"])
    return Path(platformdirs.user_data_dir("ccm-dashboard", appauthor=False))
