"""What the world map is told: `static/map.js` paints it, here stands what each state's colour, name and words are.

The map knows only places in `geometry.WorldShapes.index`; nothing later than the states' day is in the message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

import pandas as pd

from ccm_data import geometry, palette, wording
from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.log import Campaign
from ccm_data.paths import STATIC
from ccm_data.scheme import ColourBy, Scheme, scheme
from ccm_data.vocab import Category, Status

if TYPE_CHECKING:
    from ccm_data.filters import StateFilter
    from ccm_data.reading import Reading

Box = tuple[float, float, float, float]
"""West, south, east, north in map units."""

Row: TypeAlias = "Mapping[Any, Any] | pd.Series[Any]"

WORLD = "World"
THESE = "These states"
VIEWS: dict[str, tuple[int, int, int, int] | None] = {
    WORLD: None,
    THESE: None,
    "Africa": (-20, 55, -37, 38),
    "Americas": (-125, -33, -56, 60),
    "Caribbean": (-88, -58, 8, 28),
    "Asia": (26, 150, -12, 56),
    "Europe": (-25, 45, 34, 71),
    "Pacific": (112, 205, -48, 22),
}
"""Views by name: west, east, south, north in degrees. The world and the states of a filter have no fixed corners."""

WORLD_WEST = -395.0
"""Left edge of the world view in map units: the empty Pacific west of Alaska is cut off."""
NEVER = 9999
"""A year that no map shows."""
AROUND = 12.0
"""Map units kept free around the states of a filter: about 400 km."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ORDER = (Status.STATE_PARTY, Status.SIGNATORY, Status.NOT_PARTY, Status.WITHDRAWN)
"""Status as the message counts it: 0 to 3."""
_NAMED_FIRST = (Status.WITHDRAWN, Status.SIGNATORY, Status.NOT_PARTY, Status.STATE_PARTY)


class Figure(TypedDict):
    """One headline figure: count and `aside`, or both in words as `alone`.

    `status` is its place in the order of status where a year can be counted so.
    """

    name: str
    count: str
    alone: str
    status: int | None
    aside: str


def figures(head: Row, campaign: Campaign, *, offices: bool) -> list[Figure]:
    """The headline figures (queries/summary/headline.sql); the number of targets for offices alone."""
    new = head["new_parties"] - head["new_parties_provisional"]
    aim = f"{head['new_parties_by_end']} of {campaign.target} wanted by {words(campaign.end)}"
    asides = [wording.and_provisional(head["new_parties_provisional"]), aim if campaign.target else None]
    found = [
        _figure("States Parties", head, Status.STATE_PARTY, wording.and_provisional(head["state_party_provisional"])),
        _figure("Signatories", head, Status.SIGNATORY, wording.and_provisional(head["signatory_provisional"])),
        _figure("States not party", head, Status.NOT_PARTY, head["withdrawn"] and f"{head['withdrawn']} withdrawn"),
        Figure(
            name=f"New States Parties since {words(campaign.baseline)}", count=f"{new}",
            alone=wording.counted(head["new_parties"], head["new_parties_provisional"]), status=None,
            aside="; ".join(filter(None, asides)),
        ),
    ]  # fmt: skip
    if offices:
        inside = f"{head['targets_in_filter']}"
        found.append(
            Figure(
                name="Targets in the filter",
                count=inside,
                alone=inside,
                status=None,
                aside=f"of {head['targets']}",
            )
        )
    return found


COUNTED = "Counted from the treaty actions by the as-of date; the table below names each state's source at a click."


def _figure(name: str, head: Row, status: Status, aside: str | None) -> Figure:
    total, provisional = head[status.value], head.get(f"{status.value}_provisional", 0)
    return Figure(
        name=name, count=f"{total - provisional}", alone=wording.counted(total, provisional),
        status=_ORDER.index(status), aside=aside or "",
    )  # fmt: skip


@cache
def script() -> str:
    """Where the browser fetches the map's code, relative to the app; carries the content's hash.

    Raises CcmError when it is missing.
    """
    try:
        body = (STATIC / "map.js").read_bytes()
    except OSError as error:
        raise CcmError(f"The map's code cannot be read ({error.strerror}); install the program again.") from error
    return f"app/static/map.js?v={hashlib.sha256(body).hexdigest()[:8]}"


