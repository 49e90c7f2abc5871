"""The Data page: each view says what it is for, and holds what the facts hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import factfiles, opening, raw
from ccm_data.overlay.model import Change, ChangeKind
from tests.app.conftest import Open
from tests.overlay.made import deposit

VIEWS = ("Facts", "News", "Bring in", "Correct", "Changes", "Not known", "Findings", "Sources")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.error, *app.success, *app.warning]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def view(open_page: Open, name: str) -> AppTest:
    app = open_page("data")
    app.segmented_control(key="data_view").set_value(name).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_runs_with_and_without_changes(name: str, open_page: Open, home: Path) -> None:
    view(open_page, name)
    opening.apply(deposit())
    view(open_page, name)


def test_facts_in_human_words(open_page: Open, home: Path) -> None:
    table = view(open_page, "Facts").dataframe[0].value
    assert list(table["Facts"]) == [one.words for one in factfiles.FACT_FILES]
    rows = table.set_index("Facts")
    shipped = {one.words: len(raw.rows(opening.current().facts_dir, one.name)) for one in factfiles.FACT_FILES}
    assert dict(rows["Rows"]) == shipped
    assert str(rows.loc["Treaty actions", "Complete through"])[:10] == "2026-02-03"
    assert set(rows["Changed by users"]) == {0}
    opening.apply(deposit())
    rows = view(open_page, "Facts").dataframe[0].value.set_index("Facts")
    assert (rows.loc["Treaty actions", "Rows"], rows.loc["Treaty actions", "Changed by users"]) == (
        shipped["Treaty actions"] + 1, 1,
    )  # fmt: skip
    assert rows.loc["Treaty actions", "Last change"].endswith(", Ana")


def test_news_needs_a_name_and_a_state_and_keeps_what_was_typed(open_page: Open, home: Path) -> None:
    app = view(open_page, "News")
    app.button(key="news_add").click().run()
    assert "News is of a state: choose one." in said(app)
    app.selectbox(key="news_state_0").set_value("KEN").run()
    app.text_input(key="news_by_0").set_value("Mission").run()
    app.button(key="news_add").click().run()
    assert "Write your name first" in said(app)
    assert app.text_input(key="news_by_0").value == "Mission"
    app.text_input(key="author").set_value("Ana").run()
    app.button(key="news_add").click().run()
    assert "News needs a link, or the name of the document that says so." in said(app)
    app.text_input(key="news_note_0").set_value("Note verbale 12/2026").run()
    app.button(key="news_add").click().run()
    assert "The news counts, marked as provisional (change 1)" in said(app)
    assert opening.current().overlay.awaiting()[0].author == "Ana"
    listed = app.dataframe[0].value
    assert list(listed[["State", "What", "Who says so", "Status"]].iloc[0]) == [
        "Kenya", "CCM: has ratified", "Mission", "provisional",
    ]  # fmt: skip


def test_a_roll_call_is_asked_for_where_it_is_missing(open_page: Open, home: Path) -> None:
    app = view(open_page, "Bring in")
    app.segmented_control(key="import_kind").set_value("First Committee roll call").run()
    assert not app.exception
    assert "Without a First Committee roll call: session 80, session 79" in said(app)
    assert app.number_input(key="call_session_0").value == 80
    assert app.text_input(key="call_resolution_80_0").value == "A/RES/80/52"
    app.text_area(key="call_text_0").set_value("In favour: Fiji").run()
    assert "Give the day, the resolution and the address" in said(app)


def test_changes_and_findings(open_page: Open, home: Path) -> None:
    assert "Nobody has changed the facts that came with the program." in said(view(open_page, "Changes"))
    found = view(open_page, "Findings")
    one = str(found.dataframe[0].value.index[0])
    opening.apply(Change("a", ChangeKind.ACKNOWLEDGEMENT, "Ana", "Asked the Monitor", about=one))
    after = view(open_page, "Findings").dataframe[0].value
    assert after.loc[one, "Acknowledged"] == "Ana: Asked the Monitor"
    assert after.index[-1] == one  # open ones come first
    listed = view(open_page, "Changes").dataframe[0].value
    assert list(listed[["No.", "What", "By", "Reason"]].iloc[0]) == [
        1, "Acknowledged finding", "Ana", "Asked the Monitor",
    ]  # fmt: skip


def test_gaps_are_told_as_gaps_and_can_be_narrowed(open_page: Open, home: Path) -> None:
    app = view(open_page, "Not known")
    assert "A gap is a gap in the record" in said(app)
    counted = app.dataframe[0].value.set_index("Attribute")["Targets without a source"]
    app.selectbox(key="unknown_attribute").set_value("Obstacle").run()
    table = app.dataframe[1].value
    assert set(table["Attribute"]) == {"Obstacle"}
    assert table["Known as of"].isna().sum() == counted["Obstacle"] == 27
    assert len(table) == 85
