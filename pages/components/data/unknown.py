"""What is not known of the targets: a work list, with the place to look."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccm_data import export, factfiles
from pages.components import filters
from pages.components.frame import Context


def show(context: Context) -> None:
    """Per attribute how many targets lack a source; then each gap, and the oldest knowledge."""
    wanted = filters.ask(context)
    states = context.states(wanted)
    inside = set(states.loc[states["matches"], "iso3"])
    rows = context.rows("data/unknown")
    rows = rows[rows["iso3"].isin(inside)]
    known = rows.groupby("attribute")["known"]
    counted = pd.DataFrame({"missing": known.apply(lambda days: int(days.isna().sum())), "oldest": known.min()})
    st.caption("A gap is a gap in the record: it says nothing about the state. Look where the last column says.")
    st.dataframe(
        counted.sort_values("missing", ascending=False).reset_index().rename(
            columns={"attribute": "Attribute", "missing": "Targets without a source", "oldest": "Oldest knowledge"}
        ),
        hide_index=True, height="content",
        column_config={"Oldest knowledge": st.column_config.DateColumn(format="YYYY-MM-DD")},
    )  # fmt: skip
    chosen = st.selectbox("Attribute", ["All", *sorted(counted.index)], key="unknown_attribute", width=320)
    listed = rows if chosen == "All" else rows[rows["attribute"] == chosen]
    places = [factfiles.BY_NAME[name] for name in listed["file"]]
    table = pd.DataFrame({
        "State": list(listed["name_short"]), "Attribute": list(listed["attribute"]),
        "Known as of": list(listed["known"]),
        "Where to look": [one.steps for one in places], "Link": [one.address or None for one in places],
    })  # fmt: skip
    st.dataframe(
        table, hide_index=True, height=520, placeholder="no source",
        column_config={
            "Known as of": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Where to look": st.column_config.TextColumn(width="large"),
            "Link": st.column_config.LinkColumn("Link", display_text="open"),
        },
    )  # fmt: skip
    st.download_button(
        "CSV", lambda: export.csv(table), f"ccm-not-known-{context.as_of}.csv", "text/csv",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
