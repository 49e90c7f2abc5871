"""Build the map shapes: `python -m ccm_data.geometry.build` (needs shapely and numpy; the app does not).

Reads the atlas in `source/` and the states in `facts/states.csv`; writes `static/world.<hash>.geojson` for
the browser and `world.json` beside this file for the app. The same input gives the same bytes.
`--check` writes nothing and says whether the committed files are what the builder makes.
"""

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import click
from shapely import MultiPoint, MultiPolygon, Polygon, make_valid, unary_union
from shapely.geometry.polygon import orient

from ccm_data.geometry import choices
from ccm_data.geometry.projection import equal_earth, wrap
from ccm_data.geometry.spread import spread
from ccm_data.geometry.topo import Area, Ring, read_areas
from ccm_data.paths import PACKAGE, STATIC

SOURCE = PACKAGE / "geometry" / "source" / "50m.json"
STATES = PACKAGE / "facts" / "states.csv"
MANIFEST = PACKAGE / "geometry" / "world.json"

TOLERANCE = 0.07
"""Map units (about 2.4 km): the most a simplified line departs from the atlas."""
LONGEST_EDGE_DEGREES = 2.0
DECIMALS = 2
"""Of map units: about 350 m."""
SMALLEST_PART = 0.02
"""Square map units (about 24 km²): smaller islands and holes go, except an area's largest part."""
MARKER_BELOW = 8.0
"""Square map units (about 9,500 km², 26 square pixels on a map 1800 pixels wide): a state whose largest part
is smaller gets a marker."""
MARKER_RADIUS_PX = 5
MARKER_MAP_WIDTH_PX = 1800
"""Markers of this radius do not cover each other on a map at least this wide."""
MARGIN = 4.0
"""Map units around a point that belong to the map: a marker and its outline."""

Shape: TypeAlias = Polygon | MultiPolygon


@dataclass(frozen=True)
class Built:
    """The two files as bytes, and the name of the one for the browser (it carries the content's hash)."""

    name: str
    shapes: bytes
    manifest: bytes


def build() -> Built:
    """Both files, from the source and the states. Raises RuntimeError when a shape comes out broken."""
    with STATES.open(encoding="utf-8", newline="") as file:
        states = {row["iso3"]: row for row in csv.DictReader(file)}
    index = sorted(states)
    shapes = _shapes(read_areas(SOURCE, TOLERANCE, LONGEST_EDGE_DEGREES))
    neutral = sorted(shapes.keys() - states.keys())

    features = [
        _feature(index.index(code), code, states[code]["name_short"], shapes[code]) for code in index if code in shapes
    ]
    features += [_feature(len(index), None, choices.NEUTRAL_NAMES[code], shapes[code]) for code in neutral]
    labels = {code: _label_point(states[code]) for code in index}
    markers = [code for code in index if code not in shapes or _largest(shapes[code]) < MARKER_BELOW]
    bounds = _bounds(shapes, labels)
    distance = 2 * MARKER_RADIUS_PX * (bounds[2] - bounds[0]) / MARKER_MAP_WIDTH_PX
    marker_points = spread({code: labels[code] for code in markers}, distance)
    areas = {code: round(shapes[code].area, 3) for code in index if code in shapes}
    named = [
        [
            states[code]["name_short"],
            *_rounded(marker_points.get(code, labels[code])),
            areas.get(code, 0),
            +(code in markers),
        ]
        for code in index
    ]
    body = _json({"type": "FeatureCollection", "states": named, "features": features})
    name = f"world.{hashlib.sha256(body).hexdigest()[:8]}.geojson"
    manifest = {
        "file": name,
        "bounds": [round(value, DECIMALS) for value in bounds],
        "index": index,
        "neutral_index": len(index),
        "neutral": [{"code": code, "name": choices.NEUTRAL_NAMES[code]} for code in neutral],
        "label_points": {code: _rounded(point) for code, point in labels.items()},
        "markers": markers,
        "marker_points": {code: _rounded(point) for code, point in marker_points.items()},
        "areas": areas,
        "disclaimer": choices.DISCLAIMER,
    }
    return Built(name, body, _json(manifest, indent=1))


def _bounds(shapes: dict[str, Shape], points: dict[str, tuple[float, float]]) -> tuple[float, ...]:
    """The box around all shapes and, so that no marker is cut off at the edge, around all points with a margin."""
    dots = MultiPoint(list(points.values())).buffer(MARGIN)
    bounds: tuple[float, ...] = unary_union([*shapes.values(), dots]).bounds
    return bounds


