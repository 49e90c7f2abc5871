"""The regional meetings that are proposed: who would sit in each room, who could call and host it, what else could be.

`planner` makes the choice; here it is told in words, from a reading alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ccm_data import planner, wording
from ccm_data.dates import words
from ccm_data.documents.activities import tables
from ccm_data.planner import Choice
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.targets import chance_words
from ccm_data.vocab import OfficeRole, Status, label

NAMED, HOSTS = 8, 3
"""How many states a sentence names before it counts the others; how many former hosts are named, the latest first."""


@dataclass(frozen=True)
class Seat:
    """A target in a room: its name with its mark, whether it signed, the categories it meets, its chance in words
    (blank where none is known)."""

    iso3: str
    name: str
    signatory: bool
    categories: int
    chance: str


@dataclass(frozen=True)
class Room:
    """A meeting that is proposed.

    `seats` are its targets, signatories first, then those that meet a category, each likeliest first. `parties` counts
    the States Parties among the members; `peers` are those of them that joined last. `callers` says who could call it
    and `instead` what another meeting in its place would change; both may be blank.
    """

    key: str
    name: str
    members: int
    seats: tuple[Seat, ...]
    parties: int
    peers: tuple[str, ...]
    callers: tuple[str, ...]
    instead: str

    @property
    def signatories(self) -> int:
        """Signatories among the targets."""
        return sum(seat.signatory for seat in self.seats)


@dataclass(frozen=True)
class Proposal:
    """The rooms, the one with most signatories and targets first; the targets in any of them and those in none, by
    name."""

    rooms: tuple[Room, ...]
    reached: tuple[str, ...]
    signatories: int
    missed: tuple[str, ...]


def open_to(audiences: pd.DataFrame, most_targets: int, kinds: Collection[str], across: bool = False) -> frozenset[str]:
    """Keys of the audiences to choose among: of these kinds, with targets but not more than a room takes, and of one
    region unless those `across` regions are wanted too."""
    fits = audiences["kind"].isin(list(kinds)) & audiences["targets"].between(1, most_targets)
    return frozenset(audiences.loc[fits & (audiences["one_region"] | across), "key"])


def proposal(reading: Reading, k: int, by: str, only: Collection[str]) -> Proposal:
    """The best choice of at most k meetings among the audiences of these keys, in words; made once for all viewers.

    Raises CcmError as `planner.choose` does, and FactsError.
    """
    key = ("meetings", reading.key, k, by, frozenset(only))
    return reading.workspace.memo.get(key, lambda: _proposal(reading, k, by, only))


def _proposal(reading: Reading, k: int, by: str, only: Collection[str]) -> Proposal:
    ordered = reading.targets()
    rows = planner.members(reading)
    weights = planner.weights(ordered, by)
    choice = planner.choose(reading, k, weights, only=only)
    told = _Told(reading, ordered, rows)
    swaps = _swaps(choice, rows[rows["key"].isin(list(only))], weights)
    rooms = [told.room(key, swaps.get(key)) for key in choice.audiences]
    rooms.sort(key=lambda room: (-room.signatories, -len(room.seats), room.name))
    inside = set(choice.targets)
    by_name = [(row["iso3"], wording.named(row), row["status"]) for row in ordered.to_dict("records")]
    return Proposal(
        tuple(rooms),
        tuple(name for iso3, name, _status in by_name if iso3 in inside),
        sum(status == Status.SIGNATORY for iso3, _name, status in by_name if iso3 in inside),
        tuple(name for iso3, name, _status in by_name if iso3 not in inside),
    )


@dataclass(frozen=True)
class _Swap:
    """Another audience in the place of a chosen one: its key, the targets that come in, those that are left out."""

    key: str
    adds: frozenset[str]
    leaves: frozenset[str]


def _swaps(choice: Choice, rows: pd.DataFrame, weights: Mapping[str, float] | None) -> dict[str, _Swap]:
    """For each chosen audience the best other one in its place, the other meetings staying; none that adds nobody."""
    groups, seats = planner.candidates(rows)
    value = weights if weights is not None else dict.fromkeys(rows["iso3"], 1.0)
    found = {}
    for key in choice.audiences:
        others = [one for one in choice.audiences if one != key]
        kept = frozenset().union(*(groups[one] for one in others))
        now = kept | groups[key]
        possible = [
            (planner.worth([*others, other], groups, value), -seats[other], other)
            for other in sorted(groups)
            if other not in choice.audiences and groups[other] - now
        ]
        if possible:
            other = max(possible)[2]
            found[key] = _Swap(other, groups[other] - now, now - kept - groups[other])
    return found


class _Told:
    """What a reading says of the states and audiences, looked up once for all rooms."""

    def __init__(self, reading: Reading, ordered: pd.DataFrame, rows: pd.DataFrame) -> None:
        self.ordered = ordered.to_dict("records")
        self.mean = float(ordered["p12"].astype(float).mean())
        self.audiences = {row["key"]: row for row in planner.audiences(rows).to_dict("records")}
        self.rows = rows
        self.hosts = reading.rows("documents/past_hosts", tables(reading.activities()))
        self.offices = reading.coordinators

    def room(self, key: str, swap: _Swap | None) -> Room:
        audience, members = self.audiences[key], self.rows[self.rows["key"] == key]
        joined = zip(audience["peers"], audience["peers_joined"], strict=True)
        return Room(
            key, title(audience), len(members), self.seats(audience["target_iso3s"]),
            int(audience["state_party"]), tuple(f"{name} ({day.year})" for name, day in joined),
            tuple(self.callers(audience, members)), self.instead(swap),
        )  # fmt: skip

    def seats(self, iso3s: Iterable[str]) -> tuple[Seat, ...]:
        wanted = set(iso3s)
        seats = [
            Seat(
                row["iso3"], wording.named(row), row["status"] == Status.SIGNATORY, int(row["category_count"]),
                "" if pd.isna(row["p12"]) else chance_words(float(row["p12"]), self.mean),
            )
            for row in self.ordered if row["iso3"] in wanted
        ]  # fmt: skip
        return tuple(sorted(seats, key=lambda seat: (not seat.signatory, not seat.categories)))

    def callers(self, audience: Mapping[Any, Any], members: pd.DataFrame) -> Iterable[str]:
        """Who could call and host it, as far as facts say: the body at its seat, members in an office under the
        Convention, members that hosted such a meeting before."""
        if audience["kind"] == "organization" and isinstance(audience["seat_city"], str):
            yield f"{audience['name']}, at its seat in {audience['seat_city']}"
        names = dict(zip(members["iso3"], members["name_short"], strict=True))
        for office in each(self.offices[self.offices["iso3"].isin(list(names))]):
            yield f"{names[office.iso3]}, {label(OfficeRole, office.role)}"
        for host in each(self.hosts[self.hosts["iso3"].isin(list(names))].head(HOSTS)):
            where = f" in {host.place}" if host.place else ""
            yield f"{names[host.iso3]}, which hosted one{where} ({words(host.day, host.precision)})"

    def instead(self, swap: _Swap | None) -> str:
        if swap is None:
            return ""
        adds, leaves = self.names(swap.adds), self.names(swap.leaves)
        return f"{title(self.audiences[swap.key])} instead adds {adds}; leaves out {leaves or 'nobody'}."

    def names(self, iso3s: Collection[str]) -> str:
        return listed([wording.named(row) for row in self.ordered if row["iso3"] in iso3s])


def title(audience: Mapping[Any, Any]) -> str:
    """What an audience is called where it stands alone."""
    return f"States of {audience['name']}" if audience["kind"] == "subregion" else str(audience["name"])


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: the first NAMED, and how many more there are."""
    more = len(names) - NAMED
    return f"{', '.join(names[:NAMED])} and {more} more" if more > 0 else ", ".join(names)
