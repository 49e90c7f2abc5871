"""The full form of an activity without a browser: edit, copy, follow-up, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import escape
from ccm_data.log import Activity, Edit, Entry, StateEntry, Store, parse
from ccm_data.vocab import Stage
from tests.app.test_log_page import Open, add, kept, said, store

__all__ = ["store"]


def opened(open_page: Open, entry: Entry, button: str) -> AppTest:
    """The form, opened by a button of the entry's details."""
    app = open_page("log")
    app.text_input(key="author").set_value("Ana").run()
    app.query_params["entry"] = entry.subject
    app.run()
    app.button(key=button).click().run()
    assert not app.exception
    return app


def record(app: AppTest) -> Any:
    """What the form would save."""
    from pages.components.log import form

    return parse("activity", form.data(app.session_state["_log_form"]))


def full(store: Store) -> Entry:
    return add(
        store, "FJI", "KEN", title="Talks", place="Geneva", summary="S", outcome="O", next_step="N", owner="Ben",
        due_date=date(2022, 4, 1), partners=["CMC"], implementers=["Spain"], cost="12.50",
        documents=[{"url": "https://example.org/a", "title": "A"}, {"url": "https://example.org/b"}],
        states=[{"iso3": "FJI", "position": "P", "obstacles": ["capacity"], "stage": "intent"}, {"iso3": "KEN"}],
    )  # fmt: skip


def test_the_form_gives_back_an_entry_as_it_is(open_page: Open, store: Store) -> None:
    entry = full(store)
    assert record(opened(open_page, entry, "detail_edit")) == entry.activity


def test_what_a_closed_part_holds_is_kept(open_page: Open, store: Store) -> None:
    app = opened(open_page, full(store), "detail_edit")
    number = app.session_state["_log_form"].number
    app.session_state[f"form{number}_FJI"] = True
    app.run()
    app.selectbox(key=f"form{number}_FJI_stage").set_value(Stage.IN_PARLIAMENT).run()
    app.session_state[f"form{number}_FJI"] = False
    app.run()
    (fiji, _) = record(app).states
    assert (fiji.stage, fiji.position, fiji.obstacles) == ("in_parliament", "P", ("capacity",))


def test_what_is_typed_outlives_another_page(open_page: Open, store: Store) -> None:
    app = opened(open_page, full(store), "detail_edit")
    number = app.session_state["_log_form"].number
    app.text_area(key=f"form{number}_summary").set_value("Half a sentence").run()
    app.switch_page("pages/targets.py").run()
    app.switch_page("pages/log.py").run()
    assert app.text_area(key=f"form{number}_summary").value == "Half a sentence"
    assert record(app).summary == "Half a sentence"


def test_a_draft_is_restored_on_the_version_it_was_written_on(open_page: Open, store: Store) -> None:
    entry = full(store)
    app = opened(open_page, entry, "detail_edit")
    app.session_state["_browser_held"] = {}
    number = app.session_state["_log_form"].number
    app.run()
    assert "_browser_writes" not in app.session_state or slot(entry) not in app.session_state["_browser_writes"]
    app.text_area(key=f"form{number}_summary").set_value("Half a sentence").run()
    app.session_state[f"form{number}_FJI"] = True
    app.run()
    app.selectbox(key=f"form{number}_FJI_stage").set_value(Stage.IN_PARLIAMENT).run()
    draft = kept(app, slot(entry))
    app.button(key="form_cancel").click().run()
    assert escape.markdown("Edit: Talks") in said(app)  # waits above the list
    store.save([Edit(entry.subject, 1, {"place": "Suva"})], "Ben")

    app = opened(open_page, store.get(entry.subject), "detail_edit")  # another session, before the browser answers
    assert record(app).place == "Suva"
    app.button(key="form_cancel").click().run()
    app.session_state["_browser_held"] = {slot(entry): draft}
    app.run()
    app.button(key="draft_go_on_0").click().run()
    assert "Draft of " in said(app)
    written = record(app)
    assert (written.summary, written.place, written.due_date) == ("Half a sentence", "Geneva", date(2022, 4, 1))
    assert written.states[0].stage is Stage.IN_PARLIAMENT
    assert app.session_state["_log_form"].base.version == 1
    app.button(key="form_discard").click().run()
    assert (record(app).summary, record(app).place) == ("S", "Suva")
    assert kept(app, slot(entry)) == ""


