"""The activity log's page without a browser: what is listed, what is kept, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ccm_data import escape, log
from ccm_data.errors import CcmError
from ccm_data.history import public_history
from ccm_data.log import Create, Edit, Entry, Filter, Store, open_store
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from tests.app.conftest import SECRETS

Open = Any
EDITED = {"added_rows": [], "deleted_rows": []}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A log of its own, which the pages open too."""
    from pages.components import frame

    opened = open_store(f"sqlite:///{tmp_path / 'log.sqlite'}")
    monkeypatch.setattr(frame, "_opened", lambda place: opened)
    yield opened
    opened.close()


def add(store: Store, *iso3s: str, start: date = date(2022, 3, 1), **values: Any) -> Entry:
    """An entry made by somebody else."""
    made = {"campaign": "10MSP"} | values
    activity = log.quick(ActivityType.BILATERAL_GENEVA, iso3s, start, ActivityStatus.DONE, **made)
    return store.save([Create(activity)], "Maker")[0]


def table(app: AppTest, column: str) -> list[Any]:
    """A column of the first table that has it."""
    return next(list(frame.value[column]) for frame in app.dataframe if column in frame.value)


def said(app: AppTest) -> str:
    """All sentences of the page."""
    parts = (*app.markdown, *app.caption, *app.error, *app.info, *app.text)
    return "\n".join(part.value for part in parts)


def quick(open_page: Open, button: str = "log_contact", **asked: Any) -> AppTest:
    """The quick entry, opened by its button and signed."""
    app = open_page("log", **asked)
    app.text_input(key="author").set_value("Ana").run()
    app.button(key=button).click().run()
    assert not app.exception
    return app


def keys(app: AppTest) -> list[str | None]:
    """The buttons of the page."""
    return [button.key for button in app.button]


def test_a_fresh_log_lists_the_public_record_with_its_origin(open_page: Open, store: Store) -> None:
    app = open_page("log")
    assert table(app, "Title") == [entry.title for entry in public_history()]
    assert set(table(app, "From")) == {"Public record"}
    assert f"0 in the log, {len(public_history())} of the public record" in said(app)


def test_a_day_that_is_not_known_is_not_made_up(open_page: Open, store: Store) -> None:
    app = open_page("log")
    shown = dict(zip(table(app, "Title"), table(app, "Date"), strict=True))
    month = next(entry for entry in public_history() if entry.precision == "month")
    assert shown[month.title] == month.activity.start.isoformat()[:7]


def test_an_earlier_as_of_date_hides_later_public_events(open_page: Open, store: Store) -> None:
    app = open_page("log", as_of=date(2021, 11, 30))
    early = [entry.title for entry in public_history() if entry.activity.start <= date(2021, 11, 30)]
    assert 0 < len(early) < len(public_history())
    assert table(app, "Title") == early


def test_quick_entry_stores_who_what_and_with_whom(open_page: Open, store: Store) -> None:
    app = quick(open_page)
    app.multiselect(key="quick_states_0").set_value(["KEN", "FJI"]).run()
    app.selectbox(key="quick_type").set_value(ActivityType.SIDE_EVENT).run()
    assert f"Saved as **{escape.markdown('Side event: Kenya, Fiji')}**" in said(app)
    app.text_area(key="quick_summary_0").set_value("In favour").run()
    app.text_input(key="quick_promise_0").set_value("Send the bill").run()
    app.date_input(key="quick_promise_due_0").set_value(date(2027, 1, 31)).run()
    app.multiselect(key="quick_promised_by_0").set_value(["FJI"]).run()
    app.text_input(key="quick_next_step_0").set_value("Send the toolkit").run()
    app.date_input(key="quick_due_0").set_value(date(2027, 2, 1)).run()
    app.button(key="quick_commit").click().run()
    (entry,) = store.current().entries
    made = entry.activity
    assert (entry.author, entry.title, made.owner) == ("Ana", "Side event: Kenya, Fiji", "Ana")
    assert (made.summary, made.next_step, made.due_date) == ("In favour", "Send the toolkit", date(2027, 2, 1))
    assert [(state.iso3, state.promise, state.promise_due) for state in made.states] == [
        ("KEN", "", None),
        ("FJI", "Send the bill", date(2027, 1, 31)),
    ]
    assert made.confidentiality == Confidentiality.INTERNAL
    assert table(app, "From")[0] == "Log"
    assert "quick_commit" not in keys(app)
    app.button(key="log_contact").click().run()
    assert app.multiselect(key="quick_states_1").value == []
    assert app.text_area(key="quick_summary_1").value == ""


