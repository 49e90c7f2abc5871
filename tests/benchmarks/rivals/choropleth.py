"""The map as Plotly draws it, for Streamlit and for Dash.

Plotly fetches a map of the world from the network even where it shows none of it; an empty one is served instead.
"""

import json
from collections.abc import Collection
from pathlib import Path

import plotly.graph_objects as go
import world


def without_network(folder: Path, address: str) -> dict[str, str]:
    """Put an empty map of the world into a folder that is served at an address; Plotly's configuration for it."""
    folder.mkdir(exist_ok=True)
    (folder / "world_110m.json").write_text(json.dumps({"type": "Topology", "objects": {}, "arcs": []}))
    return {"topojsonURL": address}


def figure(wanted: Collection[str]) -> go.Figure:
    """The choropleth of these target categories."""
    colours = world.colours(wanted)
    few = list(dict.fromkeys(colours.values()))
    steps = len(few)
    scale = [[(at + end) / steps, colour] for at, colour in enumerate(few) for end in (0, 1)]
    drawn = go.Choropleth(
        geojson=world.on_the_globe(), featureidkey="properties.iso3", locations=list(colours),
        z=[few.index(colour) + 0.5 for colour in colours.values()], zmin=0, zmax=steps, colorscale=scale,
        showscale=False, text=list(world.states()["name_short"]), hoverinfo="text",
    )  # fmt: skip
    shown = go.Figure(drawn)
    shown.update_geos(visible=False, projection_type="equal earth")
    shown.update_layout(height=430, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return shown
