"""What the world map is told: years from dates alone are the snapshots' years, colours are those of the scheme."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from ccm_data import geometry, mapping, palette
from ccm_data.filters import StateFilter
from ccm_data.reading import Reading
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import Category, Status
from ccm_data.workspace import Workspace
from tests.conftest import Open

ORDER = (Status.STATE_PARTY, Status.SIGNATORY, Status.NOT_PARTY, Status.WITHDRAWN)


def told(workspace: Workspace, day: date, by: str = ColourBy.STATUS, wanted: StateFilter | None = None, **more: object):
    states = workspace.states(day, wanted)
    return mapping.message(states, scheme(by, states), (), as_of=day, **more)  # type: ignore[arg-type]


def at_end_of(message: dict, year: int) -> Counter:
    """Status as `static/map.js` works it out: the latest change that counts."""
    years = message["years"]
    found = {i: 2 for i in range(197) if year >= years["born"].get(i, 0)}
    for when, kinds in years["changes"].items():
        for status, places in zip((1, 0, 3), kinds, strict=True):
            found |= dict.fromkeys(places, status) if when <= year else {}
    return Counter(ORDER[status] for status in found.values())


@pytest.mark.parametrize("year", range(2008, 2026))
def test_each_years_map_is_the_snapshot_of_its_last_day(workspace: Workspace, year: int) -> None:
    message = told(workspace, workspace.horizon)
    assert at_end_of(message, year) == Counter(workspace.states(date(year, 12, 31))["status"])


def test_years_end_with_the_day(workspace: Workspace) -> None:
    day = date(2015, 6, 30)
    message = told(workspace, day)
    assert (message["years"]["first"], message["years"]["last"], message["years"]["now"]) == (
        2008,
        2015,
        "30 June 2015",
    )
    assert at_end_of(message, 2015) == Counter(workspace.states(day)["status"])
    assert told(workspace, date(2008, 1, 1))["years"] is None


def test_fills_are_the_schemes_and_the_last_has_no_status(workspace: Workspace) -> None:
    message = told(workspace, workspace.horizon)
    fills = [message["looks"][int(digit, 36)] for digit in message["fill"]]
    assert len(fills) == 198
    assert Counter(fills) == {
        palette.STATUS[Status.STATE_PARTY]: 112, palette.STATUS[Status.SIGNATORY]: 12,
        palette.STATUS[Status.NOT_PARTY]: 72, palette.STATUS[Status.WITHDRAWN]: 1, palette.NO_STATUS: 1,
    }  # fmt: skip
    assert fills[-1] == palette.NO_STATUS


def test_in_a_filter_its_states_are_named_and_others_never(workspace: Workspace) -> None:
    asked = StateFilter(categories=(Category.SIGNATORY,))
    message = told(workspace, workspace.horizon, wanted=asked, view=mapping.THESE)
    assert Counter(message["names"]) == {"b": 12, "-": 185}
    assert not message["whole"]
    x0, y0, x1, y1 = message["box"]
    world = geometry.load()
    for iso3 in workspace.states(workspace.horizon, asked).query("matches")["iso3"]:
        x, y = world.marker_points.get(iso3, world.label_points[iso3])
        assert x0 < x < x1
        assert y0 < y < y1


def test_these_states_without_a_filter_are_the_world(workspace: Workspace) -> None:
    states = workspace.states(workspace.horizon)
    assert mapping.box(mapping.THESE, states) == mapping.box(mapping.WORLD, states)


def test_the_message_of_a_click_is_small(workspace: Workspace) -> None:
    import json

    message = told(workspace, workspace.horizon, wanted=StateFilter(categories=(Category.SIGNATORY,)))
    assert len(json.dumps(message, separators=(",", ":"))) < 8_000


def test_all_who_look_at_the_same_share_one_computation(reading: Open) -> None:
    def look(given: Reading, wanted: StateFilter, **more: object) -> mapping.View:
        return mapping.seen(
            given, wanted, ColourBy.STATUS, **{"view": mapping.WORLD, "ground": palette.WATER, "meeting": False} | more
        )  # type: ignore[arg-type]

    asked = StateFilter(categories=("signatory",))
    mine = look(reading(), asked)
    assert look(reading(), StateFilter(categories=("signatory",))) is mine
    assert mine.count == mine.states["matches"].sum() == 12
    assert mine.message["selected"] is None, "what one viewer selects is no other's"
    assert look(reading(), StateFilter()) is not mine
    assert look(reading(), asked, meeting=True).message["meeting"], "a meeting has its own"
    earlier = look(reading(date(2012, 12, 31)), asked)
    assert earlier is not mine
    assert earlier.count != mine.count


def test_a_place_is_that_of_the_shapes() -> None:
    index = geometry.load().index
    assert [mapping.place(iso3) for iso3 in index] == list(range(len(index)))
    assert mapping.place(None) is None
    assert mapping.place("no code") is None