def test_one_activity_per_state_each_with_its_own_promise(open_page: Open, store: Store) -> None:
    app = quick(open_page)
    app.multiselect(key="quick_states_0").set_value(["KEN", "FJI"]).run()
    app.text_input(key="quick_promise_0").set_value("Send the bill").run()
    app.multiselect(key="quick_promised_by_0").set_value(["FJI"]).run()
    app.toggle(key="quick_each_0").set_value(True).run()
    app.button(key="quick_commit").click().run()
    stored = [(entry.title, [(s.iso3, s.promise) for s in entry.activity.states]) for entry in store.activities()]
    assert stored == [
        ("Bilateral in Geneva: Kenya", [("KEN", "")]),
        ("Bilateral in Geneva: Fiji", [("FJI", "Send the bill")]),
    ]


def test_what_is_planned_asks_for_its_day_and_no_promise(open_page: Open, store: Store) -> None:
    app = quick(open_page, "log_plan", state="KEN")
    assert "quick_promise_0" not in [field.key for field in app.text_input]
    app.button(key="quick_commit").click().run()
    assert "The date is missing" in said(app)
    app.date_input(key="quick_date_0").set_value(date(2022, 3, 1)).run()
    app.button(key="quick_commit").click().run()
    (entry,) = store.current().entries
    assert (entry.activity.status, entry.activity.start) == (ActivityStatus.PLANNED, date(2022, 3, 1))


def test_campaign_and_plan_item_are_proposed_until_somebody_chooses(open_page: Open, store: Store) -> None:
    app = quick(open_page)
    assert (app.selectbox(key="quick_campaign_0").value, app.selectbox(key="quick_plan_item_0").value) == ("", "")
    app.date_input(key="quick_date_0").set_value(date(2022, 3, 1)).run()
    assert app.selectbox(key="quick_campaign_0").value == "10MSP"
    titles = {entry.subject: entry.title for entry in store.entries("plan_item")}
    assert titles[app.selectbox(key="quick_plan_item_0").value].startswith("Bilateral exchanges")
    app.selectbox(key="quick_type").set_value(ActivityType.REGIONAL_WORKSHOP).run()
    assert titles[app.selectbox(key="quick_plan_item_0").value].startswith("Regional workshops")
    app.selectbox(key="quick_plan_item_0").set_value("").run()
    app.date_input(key="quick_date_0").set_value(date(2022, 3, 2)).run()
    assert app.selectbox(key="quick_plan_item_0").value == ""  # none, as somebody chose
    app.selectbox(key="quick_campaign_0").set_value("").run()
    app.multiselect(key="quick_states_0").set_value(["KEN"]).run()
    app.button(key="quick_commit").click().run()
    (entry,) = store.current().entries
    assert (entry.activity.campaign, entry.activity.plan_item) == ("", "")


