"""All sources of the facts, searchable."""

from __future__ import annotations

import streamlit as st

from pages.components.frame import Context


def show(context: Context) -> None:
    """One row per source, with its address."""
    sources = context.workspace.sources.reset_index()
    asked = st.text_input("Title or publisher contains", key="sources_q", icon=":material/search:")
    told = sources["title"].fillna("") + " " + sources["publisher"].fillna("")
    found = sources[told.str.contains(asked, case=False, regex=False)]
    st.caption(f"{len(found)} of {len(sources)} sources")
    st.dataframe(
        found.drop(columns=["provisional", "change"]).rename(columns=str.capitalize), hide_index=True,
        column_config={"Url": st.column_config.LinkColumn("Link", display_text="open")},
    )  # fmt: skip
