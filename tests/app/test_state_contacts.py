"""A promise and a stage recorded in the log join the facts of the state, marked as coming from it."""

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


def test_the_panel_marks_what_comes_from_the_log(written):
    said = "\n".join(str(element.value) for element in opened("map", state="Kenya").markdown)
    assert f"**Stage reached** (log)  \nCabinet approved (step 5 of 10), told {words(DAY)}" in said
    assert f"**Promise** (log)  \nTo deposit this year, by 31 December 2026, told {words(DAY)}" in said
    assert f"**Last contact** (activity log)  \n{words(DAY)}: Talk in Geneva" in said


def test_the_state_page_lists_log_and_public_record(written):
    table = contacts(opened("state", state="Kenya"))
    assert table["From"].value_counts().to_dict() == {"Public record": 3, "Activity log": 1}
    own = table[table["From"] == "Activity log"].iloc[0]
    assert own["What it said"] == "Cabinet will decide in March"
    assert own["Stage"] == "Cabinet approved"
    assert str(own["Promised by"]) == "2026-12-31"


def test_a_meeting_sees_the_public_record_only(written):
    table = contacts(opened("state", state="Kenya", meeting="on"))
    assert set(table["From"]) == {"Public record"}


def test_nothing_after_the_as_of_date(written):
    table = contacts(opened("state", state="Kenya", as_of="2021-11-30"))
    assert table["Date"].max() <= date(2021, 11, 30)
    assert set(table["From"]) == {"Public record"}
