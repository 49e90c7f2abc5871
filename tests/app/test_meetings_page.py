"""The page of regional meetings without a browser: the proposal first, in words, then the settings."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from ccm_data import geometry, palette, planner
from ccm_data.vocab import Status
from tests.app.conftest import Open
from tests.conftest import Open as Reading

DAY = date(2026, 2, 3)


def said(app: Any) -> str:
    return "\n".join(one.value for one in app.markdown).replace("\\", "")


def test_the_page_proposes_meetings_in_words(open_page: Open) -> None:
    app = open_page("meetings", DAY)
    assert not app.error
    text = said(app)
    assert "**3 meetings would bring 18 of 85 targets into a room, 9 of 12 signatories among them.**" in text
    assert [one.value for one in app.header] == [
        "States of Eastern Africa", "Economic Community of Central African States", "Caribbean Community",
        "What to choose by",
    ]  # fmt: skip
    assert "**5 targets**, 3 signatories among them, and 5 States Parties" in text
    assert "**Angola**: 1 in 100 this year, 3 times the average target" in text
    assert "**The trade:** Pacific Islands Forum instead adds Tuvalu" in text
    assert "solver" not in text
    assert app.number_input(key="most_targets").value is None
    assert app.number_input(key="most_targets").placeholder == "10, as held"
    assert app.selectbox(key="weigh").value == planner.Weigh.CHANCE


def test_bodies_across_regions_are_open_on_request(open_page: Open) -> None:
    app = open_page("meetings", DAY)
    app.number_input(key="most_targets").set_value(41)
    app.selectbox(key="weigh").set_value(planner.Weigh.EQUAL)
    app.toggle(key="across_regions").set_value(True).run()
    assert not app.exception
    assert "Council of Europe" in [one.value for one in app.header]  # 41 of its 46 members are of one region


@pytest.mark.parametrize("day", [date(2009, 1, 1), date(2010, 8, 1), date(2021, 11, 30)], ids=str)
def test_it_stands_on_any_day(open_page: Open, day: date) -> None:
    app = open_page("meetings", day)
    assert not app.error
    assert "would bring" in said(app)


def test_the_picture_shows_members_and_rings_targets(reading: Reading) -> None:
    from pages.components import room_map

    rows = planner.members(reading(DAY))
    members = rows[rows["key"] == "organization:CARICOM"]
    drawn = json.loads(room_map.deck(members).to_json())
    layers = {layer["id"]: layer for layer in drawn["layers"]}
    world = geometry.load()
    assert layers["shapes"]["data"] == world.url
    few, _, places = layers["shapes"]["getFillColor"].removeprefix("@@=([").partition("])[")
    colours = json.loads(f"[{few}]")
    place = json.loads(places.removeprefix("(").partition(")")[0])
    assert len(place) == len(world.index) + 1
    status = members.set_index("iso3")["status"]
    for iso3, at in zip(world.index, place, strict=False):
        expected = palette.STATUS[status[iso3]] if iso3 in status.index else palette.NO_STATUS
        assert colours[at] == palette.rgb(expected)[:3]
    targets = members[members["is_target"]]
    assert {one["name"] for one in layers["targets"]["data"]} == set(targets["name_short"])
    assert (targets["status"] == Status.SIGNATORY).sum() == 2
    x0, y0, x1, y1 = room_map.box(list(members["iso3"]))
    for layer in ("targets", "parties"):
        assert all(x0 < one["p"][0] < x1 and y0 < one["p"][1] < y1 for one in layers[layer]["data"])


def test_a_room_of_the_pacific_does_not_span_the_world(reading: Reading) -> None:
    from pages.components import room_map

    rows = planner.members(reading(DAY))
    x0, _y0, x1, _y1 = room_map.box(list(rows.loc[rows["key"] == "organization:PIF", "iso3"]))
    west, _south, east, _north = geometry.load().bounds
    assert x1 - x0 < 0.3 * (east - west)
