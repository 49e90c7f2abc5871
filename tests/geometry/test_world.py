"""The committed shapes: complete, honest about disputed areas, clean, small, and what the builder makes."""

import csv
import gzip
import hashlib
import json
import subprocess
import sys
from functools import cache
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shapely import Geometry, Point, STRtree
from shapely.geometry import shape

from ccm_data import geometry
from ccm_data.errors import CcmError
from ccm_data.geometry import KM2_PER_SQUARE_UNIT, WorldShapes, build, equal_earth, wrap
from ccm_data.paths import PACKAGE

SMALL = (  # largest part under 25 square pixels on a map 1800 pixels wide
    "VAT MCO NRU TUV COK MDV MHL SMR KNA LIE NIU SYC MLT ATG TON VCT GRD PLW FSM AND BRB KIR LCA SGP BHR DMA "
    "STP COM CPV WSM MUS LUX BHS VUT BRN TTO SLB PSE CYP"
)
MARKERS = set(SMALL.split())


@cache
def states() -> dict[str, dict[str, str]]:
    with (PACKAGE / "facts" / "states.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row for row in csv.DictReader(file)}


@cache
def features() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(geometry.load().path.read_text(encoding="utf-8"))["features"]
    return found


@cache
def shapes() -> list[Geometry]:
    return [shape(feature["geometry"]) for feature in features()]


@pytest.fixture
def world() -> WorldShapes:
    return geometry.load()


def at(lon: float, lat: float) -> dict[str, Any]:
    """Properties of the one area at a place."""
    point = Point(equal_earth(wrap(lon), lat))
    hits = [f["properties"] for f, area in zip(features(), shapes(), strict=True) if area.contains(point)]
    assert len(hits) == 1, f"{len(hits)} areas at {lon}, {lat}"
    found: dict[str, Any] = hits[0]
    return found


def test_all_197_states_are_there_as_polygon_or_marker(world: WorldShapes) -> None:
    assert len(states()) == 197
    assert world.index == tuple(sorted(states()))
    drawn = {f["properties"]["iso3"] for f in features()} - {None}
    assert set(states()) - drawn == {"VAT"}
    assert "VAT" in world.markers
    assert set(world.areas) == drawn


def test_features_carry_their_place_in_the_index_and_the_facts_name(world: WorldShapes) -> None:
    seen: list[str] = []
    for feature in features():
        i, iso3, name = (feature["properties"][key] for key in ("i", "iso3", "name"))
        if iso3 is None:
            assert i == world.neutral_index == 197
            assert name in world.neutral.values()
        else:
            assert world.index[i] == iso3
            assert name == states()[iso3]["name_short"]
            seen.append(iso3)
    assert len(seen) == len(set(seen)) == 196
    assert sorted(world.neutral.values()) == sorted(
        f["properties"]["name"] for f in features() if f["properties"]["iso3"] is None
    )


def test_the_markers_are_the_39_small_states_and_have_points(world: WorldShapes) -> None:
    assert len(world.markers) == 39
    assert set(world.markers) == MARKERS
    assert set(world.marker_points) == MARKERS
    assert set(world.label_points) == set(states())


def test_labels_lie_on_their_states(world: WorldShapes) -> None:
    by_code = {f["properties"]["iso3"]: s for f, s in zip(features(), shapes(), strict=True)}
    far = {
        code: by_code[code].distance(Point(point))
        for code, point in world.label_points.items()
        if code in by_code and by_code[code].distance(Point(point)) > 0.2  # about 7 km: atolls are specks
    }
    assert set(far) <= MARKERS, far


@pytest.mark.parametrize(
    ("lon", "lat", "iso3"),
    [
        (44.07, 9.56, "SOM"),  # Somaliland
        (33.36, 35.25, "CYP"),  # Northern Cyprus
        (33.0, 34.85, "CYP"),
        (34.2, 45.2, "UKR"),  # Crimea
        (37.6, 55.8, "RUS"),
        (-172.0, 66.0, "RUS"),  # Chukotka beyond 180
        (35.2, 31.9, "PSE"),
        (30.5, 7.0, "SSD"),
        (-53.0, 4.0, "FRA"),  # French Guiana
    ],
)
def test_places_belong_to_states(lon: float, lat: float, iso3: str) -> None:
    assert at(lon, lat)["iso3"] == iso3


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (-13.5, 24.5, "Western Sahara"),
        (-9.5, 26.5, "Western Sahara"),  # east of the berm
        (20.9, 42.6, "Kosovo (status: SC resolution 1244 (1999))"),
        (121.0, 23.8, "Taiwan"),
        (-42.0, 70.0, "Greenland"),
        (-59.0, -51.75, "Falkland Islands (Malvinas)"),
        (165.5, -21.4, "New Caledonia"),
        (-66.5, 18.2, "Puerto Rico"),
    ],
)
def test_other_areas_are_neutral(lon: float, lat: float, name: str) -> None:
    assert at(lon, lat) == {"i": 197, "iso3": None, "name": name}


