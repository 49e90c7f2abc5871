"""The full form of an activity: new, edit, copy or follow-up. What is typed stays until it is saved or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ccm_data import campaign as campaigns
from ccm_data import escape, log
from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Edit, Entry, made_title, parse
from ccm_data.log.fields import fields
from ccm_data.vocab import ActivityStatus, ActivityType
from pages.components import browser, link
from pages.components.frame import Context
from pages.components.log import drafts, form_states, groups, review, save, who, widgets
from pages.components.log.days import LIMITS
from pages.components.log.filters import Asked

_FORM, _OPENED = "_log_form", "_log_forms"
_FIELDS = fields(Activity)
_ROWS = (
    {"title": 2.4, "type": 1.2, "status": 1},
    {"start": 1, "end": 1, "place": 1.3, "channel": 1.3},
    {"implementers": 1.4, "partners": 1.4, "owner": 1, "confidentiality": 1},
    {"states": 1},
    {"summary": 1, "outcome": 1},
    {"next_step": 3.4, "due_date": 1},
    {"documents": 1},
    {"campaign": 1, "plan_item": 2, "budget": 0.8, "cost": 0.8},
)  # fmt: skip
"""The form's layout; a field that is not here comes last."""

NOT_ASKED = ("follows",)
"""Set by the way in which the form is opened."""

_TALL = ("summary", "outcome")
_HINTS = {
    "title": "Blank: made of type and states",
    "documents": "One per line: web address, then its title, such as https://example.org/note.pdf Briefing note",
}


@dataclass
class Form:
    """An activity being written: the values so far, by field. `entry` is what is edited, as it was when it was opened;
    `base` as it was when the writing began, which a draft may have done long before.

    slot: where its draft is kept. began: what it holds while nothing is written, by `drafts.as_json`; blank for what
    was begun elsewhere, which is a draft from the start. id: that of a new entry: what is sent twice is stored once.
    """

    heading: str
    activity: Activity
    values: dict[str, Any]
    states: dict[str, dict[str, Any]]
    number: int
    slot: str
    id: str
    entry: Entry | None = None
    base: Entry | None = None
    began: str = ""
    draft: drafts.Draft | None = None

    def key(self, name: str) -> str:
        """Key of a field's widget; filled with the value so far when the widget is not on the screen yet."""
        key = f"form{self.number}_{name}"
        if key not in st.session_state:
            st.session_state[key] = self.values[name]
        return key


def is_open() -> bool:
    """Whether the form is open."""
    return _FORM in st.session_state


def close() -> None:
    """Leave the form; a draft stays."""
    st.session_state.pop(_FORM, None)


def _saved(slot: str) -> None:
    drafts.forget(slot)
    close()


def _open(heading: str, activity: Activity, slot: str, entry: Entry | None = None, *, begun: bool = False) -> Form:
    """Open the form with an activity, or with what its draft holds. `begun`: it was begun in the quick entry."""
    st.session_state[_OPENED] = number = st.session_state.get(_OPENED, 0) + 1
    values = {n: widgets.held(field, getattr(activity, n)) for n, field in _FIELDS.items() if n != "states"}
    states = {state.iso3: state.model_dump() for state in activity.states}
    held = values | {"iso3s": list(states)}
    form = Form(heading, activity, held, states, number, slot, drafts.id_of({}), entry, entry)
    form.began = "" if begun else drafts.as_json(_held(form))
    if not begun and (draft := drafts.read(slot)):
        _fill(form, draft)
    st.session_state[_FORM] = form
    return form


def _held(form: Form) -> dict[str, Any]:
    """What the form holds, for its draft; of a state taken out again nothing. The widgets' own values come first."""
    values = {name: st.session_state.get(f"form{form.number}_{name}", held) for name, held in form.values.items()}
    states = {iso3: form.states[iso3] for iso3 in values["iso3s"] if iso3 in form.states}
    version = form.base.version if form.base else 0
    return {"heading": form.heading, "id": form.id, "values": values, "states": states, "version": version}


