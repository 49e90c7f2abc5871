"""A small picture of who sits in a room: the members by status, the targets among them ringed and named."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from ccm_data import escape, geometry, palette, wording
from ccm_data.errors import CcmError
from ccm_data.geometry import hatch
from ccm_data.palette import rgb
from ccm_data.vocab import Status, codes, label

SIDE = 330
"""Pixels of the square that the members fit into; a wider place shows more around them."""
RADIUS, PAD = 5, 3.0  # pixels of a ring, map units around the members
PIXELS = pdk.types.String("pixels")
Box = tuple[float, float, float, float]


def _point(iso3: str) -> geometry.Point:
    world = geometry.load()
    return world.marker_points.get(iso3, world.label_points[iso3])


def box(iso3s: list[str]) -> Box:
    """Map units of the corners around these states: a small one's place, a large one's mainland without far islands."""
    points = [_point(iso3) for iso3 in iso3s]
    for iso3 in set(iso3s) - set(geometry.load().markers):
        rings = sorted(hatch.outline(iso3, 1.0), key=len)
        points += rings[-1] if rings else ()
    xs, ys = zip(*points, strict=True)
    return min(xs) - PAD, min(ys) - PAD, max(xs) + PAD, max(ys) + PAD


def deck(members: pd.DataFrame, ground: str = palette.WATER) -> pdk.Deck:
    """The picture of these members, rows of `planner.members`; `ground` is the colour of the page."""
    world = geometry.load()
    status = dict(zip(members["iso3"], members["status"], strict=True))
    fills = [palette.STATUS[status[iso3]] if iso3 in status else palette.NO_STATUS for iso3 in world.index]
    fills = [palette.on(ground, fill) for fill in [*fills, palette.NO_STATUS]]
    few = list(dict.fromkeys(fills))
    colour = f"([{','.join(str(rgb(one)[:3]) for one in few)}])[({[few.index(one) for one in fills]})[properties.i]]"
    letters, halo = (palette.WATER, palette.INK) if ground == palette.DARK_GROUND else (palette.INK, palette.WATER)
    x0, y0, x1, y1 = box(list(status))
    scale = min(SIDE / (x1 - x0), SIDE / (y1 - y0))
    points = [
        {"p": _point(row["iso3"]), "c": rgb(palette.STATUS[row["status"]])[:3], "name": wording.named(row),
         "target": bool(row["is_target"])}
        for row in members.to_dict("records") if row["is_target"] or row["iso3"] in world.marker_points
    ]  # fmt: skip
    shown: dict[str, Any] = {"get_position": "p", "radius_units": PIXELS, "line_width_units": PIXELS, "stroked": True}
    return pdk.Deck(
        layers=[
            pdk.Layer(
                "GeoJsonLayer", world.url, id="shapes", pickable=True, stroked=True, filled=True,
                get_fill_color=colour.replace(" ", ""), get_line_color=rgb(ground), get_line_width=0.6,
                line_width_units=PIXELS, update_triggers={"getFillColor": sorted(status.items())},
            ),
            pdk.Layer(
                "ScatterplotLayer", [one for one in points if not one["target"]], id="parties", pickable=True,
                get_radius=RADIUS - 1, get_fill_color="c", get_line_color=rgb(palette.WATER), get_line_width=1, **shown,
            ),
            pdk.Layer(  # light around dark, so that a ring is seen on every ground
                "ScatterplotLayer", [one for one in points if one["target"]], id="halo", pickable=False,
                get_radius=RADIUS + 2, get_fill_color=rgb(palette.WATER), get_line_width=0, **shown,
            ),
            pdk.Layer(
                "ScatterplotLayer", [one for one in points if one["target"]], id="targets", pickable=True,
                get_radius=RADIUS, get_fill_color="c", get_line_color=rgb(palette.INK), get_line_width=2, **shown,
            ),
            pdk.Layer(
                "TextLayer", _names([one for one in points if one["target"]], scale), id="names", pickable=False,
                get_position="p", get_text="name", get_size=12, size_units=PIXELS, get_color=rgb(letters),
                get_pixel_offset="o", get_text_anchor="a", character_set=pdk.types.String("auto"), font_weight=600,
                font_family=pdk.types.String("Arial, Helvetica, sans-serif"), outline_width=4,
                outline_color=rgb(halo, 235), font_settings={"sdf": True, "fontSize": 64, "buffer": 8},
            ),
        ],
        views=[pdk.View("OrthographicView", controller=True, flip_y=False)],
        initial_view_state=pdk.ViewState(target=[(x0 + x1) / 2, (y0 + y1) / 2, 0], zoom=math.log2(scale)),
        map_provider=None,
        tooltip={"text": "{name}"},
    )  # fmt: skip


def _names(points: list[dict[str, Any]], scale: float) -> list[dict[str, Any]]:
    """The names that touch no other one, beside their rings: to the right, else to the left."""
    rings = [(one["p"][0] * scale, one["p"][1] * scale) for one in points]
    taken = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in rings]
    placed = []
    for one in points:
        for side, anchor in ((1, "start"), (-1, "end")):
            x, y = one["p"][0] * scale + side * (RADIUS + 3), one["p"][1] * scale
            far = x + side * 7 * len(one["name"])
            mine = (min(x, far), y - 8, max(x, far), y + 8)
            if not any(a[0] < mine[2] and mine[0] < a[2] and a[1] < mine[3] and mine[1] < a[3] for a in taken):
                taken.append(mine)
                placed.append({"p": one["p"], "name": one["name"], "o": [side * (RADIUS + 3), 0], "a": anchor})
                break
    return placed


def show(members: pd.DataFrame, name: str) -> None:
    """Draw the room of this name with its legend."""
    ground = palette.DARK_GROUND if st.context.theme.type == "dark" else palette.WATER
    targets = [wording.named(row) for row in members[members["is_target"].astype(bool)].to_dict("records")]
    try:
        drawn = deck(members, ground)
    except CcmError as error:  # the shapes are missing
        st.error(escape.markdown(error), icon=":material/map:")
        return
    st.pydeck_chart(
        drawn, height=SIDE,
        alt=f"Map of the {len(members)} members of {name} by status; the targets are ringed: {', '.join(targets)}.",
    )  # fmt: skip
    held = members["status"].value_counts()
    swatch = "display:inline-block;width:11px;height:11px;margin-right:5px;border:1px solid #5B6670;border-radius:50%"
    st.html(" &ensp; ".join([
        *(f"<span style='white-space:nowrap'><i style='{swatch};background:{palette.STATUS[code]}'></i>"
          f"{label(Status, code)}: {held[code]}</span>" for code in codes(Status) if code in held),
        f"<span style='white-space:nowrap'>ringed: {len(targets)} targets</span>",
    ]))  # fmt: skip
