"""The app in this process, without a browser (Streamlit's AppTest)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data.paths import ROOT

if str(ROOT) not in sys.path:  # the pages are no installed package
    sys.path.insert(0, str(ROOT))

Open = Callable[..., AppTest]

SECRETS = {
    "auth": {
        "redirect_uri": "https://ccm.example.org/oauth2callback", "cookie_secret": "x" * 32, "client_id": "ccm",
        "client_secret": "y", "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
    },
    "roles": {
        "viewer": ["viewer@example.org"], "partner": ["@partner.example"], "editor": ["editors"],
        "administrator": ["administrator@example.org"], "claim": "groups",
    },
}  # fmt: skip
"""What a server holds where people sign in."""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home folder for all: the app keeps its log open from one test to the next."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, home: Path) -> Open:
    """Opens a page, sets date, campaign and state by their widgets; no exception may be on it."""
    for name in ("CCM_FACTS", "CCM_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CCM_HOME", str(home))

    def open_(page: str, as_of: date | None = None, state: str | None = None, campaign: str | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        app.switch_page(f"pages/{page}.py").run()
        if as_of:
            app.date_input(key="as_of").set_value(as_of).run()
        if campaign:
            app.selectbox(key="campaign").set_value(campaign).run()
        if state:
            app.selectbox(key="state").set_value(state).run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return open_


@pytest.fixture
def open_link(monkeypatch: pytest.MonkeyPatch, home: Path) -> Open:
    """Opens the map with these parameters in its address; no exception may be on it."""
    for name in ("CCM_FACTS", "CCM_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CCM_HOME", str(home))

    def open_(**parameters: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params.update(parameters)
        app.run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return open_


def told(app: AppTest, key: str = "world") -> dict[str, Any]:
    """What the world map of this key is told to draw (ccm_data/mapping.py)."""
    drawn = next(one.proto for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}"))
    return dict(json.loads(drawn.json))


def figures(app: AppTest) -> dict[str, str]:
    """The headline figures over the map, by name."""
    return {figure["name"]: figure["count"] for figure in told(app)["figures"]}