def _fill(form: Form, draft: drafts.Draft) -> None:
    """The draft's values in the place of the activity's; one that no longer can be is left out."""
    form.draft, form.id = draft, drafts.id_of(draft.values)
    for name, value in draft.values.get("values", {}).items():
        if name == "iso3s":
            form.values[name] = value
        elif name in _FIELDS:
            with suppress(ValueError):
                form.values[name] = widgets.revived(_FIELDS[name], value)
    for iso3, said in draft.values.get("states", {}).items():
        form.states[iso3] = form_states.revived(iso3, said)


def _go_back(form: Form, context: Context) -> None:
    """A draft is about the entry as it was when the writing began: Save then meets what others saved since."""
    if form.draft and form.base and form.base.version != (version := form.draft.values.get("version")):
        form.base = next((e for e in context.store.history(form.base.subject) if e.version == version), form.base)


def resume(context: Context, draft: drafts.Draft) -> None:
    """Open the form on its draft."""
    action, _, subject = draft.slot.partition("-")
    if subject:
        {"edit": edit, "copy": duplicate, "follow": follow_up}[action](context.store.get(subject))
    else:
        new(context.log_campaign)


def discard() -> None:
    """Begin again, without the draft."""
    form: Form = st.session_state[_FORM]
    drafts.forget(form.slot)
    _open(form.heading, form.activity, form.slot, form.entry)


def new(campaign: str, iso3s: Sequence[str] = ()) -> None:
    """Open an empty form."""
    made = log.quick(
        ActivityType.BILATERAL_GENEVA, iso3s, date.today(), ActivityStatus.DONE, campaign=campaign, owner=who.called()
    )
    _open("New activity", made, "new")


def begin(activity: Activity) -> None:
    """Open the form with what the quick entry holds; from now on it is this form's draft."""
    _open("New activity", activity, "new", begun=True)


def edit(entry: Entry) -> None:
    """Open the form on an entry."""
    _open("Edit", entry.activity, f"edit-{entry.subject}", entry)


def duplicate(entry: Entry) -> None:
    """Open the form on a planned copy."""
    _open("Duplicate", log.duplicate(entry.activity, date.today()), f"copy-{entry.subject}")


def follow_up(entry: Entry) -> None:
    """Open the form on an activity that follows the entry."""
    made = log.duplicate(entry.activity, date.today(), follows=entry.subject, status=ActivityStatus.DONE)
    _open("Follow up", made, f"follow-{entry.subject}")


def show(context: Context, asked: Asked) -> None:
    """Draw the form in the place of the list."""
    form: Form = st.session_state[_FORM]
    _go_back(form, context)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"#### {form.heading}" + (f": {escape.markdown(form.entry.title)}" if form.entry else ""))
        with st.container(horizontal=True, width="content"):
            wanted = st.button("Review and save", type="primary", icon=":material/save:", key="form_save")
            st.button("Close", icon=":material/close:", on_click=close, key="form_cancel", help="A draft stays.")
    if form.draft:
        drafts.restored(form.draft, discard, "form_discard")
    problem = st.container()
    usual = widgets.usual_names(context)
    for row in widgets.rows(Activity, _ROWS, NOT_ASKED):
        for column, name in zip(st.columns(list(row.values())), row, strict=True):
            _ask(form, name, column, context, asked, usual)
    if form.values["follows"]:
        followed = context.store.find(form.values["follows"])
        st.caption("Follows: " + (escape.markdown(followed.title) if followed else "an entry that is not here"))
    stored = campaigns.known(context.store, context.audience)
    mine = next((one for one in stored if one.name == form.values["campaign"]), None)
    if told := campaigns.outside(mine, form.values["start"], stored):
        problem.warning(escape.markdown(told), icon=":material/event_busy:")
    if wanted:
        with problem:
            _review(form, context)
    held = _held(form)
    title = form.entry.title if form.entry else made_title(form.values["type"], form.values["iso3s"])
    drafts.keep(form.slot, f"{form.heading}: {title}", held if drafts.as_json(held) != form.began else {})
    browser.connect("form")


