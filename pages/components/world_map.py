"""The world map: shapes by URL once, colours by expression on each rerun (DESIGN section 6)."""

from __future__ import annotations

import hashlib
import html
import json
import math
from collections import defaultdict
from functools import lru_cache
from typing import Any

import pandas as pd
import pydeck as pdk
import streamlit as st

from ccm_data import geometry, palette, wording
from ccm_data.geometry import hatch
from ccm_data.palette import rgb
from ccm_data.scheme import Scheme
from ccm_data.vocab import Category, Status
from pages.components import choices

_DEGREES = (
    None,
    (-20, 55, -37, 38),
    (-125, -33, -56, 60),
    (-88, -58, 8, 28),
    (26, 150, -12, 56),
    (-25, 45, 34, 71),
    (112, 205, -48, 22),
)
VIEWS: dict[str, tuple[int, int, int, int] | None] = dict(zip(choices.VIEWS, _DEGREES, strict=True))
"""Names of views: west, east, south, north in degrees."""

WORLD_WEST = -395.0
"""Left edge of the world view in map units: the empty Pacific west of Alaska is cut off."""

DEFAULT_WIDTH = 780
"""Pixels, until the browser has said how wide the map's place is."""

_MEASURE = st.components.v2.component(
    "ccm_width",
    html="<div style='height:1px'></div>",
    js="""
export default function ({ parentElement, setStateValue }) {
  const place = parentElement.querySelector("div")
  let told = 0, timer = 0
  const tell = () => {
    const width = Math.floor(place.clientWidth / 10) * 10
    if (width > 0 && width !== told) { told = width; setStateValue("width", width) }
  }
  const watcher = new ResizeObserver(() => { clearTimeout(timer); timer = setTimeout(tell, told ? 200 : 0) })
  watcher.observe(place)
  return () => watcher.disconnect()
}
""",
)


@lru_cache(maxsize=64)
def _reach(scale: float, radius: float) -> dict[str, float]:
    """How far around each marker a click counts as its own, in pixels: no further than half the way to the next."""
    points = geometry.load().marker_points
    return {
        iso3: round(max(2.0, min(radius + 3, min(scale * math.dist(at, other) for code, other in points.items()
                                              if code != iso3) / 2)), 1)
        for iso3, at in points.items()
    }  # fmt: skip


def describe(row: pd.Series[Any]) -> str:
    """Status and categories of one state, as hovering shows them."""
    said = [wording.status_label(row)]
    said += [term.label for term in Category if term.value in row["categories"]]
    return " · ".join(dict.fromkeys(said))


