"""Where the data come from, through which day they are complete, and how the figures are defined."""

import pandas as pd
import streamlit as st

from ccm_data import geometry
from ccm_data.dates import words
from pages.components import frame

context = frame.require("about")
workspace = context.workspace
st.subheader("About the data", anchor=False)
st.markdown(
    "Every figure is a function of the as-of date and of dated, sourced facts. A blank says that there is no source; "
    "it never says no. Joining counts from the day of deposit, a withdrawal from the day it takes effect."
)
st.subheader("How far each file goes", anchor=False)
horizons = workspace.horizons
st.dataframe(
    pd.DataFrame({
        "File": horizons["file"],
        "Complete through": horizons["known_complete_through"],
        "On the as-of date": [
            "complete" if day.date() >= context.as_of else "may lack later facts"
            for day in horizons["known_complete_through"]
        ],
        "Note": horizons["note"],
    }),
    hide_index=True, column_config={
        "Complete through": st.column_config.DateColumn(format="YYYY-MM-DD"),
        "Note": st.column_config.TextColumn(width="large"),
    },
)  # fmt: skip
if workspace.findings:
    st.subheader("What is wrong with the facts", anchor=False)
    st.code("\n".join(workspace.findings), language=None)
    st.stop()
st.subheader("Sources", anchor=False)
sources = workspace.sources.reset_index()
asked = st.text_input("Title or publisher contains", key="sources_q", icon=":material/search:")
found = sources[
    (sources["title"].fillna("") + " " + sources["publisher"].fillna("")).str.contains(asked, case=False, regex=False)
]
st.caption(f"{len(found)} of {len(sources)} sources")
st.dataframe(
    found.rename(columns=str.capitalize), hide_index=True,
    column_config={"Url": st.column_config.LinkColumn("Link", display_text="open")},
)  # fmt: skip
st.caption(f"{geometry.load().disclaimer} Facts as known on {words(context.as_of)}.")
