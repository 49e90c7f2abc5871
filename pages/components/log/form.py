"""The full form of an activity: new, edit, copy or follow-up. What is typed stays until it is saved or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from ccm_data import escape, log
from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Edit, Entry, made_title, parse
from ccm_data.vocab import IMPLEMENTERS, ActivityStatus, ActivityType, Confidentiality
from pages.components import link
from pages.components.frame import Context
from pages.components.log import form_states, groups, review, save, who, wording
from pages.components.log.days import LIMITS
from pages.components.log.filters import Asked

_FORM, _OPENED = "_log_form", "_log_forms"


@dataclass
class Form:
    """An activity being written: the values so far, by field; `entry` is what is edited, as it was read."""

    heading: str
    values: dict[str, Any]
    states: dict[str, dict[str, Any]]
    number: int
    entry: Entry | None = None

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
    """Leave the form."""
    st.session_state.pop(_FORM, None)


def _open(heading: str, activity: Activity, entry: Entry | None = None) -> None:
    st.session_state[_OPENED] = number = st.session_state.get(_OPENED, 0) + 1
    values = {name: getattr(activity, name) for name in Activity.model_fields if name != "states"}
    values |= {name: list(values[name]) for name in ("implementers", "partners")}
    values |= {name: None if values[name] is None else float(values[name]) for name in ("budget", "cost")}
    values["documents"] = "\n".join(f"{each.url} {each.title}".strip() for each in activity.documents)
    states = {state.iso3: state.model_dump() for state in activity.states}
    st.session_state[_FORM] = Form(heading, values | {"iso3s": list(states)}, states, number, entry)


def new(campaign: str, iso3s: Sequence[str] = ()) -> None:
    """Open an empty form."""
    made = log.quick(
        ActivityType.BILATERAL_GENEVA, iso3s, date.today(), ActivityStatus.DONE, campaign=campaign, owner=who.name()
    )
    _open("New activity", made)


def edit(entry: Entry) -> None:
    """Open the form on an entry."""
    _open("Edit", entry.activity, entry)


def duplicate(entry: Entry) -> None:
    """Open the form on a planned copy."""
    _open("Duplicate", log.duplicate(entry.activity, date.today()))


def follow_up(entry: Entry) -> None:
    """Open the form on an activity that follows the entry."""
    _open("Follow up", log.duplicate(entry.activity, date.today(), follows=entry.subject, status=ActivityStatus.DONE))


def show(context: Context, asked: Asked) -> None:
    """Draw the form in the place of the list."""
    form: Form = st.session_state[_FORM]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"#### {form.heading}" + (f": {escape.markdown(form.entry.title)}" if form.entry else ""))
        with st.container(horizontal=True, width="content"):
            wanted = st.button("Review and save", type="primary", icon=":material/save:", key="form_save")
            st.button("Cancel", icon=":material/close:", on_click=close, key="form_cancel")
    problem = st.container()
    _what(form)
    _who(form, context, asked)
    form_states.show(form.values["iso3s"], form.states, f"form{form.number}")
    _came_of_it(form)
    _bookkeeping(form, context)
    if wanted:
        with problem:
            _review(form, context)


def _review(form: Form, context: Context) -> None:
    try:
        record = parse("activity", data(form))
    except CcmError as error:
        save.refuse(error)
        return
    command = Edit(form.entry.subject, form.entry.version, record.model_dump()) if form.entry else Create(record)
    review.ask(context, [(form.entry, command)], close, f"form{form.number}")


def _what(form: Form) -> None:
    values = form.values
    title, type_, status = st.columns([2.4, 1.2, 1])
    values["title"] = title.text_input("Title", key=form.key("title"), max_chars=log.LINE_LIMIT,
                                       placeholder="Blank: made of type and states")  # fmt: skip
    values["type"] = type_.selectbox("Type", list(ActivityType), format_func=wording.term, key=form.key("type"))
    values["status"] = status.selectbox(
        "Status", list(ActivityStatus), format_func=wording.term, key=form.key("status")
    )
    start, end, place, channel = st.columns([1, 1, 1.3, 1.3])
    values["start"] = start.date_input("Date, or first day", key=form.key("start"), **LIMITS)
    values["end"] = end.date_input("Last day", None, key=form.key("end"), **LIMITS)
    for column, name in ((place, "place"), (channel, "channel")):
        values[name] = column.text_input(wording.field(name), key=form.key(name), max_chars=log.LINE_LIMIT)


def _who(form: Form, context: Context, asked: Asked) -> None:
    values, names = form.values, link.state_names(context.workspace)
    states, group = st.columns([3.6, 1], vertical_alignment="bottom")
    with group:
        groups.show(context, asked.states, f"form{form.number}_groups", lambda found: _add(form, found))
    values["iso3s"] = states.multiselect(
        "States", list(names), format_func=names.__getitem__, key=form.key("iso3s"), placeholder="Type a name"
    )
    usual = list(dict.fromkeys([*context.campaign.implementers, *IMPLEMENTERS]))
    implementers, partners, owner, seen = st.columns([1.4, 1.4, 1, 1])
    for column, name in ((implementers, "implementers"), (partners, "partners")):
        values[name] = column.multiselect(
            wording.field(name), list(dict.fromkeys([*usual, *values[name]])), key=form.key(name),
            accept_new_options=True, placeholder="Choose or type",
        )  # fmt: skip
    values["owner"] = owner.text_input("Owner", key=form.key("owner"), max_chars=log.LINE_LIMIT)
    values["confidentiality"] = seen.selectbox(
        "Who may see it", list(Confidentiality), format_func=wording.term, key=form.key("confidentiality")
    )


def _came_of_it(form: Form) -> None:
    values = form.values
    summary, outcome = st.columns(2)
    values["summary"] = summary.text_area("Summary", key=form.key("summary"), height=110)
    values["outcome"] = outcome.text_area("Outcome", key=form.key("outcome"), height=110)
    step, due = st.columns([3.4, 1])
    values["next_step"] = step.text_input("Next step", key=form.key("next_step"))
    values["due_date"] = due.date_input("Due", None, key=form.key("due_date"), **LIMITS)
    values["documents"] = st.text_area(
        "Documents", key=form.key("documents"), height=74,
        placeholder="One per line: web address, then its title, such as https://example.org/note.pdf Briefing note",
    )  # fmt: skip


def _bookkeeping(form: Form, context: Context) -> None:
    """Campaign, plan item and money."""
    values = form.values
    campaign, item, budget, cost = st.columns([1, 2, 0.8, 0.8])
    campaigns = [entry.title for entry in context.store.entries("campaign")]
    values["campaign"] = campaign.selectbox(
        "Campaign", ["", *campaigns], format_func=lambda name: name or "none", key=form.key("campaign")
    )
    items = {entry.subject: entry.title for entry in context.store.entries("plan_item", values["campaign"])}
    if st.session_state.get(f"form{form.number}_plan_item", values["plan_item"]) not in items:
        values["plan_item"] = st.session_state[f"form{form.number}_plan_item"] = ""
    values["plan_item"] = item.selectbox(
        "Serves the plan item", ["", *items], format_func=lambda subject: items.get(subject, "none"),
        key=form.key("plan_item"),
    )  # fmt: skip
    for column, name in ((budget, "budget"), (cost, "cost")):
        values[name] = column.number_input(
            wording.field(name), min_value=0.0, value=None, key=form.key(name), format="%.2f"
        )
    if values["follows"]:
        followed = context.store.find(values["follows"])
        st.caption("Follows: " + (escape.markdown(followed.title) if followed else "an entry that is not here"))


def _add(form: Form, iso3s: list[str]) -> None:
    held = st.session_state[form.key("iso3s")]
    st.session_state[form.key("iso3s")] = list(dict.fromkeys([*held, *iso3s]))


def data(form: Form) -> dict[str, Any]:
    """What the form says, as plain values for the model."""
    values = {name: value for name, value in form.values.items() if name not in ("iso3s", "documents")}
    values["title"] = values["title"].strip() or made_title(values["type"], form.values["iso3s"])
    lines = [line.split(maxsplit=1) for line in form.values["documents"].splitlines() if line.strip()]
    values["documents"] = [dict(zip(("url", "title"), parts, strict=False)) for parts in lines]
    values["states"] = [form.states.get(iso3, {"iso3": iso3}) for iso3 in form.values["iso3s"]]
    values |= {name: None if values[name] is None else f"{values[name]:.2f}" for name in ("budget", "cost")}
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
