"""Where the value somebody clicked comes from, in a box above its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

from ccm_data import escape, provenance
from ccm_data.dates import words
from ccm_data.provenance import Origin
from ccm_data.vocab import Confidentiality, Treaty
from pages.components.frame import Context

HINT = "Click a value to see where it comes from."


def clicked(key: str) -> tuple[int, str] | None:
    """Row and column of the cell somebody clicked in the table of this key; None where nobody did."""
    held = st.session_state.get(key)
    cells = held.selection.cells if held else []
    return (int(cells[0][0]), str(cells[0][1])) if cells else None


def show(context: Context, iso3: str, what: str, source_ids: Iterable[str]) -> None:
    """The sources of a value of a state, that which decides it first, the rows that cite them, who brought each in."""
    found = provenance.of(context.workspace, iso3, source_ids)
    with st.container(border=True):
        st.markdown(f"**Where it comes from: {escape.markdown(what)}**")
        if not found:
            st.markdown("It has no source of its own: it is blank, or computed from other facts on this page.")
        for one in sorted(found, key=lambda one: _decides(what, one), reverse=True):
            told = ", ".join(filter(None, (one.publisher, one.day)))
            opened = f" [open]({one.url})" if one.url else ""
            st.markdown(f"{escape.markdown(one.title)} ({escape.markdown(told)}){opened}")
            nearest = sorted(one.facts, key=lambda fact: -_in(what, fact[1]))
            for kind, row in nearest[:MOST]:
                cells = ", ".join(f"{n.replace('_', ' ')} {cell}" for n, cell in row.items() if n not in KNOWN)
                st.caption(f"{kind}: {escape.markdown(cells)}")
            if len(nearest) > MOST:
                st.caption(f"{len(nearest) - MOST} more facts about the state cite it.")
            if one.note:
                st.caption(escape.markdown(one.note))
            if context.audience is Confidentiality.INTERNAL:  # who wrote what is for the team
                st.caption(escape.markdown(one.brought_in))


MOST = 2  # rows of one source that are shown
KNOWN = ("iso3", "source_id")  # said by the page and by the source above the row
TREATY = 1000  # the right treaty counts for more than any words


def _decides(what: str, origin: Origin) -> tuple[int, int]:
    """How near a source is to the words that were clicked: by its row's treaty, then by how early its row is told."""
    said = what.lower()
    best = (-1, -len(said))
    for _kind, row in origin.facts:
        cells = [_words(name, cell).lower() for name, cell in row.items() if name.endswith("date")]
        told = min((said.index(cell) for cell in cells if cell in said), default=len(said))
        best = max(best, (_in(what, row) // TREATY, -told))
    return best


def _in(what: str, row: Mapping[str, str]) -> int:
    """How much of a row stands in the words that were clicked; of treaties the named one, else the Convention."""
    said = what.lower()
    found = sum(len(cell) for name, cell in row.items() if len(cell) > 2 and _words(name, cell).lower() in said)
    if treaty := row.get("treaty"):
        named = {one.value for one in Treaty if one.label.removeprefix("Anti-Personnel ").lower() in said}
        found += TREATY * (treaty in (named or {Treaty.CCM.value}))
    return found


def _words(name: str, cell: str) -> str:
    try:
        return words(date.fromisoformat(cell)) if name.endswith("date") else cell
    except ValueError:  # a month or a year
        return cell
