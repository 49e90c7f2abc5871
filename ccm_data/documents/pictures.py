"""Pictures for slides and reports: the map and any chart as SVG and PNG, each with title, legend, day and sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
import vl_convert

from ccm_data import geometry, palette
from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.geometry import Point, WorldShapes
from ccm_data.vocab import Status
from ccm_data.workspace import Workspace

if TYPE_CHECKING:
    import altair as alt

WIDTH = 1600.0  # of the drawing, in its own units; a marker's radius is 5 of them or more
MARGIN = 28.0
WEST = -395.0  # map units; the empty Pacific west of Alaska is cut off, as on the screen
RADIUS = 6.5
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
CHARACTER = 0.54  # width of a letter of that font over its size, on average: where long lines are broken


@dataclass(frozen=True)
class Scheme:
    """How states are coloured: a class per state, by ISO code; per class a colour and words, in the legend's order.

    `matches` holds the states inside a filter, the others are drawn paler; None: all are inside.
    """

    title: str
    classes: Mapping[str, str]
    colours: Mapping[str, str]
    words: Mapping[str, str]
    matches: frozenset[str] | None = None

    def fill(self, iso3: str) -> str:
        """The colour of a state; of one that does not exist yet, that of no status. Raises CcmError for a class without."""
        if iso3 not in self.classes:
            return palette.NO_STATUS
        try:
            colour = self.colours[self.classes[iso3]]
        except KeyError as error:
            raise CcmError(f"The map's colours lack {error.args[0]!r}.") from None
        return colour if self._inside(iso3) else palette.paler(colour)

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each class of the legend: states inside the filter, and all states."""
        found = dict.fromkeys(self.colours, (0, 0))
        for iso3, name in self.classes.items():
            inside, every = found[name]
            found[name] = (inside + self._inside(iso3), every + 1)
        return found

    def _inside(self, iso3: str) -> bool:
        return self.matches is None or iso3 in self.matches


def status_scheme(states: pd.DataFrame) -> Scheme:
    """The map by status, for states as `Workspace.states` gives them."""
    return Scheme(
        "Status towards the Convention on Cluster Munitions", dict(zip(states["iso3"], states["status"], strict=True)),
        {term.value: palette.STATUS[term] for term in Status}, {term.value: term.label for term in Status},
        frozenset(states.loc[states["matches"], "iso3"]),
    )  # fmt: skip


def map_svg(scheme: Scheme, as_of: date, sources: str, title: str = "", names: Mapping[str, str] | None = None) -> str:
    """The world as a vector drawing: equal-area shapes, a marker for each small state, legend with counts, the day,
    the disclaimer and the sources. `names` become the states' tooltips; the shapes' own names else.
    """
    world = geometry.load()
    _, y0, x1, y1 = world.bounds
    scale = (WIDTH - 2 * MARGIN) / (x1 - WEST)
    top, high = 92.0, (y1 - y0) * scale
    legend, below = _legend(scheme, top + high + 34)
    notes = [f"As of {words(as_of)}. {_filter_note(scheme)}".strip(), world.disclaimer, f"Sources: {sources}"]
    foot, bottom = _notes(notes, below + 30)
    said = title or scheme.title
    shift = f"translate({MARGIN - WEST * scale:.2f} {top + y1 * scale:.2f})"
    shapes = "\n".join(
        f'<path id="shape-{iso3 or place}" fill="{scheme.fill(iso3) if iso3 else palette.NO_STATUS}" d="{path}">'
        f"<title>{escape((names or {}).get(iso3, name))}</title></path>"
        for place, (iso3, name, path) in enumerate(_paths())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {bottom:.0f}" width="{WIDTH:.0f}" '
        f'height="{bottom:.0f}" role="img" aria-label={quoteattr(f"{said}, {words(as_of)}")} font-family="{FONT}">\n'
        f'<rect width="100%" height="100%" fill="{palette.WATER}"/>\n{_line(said, MARGIN, 52, 34, bold=True)}\n'
        f'<g transform="{shift} scale({scale:.4f} {-scale:.4f})" stroke="{palette.WATER}" stroke-width="0.35" '
        f'stroke-linejoin="round">\n{shapes}\n</g>\n'
        f'<g transform="{shift}" stroke="{palette.WATER}" stroke-width="1.2">\n{_markers(scheme, world, scale)}\n</g>\n'
        f"{legend}\n{foot}\n</svg>\n"
    )


def _filter_note(scheme: Scheme) -> str:
    outside = len(scheme.classes) - len(scheme.matches) if scheme.matches is not None else 0
    return f"Paler: the {outside} states outside the filter." if outside else ""


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
        f'r="{RADIUS}" fill="{scheme.fill(iso3)}"><title>{iso3}</title></circle>'
        for iso3 in world.markers
    )


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
        for text in _wrap(note, (WIDTH - 2 * MARGIN) / (size * CHARACTER)):
            lines.append(_line(text, MARGIN, y, size))
            y += size * 1.35
    return "\n".join(lines), y + 6


def _wrap(text: str, most: float) -> list[str]:
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


def publishers(workspace: Workspace, source_ids: Iterable[str]) -> str:
    """Who published these sources, each once: what stands under a picture."""
    known = workspace.sources
    used = sorted({one for one in source_ids if one in known.index})
    return "; ".join(sorted(known.loc[used, "publisher"].dropna().unique()))


def status_sources(states: pd.DataFrame) -> set[str]:
    """The ids of the sources behind the states' status."""
    return {one for ids in states["status_source_ids"] for one in ids}


def png(svg: str, width: int = 2400) -> bytes:
    """A drawing as a PNG of about this width in pixels."""
    start = svg.index("<svg")
    own = svg[start : svg.index(">", start)].split(' width="')[1].split('"')[0]
    return vl_convert.svg_to_png(svg, scale=width / float(own))


def chart_svg(chart: alt.TopLevelMixin, title: str, as_of: date, sources: str) -> str:
    """Any chart as a vector drawing, titled, with the day and the sources under it."""
    return vl_convert.vegalite_to_svg(_dressed(chart, title, as_of, sources))


def chart_png(chart: alt.TopLevelMixin, title: str, as_of: date, sources: str, scale: float = 3.0) -> bytes:
    """Any chart as PNG, titled, with the day and the sources under it; `scale` 1 is 72 pixels to the inch."""
    return vl_convert.vegalite_to_png(_dressed(chart, title, as_of, sources), scale=scale)


def _dressed(chart: alt.TopLevelMixin, title: str, as_of: date, sources: str) -> dict[str, Any]:
    import altair as alt  # slow to import, and only charts need it

    spec: dict[str, Any] = chart.to_dict()
    wide = spec.get("width", 640)
    if not isinstance(wide, int | float):
        wide = 640
    below = _wrap(f"As of {words(as_of)}. Sources: {sources}", wide / (11 * CHARACTER))
    drawn: Any = chart
    framed = alt.vconcat(
        drawn.properties(width=wide, title=alt.TitleParams(title, anchor="start", fontSize=18)),
        alt.Chart(alt.InlineData(values=[{}])).mark_text(align="left", baseline="top", fontSize=11, lineHeight=14)
        .encode(text=alt.value(below), x=alt.value(0), y=alt.value(0), color=alt.value(palette.INK))
        .properties(width=wide, height=14 * len(below)),
    ).configure(font=FONT, background=palette.WATER).configure_view(strokeOpacity=0)  # fmt: skip
    return dict(framed.to_dict())
