"""A promise and a stage recorded in the log join the facts of the state, marked as coming from it."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data.dates import words
from ccm_data.log import Activity, Create, StateEntry, open_store
from ccm_data.paths import ROOT
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Role, Stage

DAY = date.today()  # later than the facts go: the log is read through today


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_HOME", str(tmp_path))
    import streamlit as st

    st.cache_resource.clear()
    store = open_store()
    part = StateEntry(
        iso3="KEN", role=Role.TARGET, position="Cabinet will decide in March", stage=Stage.CABINET_APPROVED,
        promise="To deposit this year", promise_due=date(2026, 12, 31),
    )  # fmt: skip
    activity = Activity(
        start=DAY, type=ActivityType.BILATERAL_GENEVA, status=ActivityStatus.DONE,
        title="Talk in Geneva", states=(part,), confidentiality=Confidentiality.INTERNAL,
    )  # fmt: skip
    store.save([Create(activity)], author="Tester")
    store.close()
    yield
    st.cache_resource.clear()


def opened(page: str, **params: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    at.session_state["_waiting"] = (page, {key: [value] for key, value in params.items()})
    at.run()
    assert not at.exception, at.exception
    return at


def contacts(at: AppTest):
    return next(table.value for table in at.dataframe if "What it said" in table.value.columns)


def said(at: AppTest) -> str:
    return re.sub(r"\\(.)", r"\1", "\n".join(str(element.value) for element in at.markdown))


def test_the_panel_marks_what_comes_from_the_log(written):
    told = said(opened("map", state="Kenya"))
    assert f"**Last contact** (activity log), {words(DAY)}: Talk in Geneva" in told
    assert "**Ask:** Complete the ratification it has signed for and deposit the instrument." in told


def test_the_state_page_says_what_was_said_and_promised(written):
    told = said(opened("state", state="Kenya"))
    assert f"**Last contact, {words(DAY)}:** Talk in Geneva: Cabinet will decide in March" in told
    assert f"**Promised, {words(DAY)}:** To deposit this year" in told
    assert "(by 31 December 2026; 0 days old, open)" in told


def test_the_state_page_lists_log_and_public_record(written):
    table = contacts(opened("state", state="Kenya"))
    assert table["From"].value_counts().to_dict() == {"Public record": 3, "Activity log": 1}
    own = table[table["From"] == "Activity log"].iloc[0]
    assert own["What it said"] == "Cabinet will decide in March"
    assert own["Stage"] == "Cabinet approved"
    assert str(own["Promised by"]) == "2026-12-31"


def test_a_meeting_sees_no_contact_promise_or_reason(written):
    at = opened("state", state="Kenya", meeting="on")
    assert at.header[0].value == r"Ask: Complete the ratification it has signed for and deposit the instrument\."
    assert at.subheader[0].value == "Who calls and where"
    assert "Contacts" not in [tab.label for tab in at.tabs]
    for hidden in ("Last contact", "Promised", "Talk in Geneva", "Obstacles it has named"):
        assert hidden not in said(at)
    assert "Last contact" not in said(opened("map", state="Kenya", meeting="on"))


def test_nothing_after_the_as_of_date(written):
    table = contacts(opened("state", state="Kenya", as_of="2021-11-30"))
    assert table["Date"].max() <= date(2021, 11, 30)
    assert set(table["From"]) == {"Public record"}
