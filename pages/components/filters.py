"""The widgets of the state filter at the side, one per row of its table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ccm_data import filters
from ccm_data.filters import Field, Kind, Options, StateFilter
from pages.components.frame import Context


def ask(context: Context) -> StateFilter:
    """Draw the filters at the side and return what they ask."""
    options = context.workspace.options
    asked = sum(st.session_state.get(field.parameter) not in _nothing(field) for field in filters.FIELDS)
    with (
        context.bar,
        st.popover(f"Filter: {asked}" if asked else "Filter", icon=":material/filter_alt:", key="filters"),
    ):
        given = {field.name: _draw(field, options) for field in filters.FIELDS if not field.folded}
        with st.expander("Munitions and size"):
            given |= {field.name: _draw(field, options) for field in filters.FIELDS if field.folded}
        st.button("Clear filters", icon=":material/filter_alt_off:", on_click=clear, width="stretch")
    return filters.checked(given, options)


def _nothing(field: Field) -> tuple[Any, ...]:
    """The values of a widget that ask nothing."""
    return (None, [], "", False, field.default)


def clear() -> None:
    """Set every filter back to asking nothing."""
    for field in filters.FIELDS:
        st.session_state[field.parameter] = list(field.default) if field.kind == Kind.SEVERAL else field.default


def _draw(field: Field, options: Options) -> Any:
    """One widget; its value as the field holds it, a list for several codes."""
    key = field.parameter
    match field.kind:
        case Kind.TEXT:
            return st.text_input(field.label, key=key, help=field.hint, icon=":material/search:")
        case Kind.FLAG:
            return st.checkbox(field.label, key=key, help=field.hint)
        case Kind.NUMBER:
            return st.number_input(
                field.label, min_value=field.least, max_value=field.most, value=field.default, step=field.step, key=key,
                help=field.hint,
            )  # fmt: skip
    possible = field.possible(options)
    if field.kind == Kind.CHOICE:
        return st.segmented_control(
            field.label, possible, format_func=field.words, default=field.default, required=True, key=key,
            help=field.hint,
        )  # fmt: skip
    if field.spread:
        return st.pills(
            field.label, possible, format_func=field.words, selection_mode="multi", key=key, help=field.hint
        )
    return st.multiselect(
        field.label, possible, format_func=field.words, key=key, help=field.hint, placeholder=field.empty
    )