def box(view: str, states: pd.DataFrame) -> Box:
    """The corners of a view; of THESE those around the states inside the filter, the world's where all or none is."""
    world = geometry.load()
    if view == THESE and 0 < states["matches"].sum() < len(states):
        return _around(states.loc[states["matches"], "iso3"])
    if (degrees := VIEWS[view]) is None:
        _x0, y0, x1, y1 = world.bounds
        return WORLD_WEST, y0, x1, y1
    west, east, south, north = degrees
    corners = [geometry.equal_earth(lon, lat) for lon in (west, east) for lat in (south, north)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _around(codes: Iterable[str]) -> Box:
    """A box around states: each as a square of its area about its label, so that a far island does not count."""
    world = geometry.load()
    boxes = []
    for iso3 in codes:
        x, y = world.marker_points.get(iso3, world.label_points[iso3])
        half = world.areas.get(iso3, 0) ** 0.5 / 2
        boxes.append((x - half, y - half, x + half, y + half))
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0) - AROUND, min(y0) - AROUND, max(x1) + AROUND, max(y1) + AROUND


@dataclass(frozen=True)
class View:
    """What a map's place on a page needs of a reading and a filter.

    states: rows as `Reading.states` gives them, for the filter; `count` of them match. message: as `message` gives it,
    without a selection; None without shapes, and why in `missing`.
    """

    states: pd.DataFrame
    count: int
    colours: Scheme
    figures: tuple[Figure, ...]
    message: Mapping[str, Any] | None
    missing: str = ""


def seen(reading: Reading, wanted: StateFilter, by: ColourBy, *, view: str, ground: str, meeting: bool) -> View:
    """The map of a reading: computed once for all viewers who look at the same."""

    def make() -> View:
        states = reading.states(wanted)
        colours = scheme(by, states, reading.contact_days() if by == ColourBy.CONTACT else None, reading.no_contact)
        head = figures(reading.headline(states), reading.campaign, offices=not meeting)
        found = View(states, int(states["matches"].sum()), colours, tuple(head), None)
        try:
            told = message(states, colours, head, as_of=reading.as_of, view=view, ground=ground, meeting=meeting)
        except CcmError as error:
            return replace(found, missing=str(error))
        return replace(found, message=told)

    return reading.once(("map", wanted, by, view, ground, meeting), make)


def message(
    states: pd.DataFrame,
    colours: Scheme,
    figures: Sequence[Figure],
    *,
    as_of: date,
    view: str = WORLD,
    ground: str = palette.WATER,
    meeting: bool = False,
) -> dict[str, Any]:
    """All that `static/map.js` draws, for states as `Reading.states` gives them.

    fill: per state, and last for areas without status, a digit (base 36): the place in `looks`. names: per state a
    letter, the earlier the sooner it is named; small ones always, capitals where the name fits into the shape, a dash
    never. tips: texts for hovering, and per state a digit (base 36): which. legend: `count` is blank for a remark.
    years: see `_years`. ground: the colour of the page.
    """
    world = geometry.load()
    fills = [*(colours.fill(iso3, ground) for iso3 in world.index), palette.on(ground, palette.NO_STATUS)]
    looks = list(dict.fromkeys(fills))
    corners = box(view, states)
    places = _places()
    return {
        "shapes": world.url,
        "box": [round(edge, 2) for edge in corners],
        "whole": corners == box(WORLD, states),
        "ground": ground,
        "meeting": meeting,
        "alt": f"World map of the {len(states)} states by {colours.title.lower()}; a table on the page holds the same.",
        "note": world.disclaimer,
        "looks": looks,
        "fill": "".join(DIGITS[looks.index(fill)] for fill in fills),
        "selected": None,
        "names": "".join(_naming(states, world.index)),
        "hatched": sorted(places[iso3] for iso3 in colours.provisional),
        "tips": _tips(states, places),
        "figures": list(figures),
        "counted": COUNTED,
        "legend": _legend(colours, ground),
        "years": _years(states, places, as_of, ground),
    }


