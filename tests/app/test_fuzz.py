"""Addresses and forms filled by chance: a sentence may come of them, never a box without words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ccm_data.paths import ROOT
from pages.components import frame, parameters
from tests.app.test_plain_text import MARKER, acted_on
from tests.thorough import tries

NAMES = [*parameters.every(), "meeting", "nonsense"]
ODD = [
    MARKER, "", " ", "0", "-1", "1e999", "9" * 400, "2022-02-30", "0001-01-01", "nan", "../../etc/passwd", "KEN",
    "\x00", "\ud800", "true", "{{7*7}}", "%s", "'; DROP TABLE log_revision; --", "٣", "\u202egnp", "a" * 5_000,
]  # fmt: skip
texts = st.sampled_from(ODD) | st.text(max_size=60)
SLOW = {"suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}  # to make it smaller takes too long
addresses = settings(max_examples=tries(3, 100), **SLOW)
forms = settings(max_examples=tries(1, 30), **SLOW)


def sound(app: AppTest, *about: Any) -> None:
    assert not app.exception, about
    assert acted_on(app) == [], about


@pytest.fixture(scope="module", autouse=True)
def own_log(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A home whose log the forms may fill."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCM_HOME", str(tmp_path_factory.mktemp("fuzz")))
        patch.delenv("CCM_DATABASE_URL", raising=False)
        yield


@addresses
@given(
    st.dictionaries(st.sampled_from(NAMES), st.lists(texts, min_size=1, max_size=3)), st.sampled_from([*frame.PAGES])
)
def test_an_address_by_chance(told: dict[str, list[str]], page: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update(told)
    sound(app.run(), told)
    sound(app.switch_page(f"pages/{page}.py").run(), told, page)


FORMS: dict[str, tuple[str, dict[str, Any], str]] = {
    "quick entry": ("log", {}, "log_contact"),
    "plan one": ("log", {}, "log_plan"),
    "import and export": ("log", {"log_view": "Import and export"}, ""),
    "a new campaign": ("plan", {"plan_view": "Campaigns"}, ""),
    "news": ("data", {"data_view": "News"}, ""),
}
"""Page, what its widgets are set to, and the button that opens the form."""


@pytest.mark.parametrize("form", FORMS)
@forms
@given(data=st.data())
def test_a_form_by_chance(form: str, data: st.DataObject) -> None:
    page, state, button = FORMS[form]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.switch_page(f"pages/{page}.py").run()
    for key, value in state.items():
        app.session_state[key] = value
        app.run()
    if button:
        app.button(key=button).click().run()
    for field in [*app.text_input, *app.text_area, *app.number_input][:20]:
        if field.key == "_leave":
            continue
        if field.type == "number_input":
            field.set_value(data.draw(st.integers(0, 200)))
        else:
            field.set_value(data.draw(texts).replace("\ud800", "?")[: field.proto.max_chars or None])
    sound(app.run(), form)
    for button in app.button:
        if not button.disabled and button.label.replace("\\", "").split(" ")[0] in PRESSED:
            sound(button.click().run(), form, button.label)
            break


PRESSED = ("Save", "Enter", "Add", "Make", "Verify", "Create")
