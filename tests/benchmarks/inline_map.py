"""The dashboard's map as one would build it at first: the shapes travel inside the chart. Only for `map_update`."""

import json

import pydeck as pdk
import streamlit as st

from ccm_data import geometry, palette
from ccm_data.vocab import Category
from ccm_data.workspace import Workspace

st.set_page_config(layout="wide")


@st.cache_resource
def workspace() -> Workspace:
    """The shipped facts."""
    return Workspace()


wanted = st.pills("Target categories", list(Category), format_func=lambda term: term.label, selection_mode="multi")
world = geometry.load()
states = workspace().states(workspace().horizon).set_index("iso3")
shapes = json.loads(world.path.read_text(encoding="utf-8"))
for feature in shapes["features"]:
    colour = palette.NO_STATUS
    if iso3 := feature["properties"]["iso3"]:
        colour = palette.STATUS[states.at[iso3, "status"]]
        if wanted and not set(wanted) & set(states.at[iso3, "categories"]):
            colour = palette.paler(colour)
    feature["properties"]["colour"] = palette.rgb(colour)
x0, y0, x1, y1 = world.bounds
st.pydeck_chart(
    pdk.Deck(
        layers=[pdk.Layer("GeoJsonLayer", shapes, id="shapes", pickable=True, get_fill_color="properties.colour")],
        views=[pdk.View("OrthographicView", controller=True, flip_y=False)],
        initial_view_state=pdk.ViewState(target=[(x0 + x1) / 2, (y0 + y1) / 2, 0], zoom=-0.2),
        map_provider=None,
    ),
    key="world", height=430, on_select="rerun",
)  # fmt: skip