def test_the_full_form_goes_on_with_what_is_written(open_page: Open, store: Store) -> None:
    app = quick(open_page, state="KEN")
    app.text_area(key="quick_summary_0").set_value("In favour").run()
    app.text_input(key="quick_promise_0").set_value("Send the bill").run()
    app.button(key="quick_more").click().run()
    form = app.session_state["_log_form"]
    assert (form.values["summary"], form.states["KEN"]["promise"]) == ("In favour", "Send the bill")
    assert "quick_commit" not in keys(app)
    app.button(key="form_save").click().run()
    labels = [caption.value for caption in app.caption]
    assert {"Title", "Summary", "Kenya", "Type"} <= set(labels)
    assert not {"Place", "Outcome", "Budget"} & set(labels)  # blank
    texts = [text.value for text in app.text]
    assert {"Bilateral in Geneva: Kenya", "In favour", "Role: Target; Promise: Send the bill"} <= set(texts)


def test_an_entry_belongs_to_the_campaign_that_is_chosen_and_to_none_in_the_time_since_a_meeting(
    open_page: Open, store: Store
) -> None:
    for campaign in (None, "10MSP"):
        app = quick(open_page, campaign=campaign)
        app.multiselect(key="quick_states_0").set_value(["KEN"]).run()
        app.button(key="quick_commit").click().run()
        assert not app.error
    assert [entry.activity.campaign for entry in store.activities()] == ["", "10MSP"]
    assert table(open_page("log"), "From").count("Log") == 2
    assert table(open_page("log", campaign="10MSP"), "From").count("Log") == 1


def test_nothing_is_saved_without_a_name_and_nothing_is_lost(open_page: Open, store: Store) -> None:
    app = quick(open_page)
    app.text_input(key="author").set_value("").run()
    app.multiselect(key="quick_states_0").set_value(["KEN"]).run()
    app.button(key="quick_commit").click().run()
    assert "Write your name" in said(app)
    assert store.last_seq() == 0
    assert app.multiselect(key="quick_states_0").value == ["KEN"]


def test_a_failed_save_says_so_and_keeps_the_draft(
    open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object) -> None:
        raise CcmError("The database cannot be reached.")

    app = quick(open_page, state="KEN")
    app.session_state["_browser_held"] = {}
    app.text_area(key="quick_summary_0").set_value("In favour").run()
    with monkeypatch.context() as patch:
        patch.setattr(store, "save", away)
        app.button(key="quick_commit").click().run()
    sentence = "The database cannot be reached. Nothing is saved yet; what you wrote is kept."
    assert escape.markdown(sentence) in said(app)
    assert app.text_area(key="quick_summary_0").value == "In favour"
    assert "In favour" in kept(app, "draft.quick")
    app.button(key="quick_commit").click().run()
    assert store.last_seq() == 1
    assert kept(app, "draft.quick") == ""


def kept(app: AppTest, name: str) -> str:
    """What the browser is told to keep."""
    _mark, value = app.session_state["_browser_writes"][name]
    return str(value)


def test_the_name_is_remembered_in_the_browser(open_page: Open, store: Store) -> None:
    app = open_page("log")
    app.text_input(key="author").set_value("Ana").run()
    assert kept(app, "author") == "Ana"
    app = open_page("map")
    app.session_state["_browser_held"] = {"author": "Ben"}
    app.switch_page("pages/log.py").run()
    assert app.text_input(key="author").value == "Ben"


def test_a_draft_is_restored_and_discarded(open_page: Open, store: Store) -> None:
    app = quick(open_page)
    app.session_state["_browser_held"] = {}
    app.multiselect(key="quick_states_0").set_value(["KEN"]).run()
    app.date_input(key="quick_date_0").set_value(date(2022, 3, 1)).run()
    app.selectbox(key="quick_type").set_value(ActivityType.SIDE_EVENT).run()
    app.text_input(key="quick_promise_0").set_value("Send the bill").run()
    app.date_input(key="quick_promise_due_0").set_value(date(2022, 6, 30)).run()
    draft = kept(app, "draft.quick")

    app = open_page("log")  # another session
    app.session_state["_browser_held"] = {"draft.quick": draft}
    app.run()
    assert escape.markdown("Side event: Kenya") in said(app)  # waits above the list
    app.button(key="draft_go_on_0").click().run()
    assert "Draft of " in said(app)
    assert app.multiselect(key="quick_states_0").value == ["KEN"]
    assert app.date_input(key="quick_date_0").value == date(2022, 3, 1)
    assert app.selectbox(key="quick_type").value is ActivityType.SIDE_EVENT
    assert app.text_input(key="quick_promise_0").value == "Send the bill"
    assert app.date_input(key="quick_promise_due_0").value == date(2022, 6, 30)
    app.button(key="quick_discard").click().run()
    assert app.multiselect(key="quick_states_1").value == []
    assert kept(app, "draft.quick") == ""