def test_there_is_no_antarctica(world: WorldShapes) -> None:
    assert world.bounds[1] > equal_earth(11, -60)[1]  # the South Sandwich Islands reach 59.5 S
    assert "ATA" not in world.neutral


def test_no_streaks_across_the_map(world: WorldShapes) -> None:
    width = world.bounds[2] - world.bounds[0]
    longest = max(
        hypot(x1 - x0, y1 - y0)
        for feature in features()
        for part in feature["geometry"]["coordinates"]
        for ring in part
        for (x0, y0), (x1, y1) in pairwise(ring)
    )
    assert longest < 0.15 * width
    assert longest < 10  # measured 7.5: borders along a parallel have a vertex every two degrees


def test_bounds_hold_all_shapes_and_markers(world: WorldShapes) -> None:
    boxes = [area.bounds for area in shapes()]
    boxes += [(x - 3.5, y - 3.5, x + 3.5, y + 3.5) for x, y in world.marker_points.values()]
    x0, y0, x1, y1 = world.bounds
    assert all(x0 <= box[0] and y0 <= box[1] and box[2] <= x1 and box[3] <= y1 for box in boxes)
    assert x0 == min(area.bounds[0] for area in shapes())  # and no wider than needed
    assert x1 - world.label_points["COK"][0] < 5


def test_areas_past_the_cut_stand_with_their_own(world: WorldShapes) -> None:
    by_code = {f["properties"]["iso3"]: s for f, s in zip(features(), shapes(), strict=True)}
    assert by_code["USA"].bounds[2] < 0
    assert by_code["RUS"].bounds[0] > 0
    assert by_code["FJI"].bounds[0] > 400
    for neighbour in ("NIU", "WSM", "TON"):
        assert 0 < world.label_points["COK"][0] - world.label_points[neighbour][0] < 50


def test_shapes_are_valid_and_neighbours_do_not_overlap() -> None:
    areas = shapes()
    assert [f["properties"]["name"] for f, s in zip(features(), areas, strict=True) if not s.is_valid] == []
    left, right = STRtree(areas).query(areas, predicate="intersects")
    overlaps = {
        (features()[a]["properties"]["name"], features()[b]["properties"]["name"]): common
        for a, b in zip(left, right, strict=True)
        if a < b and (common := areas[a].intersection(areas[b]).area) > 0
    }
    assert sum(overlaps.values()) < 0.01, overlaps


def test_neighbours_share_their_border() -> None:
    by_code = {f["properties"]["iso3"]: s for f, s in zip(features(), shapes(), strict=True)}
    for a, b in (
        ("FRA", "ESP"),
        ("CAN", "USA"),
        ("IND", "PAK"),
        ("SOM", "ETH"),
        ("LSO", "ZAF"),
        ("ITA", "SMR"),
    ):
        border = by_code[a].boundary.intersection(by_code[b].boundary)
        assert border.length > 0
        assert by_code[a].union(by_code[b]).area == pytest.approx(by_code[a].area + by_code[b].area)


def test_areas_are_the_areas_of_the_facts(world: WorldShapes) -> None:
    for code in ("BRA", "AUS", "COD", "CAN", "RUS", "DZA", "KAZ", "ZAF", "SWE", "ISL"):
        drawn = world.areas[code] * KM2_PER_SQUARE_UNIT
        assert drawn == pytest.approx(float(states()[code]["area_km2"]), rel=0.03), code


