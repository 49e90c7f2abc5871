"""Lines on a shape: across it, how a map marks what is provisional in any colour, and around it, what is selected."""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from itertools import pairwise

from ccm_data import geometry
from ccm_data.geometry import Point

Ring = tuple[Point, ...]
Line = tuple[Point, Point]


@cache
def _rings() -> dict[str, tuple[Ring, ...]]:
    """All rings of each state's shape, outer ones and holes alike."""
    found: dict[str, tuple[Ring, ...]] = {}
    for one in json.loads(geometry.load().path.read_text(encoding="utf-8"))["features"]:
        shape, iso3 = one["geometry"], one["properties"]["iso3"]
        if iso3:
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            found[iso3] = tuple(tuple((x, y) for x, y in ring) for polygon in polygons for ring in polygon)
    return found


@lru_cache(maxsize=256)
def outline(iso3: str, apart: float) -> tuple[Ring, ...]:
    """The rings of a state's shape for a thick line: without rings smaller than `apart` map units, and without points
    nearer to the one before; none for a mere marker."""
    found = []
    for ring in _rings().get(iso3, ()):
        kept = [ring[0]]
        for point in ring[1:-1]:
            if math.dist(point, kept[-1]) >= apart:
                kept.append(point)
        if len(kept) > 2:
            found.append((*kept, ring[0]))
    return tuple(found)


@lru_cache(maxsize=256)
def lines(iso3: str, apart: float) -> tuple[Line, ...]:
    """Lines at 45 degrees inside a state's shape, in map units and so far apart; none for a mere marker."""
    turned = [[_turn(x, y) for x, y in ring] for ring in _rings().get(iso3, ())]
    heights = [y for ring in turned for _x, y in ring]
    if not heights:
        return ()
    found: list[Line] = []
    for step in range(math.ceil(min(heights) / apart), math.floor(max(heights) / apart) + 1):
        y = step * apart
        crossings = sorted(
            x0 + (y - y0) / (y1 - y0) * (x1 - x0)
            for ring in turned
            for (x0, y0), (x1, y1) in pairwise(ring)
            if (y0 <= y) != (y1 <= y)
        )
        found += [
            (_back(left, y), _back(right, y)) for left, right in zip(crossings[::2], crossings[1::2], strict=False)
        ]
    return tuple(found)


_ROOT = math.sqrt(0.5)


def _turn(x: float, y: float) -> Point:
    return (x + y) * _ROOT, (y - x) * _ROOT


def _back(x: float, y: float) -> Point:
    return (x - y) * _ROOT, (x + y) * _ROOT


def circle(at: Point, radius: float) -> tuple[Line, ...]:
    """Three such lines inside a circle, in its units."""
    x, y = at
    found = []
    for across in (-0.5, 0.0, 0.5):
        half = math.sqrt(1 - across**2) * radius * _ROOT
        cx, cy = x - across * radius * _ROOT, y + across * radius * _ROOT
        found.append(((cx - half, cy - half), (cx + half, cy + half)))
    return tuple(found)
