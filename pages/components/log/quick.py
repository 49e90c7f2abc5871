"""Quick entry: a contact in half a minute, or one that is planned. What is typed outlives a reload."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import streamlit as st

from ccm_data import campaign as campaigns
from ccm_data import escape
from ccm_data.errors import CcmError
from ccm_data.log import Activity, Command, Create, contact, made_title, proposed_item, quick
from ccm_data.log.fields import ModelField, fields
from ccm_data.log.model import StateEntry
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from pages.components import browser, link
from pages.components.frame import Context, guarded
from pages.components.log import drafts, form, groups, save, who, widgets, wording
from pages.components.log.days import LIMITS
from pages.components.log.filters import Asked

NEW = "new"
"""URL parameter that opens the quick entry: `contact` for what was done, `plan` for what is to come."""

CONTACT, PLAN = "contact", "plan"
SLOT = "quick"

_TYPES, _STATUSES, _READERS = list(ActivityType), list(ActivityStatus), list(Confidentiality)
_ROUND = "_quick_round"
_WORDS = ("summary", "promise", "promise_due", "next_step", "due")
"""Fields that nothing proposes."""

_OF_STATES = ("iso3s", "promise", "promise_due", "promised_by")

_STAYING = ("type", "seen")
"""Fields that keep their value from one entry to the next."""

_FIELDS: dict[str, ModelField | None] = {
    "states": None, "promised_by": None, "each": None, "id": None,
    "type": fields(Activity)["type"], "date": fields(Activity)["start"], "status": fields(Activity)["status"],
    "seen": fields(Activity)["confidentiality"], "summary": fields(Activity)["summary"],
    "next_step": fields(Activity)["next_step"], "owner": fields(Activity)["owner"],
    "due": fields(Activity)["due_date"], "campaign": fields(Activity)["campaign"],
    "plan_item": fields(Activity)["plan_item"], "promise": fields(StateEntry)["promise"],
    "promise_due": fields(StateEntry)["promise_due"],
}  # fmt: skip
"""What the quick entry asks, by the names of its widgets; the model's field where a value comes back from a draft."""


def is_open() -> bool:
    """Whether the address opens the quick entry."""
    return bool(st.session_state.get(NEW))


def open_(kind: str = CONTACT) -> None:
    """Open it."""
    form.close()
    st.session_state[NEW] = kind


def close() -> None:
    """Leave it; a draft stays."""
    st.session_state[NEW] = None


def _key(name: str) -> str:
    """Fields that are blank again after a save have a key per round."""
    return f"quick_{name}" if name in _STAYING else f"quick_{name}_{st.session_state.get(_ROUND, 0)}"


def _next_round() -> None:
    """Blank fields, and no draft."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    drafts.forget(SLOT)


def _saved() -> None:
    _next_round()
    close()


def add_states(iso3s: list[str]) -> None:
    """Put states into the quick entry, beside those that are there."""
    held = st.session_state.get(_key("states")) or []
    st.session_state[_key("states")] = list(dict.fromkeys([*held, *iso3s]))


def add_and_open(iso3s: list[str]) -> None:
    """Put states into the quick entry and open it."""
    add_states(iso3s)
    open_()


def _follow(name: str, proposed: Any) -> None:
    """A field holds what is proposed, until somebody chooses otherwise."""
    key, told = _key(name), f"{_key(name)}_proposed"
    before = st.session_state.get(told)
    if st.session_state.get(key) is None or (proposed != before and st.session_state[key] == before):
        st.session_state[key] = proposed
    st.session_state[told] = proposed


def _restore() -> drafts.Draft | None:
    """Fill the fields with the browser's draft, once per round and while they are blank; the draft they began with."""
    known = f"_quick_restored_{st.session_state.get(_ROUND, 0)}"
    if known not in st.session_state and browser.is_known():
        draft = drafts.read(SLOT)
        blank = not any(st.session_state.get(_key(name)) for name in ("summary", "promise", "next_step"))
        st.session_state[known] = draft if blank else None
        if draft and blank:
            _fill(draft)
    found: drafts.Draft | None = st.session_state.get(known)
    return found


def _fill(draft: drafts.Draft) -> None:
    for name, value in draft.values.items():
        if name not in _FIELDS:
            continue
        if name == "id":
            value = drafts.id_of(draft.values)
        field = _FIELDS[name]
        with suppress(ValueError):  # a term that is no more
            st.session_state[_key(name)] = widgets.revived(field, value) if field else value


