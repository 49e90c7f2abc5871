"""Many states at once: those of the filter, of a region or of an organization."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ccm_data.filters import StateFilter
from ccm_data.vocab import Region, UnGroup
from pages.components.frame import Context

FILTERED = "States of the filter"


def show(context: Context, filtered: pd.DataFrame, key: str, add: Callable[[list[str]], None]) -> None:
    """A popover with one button that hands the codes of a group's states to `add`.

    `filtered`: the states with `matches` of the filter at the side.
    """
    with st.popover("Add a group", icon=":material/group_add:", width="stretch"):
        targets = st.toggle("Target states only", True, key=f"{key}_targets", persist_state="session")
        options = _options(context)
        chosen = st.selectbox("Whose states", list(options), key=f"{key}_group", persist_state="session")
        wanted = options[chosen]
        states = filtered if wanted is None else context.workspace.states(context.as_of, wanted)
        found = states[states["matches"] & (states["is_target"] | (not targets))]
        st.button(
            f"Add {len(found)} {'state' if len(found) == 1 else 'states'}", icon=":material/add:", key=f"{key}_add",
            disabled=found.empty, on_click=add, args=(list(found.sort_values("name_short")["iso3"]),), width="stretch",
        )  # fmt: skip


def _options(context: Context) -> dict[str, StateFilter | None]:
    organizations = context.workspace.organizations
    options: dict[str, StateFilter | None] = {FILTERED: None}
    options |= {region.label: StateFilter(regions=(region.value,)) for region in Region}
    options |= {group.label: StateFilter(groups=(group.value,)) for group in UnGroup}
    return options | {
        (name if code == name else f"{code}: {name}"): StateFilter(orgs=(code,))
        for code, name in zip(organizations["code"], organizations["name"], strict=True)
    }
