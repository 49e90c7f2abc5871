"""What each state did and said in an activity: one part of the form per state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from ccm_data.log.fields import fields
from ccm_data.log.model import StateEntry, known_states
from pages.components.log import widgets

_FIELDS = {name: field for name, field in fields(StateEntry).items() if name != "iso3"}
_ROWS = (
    {"role": 1, "stage": 1.2, "obstacles": 2.4},
    {"position": 1},
    {"promise": 3.4, "promise_due": 1},
)  # fmt: skip


def show(iso3s: Sequence[str], states: dict[str, dict[str, Any]], key: str) -> None:
    """Draw a part per state and keep its values in `states`; a state that is taken out keeps them until the end."""
    told = st.empty()
    for iso3 in iso3s:
        blank = {"iso3": iso3} | {name: field.default for name, field in _FIELDS.items()}
        values = states.setdefault(iso3, blank)
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


def revived(iso3: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A state's part back from a draft; what no longer can be is left out."""
    part: dict[str, Any] = {"iso3": iso3} | {name: field.default for name, field in _FIELDS.items()}
    for name, field in _FIELDS.items():
        with suppress(ValueError):
            part[name] = widgets.revived(field, values.get(name, field.default))
    return part


def _ask(values: dict[str, Any], key: str) -> None:
    for row in widgets.rows(StateEntry, _ROWS, ["iso3"]):
        for column, name in zip(st.columns(list(row.values())), row, strict=True):
            field, widget = _FIELDS[name], f"{key}_{name}"
            if widget not in st.session_state:
                st.session_state[widget] = widgets.held(field, values[name])
            values[name] = widgets.given(field, widgets.ask(column, field, widget))


def _said(values: dict[str, Any]) -> bool:
    """Whether anything is entered that the state said."""
    return any(values[name] for name in _FIELDS if name != "role")
