"""Streamlit and pydeck as one would begin: the shapes travel inside the chart."""

import copy

import pydeck as pdk
import streamlit as st
import world

from ccm_data import geometry, palette

st.set_page_config(layout="wide")
wanted = st.pills("Target categories", world.LABELS, format_func=world.LABELS.__getitem__, selection_mode="multi")
shapes, colours = copy.deepcopy(world.shapes()), world.colours(wanted)
for feature in shapes["features"]:
    feature["properties"]["colour"] = palette.rgb(colours.get(feature["properties"]["iso3"], palette.NO_STATUS))
x0, y0, x1, y1 = geometry.load().bounds
st.pydeck_chart(
    pdk.Deck(
        layers=[pdk.Layer("GeoJsonLayer", shapes, id="shapes", pickable=True, get_fill_color="properties.colour")],
        views=[pdk.View("OrthographicView", controller=True, flip_y=False)],
        initial_view_state=pdk.ViewState(target=[(x0 + x1) / 2, (y0 + y1) / 2, 0], zoom=-0.2),
        map_provider=None,
    ),
    key="world", height=430, on_select="rerun",
)  # fmt: skip
