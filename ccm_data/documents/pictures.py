"""Pictures for slides and reports: the map and any chart as SVG and PNG, each with title, legend, day and sources.

What paints them is imported when it paints: it is slow to import, and every page offers pictures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from ccm_data import geometry, palette
from ccm_data.dates import words
from ccm_data.geometry import Point, WorldShapes, hatch
from ccm_data.scheme import Scheme

if TYPE_CHECKING:
    import altair as alt

WIDTH = 1600.0  # of the drawing, in its own units; a marker's radius is 5 of them or more
MARGIN = 28.0
WEST = -395.0  # map units; the empty Pacific west of Alaska is cut off, as on the screen
RADIUS = 6.5
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
CHARACTER = 0.54  # width of a letter of that font over its size, on average: where long lines are broken


def map_svg(
    scheme: Scheme, as_of: date, sources: str, title: str = "", names: Mapping[str, str] | None = None,
    known: str = "",
) -> str:  # fmt: skip
    """The world as a vector drawing: equal-area shapes, a marker for each small state, legend with counts, the day,
    the disclaimer and the sources. `names` become the states' tooltips; the shapes' own names else. `known` stands in
    place of the day.
    """
    world = geometry.load()
    top = 92.0
    drawn, high = _world(scheme, top, names or {})
    legend, below = _legend(scheme, top + high + 34)
    notes = [
        f"{known or f'As of {words(as_of)}'}. {_filter_note(scheme)}{_news_note(scheme)}".strip(),
        world.disclaimer,
        f"Sources: {sources}",
    ]
    foot, bottom = _notes(notes, below + 30)
    said = title or scheme.headline
    inside = f"{_line(said, MARGIN, 52, 34, bold=True)}\n{drawn}\n{legend}\n{foot}"
    return _drawing(inside, bottom, f"{said}, {words(as_of)}")


def bare_map_svg(scheme: Scheme, said: str) -> str:
    """The map of `map_svg` without title, legend and notes, for where these stand beside it; `said` describes it."""
    drawn, high = _world(scheme, 0.0, {})
    return _drawing(drawn, high, said)


def _drawing(inside: str, high: float, said: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {high:.0f}" width="{WIDTH:.0f}" '
        f'height="{high:.0f}" role="img" aria-label={quoteattr(said)} font-family="{FONT}">\n'
        f'<rect width="100%" height="100%" fill="{palette.WATER}"/>\n{inside}\n</svg>\n'
    )


def _world(scheme: Scheme, top: float, names: Mapping[str, str]) -> tuple[str, float]:
    """All shapes and markers, beginning at `top`, and how high they are."""
    world = geometry.load()
    _, y0, x1, y1 = world.bounds
    scale = (WIDTH - 2 * MARGIN) / (x1 - WEST)
    shift = f"translate({MARGIN - WEST * scale:.2f} {top + y1 * scale:.2f})"
    shapes = "\n".join(
        f'<path id="shape-{iso3 or place}" fill="{scheme.fill(iso3) if iso3 else palette.NO_STATUS}" d="{path}">'
        f"<title>{escape(names.get(iso3, name))}</title></path>"
        for place, (iso3, name, path) in enumerate(_paths())
    )
    drawn = (
        f'<g transform="{shift} scale({scale:.4f} {-scale:.4f})" stroke="{palette.WATER}" stroke-width="0.35" '
        f'stroke-linejoin="round">\n{shapes}\n{_hatching(scheme, scale)}\n</g>\n'
        f'<g transform="{shift}" stroke="{palette.WATER}" stroke-width="1.2">\n{_markers(scheme, world, scale)}\n</g>'
    )
    return drawn, (y1 - y0) * scale


def _filter_note(scheme: Scheme) -> str:
    return f"Paler: the {scheme.outside} states outside the filter." if scheme.outside else ""


def _news_note(scheme: Scheme) -> str:
    return f" Hatched: of these {len(scheme.provisional)} provisional, not confirmed." if scheme.provisional else ""


@cache
def _paths() -> tuple[tuple[str, str, str], ...]:
    """ISO code (blank for neutral areas), name and outline of every shape, in map units."""
    features = json.loads(geometry.load().path.read_text(encoding="utf-8"))["features"]
    return tuple(
        (one["properties"]["iso3"] or "", one["properties"]["name"], _outline(one["geometry"])) for one in features
    )


def _outline(shape: dict[str, Any]) -> str:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = (ring for polygon in polygons for ring in polygon)
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z" for ring in rings)


def _markers(scheme: Scheme, world: WorldShapes, scale: float) -> str:
    points: dict[str, Point] = world.marker_points
    return "\n".join(
        f'<circle id="marker-{iso3}" cx="{points[iso3][0] * scale:.1f}" cy="{-points[iso3][1] * scale:.1f}" '
        f'r="{RADIUS}" fill="{scheme.fill(iso3)}"'
        f"{_dashed(iso3 in scheme.provisional)}><title>{iso3}</title></circle>"
        for iso3 in world.markers
    )


HATCH = 7.0  # units of the drawing between the lines that mark what is provisional


def _hatching(scheme: Scheme, scale: float) -> str:
    drawn = "".join(
        f"M{x0:.2f} {y0:.2f}L{x1:.2f} {y1:.2f}"
        for iso3 in sorted(scheme.provisional)
        for (x0, y0), (x1, y1) in hatch.lines(iso3, HATCH / scale)
    )
    return (
        f'<path id="provisional" d="{drawn}" stroke="{palette.INK}" stroke-width="{1.4 / scale:.3f}"/>' if drawn else ""
    )


def _dashed(provisional: bool) -> str:
    return f' stroke="{palette.INK}" stroke-width="2" stroke-dasharray="3 2"' if provisional else ""


def _legend(scheme: Scheme, y: float) -> tuple[str, float]:
    """The legend's rows from `y` down, and where the last one stands."""
    parts, x = [], MARGIN
    entries = [
        (colour, f"{scheme.words[name]}: {f'{inside} of {every}' if inside < every else every}")
        for (name, colour), (inside, every) in zip(scheme.colours.items(), scheme.counts().values(), strict=True)
    ]
    for colour, text in [*entries, (palette.NO_STATUS, "no status")]:
        wide = 30 + len(text) * 20 * CHARACTER + 26
        if x + wide > WIDTH:
            x, y = MARGIN, y + 32
        parts.append(
            f'<rect x="{x:.0f}" y="{y - 17:.0f}" width="22" height="22" rx="3" fill="{colour}" '
            f'stroke="{palette.INK}" stroke-width="0.8"/>{_line(text, x + 30, y + 1, 20)}'
        )
        x += wide
    return "\n".join(parts), y