def deck(
    states: pd.DataFrame,
    colours: Scheme,
    selected: str | None,
    view: str,
    size: tuple[int, int],
    generation: int,
    ground: str = palette.WATER,
) -> pdk.Deck:
    """The map. `size` is width and height in pixels, `ground` the colour of the page.

    The visible layers are never pickable and keep their ids, so the shapes are fetched and cut into triangles once.
    A transparent layer above them takes hovers and clicks; its id changes with each `generation`, because a new id
    makes Streamlit drop the click's selection, which would otherwise fade all other states until cleared.
    """
    world = geometry.load()
    fills = [*(colours.fill(iso3, ground) for iso3 in world.index), palette.on(ground, palette.NO_STATUS)]
    if selected:  # the rest steps back
        fills = [
            fill if iso3 == selected else palette.paler(fill, BEHIND, ground)
            for iso3, fill in zip([*world.index, ""], fills, strict=True)
        ]
    painted = hashlib.sha256("".join(fills).encode()).hexdigest()[:12]  # deck.gl repaints when this changes
    water = rgb(palette.WATER)
    known = dict(zip(states["iso3"], states["name_short"], strict=True))
    points = [
        {"p": world.marker_points[iso3], "i": world.index.index(iso3), "iso3": iso3, "name": known[iso3]}
        for iso3 in world.markers
        if iso3 in known
    ]
    width, _height = size
    radius = 5 if width < 1100 else 6.5
    names = _labels(states.assign(colour=[fills[world.index.index(c)] for c in states["iso3"]]), selected, view, size)
    x0, y0, x1, y1 = _box(view)
    reach = _reach(round(min(size[0] / (x1 - x0), size[1] / (y1 - y0)), 3), radius)
    layers = [
        pdk.Layer(
            "GeoJsonLayer", world.url, id="shapes", pickable=False, stroked=True, filled=True,
            get_fill_color=_by_index(fills), get_line_color=water, get_line_width=0.6,
            line_width_units=pdk.types.String("pixels"), update_triggers={"getFillColor": painted},
        ),
        pdk.Layer(
            "ScatterplotLayer", [{**p, "c": rgb(fills[p["i"]])[:3]} for p in points], id="markers", pickable=False,
            get_position="p", get_fill_color="c", get_line_color=water, get_line_width=1, stroked=True,
            get_radius=radius, radius_units=pdk.types.String("pixels"), line_width_units=pdk.types.String("pixels"),
        ),
        *_hatched(colours, world, view, size, radius),
        *_marked(selected, world, view, size, radius),
        *(
            pdk.Layer(
                "TextLayer", [name for name in names if name["dark"] == dark], id=f"names-{dark}", pickable=False,
                get_position="p", get_text="t", get_size=12 if width < 1100 else 14, font_weight=600,
                size_units=pdk.types.String("pixels"), get_color=rgb(palette.WATER if dark else palette.INK),
                character_set=pdk.types.String("auto"), get_pixel_offset="o", get_text_anchor="a",
                font_family=pdk.types.String("Arial, Helvetica, sans-serif"), outline_width=4,
                outline_color=rgb(palette.INK, 220) if dark else rgb(palette.WATER, 235),
                font_settings={"sdf": True, "fontSize": 96, "buffer": 12, "radius": 24},
            )
            for dark in sorted({name["dark"] for name in names})
        ),
        pdk.Layer(
            "GeoJsonLayer", world.url, id=f"hit-{generation}", pickable=True, stroked=False, filled=True,
            get_fill_color=[0, 0, 0, 0], auto_highlight=True, highlight_color=[27, 39, 51, 60],
        ),
        pdk.Layer(
            "ScatterplotLayer", [{**p, "h": reach[p["iso3"]]} for p in points], id=f"hit-markers-{generation}",
            pickable=True, get_position="p", get_fill_color=[0, 0, 0, 0], get_radius="h",
            radius_units=pdk.types.String("pixels"), auto_highlight=True, highlight_color=[27, 39, 51, 60],
        ),
    ]  # fmt: skip
    return _CompactDeck(
        layers=layers,
        views=[pdk.View("OrthographicView", controller=True, flip_y=False)],
        initial_view_state=_view_state(view, size),
        map_provider=None,
        tooltip={"html": _tooltip(states, world), "style": TOOLTIP_STYLE},
    )  # fmt: skip


SMALL = 150.0
"""Square pixels below which a selected state gets a ring around it in the place of an outline that nobody would see."""
BEHIND = 0.45
"""How much of white is mixed into what is not selected."""


def _marked(
    selected: str | None, world: geometry.WorldShapes, view: str, size: tuple[int, int], radius: float
) -> list[pdk.Layer]:
    """The selected state's outline over everything, dark on a light halo.

    Its layers have ids of their own for each state: deck.gl then draws them anew, whichever way it was selected.
    """
    if selected is None:
        return []
    pixels = pdk.types.String("pixels")
    strokes = (("halo", palette.WATER, 6.0), ("line", palette.INK, 2.4))
    x0, y0, x1, y1 = _box(view)
    pixel = 1 / min(size[0] / (x1 - x0), size[1] / (y1 - y0))
    if selected in world.marker_points or world.areas[selected] < SMALL * pixel**2:
        at = [{"p": world.marker_points.get(selected, world.label_points[selected])}]
        return [
            pdk.Layer(
                "ScatterplotLayer", at, id=f"selected-{name}-{selected}", pickable=False, get_position="p",
                filled=False, stroked=True, get_line_color=rgb(colour), get_line_width=wide, line_width_units=pixels,
                get_radius=radius + 3, radius_units=pixels,
            )
            for name, colour, wide in strokes
        ]  # fmt: skip
    rings = [{"r": [[round(x, 2), round(y, 2)] for x, y in ring]} for ring in hatch.outline(selected, 1.5 * pixel)]
    return [
        pdk.Layer(
            "PathLayer", rings, id=f"selected-{name}-{selected}", pickable=False, get_path="r", get_color=rgb(colour),
            get_width=wide, width_units=pixels, joint_rounded=True, cap_rounded=True,
        )
        for name, colour, wide in strokes
    ]  # fmt: skip


