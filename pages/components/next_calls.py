"""Who is next: the first targets of the filter in the default order, each with why, ask and last contact."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.dates import words
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.vocab import ActivityType, label

MOST = 5
HELP = "Targets in the filter by their chance of joining; select one here or on the map."


def show(reading: Reading, ordered: pd.DataFrame) -> None:
    """A few lines, each a button that selects the state."""
    first = ordered[ordered["matches"]].head(MOST)
    if first.empty:
        st.markdown("No target state matches the filter.")
        return
    st.markdown("**Who is next**", help=HELP)
    held, next_best = reading.last_contact(), reading.actions(1).set_index("iso3")
    for state in each(first):
        last = f"last contact {words(held[state.iso3])}" if state.iso3 in held else reading.no_contact.lower()
        said = [next_best["short"].get(state.iso3), label(ActivityType, next_best["activity"].get(state.iso3)), last]
        st.button(
            escape.markdown(state.name_short), key=f"next_{state.iso3}", on_click=_select, args=(state.iso3,),
            type="tertiary",
        )  # fmt: skip
        st.caption(escape.markdown(" · ".join(filter(None, said))))


def _select(iso3: str) -> None:
    st.session_state["state"] = iso3