def _written() -> dict[str, Any]:
    """What the fields hold, for the draft; nothing while all that they hold was proposed."""
    values = {name: value for name in _FIELDS if (value := st.session_state.get(_key(name)))}
    named = values.get("states", []) != (st.session_state.get(f"{_key('states')}_proposed") or [])
    return values if named or any(name in values for name in _WORDS) else {}


@st.fragment
@guarded
def show(context: Context, asked: Asked) -> None:
    """Draw the quick entry."""
    planning = st.session_state.get(NEW) == PLAN
    draft = _restore()
    st.session_state.setdefault(_key("id"), drafts.id_of({}))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"#### {'Plan a contact' if planning else 'Log a contact'}", width="content")
        if draft:
            drafts.restored(draft, _next_round, "quick_discard")
    made, each = _ask(context, asked, planning)
    with st.container(horizontal=True):
        wanted = st.button("Save", type="primary", icon=":material/save:", key="quick_commit")
        more = st.button("Full form", icon=":material/edit_note:", key="quick_more", help="Goes on with all fields.")
        left = st.button("Close", type="tertiary", icon=":material/close:", key="quick_close", help="A draft stays.")
    try:
        if wanted:
            save.commit(context, _commands(made, each, st.session_state[_key("id")]), then=_saved)
        elif more:
            form.begin(_begun(made))
    except CcmError as error:
        save.refuse(error)
        more = False
    drafts.keep(SLOT, made_title(made["type"], made["iso3s"]), _written())
    if browser.is_known():  # its answer is for the whole page
        browser.connect("quick")
    if more:
        _next_round()
    if more or left:
        close()
        st.rerun()


def _ask(context: Context, asked: Asked, planning: bool) -> tuple[dict[str, Any], bool]:
    """All fields; what they say, as `contact` takes it, and whether each state gets an activity of its own."""
    names = link.state_names(context.workspace)
    selected = st.session_state.get("state")
    _follow("states", [selected] if selected else [])
    place, group = st.columns([4, 1], vertical_alignment="bottom")
    iso3s = place.multiselect(
        "States", list(names), format_func=names.__getitem__, key=_key("states"), placeholder="Type a name",
        persist_state="session",
    )  # fmt: skip
    with group:
        groups.show(context, asked.states, "quick", add_states)
    type_, day, status, seen = _what(planning)
    done = status == ActivityStatus.DONE
    summary = st.text_area(
        "What was said" if done else "What it is for", key=_key("summary"), height=96, persist_state="session",
        placeholder="In a sentence or two",
    )  # fmt: skip
    promise = _promise(iso3s, names) if done or st.session_state.get(_key("promise")) else {}
    step, owner, due = _next_step(context)
    campaign, item = _belongs(context, type_, day)
    each = len(iso3s) > 1 and st.toggle(
        f"One activity per state ({len(iso3s)})", key=_key("each"), persist_state="session"
    )
    titles = f"{len(iso3s)} entries, such as {made_title(type_, iso3s[:1])}" if each else made_title(type_, iso3s)
    st.caption(f"Saved as **{escape.markdown(titles)}**, seen by: {escape.markdown(seen.label)}")
    stored = campaigns.known(context.store, context.audience)
    mine = next((one for one in stored if one.name == campaign), None)
    if told := campaigns.outside(mine, day, stored):
        st.warning(escape.markdown(told), icon=":material/event_busy:")
    return promise | {
        "type": type_, "iso3s": iso3s, "start": day, "status": status, "summary": summary, "next_step": step,
        "owner": owner, "due_date": due, "confidentiality": seen, "campaign": campaign, "plan_item": item,
    }, each  # fmt: skip