def slot(entry: Entry) -> str:
    """Where the draft of an edit is kept."""
    return f"draft.edit-{entry.subject}"


def test_a_copy_is_planned_and_says_nothing_of_what_came(open_page: Open, store: Store) -> None:
    entry = full(store)
    copy = record(opened(open_page, entry, "detail_copy"))
    assert (copy.status, copy.title, copy.place, copy.summary, copy.cost) == ("planned", "Talks", "Geneva", "", None)
    assert [state.iso3 for state in copy.states] == ["FJI", "KEN"]
    assert not any(state.said for state in copy.states)


def test_a_follow_up_names_what_it_follows(open_page: Open, store: Store) -> None:
    entry = full(store)
    app = opened(open_page, entry, "detail_follow")
    assert record(app).follows == entry.subject
    assert "Follows: Talks" in said(app)


@pytest.mark.parametrize("title", ["", "   "])
def test_a_blank_title_is_made_of_type_and_states(open_page: Open, store: Store, title: str) -> None:
    app = opened(open_page, full(store), "detail_edit")
    number = app.session_state["_log_form"].number
    app.text_input(key=f"form{number}_title").set_value(title).run()
    assert record(app).title == "Bilateral in Geneva: Fiji, Kenya"


def test_bad_input_is_one_sentence_and_stays(open_page: Open, store: Store) -> None:
    app = opened(open_page, full(store), "detail_edit")
    number = app.session_state["_log_form"].number
    app.text_area(key=f"form{number}_documents").set_value("javascript:alert(1) Note").run()
    app.button(key="form_save").click().run()
    assert "is not a web address" in said(app)
    assert app.text_area(key=f"form{number}_documents").value == "javascript:alert(1) Note"
    assert store.last_seq() == 1


def test_the_form_asks_for_every_field_of_the_model() -> None:
    from pages.components.log import form, form_states, widgets

    asked = [name for row in widgets.rows(Activity, form._ROWS, form.NOT_ASKED) for name in row]
    assert sorted([*asked, *form.NOT_ASKED]) == sorted(Activity.model_fields)
    of_states = [name for row in widgets.rows(StateEntry, form_states._ROWS, ["iso3"]) for name in row]
    assert sorted([*of_states, "iso3"]) == sorted(StateEntry.model_fields)


def test_the_details_show_every_field_of_the_model(open_page: Open, store: Store) -> None:
    first = add(store, "FJI", title="The first talk")
    item = store.entries("plan_item")[0]
    entry = add(
        store, "FJI", title="Talk", end="2022-03-02", start="2022-03-01", place="Suva", channel="Call", summary="Said",
        outcome="Came", next_step="Send", owner="Ben", due_date="2022-04-01", partners=["CMC"], implementers=["ICRC"],
        cost="12.50", budget="13.50", documents=[{"url": "https://example.org/a", "title": "Note"}], campaign="10MSP",
        follows=first.subject, plan_item=item.subject,
    )  # fmt: skip
    app = open_page("log")
    app.query_params["entry"] = entry.subject
    app.run()
    assert not app.exception
    shown = said(app) + " ".join(str(value) for table in app.dataframe for value in table.value.to_numpy().ravel())
    for text in ("Talk", "Suva", "Call", "Said", "Came", "Send", "Ben", "2022-04-01", "CMC", "ICRC", "12.50", "13.50",
                 "Note", "10MSP", "The first talk", item.title):  # fmt: skip
        assert text in shown, text