@pytest.mark.parametrize("draft", ["{", "[]", '{"at": "x"}', '{"at": "2022-01-01T00:00:00+00:00", "title": "", '
                                   '"values": {"type": "gone", "date": "soon", "unknown": 1}}'])  # fmt: skip
def test_a_draft_that_cannot_be_read_breaks_nothing(open_page: Open, store: Store, draft: str) -> None:
    app = open_page("log")
    app.session_state["_browser_held"] = {"draft.quick": draft}
    app.button(key="log_contact").click().run()
    assert not app.exception
    assert app.multiselect(key="quick_states_0").value == []


def test_a_signed_in_person_signs_what_they_write(open_page: Open, store: Store) -> None:
    app = open_page("log")
    app.secrets.update(SECRETS)
    app.user = {"is_logged_in": True, "name": "Ana Real", "email": "administrator@example.org"}
    app.run()
    assert "author" not in [field.key for field in app.text_input]
    app.button(key="log_contact").click().run()
    app.multiselect(key="quick_states_0").set_value(["KEN"]).run()
    app.button(key="quick_commit").click().run()
    assert store.current().entries[0].author == "Ana Real <administrator@example.org>"


def test_the_selected_state_is_listed_and_put_into_the_quick_entry(open_page: Open, store: Store) -> None:
    add(store, "FJI")
    add(store, "KEN")
    app = open_page("log", state="FJI")
    assert table(app, "From").count("Log") == 1
    app.button(key="log_contact").click().run()
    assert app.multiselect(key="quick_states_0").value == ["FJI"]


def test_the_address_opens_the_quick_entry(open_page: Open, store: Store) -> None:
    app = open_page("log", state="KEN")
    app.query_params["new"] = "plan"
    app.run()
    assert app.multiselect(key="quick_states_0").value == ["KEN"]
    assert app.segmented_control(key="quick_status_0").value == ActivityStatus.PLANNED


def test_a_group_adds_its_target_states(open_page: Open, store: Store) -> None:
    app = quick(open_page)
    app.selectbox(key="quick_group").set_value("Oceania").run()
    app.button(key="quick_add").click().run()
    added = app.multiselect(key="quick_states_0").value
    assert "KIR" in added  # State not party
    assert "NZL" not in added  # State Party


def test_another_campaigns_entries_are_listed_on_demand(open_page: Open, store: Store) -> None:
    add(store, "FJI", campaign="")
    app = open_page("log", campaign="10MSP")
    assert "Log" not in table(app, "From")
    app.segmented_control(key="log_scope").set_value("All campaigns").run()
    assert table(app, "From").count("Log") == 1


