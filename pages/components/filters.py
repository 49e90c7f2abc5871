"""The filter widgets in the sidebar, shared by Map and Targets."""

from __future__ import annotations

import streamlit as st

from ccm_data import filters
from ccm_data.filters import SMALL_STATE_POPULATION, StateFilter
from ccm_data.vocab import Category, Match
from ccm_data.workspace import Workspace
from pages.components.frame import Context
from pages.components.link import LISTS

LABELS = {
    "category": "Target categories",
    "without": "Without",
    "status": "Status",
    "group": "UN regional group",
    "region": "Region",
    "org": "Organization",
    "producer": "Production",
    "stockpiler": "Stockpile",
    "contaminated": "Contamination",
}
KEYS = (*LISTS, "match", "unaffected", "limit", "q")


def ask(context: Context) -> StateFilter:
    """Draw the filters at the side and return what they ask."""
    workspace = context.workspace
    with context.side:
        st.subheader("Filter", divider="gray")
        chosen = {"category": st.pills(
            LABELS["category"], filters_options(workspace, "category"), format_func=_format("category"),
            selection_mode="multi", key="category", bind="query-params",
        )}  # fmt: skip
        match = st.segmented_control(
            "Combine categories", list(Match), format_func=lambda m: m.label, default=Match.ANY, required=True,
            key="match", bind="query-params",
        )  # fmt: skip
        text = st.text_input("Name contains", key="q", bind="query-params", icon=":material/search:")
        for key in ("without", "status", "group", "region", "org"):
            chosen[key] = _several(workspace, key)
        with st.expander("Munitions and size"):
            for key in ("producer", "stockpiler", "contaminated"):
                chosen[key] = _several(workspace, key)
            unaffected = st.checkbox(
                "Small unaffected states only", key="unaffected", bind="query-params",
                help="Not a producer, not a stockpiler, not contaminated, and below the population limit. "
                "A state for which a source is missing is left out.",
            )  # fmt: skip
            limit = st.number_input(
                "Population limit", min_value=1, value=SMALL_STATE_POPULATION, step=100_000, key="limit",
                bind="query-params",
            )  # fmt: skip
        st.button("Clear filters", icon=":material/filter_alt_off:", on_click=clear, width="stretch")
    return StateFilter(
        match=match or Match.ANY,
        unaffected=unaffected,
        population_limit=int(limit),
        text=text.strip(),
        **{LISTS[key]: tuple(values) for key, values in chosen.items()},
    )


def clear() -> None:
    """Set every filter back to asking nothing."""
    for key in KEYS:
        st.session_state[key] = {
            "match": Match.ANY, "unaffected": False, "limit": SMALL_STATE_POPULATION, "q": "",
        }.get(key, [])  # fmt: skip


def filters_options(workspace: Workspace, key: str) -> list[str]:
    """The codes possible in a list widget."""
    return list(workspace.options.of(LISTS[key]))


def _format(key: str):
    vocabulary = filters.words(LISTS[key])
    return {term.value: term.label for term in vocabulary}.__getitem__ if vocabulary else str


def _several(workspace: Workspace, key: str) -> list[str]:
    return st.multiselect(
        LABELS[key], filters_options(workspace, key), format_func=_format(key), key=key, bind="query-params",
        placeholder="Any" if key != "without" else "None left out",
    )  # fmt: skip


def describe(wanted: StateFilter) -> str:
    """The filter in words, for captions and exports; blank when nothing is asked."""
    said = []
    for key, name in LISTS.items():
        values = getattr(wanted, name)
        if values:
            joiner = " and " if key == "category" and wanted.match == Match.ALL else ", "
            said.append(f"{LABELS[key]}: {joiner.join(map(_format(key), values))}")
    if wanted.unaffected:
        said.append(f"small unaffected (population below {wanted.population_limit:,})")
    if wanted.text:
        said.append(f"name contains “{wanted.text}”")
    return "; ".join(said)


__all__ = ["Category", "ask", "clear", "describe"]