def _shapes(areas: list[Area]) -> dict[str, Shape]:
    """Each area of the map by its code, in map units; an area too small for any polygon is absent."""
    parts: dict[str, list[Polygon]] = defaultdict(list)
    for area in areas:
        if area.code not in choices.DROPPED:
            code = choices.MERGED.get(area.code, area.code)
            parts[code] += _polygons(area.parts, choices.west_edge(code))
    return {code: _joined(code, polygons) for code, polygons in sorted(parts.items()) if polygons}


def _polygons(parts: list[list[Ring]], west: float) -> list[Polygon]:
    """The parts in the plane, without specks; only the largest may be a speck itself."""
    polygons = []
    for part in parts:
        outer, *holes = [_projected(ring, west) for ring in part]
        if len(outer) > 3:
            kept = [hole for hole in holes if len(hole) > 3 and Polygon(hole).area >= SMALLEST_PART]
            polygons.append(Polygon(outer, kept))
    polygons.sort(key=lambda polygon: polygon.area, reverse=True)
    return polygons[:1] + [polygon for polygon in polygons[1:] if polygon.area >= SMALLEST_PART]


def _projected(ring: Ring, west: float) -> Ring:
    """The ring in map units, whole on the side of the cut where its middle lies."""
    longitudes = [lon for lon, _ in ring]
    middle = (min(longitudes) + max(longitudes)) / 2
    shift = wrap(middle, west) - middle
    points = [_rounded(equal_earth(lon + shift, lat)) for lon, lat in ring]
    return points[:1] + [point for last, point in pairwise(points) if point != last]


def _joined(code: str, polygons: list[Polygon]) -> Shape:
    """One shape in one canonical order of parts and vertices; halves that meet at 180 degrees are closed."""
    sound = [polygon if polygon.is_valid else make_valid(polygon) for polygon in polygons]  # rounding crosses lines
    shape = unary_union(sound, grid_size=10**-DECIMALS).normalize()
    if not shape.is_valid or shape.is_empty:
        raise RuntimeError(f"the shape of {code} is broken")
    return shape


def _largest(shape: Shape) -> float:
    return max(float(polygon.area) for polygon in _polygons_of(shape))


def _polygons_of(shape: Shape) -> list[Polygon]:
    return [shape] if isinstance(shape, Polygon) else list(shape.geoms)


def _label_point(state: dict[str, str]) -> tuple[float, float]:
    lon = wrap(float(state["label_lon"]), choices.west_edge(state["iso3"]))
    return equal_earth(lon, float(state["label_lat"]))


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], DECIMALS) + 0.0, round(point[1], DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0


def _feature(i: int, iso3: str | None, name: str, shape: Shape) -> dict[str, Any]:
    rings = [
        [[_rounded(point) for point in ring.coords] for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in (orient(polygon) for polygon in _polygons_of(shape))
    ]
    return {
        "type": "Feature",
        "properties": {"i": i, "iso3": iso3, "name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": rings},
    }


def _json(value: Any, indent: int | None = None) -> bytes:
    separators = (",", ":") if indent is None else None
    return (json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n").encode()


def write(built: Built, static: Path = STATIC, manifest: Path = MANIFEST) -> None:
    """Write both files and remove the shapes of earlier builds."""
    static.mkdir(exist_ok=True)
    for old in static.glob("world.*.geojson"):
        if old.name != built.name:
            old.unlink()
    (static / built.name).write_bytes(built.shapes)
    manifest.write_bytes(built.manifest)


def stale(built: Built, static: Path = STATIC, manifest: Path = MANIFEST) -> list[Path]:
    """The files that are not what the builder makes: missing, different, or left over from earlier."""
    expected = {static / built.name: built.shapes, manifest: built.manifest}
    wrong = [path for path, body in expected.items() if not path.is_file() or path.read_bytes() != body]
    return wrong + sorted(set(static.glob("world.*.geojson")) - expected.keys())


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the committed files are not up to date.")
def main(check: bool) -> None:
    """Build the map shapes from the vendored atlas."""
    built = build()
    if not check:
        write(built)
        click.echo(f"Wrote {STATIC / built.name} ({len(built.shapes):,} bytes) and {MANIFEST}.")
    elif wrong := stale(built):
        files = ", ".join(path.name for path in wrong)
        raise click.ClickException(f"Not what the builder makes: {files}. Run `python -m ccm_data.geometry.build`.")
    else:
        click.echo(f"{built.name} and {MANIFEST.name} are what the builder makes.")


if __name__ == "__main__":
    main()