HATCH = 6.0  # pixels between the lines that mark what is provisional


def _hatched(
    colours: Scheme, world: geometry.WorldShapes, view: str, size: tuple[int, int], radius: float
) -> list[pdk.Layer]:
    """Lines across the states whose class rests on news nobody confirmed yet; none is the usual case."""
    if not colours.provisional:
        return []
    x0, y0, x1, y1 = _box(view)
    pixel = 1 / min(size[0] / (x1 - x0), size[1] / (y1 - y0))
    drawn = [
        (iso3, line)
        for iso3 in sorted(colours.provisional)
        for line in (
            hatch.circle(world.marker_points[iso3], radius * pixel)
            if iso3 in world.marker_points
            else hatch.lines(iso3, HATCH * pixel)
        )
    ]
    data = [
        {
            "s": [round(a, 2) for a in start],
            "t": [round(a, 2) for a in end],
            "c": rgb(palette.WATER if sum(rgb(colours.fill(iso3))[:3]) < DARK else palette.INK),
        }
        for iso3, (start, end) in drawn
    ]
    return [
        pdk.Layer(
            "LineLayer", data, id="provisional", pickable=False, get_source_position="s", get_target_position="t",
            get_color="c", get_width=1.6, width_units=pdk.types.String("pixels"),
        )
    ]  # fmt: skip


class _CompactDeck(pdk.Deck):
    """A deck whose message has no indentation, which is more than half of pydeck's."""

    def to_json(self) -> str:
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def _by_index(colours: list[str]) -> str:
    """An expression for the colour at a feature's index: the few colours once, then a place among them per state.

    The array literals need their parentheses: without them the browser's evaluator silently paints black.
    """
    few = list(dict.fromkeys(colours))
    palette_part = ",".join(str(rgb(colour)[:3]).replace(" ", "") for colour in few)
    places = ",".join(str(few.index(colour)) for colour in colours)
    return f"([{palette_part}])[([{places}])[properties.i]]"


def _view_state(view: str, size: tuple[int, int]) -> pdk.ViewState:
    x0, y0, x1, y1 = _box(view)
    zoom = math.log2(min(size[0] / (x1 - x0), size[1] / (y1 - y0)))
    return pdk.ViewState(target=[(x0 + x1) / 2, (y0 + y1) / 2, 0], zoom=zoom, min_zoom=-1.5, max_zoom=6)