def _review(form: Form, context: Context) -> None:
    try:
        record = parse("activity", data(form))
    except CcmError as error:
        save.refuse(error)
        return
    command = Edit(form.base.subject, form.base.version, record.model_dump()) if form.base else Create(record, form.id)
    review.ask(context, [(form.base, command)], partial(_saved, form.slot), f"form{form.number}")


def _ask(form: Form, name: str, place: DeltaGenerator, context: Context, asked: Asked, usual: list[str]) -> None:
    """One field; some are asked in a way of their own."""
    field = _FIELDS[name]
    match name:
        case "states":
            with place:
                _states(form, context, asked)
        case "campaign":
            known = [one.name for one in campaigns.known(context.store, context.audience)]
            form.values[name] = place.selectbox(
                field.label, ["", *known], format_func=lambda name: name or "none", key=form.key(name)
            )
        case "plan_item":
            items = {e.subject: e.title for e in context.store.entries("plan_item", form.values["campaign"])}
            if st.session_state.get(f"form{form.number}_plan_item", form.values[name]) not in items:
                form.values[name] = st.session_state[f"form{form.number}_plan_item"] = ""
            form.values[name] = place.selectbox(
                field.label, ["", *items], format_func=lambda subject: items.get(subject, "none"), key=form.key(name)
            )
        case _:
            form.values[name] = widgets.ask(
                place, field, form.key(name), usual, height=110 if name in _TALL else 74, hint=_HINTS.get(name, "")
            )


def _states(form: Form, context: Context, asked: Asked) -> None:
    """Which states, and a part for each."""
    names = link.state_names(context.workspace)
    states, group = st.columns([3.6, 1], vertical_alignment="bottom")
    with group:
        groups.show(context, asked.states, f"form{form.number}_groups", lambda found: _add(form, found))
    form.values["iso3s"] = states.multiselect(
        _FIELDS["states"].label, list(names), format_func=names.__getitem__, key=form.key("iso3s"),
        placeholder="Type a name",
    )  # fmt: skip
    form_states.show(form.values["iso3s"], form.states, f"form{form.number}")


def _add(form: Form, iso3s: list[str]) -> None:
    held = st.session_state[form.key("iso3s")]
    st.session_state[form.key("iso3s")] = list(dict.fromkeys([*held, *iso3s]))


def data(form: Form) -> dict[str, Any]:
    """What the form says, as plain values for the model."""
    values = {name: widgets.given(field, form.values[name]) for name, field in _FIELDS.items() if name != "states"}
    values["title"] = values["title"].strip() or made_title(values["type"], form.values["iso3s"])
    values["states"] = [form.states.get(iso3, {"iso3": iso3}) for iso3 in form.values["iso3s"]]
    return values


@st.dialog("Plan a series", width="large")
def series_dialog(context: Context, entry: Entry) -> None:
    """The same activity once per state, planned."""
    names, activity = link.state_names(context.workspace), entry.activity
    of_its_states = made_title(activity.type, [state.iso3 for state in activity.states])
    title = st.text_input(
        "Title", made_title(activity.type, []) if activity.title == of_its_states else activity.title,
        key="series_title", max_chars=log.LINE_LIMIT, help="Each activity's title ends in its state's name.",
    )  # fmt: skip
    iso3s = st.multiselect("States", list(names), format_func=names.__getitem__, key="series_states")
    day = st.date_input("Date", date.today(), key="series_day", **LIMITS)
    count = f"{len(iso3s)} planned {'activity' if len(iso3s) == 1 else 'activities'}"
    if st.button(f"Add {count}", type="primary", icon=":material/add:", disabled=not iso3s, key="series_commit"):
        try:
            commands = log.series(log.duplicate(activity, day, title=title), iso3s)
        except CcmError as error:
            save.refuse(error)
        else:
            save.commit(context, commands)
