"""What each state did and said in an activity: one part of the form per state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ccm_data.log.model import known_states
from ccm_data.vocab import Obstacle, Role, Stage
from pages.components.log import wording
from pages.components.log.days import LIMITS

_BLANK = {"role": Role.TARGET, "position": "", "obstacles": (), "promise": "", "promise_due": None, "stage": None}


def show(iso3s: Sequence[str], states: dict[str, dict[str, Any]], key: str) -> None:
    """Draw a part per state and keep its values in `states`; a state that is taken out keeps them until the end."""
    told = st.empty()
    for iso3 in iso3s:
        values = states.setdefault(iso3, {"iso3": iso3, **_BLANK})
        name = known_states().get(iso3, iso3)
        part = st.expander(
            f"**{name}**", expanded=len(iso3s) == 1, key=f"{key}_{iso3}", on_change="rerun",
        )  # fmt: skip
        if part.open:
            with part:
                _ask(values, f"{key}_{iso3}")
    # Not in the parts' own labels: a label that changes makes the browser draw a part anew, with what is being typed.
    if said := [known_states().get(iso3, iso3) for iso3 in iso3s if _said(states[iso3])]:
        told.caption(f"Something is recorded for {', '.join(said)}.")


def _ask(values: dict[str, Any], key: str) -> None:
    def held(name: str, value: Any) -> str:
        widget = f"{key}_{name}"
        if widget not in st.session_state:
            st.session_state[widget] = value
        return widget

    role, stage, obstacles = st.columns([1, 1.2, 2.4])
    values["role"] = role.selectbox("Role", list(Role), format_func=wording.term, key=held("role", values["role"]))
    values["stage"] = stage.selectbox(
        "Stage reached", list(Stage), index=None, format_func=wording.term, key=held("stage", values["stage"]),
        placeholder="Not said",
    )  # fmt: skip
    named = obstacles.multiselect(
        "Obstacles it named", list(Obstacle), format_func=wording.term, placeholder="None named",
        key=held("obstacles", list(values["obstacles"])),
    )  # fmt: skip
    values["obstacles"] = tuple(named)
    values["position"] = st.text_area("Position", key=held("position", values["position"]), height=74)
    promise, due = st.columns([3.4, 1])
    values["promise"] = promise.text_input("Promise", key=held("promise", values["promise"]))
    values["promise_due"] = due.date_input(
        "Promised by", None, key=held("promise_due", values["promise_due"]), **LIMITS
    )  # fmt: skip


def _said(values: dict[str, Any]) -> bool:
    """Whether anything is entered that the state said."""
    return any(values[name] for name in _BLANK if name != "role")
