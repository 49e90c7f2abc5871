"""Who is next: the first targets of the filter in the default order, each with why, ask and last contact."""

from __future__ import annotations

import streamlit as st

from ccm_data import escape
from ccm_data.dates import words
from ccm_data.filters import StateFilter
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.vocab import ActivityType, label

MOST = 5
HELP = "Targets in the filter by their chance of joining; select one here or on the map."


def show(reading: Reading, wanted: StateFilter) -> None:
    """A few lines, each a button that selects the state."""
    first = reading.once(("next", wanted), lambda: _first(reading, wanted))
    if not first:
        st.markdown("No target state matches the filter.")
        return
    st.markdown("**Who is next**", help=HELP)
    for iso3, name, said in first:
        st.button(escape.markdown(name), key=f"next_{iso3}", on_click=_select, args=(iso3,), type="tertiary")
        st.caption(escape.markdown(said))


def _first(reading: Reading, wanted: StateFilter) -> list[tuple[str, str, str]]:
    """ISO3 code, name and what is said of each."""
    ordered = reading.targets(wanted)
    held, next_best = reading.last_contact(), reading.actions(1).set_index("iso3")
    told = []
    for state in each(ordered[ordered["matches"]].head(MOST)):
        last = f"last contact {words(held[state.iso3])}" if state.iso3 in held else reading.no_contact.lower()
        said = [next_best["short"].get(state.iso3), label(ActivityType, next_best["activity"].get(state.iso3)), last]
        told.append((state.iso3, state.name_short, " · ".join(filter(None, said))))
    return told


def _select(iso3: str) -> None:
    st.session_state["state"] = iso3