def _box(view: str) -> tuple[float, float, float, float]:
    """Map units of a view's corners."""
    if (degrees := VIEWS[view]) is None:
        _x0, y0, x1, y1 = geometry.load().bounds
        return WORLD_WEST, y0, x1, y1
    west, east, south, north = degrees
    corners = [geometry.equal_earth(lon, lat) for lon in (west, east) for lat in (south, north)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _tooltip(states: pd.DataFrame, world: geometry.WorldShapes) -> str:
    """Name from the shape, status and categories by style: only the texts that occur are sent, not one per state."""
    texts: dict[str, list[int]] = defaultdict(list)
    for _, row in states.iterrows():
        texts[describe(row)].append(world.index.index(row["iso3"]))
    texts["Carries no status"].append(world.neutral_index)
    spans = "".join(
        f"<i class='{' '.join(f's{i}' for i in places)}'>{html.escape(text)}</i>" for text, places in texts.items()
    )
    return (
        "<div class='ccm-tip'><style>.ccm-tip i{display:none;font-style:normal}.ccm-tip .s{i}{display:inline}</style>"
        f"<b>{{name}}</b><br>{spans}</div>"
    )


TOOLTIP_STYLE = {
    "backgroundColor": palette.INK,
    "color": palette.WATER,
    "fontSize": "14px",
    "borderRadius": "4px",
    "maxWidth": "320px",
}
LABEL_ORDER = [Status.WITHDRAWN.value, Status.SIGNATORY.value, Status.NOT_PARTY.value, Status.STATE_PARTY.value]
MOST_LABELS = 60
DARK = 300
"""Sum of red, green and blue below which a fill needs light letters."""


def _labels(states: pd.DataFrame, selected: str | None, view: str, size: tuple[int, int]) -> list[dict[str, Any]]:
    """Names that fit without touching: the selected state first, then withdrawn, signatories, others by size.

    In a filter all its states may be named; without one, only states that stand out or whose name fits inside.
    """
    world = geometry.load()
    x0, y0, x1, y1 = _box(view)
    scale = min(size[0] / (x1 - x0), size[1] / (y1 - y0))
    filtered = not states["matches"].all()
    wanted = states[states["matches"] | (states["iso3"] == selected)]
    ranked = sorted(
        wanted.to_dict("records"),
        key=lambda s: (s["iso3"] != selected, LABEL_ORDER.index(s["status"]), -world.areas.get(s["iso3"], 0)),
    )
    taken: list[tuple[float, float, float, float]] = []
    placed = []
    for state in ranked:
        iso3, name = state["iso3"], state["name_short"]
        is_marker = iso3 in world.marker_points
        half = len(name) * 3.4 + 3
        fits = not is_marker and 2 * half < scale * math.sqrt(world.areas.get(iso3, 0))
        stands_out = filtered or iso3 == selected or state["status"] in (Status.SIGNATORY, Status.WITHDRAWN)
        if not fits and not stands_out:
            continue
        x, y = world.marker_points.get(iso3, world.label_points[iso3])
        side = 0 if not is_marker else -1 if (x1 - x) * scale < 2 * half + 9 else 1  # left of it at the right edge
        px, py = x * scale + side * (half + 8), y * scale
        box = (px - half, py - 8, px + half, py + 8)
        if any(a[0] < box[2] and box[0] < a[2] and a[1] < box[3] and box[1] < a[3] for a in taken):
            continue
        taken.append(box)
        placed.append({
            "p": [x, y], "t": name, "o": [9 * side, 0], "a": ("middle", "start", "end")[side],
            "dark": fits and sum(rgb(state["colour"])[:3]) < DARK,
        })  # fmt: skip
        if len(placed) == MOST_LABELS:
            break
    return placed


def show(states: pd.DataFrame, colours: Scheme, selected: str | None, view: str, key: str = "world") -> None:
    """Draw the map in its place; a click selects the state. `key` tells several maps apart."""
    measured = _MEASURE(key=f"{key}_width", on_width_change=lambda: None, height=1)
    width = int(measured.width or DEFAULT_WIDTH)
    x0, y0, x1, y1 = _box("World")
    height = round(width * (y1 - y0) / (x1 - x0))
    generation = st.session_state.setdefault(f"_{key}_generation", 0)
    drawn = deck(states, colours, selected, view, (width, height), generation, _ground())
    st.pydeck_chart(
        drawn, key=key, height=height, on_select=lambda: _clicked(key), selection_mode="single-object",
        alt=f"World map of the {len(states)} states by {colours.title.lower()}; a table on the page holds the same.",
    )  # fmt: skip


def _ground() -> str:
    return palette.DARK_GROUND if st.context.theme.type == "dark" else palette.WATER


def _clicked(key: str) -> None:
    objects = st.session_state[key].selection.get("objects", {})
    for features in objects.values():
        for feature in features:
            iso3 = feature.get("iso3") or feature.get("properties", {}).get("iso3")
            if iso3:
                st.session_state["state"] = iso3
    if objects:
        st.session_state[f"_{key}_generation"] += 1


def legend(colours: Scheme) -> None:
    """Colours with words and the number of states, of the whole world and of the filter."""
    items = []
    for name, (inside, every) in colours.counts().items():
        count = f"{inside} of {every}" if colours.outside else f"{every}"
        items.append(
            _swatch(palette.on(_ground(), colours.colours[name]), f"{html.escape(colours.words[name])}: <b>{count}</b>")
        )
    if colours.outside:
        items.append(f"<span>paler: outside the filter, <b>{colours.outside}</b></span>")
    if colours.provisional:
        items.append(f"<span>hatched: of these provisional, <b>{len(colours.provisional)}</b></span>")
    items.append(_swatch(palette.on(_ground(), palette.NO_STATUS), "no status"))
    st.html("<div style='display:flex;flex-wrap:wrap;gap:2px 18px;font-size:0.95rem'>" + "".join(items) + "</div>")


def _swatch(colour: str, words: str) -> str:
    return (
        "<span style='display:inline-flex;align-items:center;gap:6px'>"
        f"<span style='width:14px;height:14px;border-radius:3px;background:{colour};border:1px solid #5B6670'></span>"
        f"<span>{words}</span></span>"
    )
