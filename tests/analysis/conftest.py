"""One workspace for the room, and the app as AppTest runs it, with a home of its own."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True, scope="session")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def workspace(home) -> Workspace:
    return Workspace()


@pytest.fixture
def open_page(home):
    def opened(name: str, **params: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        # As a deep link on a fresh server does: the frame goes on to the page with the link's parameters.
        at.session_state["_waiting"] = (name, {key: [value] for key, value in params.items()})
        at.run()
        assert not at.exception, at.exception
        return at

    return opened
