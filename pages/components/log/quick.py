"""Quick entry: states, type, date, done. One activity with its states, or one per state."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from ccm_data import campaign as campaigns
from ccm_data import escape
from ccm_data.errors import CcmError
from ccm_data.log import Command, Create, made_title, quick, series
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from pages.components import link
from pages.components.frame import Context
from pages.components.log import groups, save, who, wording
from pages.components.log.days import LIMITS
from pages.components.log.filters import Asked

_TYPES = list(ActivityType)
_ROUND, _SEEN = "_quick_round", "_quick_seen"


def _key(name: str) -> str:
    """Fields that are blank again after a save have a key per round."""
    return f"quick_{name}_{st.session_state.get(_ROUND, 0)}"


def _next_round() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_SEEN, None)


def add_states(iso3s: list[str]) -> None:
    """Put states into the quick entry, beside those that are there."""
    held = st.session_state.get(_key("states"), [])
    st.session_state[_key("states")] = list(dict.fromkeys([*held, *iso3s]))


@st.fragment
def show(context: Context, asked: Asked) -> None:
    """Draw the quick entry."""
    st.markdown("**Quick entry**")
    names = link.state_names(context.workspace)
    _follow_selection()
    iso3s = st.multiselect(
        "States", list(names), format_func=names.__getitem__, key=_key("states"), placeholder="Type a name",
        persist_state="session",
    )  # fmt: skip
    groups.show(context, asked.states, "quick", add_states)
    type_ = st.selectbox(
        "Type of activity", _TYPES, format_func=wording.term, key="quick_type", persist_state="session"
    )
    left, right = st.columns([1.15, 1])
    day = left.date_input("Date", date.today(), key=_key("date"), persist_state="session", **LIMITS)
    seen = right.selectbox(
        wording.field("confidentiality"), list(Confidentiality),
        index=list(Confidentiality).index(Confidentiality.INTERNAL), format_func=wording.term,
        key="quick_seen", persist_state="session",
    )  # fmt: skip
    status = st.segmented_control(
        "Status", list(ActivityStatus), format_func=wording.term, required=True, width="stretch",
        default=ActivityStatus.PLANNED if day and day > date.today() else ActivityStatus.DONE,
        key=f"{_key('status')}_{bool(day and day > date.today())}", label_visibility="collapsed",
    )  # fmt: skip
    summary = st.text_area(
        "What was said", key=_key("summary"), on_change="ignore", height=74, persist_state="session",
        placeholder="Optional; more by opening the entry",
    )  # fmt: skip
    each = len(iso3s) > 1 and st.toggle(
        f"One activity per state ({len(iso3s)})", key=_key("each"), help="Plans a series: the same for each state."
    )
    stored = campaigns.known(context.store, context.audience)
    mine = next((one for one in stored if one.name == context.log_campaign), None)
    if told := campaigns.outside(mine, day, stored):
        st.warning(escape.markdown(told), icon=":material/event_busy:")
    if st.button("Add", type="primary", icon=":material/add:", width="stretch", key="quick_commit"):
        if not iso3s:
            st.error("Name at least one state, or open the full form for an activity without any.")
            return
        shared = {
            "summary": summary, "confidentiality": seen, "campaign": context.log_campaign, "owner": who.name(),
        }  # fmt: skip
        try:
            commands = _commands(type_, iso3s, day, status or ActivityStatus.DONE, bool(each), shared)
        except CcmError as error:
            save.refuse(error)
        else:
            save.commit(context, commands, then=_next_round)


def _commands(
    type_: ActivityType, iso3s: list[str], day: date | None, status: ActivityStatus, each: bool, shared: dict[str, Any]
) -> list[Command]:
    """What to save. Raises CcmError for what cannot be."""
    if day is None:
        raise CcmError("The date is missing; choose the day of the activity.")
    if each:
        return [*series(quick(type_, [], day, status, **shared, title=made_title(type_, [])), iso3s)]
    return [Create(quick(type_, iso3s, day, status, **shared))]


def _follow_selection() -> None:
    """The state that is selected everywhere is named here too, until somebody names others."""
    selected = st.session_state.get("state")
    before = st.session_state.get(_SEEN)
    held = st.session_state.get(_key("states"), [])
    if selected != before and held in ([], [before]):
        st.session_state[_key("states")] = [selected] if selected else []
    st.session_state[_SEEN] = selected