def test_only_what_the_audience_may_see_is_sent(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.components import meeting

    secret = add(store, "FJI", title="Secret talk")
    add(store, "KEN", title="Open talk", confidentiality="public")
    monkeypatch.setattr(meeting, "audience", lambda: Confidentiality.PUBLIC)
    app = open_page("log")
    assert "Open talk" in table(app, "Title")
    assert "Secret talk" not in table(app, "Title")
    assert not {"quick_commit", "log_contact"} & set(keys(app))
    app.query_params["new"] = "contact"
    app.run()
    assert "quick_commit" not in keys(app)
    app.query_params["entry"] = secret.subject
    app.run()
    assert "Secret talk" not in said(app)


def test_pages_of_the_list_hold_every_entry_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.components.log import listing

    monkeypatch.setattr(listing, "PAGE", 3)
    for year in (2009, 2012, 2012, 2015, 2019, 2021, 2023, 2026):
        add(store, "FJI", start=date(year, 5, 1))
    facts = listing.public(public_history(), Filter(), date(2026, 12, 31))
    pages = [listing.read(store, Filter(), facts, number) for number in (1, 2, 3)]
    assert {page.pages for page in pages} == {3}
    listed = [entry for page in pages for entry in page.entries]
    assert len(listed) == len({entry.subject for entry in listed}) == 8 + len(facts)
    assert listed == sorted(listed, key=lambda entry: entry.activity.start, reverse=True)


def grid_of(app: AppTest) -> Any:
    return app.session_state["_log_grid"]


def edit_cell(app: AppTest, row: int, **cells: Any) -> None:
    """What the browser sends after an edit: all edits of the present table."""
    app.session_state[grid_of(app).widget] = {"edited_rows": {row: cells}, **EDITED}
    app.run()


def editing(open_page: Open) -> AppTest:
    app = open_page("log")
    app.text_input(key="author").set_value("Ana").run()
    app.toggle(key="log_editing").set_value(True).run()
    return app


def planned(app: AppTest) -> list[tuple[str, int, dict[str, Any]]]:
    commands = [command for _, command in grid_of(app).planned()]
    return [(c.subject, c.expected_version, dict(c.changes)) for c in commands if isinstance(c, Edit)]


def test_an_edit_belongs_to_its_entry_not_to_its_row(open_page: Open, store: Store) -> None:
    entry = add(store, "FJI")
    app = editing(open_page)
    edit_cell(app, 0, title="Mine")
    add(store, "KEN", start=date(2022, 8, 1))  # somebody else's entry comes to stand first
    app.text_input(key="log_text").set_value("bilateral").run()
    assert list(grid_of(app).shown["title"]) == ["Bilateral in Geneva: Kenya", "Mine"]
    assert planned(app) == [(entry.subject, 1, {"title": "Mine"})]
    app.run()
    assert planned(app) == [(entry.subject, 1, {"title": "Mine"})]  # not doubled by another run


def test_an_edit_that_is_taken_back_is_none(open_page: Open, store: Store) -> None:
    entry = add(store, "FJI", next_step="Call")
    app = editing(open_page)
    edit_cell(app, 0, title="Mine", start="2022-03-02", due_date="2022-04-01", next_step=None)
    assert planned(app) == [
        (entry.subject, 1, {"start": "2022-03-02", "title": "Mine", "next_step": "", "due_date": "2022-04-01"})
    ]
    edit_cell(app, 0, title=entry.title, start="2022-03-01T00:00:00.000")
    assert planned(app) == []


def test_edits_of_entries_that_the_filter_hides_stay(open_page: Open, store: Store) -> None:
    entry = add(store, "FJI")
    add(store, "KEN")
    app = editing(open_page)
    row = list(grid_of(app).entries).index(entry.subject)
    edit_cell(app, row, status="planned")
    app.text_input(key="log_text").set_value("Kenya").run()
    assert entry.subject not in grid_of(app).entries
    assert planned(app) == [(entry.subject, 1, {"status": "planned"})]


def test_discard_forgets_the_editors_edits(open_page: Open, store: Store) -> None:
    add(store, "FJI")
    app = editing(open_page)
    edit_cell(app, 0, title="Mine")
    app.button(key="_log_grid_discard").click().run()
    app.run()
    assert planned(app) == []
    assert list(grid_of(app).shown["title"]) == ["Bilateral in Geneva: Fiji"]


def test_what_cannot_be_is_said_and_kept(open_page: Open, store: Store) -> None:
    from pages.components.log import review

    add(store, "FJI")
    app = editing(open_page)
    edit_cell(app, 0, end="2021-01-01")
    listed, refused = review.rows(grid_of(app).planned())
    assert listed == []
    assert refused == [
        "Bilateral in Geneva: Fiji: the end 2021-01-01 is before the start 2022-03-01; possible is 2022-03-01 or later."
    ]
    assert planned(app)


def test_next_steps_count_what_is_overdue_per_owner(open_page: Open, store: Store) -> None:
    add(store, "FJI", next_step="Send toolkit", due_date=date(2022, 3, 20), owner="Ana")
    add(store, "KEN", next_step="Call back", due_date=date(2022, 4, 20), owner="Ben")
    app = open_page("log", as_of=date(2022, 4, 1))
    app.segmented_control(key="log_view").set_value("Next steps").run()
    assert "1 overdue, 1 due by 2022-05-01" in said(app)
    assert table(app, "When") == ["overdue by 12 days", "in 19 days"]
    counted = next(frame.value for frame in app.dataframe if "Overdue" in frame.value)
    assert counted.set_index("Owner")["Overdue"].to_dict() == {"Ana": 1, "Ben": 0}


def test_coverage_lists_targets_without_contact(open_page: Open, store: Store) -> None:
    add(store, "KEN", start=date(2022, 3, 25))
    add(store, "UGA", start=date(2021, 12, 1))
    app = open_page("log", as_of=date(2022, 4, 1))
    app.segmented_control(key="log_view").set_value("Coverage").run()
    names = table(app, "State")
    assert "Kenya" not in names
    assert names[-1] == "Uganda"
    assert table(app, "Last contact")[-1] == "2021-12-01"
    assert set(table(app, "Last contact")[:-1]) == {"never"}


def test_the_history_names_author_reason_and_difference(open_page: Open, store: Store) -> None:
    entry = add(store, "FJI")
    store.save([Edit(entry.subject, 1, {"place": "Suva"})], "Ben", "Moved")
    app = open_page("log")
    app.query_params["entry"] = entry.subject
    app.session_state[f"detail_{entry.subject}"] = "History"
    app.run()
    history = next(frame.value for frame in app.dataframe if "Reason" in frame.value)
    newest = history.iloc[0]
    assert list(newest[["Version", "Who", "What", "Reason", "Field", "Before", "After"]]) == [
        2, "Ben", "edit", "Moved", "Place", "", "Suva",
    ]  # fmt: skip


def test_a_conflict_shows_both_sides_and_waits_for_a_choice(open_page: Open, store: Store) -> None:
    from pages.components.log.save import Waiting

    entry = add(store, "FJI")
    store.save([Edit(entry.subject, 1, {"title": "Theirs"})], "Ben")
    with pytest.raises(log.Conflict) as met:
        store.save([Edit(entry.subject, 1, {"title": "Mine"})], "Ana")
    app = open_page("log")
    app.text_input(key="author").set_value("Ana").run()
    app.session_state["_log_conflict"] = Waiting(met.value, "", lambda: None)
    app.run()
    assert {"Bilateral in Geneva: Fiji", "Theirs", "Mine"} <= {text.value for text in app.text}
    [save] = [button for button in app.button if button.label == "Save the choices"]
    save.click().run()
    assert "choose theirs or yours" in said(app)
    [choice] = [control for control in app.segmented_control if str(control.key).startswith("_choice_")]
    choice.set_value("yours").run()
    next(button for button in app.button if button.label == "Save the choices").click().run()
    assert [(e.title, e.author) for e in store.history(entry.subject)][1:] == [("Theirs", "Ben"), ("Mine", "Ana")]


def test_a_link_opens_the_view(open_page: Open, store: Store) -> None:
    from ccm_data.paths import ROOT

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["log_view"] = "Coverage"
    app.run()
    app.switch_page("pages/log.py").run()
    assert app.segmented_control(key="log_view").value == "Coverage"
