"""What the rivals draw: the same shapes, states, colours and filter as this app, as plainly as each tool allows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from ccm_data import geometry, palette
from ccm_data.vocab import Category
from ccm_data.workspace import Workspace

LABELS = {term.value: term.label for term in Category}


@cache
def states() -> pd.DataFrame:
    """One row per state at the horizon, by ISO3 code."""
    workspace = Workspace()
    return workspace.states(workspace.horizon).set_index("iso3")


@cache
def shapes() -> dict[str, Any]:
    """The shapes in map units, as they are in their file."""
    found: dict[str, Any] = json.loads(geometry.load().path.read_text(encoding="utf-8"))
    return found


@cache
def on_the_globe() -> dict[str, Any]:
    """The same in degrees, for tools that draw no other."""

    def degrees(ring: list[list[float]]) -> list[tuple[float, float]]:
        return [geometry.equal_earth_inverse(x, y) for x, y in reversed(ring)]  # Plotly wants them clockwise

    features = []
    for feature in shapes()["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        turned = {"type": "MultiPolygon", "coordinates": [[degrees(ring) for ring in part] for part in parts]}
        features.append({"type": "Feature", "geometry": turned, "properties": feature["properties"]})
    return {"type": "FeatureCollection", "features": features}


def colours(wanted: Collection[str]) -> dict[str, str]:
    """By ISO3 code the colour of a state's status, paler outside these target categories; none asked, none is."""
    held = states()
    chosen = {}
    for iso3, status, categories in zip(held.index, held["status"], held["categories"], strict=True):
        colour = palette.STATUS[status]
        chosen[iso3] = palette.paler(colour) if wanted and not set(wanted) & set(categories) else colour
    return chosen


def serve_shapes(script: Path) -> str:
    """Put the shapes where Streamlit serves them beside a script; their address."""
    file = geometry.load().path
    place = script.parent / "static" / file.name
    place.parent.mkdir(exist_ok=True)
    if not place.exists():
        shutil.copyfile(file, place)
    return f"/app/static/{file.name}"
