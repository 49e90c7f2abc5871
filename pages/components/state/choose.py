"""The page before a state is chosen: the targets to choose from."""

from __future__ import annotations

import streamlit as st

from ccm_data.vocab import Status
from pages.components.frame import Context

KINDS = (Status.SIGNATORY, Status.WITHDRAWN, Status.NOT_PARTY)
"""The statuses of targets, in the order in which they are listed."""


def show(context: Context) -> None:
    """Every target under its status, by name: who is there, not who comes first. A click selects it."""
    st.markdown("Find a state by its name above, or choose one of the targets.")
    states = context.states().sort_values("name_short")
    for status in KINDS:
        found = states[states["status"] == status]
        if found.empty:
            continue
        names = dict(zip(found["iso3"], found["name_short"], strict=True))
        heading, key = f"{status.label} ({len(names)})", f"_choose_{status.value}"
        st.header(heading, anchor=False)
        st.pills(
            heading, list(names), format_func=names.__getitem__, key=key, on_change=_select, args=(key,),
            label_visibility="collapsed",
        )  # fmt: skip


def _select(key: str) -> None:
    st.session_state["state"] = st.session_state[key]
