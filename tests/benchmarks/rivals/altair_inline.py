"""Streamlit and Altair as one would begin: the shapes travel inside the chart."""

import altair as alt
import streamlit as st
import world

from ccm_data import palette

st.set_page_config(layout="wide")
wanted = st.pills("Target categories", world.LABELS, format_func=world.LABELS.__getitem__, selection_mode="multi")
colours = world.colours(wanted)
shapes = [
    {**feature, "properties": {**feature["properties"], "colour": colours.get(feature["properties"]["iso3"])}}
    for feature in world.shapes()["features"]
]
st.altair_chart(
    alt.Chart(alt.InlineData(values=shapes))
    .mark_geoshape(stroke="white", strokeWidth=0.5)
    .encode(
        color=alt.condition(
            "datum.properties.colour",
            alt.Color("properties.colour:N", scale=None),
            alt.value(palette.NO_STATUS),
        ),
        tooltip="properties.name:N",
    )
    .project(type="identity", reflectY=True)
    .properties(height=430)
)
