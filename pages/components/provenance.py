"""Where the value somebody clicked comes from, in a box above its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from ccm_data import escape, provenance
from pages.components import meeting
from pages.components.frame import Context

HINT = "Click a value to see where it comes from."


def clicked(key: str) -> tuple[int, str] | None:
    """Row and column of the cell somebody clicked in the table of this key; None where nobody did."""
    held = st.session_state.get(key)
    cells = held.selection.cells if held else []
    return (int(cells[0][0]), str(cells[0][1])) if cells else None


def show(context: Context, iso3: str, what: str, source_ids: Iterable[str]) -> None:
    """The sources of a value of a state, the rows that cite them, and who brought each in."""
    found = provenance.of(context.workspace, iso3, source_ids)
    with st.container(border=True):
        st.markdown(f"**Where it comes from: {escape.markdown(what)}**")
        if not found:
            st.markdown("It has no source of its own: it is blank, or computed from other facts on this page.")
        for one in found:
            told = ", ".join(filter(None, (one.publisher, one.day)))
            opened = f" [open]({one.url})" if one.url else ""
            st.markdown(f"{escape.markdown(one.title)} ({escape.markdown(told)}){opened}")
            nearest = sorted(one.facts, key=lambda fact: -_in(what, fact[1]))
            for words, row in nearest[:MOST]:
                cells = ", ".join(f"{name.replace('_', ' ')} {cell}" for name, cell in row.items())
                st.caption(f"{words}: {escape.markdown(cells)}")
            if len(nearest) > MOST:
                st.caption(f"{len(nearest) - MOST} more facts about the state cite it.")
            if one.note:
                st.caption(escape.markdown(one.note))
            if not meeting.is_on():  # who wrote what is for the office
                st.caption(escape.markdown(one.brought_in))


MOST = 2  # rows of one source that are shown


def _in(what: str, row: Mapping[str, str]) -> int:
    """How much of a row stands in the words that were clicked."""
    return sum(len(cell) for cell in row.values() if len(cell) > 2 and cell.lower() in what.lower())
