"""The world's shapes as the app needs them at run time: where they are, what they hold, where labels go.

The shapes themselves go to the browser by URL and are never read here. All points are in the map units of
`ccm_data.geometry.projection` (x east, y **north**), so deck.gl's OrthographicView needs `flipY` false.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ccm_data.errors import CcmError
from ccm_data.geometry.projection import KM2_PER_SQUARE_UNIT, equal_earth, equal_earth_inverse, wrap
from ccm_data.paths import PACKAGE, STATIC

__all__ = ["KM2_PER_SQUARE_UNIT", "WorldShapes", "equal_earth", "equal_earth_inverse", "load", "wrap"]

MANIFEST = PACKAGE / "geometry" / "world.json"
REBUILD = "run `python -m ccm_data.geometry.build`"

Point = tuple[float, float]


@dataclass(frozen=True)
class WorldShapes:
    """What the builder put on the map.

    Each feature of the file has the properties `i` (see `index`), `iso3` (null for neutral) and `name`. Beside the
    features stand the `states` in the order of `index`: name, x and y of the label or marker, area, whether it is
    a marker (1 or 0).
    """

    url: str
    """Where the browser fetches the shapes, relative to the app; holds the content's hash."""
    path: Path
    """The same file on disk."""
    bounds: tuple[float, float, float, float]
    """Least x, least y, greatest x, greatest y of all shapes and markers, in map units."""
    index: tuple[str, ...]
    """ISO3 codes of all states in order: a state's place here is its feature's `i`."""
    neutral_index: int
    """The `i` of every area that is not a state: the place after the last state."""
    neutral: dict[str, str]
    """Code and name of the neutral areas on the map."""
    label_points: dict[str, Point]
    """For every state, a point in its largest part."""
    markers: tuple[str, ...]
    """The states too small to see or click as shapes, by ISO3 code."""
    marker_points: dict[str, Point]
    """Where to draw those markers: the label points, pushed apart where circles of 5 pixels radius would
    cover each other on a map 1800 pixels wide."""
    areas: dict[str, float]
    """Square map units of each state's shape; a state that is a marker only (the Holy See) is absent."""
    disclaimer: str
    """Stands under the map and on every export of it."""


@cache
def load() -> WorldShapes:
    """The committed shapes. Raises CcmError when they are missing or do not belong together."""
    try:
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CcmError(f"The map's manifest {MANIFEST.name} cannot be read ({error}): {REBUILD}.") from error
    path = STATIC / manifest["file"]
    if not path.is_file():
        raise CcmError(f"The map shapes {path.name} are missing from {STATIC.name}/: {REBUILD}.")
    x0, y0, x1, y1 = manifest["bounds"]
    return WorldShapes(
        url=f"app/static/{path.name}",
        path=path,
        bounds=(x0, y0, x1, y1),
        index=tuple(manifest["index"]),
        neutral_index=manifest["neutral_index"],
        neutral={area["code"]: area["name"] for area in manifest["neutral"]},
        label_points=_points(manifest["label_points"]),
        markers=tuple(manifest["markers"]),
        marker_points=_points(manifest["marker_points"]),
        areas=manifest["areas"],
        disclaimer=manifest["disclaimer"],
    )


def _points(of: dict[str, list[float]]) -> dict[str, Point]:
    return {code: (x, y) for code, (x, y) in of.items()}
