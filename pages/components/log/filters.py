"""What the log page asks for: the log's own filters above the list, the filter of states at the side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from ccm_data.log import Filter, owners
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from pages.components import choices, filters, search
from pages.components.frame import Context
from pages.components.log import who, wording
from pages.components.log.days import LIMITS

CAMPAIGN, ALL = choices.LOG_SCOPES
KEYS: dict[str, Any] = {
    "log_type": [], "log_status": [], "log_since": None, "log_until": None, "log_text": "", "log_owner": None,
    "log_seen": None, "log_scope": CAMPAIGN, "log_public": True, "log_deleted": False,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The filter, with the states as of the day (`matches` says which the filter of states finds).

    `impossible`: no state meets the filter of states, so there is nothing to list.
    """

    filter: Filter
    states: pd.DataFrame
    impossible: bool
    public: bool
    today: date

    @property
    def matching(self) -> list[str]:
        """The states that the filter of states finds."""
        return list(self.states.loc[self.states["matches"], "iso3"])


def today(context: Context) -> date:
    """The day that due dates and contacts are counted from."""
    return context.log_day


def ask(context: Context) -> Asked:
    """Draw all filters and return what they ask."""
    store = context.store
    with context.bar.container(width=200, key="find"):
        selected = search.box(context)
    wanted_states = filters.ask(context)
    states = context.workspace.states(context.as_of, wanted_states)
    circles = list(Confidentiality)[: list(Confidentiality).index(context.audience) + 1]
    if st.session_state.get("log_seen") not in (None, *circles):
        st.session_state["log_seen"] = None  # an address may ask for more than its reader sees
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "Search", key="log_text", persist_state="session", icon=":material/search:", width=190,
            placeholder="Any words", help="Every word must begin a word of the entry.",
        )  # fmt: skip
        types = st.multiselect(
            "Activity type", list(ActivityType), format_func=wording.term, key="log_type",
            placeholder="Any", width=180,
        )  # fmt: skip
        statuses = st.multiselect(
            "Activity status", list(ActivityStatus), format_func=wording.term, key="log_status",
            placeholder="Any", width=150,
        )  # fmt: skip
        with st.popover(f"More ({_set()})" if _set() else "More", icon=":material/tune:", width=120):
            scope = st.segmented_control(
                "Entries of", [CAMPAIGN, ALL], default=CAMPAIGN, required=True, key="log_scope"
            )
            since, until = _days()
            owner = st.selectbox(
                "Owner", owners(store, max_confidentiality=context.audience), index=None, key="log_owner",
                persist_state="session", placeholder="Anybody",
            )  # fmt: skip
            seen = st.selectbox(
                "Seen by", circles, index=None,
                format_func=wording.term, key="log_seen", placeholder="Any",
                help="Entries that this circle may see: the public, partners, or the team only.",
            )  # fmt: skip
            public = st.toggle("Public record", True, key="log_public")
            deleted = may_write(context) and st.toggle("Deleted entries instead", key="log_deleted")
            st.button("Clear", icon=":material/filter_alt_off:", on_click=_clear, width="stretch")
    matching = tuple(states.loc[states["matches"], "iso3"])
    picked = (selected,) if selected else () if wanted_states.is_empty else matching
    return Asked(
        Filter(
            text=text.strip(),
            types=tuple(types),
            statuses=tuple(statuses),
            iso3s=picked,
            since=since,
            until=until,
            owner=owner or "",
            campaign=context.log_campaign if scope == CAMPAIGN else "",
            max_confidentiality=seen or context.audience,
            deleted=deleted,
        ),
        states,
        impossible=not selected and not wanted_states.is_empty and not matching,
        public=public,
        today=today(context),
    )


def _days() -> tuple[date | None, date | None]:
    """First and last day to list."""
    left, right = st.columns(2)
    return (
        left.date_input("From", None, key="log_since", **LIMITS),
        right.date_input("To", None, key="log_until", **LIMITS),
    )


def _set() -> int:
    """How many of the filters that the popover hides are set."""
    hidden = ("log_since", "log_until", "log_owner", "log_seen", "log_scope", "log_public", "log_deleted")
    return sum(st.session_state.get(key, KEYS[key]) != KEYS[key] for key in hidden)


def _clear() -> None:
    for key, nothing in KEYS.items():
        st.session_state[key] = nothing


def may_write(context: Context) -> bool:
    """Whether this browser may write: only who may read all can know what a save changes."""
    return context.audience == Confidentiality.INTERNAL and who.may_write()