def _notes(notes: list[str], y: float) -> tuple[str, float]:
    size, lines = 14.0, []
    for note in notes:
        for text in wrap(note, (WIDTH - 2 * MARGIN) / (size * CHARACTER)):
            lines.append(_line(text, MARGIN, y, size))
            y += size * 1.35
    return "\n".join(lines), y + 6


def wrap(text: str, most: float) -> list[str]:
    """A text in lines of at most so many characters; a longer word keeps a line of its own."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _line(text: str, x: float, y: float, size: float, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:g}"{weight} fill="{palette.INK}">{escape(text)}</text>'


def publishers(sources: pd.DataFrame) -> str:
    """Who published these sources (`Reading.sources_of`), each once: what stands under a picture."""
    return "; ".join(sorted(sources["publisher"].dropna().unique()))


def png(svg: str, width: int = 2400) -> bytes:
    """A drawing as a PNG of about this width in pixels."""
    start = svg.index("<svg")
    own = svg[start : svg.index(">", start)].split(' width="')[1].split('"')[0]
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=width / float(own))


def chart_svg(chart: alt.TopLevelMixin, title: str, as_of: date, sources: str, known: str = "") -> str:
    """Any chart as a vector drawing, titled, with the day (or `known`) and the sources under it."""
    import vl_convert

    return vl_convert.vegalite_to_svg(_dressed(chart, title, as_of, sources, known))


def chart_png(chart: alt.TopLevelMixin, title: str, as_of: date, sources: str, scale: float = 3.0) -> bytes:
    """Any chart as PNG, titled, with the day and the sources under it; `scale` 1 is 72 pixels to the inch."""
    import vl_convert

    return vl_convert.vegalite_to_png(_dressed(chart, title, as_of, sources), scale=scale)


def _dressed(chart: alt.TopLevelMixin, title: str, as_of: date, sources: str, known: str = "") -> dict[str, Any]:
    import altair as alt  # slow to import, and only charts need it

    spec: dict[str, Any] = chart.to_dict()
    wide = spec.get("width", 640)
    if not isinstance(wide, int | float):
        wide = 640
    below = wrap(f"{known or f'As of {words(as_of)}'}. Sources: {sources}", wide / (11 * CHARACTER))
    drawn: Any = chart
    framed = alt.vconcat(
        drawn.properties(width=wide, title=alt.TitleParams(title, anchor="start", fontSize=18)),
        alt.Chart(alt.InlineData(values=[{}])).mark_text(align="left", baseline="top", fontSize=11, lineHeight=14)
        .encode(text=alt.value(below), x=alt.value(0), y=alt.value(0), color=alt.value(palette.INK))
        .properties(width=wide, height=14 * len(below)),
    ).configure(font=FONT, background=palette.WATER).configure_view(strokeOpacity=0)  # fmt: skip
    return dict(framed.to_dict())