def test_markers_do_not_cover_each_other_on_a_map_1800_pixels_wide(world: WorldShapes) -> None:
    scale = 1800 / (world.bounds[2] - world.bounds[0])
    for (_, (x0, y0)), (_, (x1, y1)) in combinations(world.marker_points.items(), 2):
        assert scale * hypot(x1 - x0, y1 - y0) >= 9.98  # two radii of 5 pixels; points are rounded
    moved = {
        code: scale * hypot(x - world.label_points[code][0], y - world.label_points[code][1])
        for code, (x, y) in world.marker_points.items()
        if (x, y) != world.label_points[code]
    }
    assert set(moved) == {"KNA", "ATG", "DMA", "LCA", "VCT", "BRB", "GRD"}
    assert max(moved.values()) < 6
    caribbean = [world.marker_points[code] for code in ("KNA", "ATG", "DMA", "LCA", "VCT", "GRD", "TTO")]
    assert [y for _, y in caribbean] == sorted((y for _, y in caribbean), reverse=True)  # still north to south


def test_the_file_is_small_and_named_by_its_content(world: WorldShapes) -> None:
    body = world.path.read_bytes()
    assert len(gzip.compress(body, 6)) <= 250_000
    assert len(body) <= 710_000
    assert world.path.name == f"world.{hashlib.sha256(body).hexdigest()[:8]}.geojson"
    assert world.url == f"app/static/{world.path.name}"
    assert [path.name for path in world.path.parent.glob("world.*")] == [world.path.name]


def test_the_builder_makes_the_committed_bytes_again(tmp_path: Path, world: WorldShapes) -> None:
    manifest = tmp_path / "world.json"
    (tmp_path / "world.00000000.geojson").write_bytes(b"old")
    built = build.build()
    assert build.stale(built) == []
    assert {path.name for path in build.stale(built, tmp_path, manifest)} == {
        world.path.name,
        "world.json",
        "world.00000000.geojson",
    }
    build.write(built, tmp_path, manifest)
    assert build.stale(built, tmp_path, manifest) == []
    assert (tmp_path / world.path.name).read_bytes() == world.path.read_bytes()
    assert manifest.read_bytes() == build.MANIFEST.read_bytes()
    assert not (tmp_path / "world.00000000.geojson").exists()


def test_check_says_what_is_not_up_to_date(monkeypatch: pytest.MonkeyPatch, world: WorldShapes) -> None:
    good = CliRunner().invoke(build.main, ["--check"])
    assert (good.exit_code, good.output) == (
        0,
        f"{world.path.name} and world.json are what the builder makes.\n",
    )
    monkeypatch.setattr(build, "build", lambda: build.Built(world.path.name, b"other", build.MANIFEST.read_bytes()))
    bad = CliRunner().invoke(build.main, ["--check"])
    assert bad.exit_code == 1
    assert f"Not what the builder makes: {world.path.name}." in bad.output


def test_the_vendored_atlas_is_the_recorded_one() -> None:
    recorded = (build.SOURCE.parent / "PROVENANCE.md").read_text(encoding="utf-8")
    assert hashlib.sha256(build.SOURCE.read_bytes()).hexdigest() in recorded


def test_the_app_needs_no_shapely() -> None:
    code = (
        "import sys; sys.modules['shapely'] = sys.modules['numpy'] = None\n"
        "from ccm_data import geometry; print(len(geometry.load().index))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "197\n"


def test_missing_shapes_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, world: WorldShapes) -> None:
    monkeypatch.setattr(geometry, "STATIC", tmp_path)
    geometry.load.cache_clear()
    with pytest.raises(CcmError, match=rf"^The map shapes {world.path.name} are missing"):
        geometry.load()
    monkeypatch.setattr(geometry, "MANIFEST", tmp_path / "world.json")
    with pytest.raises(CcmError, match=r"^The map's manifest world\.json cannot be read"):
        geometry.load()


def test_the_disclaimer_names_the_source_and_takes_no_side(world: WorldShapes) -> None:
    assert "express no opinion" in world.disclaimer
    assert "Natural Earth 1:50m" in world.disclaimer
