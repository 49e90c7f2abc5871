"""The box that finds a state by name; its value is the selected state of all pages and of the URL."""

from __future__ import annotations

import streamlit as st

from ccm_data.dates import words
from ccm_data.reading import Reading
from pages.components import link


def box(reading: Reading) -> str | None:
    """Draw the box; the selected state's ISO3 code, None where none is selected or it was no state yet on the day."""
    names = link.state_names(reading.workspace)
    chosen = st.selectbox(
        "Find a state", list(names), index=None, format_func=names.__getitem__, key="state",
        placeholder="Find a state", label_visibility="collapsed",
    )  # fmt: skip
    if chosen and chosen not in set(reading.states()["iso3"]):
        st.info(f"{names[chosen]} was no state yet on {words(reading.as_of)}.", icon=":material/history:")
        return None
    return chosen
