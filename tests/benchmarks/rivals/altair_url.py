"""Streamlit and Altair with the shapes by address: only the colours travel."""

from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st
import world

from ccm_data import palette

st.set_page_config(layout="wide")
wanted = st.pills("Target categories", world.LABELS, format_func=world.LABELS.__getitem__, selection_mode="multi")
table = pd.DataFrame(list(world.colours(wanted).items()), columns=["iso3", "colour"])
shapes = alt.Data(url=world.serve_shapes(Path(__file__)), format=alt.DataFormat(type="json", property="features"))
st.altair_chart(
    alt.Chart(shapes)
    .mark_geoshape(stroke="white", strokeWidth=0.5)
    .transform_lookup(lookup="properties.iso3", from_=alt.LookupData(table, "iso3", ["colour"]))
    .encode(
        color=alt.condition("datum.colour", alt.Color("colour:N", scale=None), alt.value(palette.NO_STATUS)),
        tooltip="properties.name:N",
    )
    .project(type="identity", reflectY=True)
    .properties(height=430)
)