def place(iso3: str | None) -> int | None:
    """Where a state stands in `geometry.WorldShapes.index`; None for none."""
    return _places().get(iso3 or "")


@cache
def _places() -> dict[str, int]:
    return {iso3: number for number, iso3 in enumerate(geometry.load().index)}


def _naming(states: pd.DataFrame, index: Sequence[str]) -> list[str]:
    """In a filter all its states may be named; without one, those that stand out or whose name fits inside."""
    filtered = not states["matches"].all()
    letters = {}
    for iso3, status, inside in zip(states["iso3"], states["status"], states["matches"], strict=True):
        letter = "abcd"[_NAMED_FIRST.index(status)]
        stands_out = filtered or status in (Status.SIGNATORY, Status.WITHDRAWN)
        letters[iso3] = "-" if not inside else letter if stands_out else letter.upper()
    return [letters.get(iso3, "-") for iso3 in index]


def describe(row: Row) -> str:
    """Status and categories of one state, as hovering shows them."""
    said = [wording.status_label(row)]
    said += [term.label for term in Category if term.value in row["categories"]]
    return " · ".join(dict.fromkeys(said))


_TOLD = ["iso3", "status", "status_provisional", "categories"]
"""What `describe` and `_tips` read of a state."""


def _tips(states: pd.DataFrame, places: Mapping[str, int]) -> tuple[list[str], str]:
    """The few texts that occur, and per state, last for areas without status, a digit (base 36): which."""
    none = "Carries no status"
    said = {places[row["iso3"]]: describe(row) for row in states[_TOLD].to_dict("records")}
    texts = [*dict.fromkeys(said.values()), none]
    return texts, "".join(DIGITS[texts.index(said.get(place, none))] for place in range(len(places) + 1))


def _legend(colours: Scheme, ground: str) -> list[dict[str, str]]:
    """Colours with words and the number of states, of the whole world and of the filter."""
    rows = [
        {
            "look": palette.on(ground, colours.colours[name]),
            "text": colours.words[name],
            "count": f"{inside} of {every}" if colours.outside else f"{every}",
        }
        for name, (inside, every) in colours.counts().items()
    ]
    if colours.outside:
        rows.append({"look": "", "text": "paler: outside the filter", "count": f"{colours.outside}"})
    if colours.provisional:
        rows.append({"look": "", "text": "hatched: of these provisional", "count": f"{len(colours.provisional)}"})
    return [*rows, {"look": palette.on(ground, palette.NO_STATUS), "text": "no status", "count": ""}]


def _years(states: pd.DataFrame, places: Mapping[str, int], as_of: date, ground: str) -> dict[str, Any] | None:
    """Who signed, joined and left through the day (`changes`: three lists by year); None before anybody had.

    A year's map is that of its last day, the last year's that of the day. `born`: year in which a state came to be,
    by place, where one is recorded. Status from dates alone, as `ccm_data.treaty_rules` says: a signature, a consent
    to be bound, a withdrawal in effect.
    """
    dated = sorted(
        (day, kind, places[iso3])
        for kind, column in enumerate(("signature_date", "joined_date", "withdrawal_effective_date"))
        for iso3, day in zip(states["iso3"], states[column], strict=True)
        if pd.notna(day) and day.date() <= as_of
    )
    if not dated:
        return None
    born = {places[iso3]: NEVER for iso3 in places.keys() - set(states["iso3"])}
    exists = zip(states["iso3"], states["exists_from"], strict=True)
    return {
        "first": min(day for day, _, _ in dated).year,
        "last": as_of.year,
        "now": words(as_of),
        "changes": {
            year: [[place for day, kind, place in dated if day.year == year and kind == did] for did in range(3)]
            for year in sorted({day.year for day, _, _ in dated})
        },
        "born": born | {places[iso3]: day.year for iso3, day in exists if pd.notna(day)},
        "provisional": [places[iso3] for iso3 in states.loc[states["status_provisional"], "iso3"]],
        "looks": [palette.on(ground, palette.STATUS[status]) for status in _ORDER],
        "words": [status.label for status in _ORDER],
    }
