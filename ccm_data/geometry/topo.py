"""TopoJSON to rings of longitude and latitude (build time only).

A border between two areas is one arc in the file. Whatever is done to a line is therefore done once to
the arc, and neighbours still fit without gap or overlap.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path

import numpy as np
from shapely import MultiLineString

from ccm_data.geometry.projection import equal_earth

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Area:
    """One area of the atlas: its code, and its parts as rings (the outer ring first)."""

    code: str
    parts: list[list[Ring]]


def read_areas(path: Path, tolerance: float, longest: float) -> list[Area]:
    """All areas of the file's `countries`, lines simplified within `tolerance` map units and then
    given a vertex at least every `longest` degrees, so that they bend with the projection."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = [_unwrapped(_decoded(arc, scale, translate)) for arc in topology["arcs"]]
    arcs = [_densified(line, longest) for line in _simplified(lines, tolerance)]
    return [
        Area(shape["properties"]["a3"], [[_ring(arcs, ring) for ring in part] for part in _parts(shape)])
        for shape in topology["objects"]["countries"]["geometries"]
    ]


def _parts(shape: dict[str, object]) -> list[list[list[int]]]:
    arcs: list[list[list[int]]] = shape["arcs"]  # type: ignore[assignment]
    return [arcs] if shape["type"] == "Polygon" else arcs  # type: ignore[list-item]


def _decoded(arc: list[list[int]], scale: list[float], translate: list[float]) -> Ring:
    """The arc's quantized steps as degrees."""
    points = np.cumsum(np.array(arc), axis=0) * scale + translate
    return [(float(x), float(y)) for x, y in points]


def _unwrapped(points: Sequence[Point]) -> Ring:
    """The same line without jumps from 180 to -180: longitudes may then pass 180."""
    line = [points[0]]
    for lon, lat in points[1:]:
        line.append((lon - 360 * round((lon - line[-1][0]) / 360), lat))
    return line


def _simplified(lines: list[Ring], tolerance: float) -> list[Ring]:
    """Fewer vertices: those that keep the lines within the tolerance on the map (on the globe, 1 degree is
    far less in the Arctic). All lines go through together, so that none is bent across another."""
    planes = [{equal_earth(*point): point for point in line} for line in lines]
    drawn = MultiLineString([[equal_earth(*point) for point in line] for line in lines])
    simple = drawn.simplify(tolerance, preserve_topology=True)
    return [[plane[x, y] for x, y in line.coords] for plane, line in zip(planes, simple.geoms, strict=True)]


def _densified(line: Ring, longest: float) -> Ring:
    return [*_steps(line, longest), line[-1]]


def _steps(line: Ring, longest: float) -> Iterator[Point]:
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, ceil(max(abs(x1 - x0), abs(y1 - y0)) / longest))
        for k in range(count):
            yield x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count


def _ring(arcs: list[Ring], indices: list[int]) -> Ring:
    """The ring made of these arcs; ~i means arc i backwards, and each arc starts where the last ended."""
    points: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return _unwrapped(points)