def _what(planning: bool) -> tuple[ActivityType, date | None, ActivityStatus, Confidentiality]:
    """Type, day, status and who may see it."""
    places = st.columns([1.5, 1, 1.6, 1], vertical_alignment="bottom")
    type_ = places[0].selectbox(
        "Type of activity", _TYPES, format_func=wording.term, key=_key("type"), persist_state="session"
    )
    _follow("date", None if planning else date.today())
    day = places[1].date_input("Date", None, key=_key("date"), persist_state="session", **LIMITS)
    ahead = planning or bool(day and day > date.today())
    _follow("status", ActivityStatus.PLANNED if ahead else ActivityStatus.DONE)
    status = places[2].segmented_control(
        "Status", _STATUSES, format_func=wording.term, required=True, width="stretch",
        key=_key("status"), persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    _follow("seen", Confidentiality.INTERNAL)
    seen = places[3].selectbox(
        wording.field("confidentiality"), _READERS, format_func=wording.term, key=_key("seen"),
        persist_state="session",
    )  # fmt: skip
    return type_, day, status or ActivityStatus.DONE, seen


def _promise(iso3s: Sequence[str], names: dict[str, str]) -> dict[str, Any]:
    """What was promised, by when and, of several states, by which."""
    several = len(iso3s) > 1
    places = st.columns([3, 2, 1] if several else [5, 1])
    promise = places[0].text_input(
        wording.field("promise"), key=_key("promise"), persist_state="session", placeholder="What it said it would do"
    )
    givers = places[1].multiselect(
        "Whose promise", iso3s, format_func=names.__getitem__, key=_key("promised_by"), persist_state="session",
        placeholder="Which of the states",
    ) if several else ()  # fmt: skip
    due = places[-1].date_input(
        wording.field("promise_due"), None, key=_key("promise_due"), persist_state="session", **LIMITS
    )
    return {"promise": promise, "promise_due": due, "promised_by": givers}


def _next_step(context: Context) -> tuple[str, str, date | None]:
    """What is to be done, by whom and by when."""
    _follow("owner", who.called())
    places = st.columns([3, 2, 1])
    step = places[0].text_input(
        wording.field("next_step"), key=_key("next_step"), persist_state="session", placeholder="What we do after it"
    )
    known = [who.called(), *widgets.usual_names(context), st.session_state[_key("owner")]]
    owner = places[1].selectbox(
        wording.field("owner"), list(dict.fromkeys(filter(None, known))), key=_key("owner"), accept_new_options=True,
        persist_state="session", index=None, placeholder="Who sees to it",
    )  # fmt: skip
    due = places[2].date_input(wording.field("due_date"), None, key=_key("due"), persist_state="session", **LIMITS)
    return step, owner or "", due


def _belongs(context: Context, type_: ActivityType, day: date | None) -> tuple[str, str]:
    """Campaign and plan item, each proposed by rule until somebody chooses another."""
    stored = campaigns.known(context.store, context.audience)
    _follow("campaign", campaigns.proposed(context.log_campaign, day, stored))
    left, right = st.columns([1, 2])
    campaign = left.selectbox(
        wording.field("campaign"), ["", *(one.name for one in stored)], format_func=lambda name: name or "none",
        key=_key("campaign"), persist_state="session",
    )  # fmt: skip
    items = context.store.entries("plan_item", campaign) if campaign else []
    titles = {entry.subject: entry.title for entry in items}
    if st.session_state.get(_key("plan_item"), "") not in ("", *titles):
        del st.session_state[_key("plan_item")]
    _follow("plan_item", proposed_item(items, type_, day))
    item = right.selectbox(
        wording.field("plan_item"), ["", *titles], format_func=lambda subject: titles.get(subject, "none"),
        key=_key("plan_item"), persist_state="session",
    )  # fmt: skip
    return campaign, item


def _commands(made: dict[str, Any], each: bool, id: str) -> list[Command]:
    """What to save: one activity, or one per state; sent again under the same id it is the same. Raises CcmError for
    what cannot be."""
    whole = contact(**made)
    if not each:
        return [Create(whole, id)]
    silent = made | {"promise": "", "promise_due": None}
    givers = {state.iso3 for state in whole.states if state.promise}
    return [
        Create(contact(**(made if one in givers else silent) | {"iso3s": [one]}), str(uuid5(UUID(id), one)))
        for one in made["iso3s"]
    ]


def _begun(made: dict[str, Any]) -> Activity:
    """What the full form goes on with: as far as it is written. Raises CcmError for what cannot be."""
    if made["iso3s"]:
        return contact(**made | {"start": made["start"] or date.today()})
    rest = {name: value for name, value in made.items() if name not in _OF_STATES}
    return quick(iso3s=[], **rest | {"start": made["start"] or date.today()})
