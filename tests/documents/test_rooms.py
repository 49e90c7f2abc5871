"""The regional meetings that are proposed, in words: whom they bring together and what else could be."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data import planner, rooms
from ccm_data.rooms import Proposal
from ccm_data.vocab import Status
from tests.conftest import Open

DAY = date(2026, 2, 3)


def proposed(reading: Open, day: date = DAY, k: int = 3) -> Proposal:
    given = reading(day)
    audiences = planner.audiences(planner.members(given))
    most = planner.usual_room(planner.past_workshops(given), day)
    assert most is not None
    return rooms.proposal(given, k, planner.Weigh.CHANCE, rooms.open_to(audiences, most, planner.KINDS))


@pytest.mark.parametrize("day", [DAY, date(2022, 6, 21)])
def test_the_shipped_facts_propose_regions_with_signatories(reading: Open, day: date) -> None:
    found = proposed(reading, day)
    assert [room.key for room in found.rooms] == [
        "subregion:Eastern Africa", "organization:ECCAS", "organization:CARICOM",
    ]  # fmt: skip
    assert found.signatories == 9
    assert len(found.reached) + len(found.missed) == int(reading(day).states()["is_target"].sum())


def test_who_sits_in_a_room(reading: Open) -> None:
    room = next(room for room in proposed(reading).rooms if room.key == "organization:ECCAS")
    states = reading(DAY).states().set_index("iso3")
    inside = states[states["organizations"].map(lambda held: "ECCAS" in held)]
    assert {seat.iso3 for seat in room.seats} == set(inside.index[inside["is_target"]])
    assert (room.members, room.parties, room.signatories) == (10, 5, 3)
    assert [seat.name for seat in room.seats] == [
        "Central African Rep.", "Angola", "DR Congo", "Equatorial Guinea", "Gabon",
    ]  # fmt: skip
    assert room.seats[0].chance == "2 in 100 this year, 4 times the average target"
    assert room.callers == (
        "Economic Community of Central African States, at its seat in Libreville",
        "Cameroon, which hosted one in Yaounde (16 February 2023)",
    )
    assert room.peers == ("São Tomé and Príncipe (2020)", "Congo (2014)", "Chad (2013)")


def test_the_trade_is_said_in_names(reading: Open) -> None:
    told = {room.key: room.instead for room in proposed(reading).rooms}
    assert told["organization:ECCAS"] == (
        "Pacific Islands Forum instead adds Tuvalu, Tonga, Marshall Islands, Kiribati, Papua New Guinea, Micronesia, "
        "Solomon Islands; leaves out Central African Rep., Angola, DR Congo, Equatorial Guinea, Gabon."
    )
    assert told["organization:CARICOM"] == (
        "Community of Latin American and Caribbean States instead adds Brazil, Venezuela, Argentina; leaves out nobody."
    )


def test_seats_are_in_the_order_of_priority(reading: Open) -> None:
    status = reading(DAY).states().set_index("iso3")["status"]
    for room in proposed(reading, k=planner.MOST_WORKSHOPS).rooms:
        order = [(not seat.signatory, not seat.categories) for seat in room.seats]
        assert order == sorted(order)
        assert {seat.iso3 for seat in room.seats if seat.signatory} == {
            seat.iso3 for seat in room.seats if status[seat.iso3] == Status.SIGNATORY
        }


def test_what_is_open_to_choice(reading: Open) -> None:
    audiences = planner.audiences(planner.members(reading(DAY)))
    usual = rooms.open_to(audiences, 9, planner.KINDS)
    assert "organization:CARICOM" in usual
    assert not {"organization:OSCE", "organization:AU", "subregion:Western Europe"} & usual
    assert "organization:OSCE" in rooms.open_to(audiences, 30, planner.KINDS, across=True)
    assert {key.partition(":")[0] for key in rooms.open_to(audiences, 9, ["subregion"])} == {"subregion"}


def test_a_sentence_names_few_and_counts_the_others() -> None:
    assert rooms.listed(["A", "B"]) == "A, B"
    assert rooms.listed([f"S{n}" for n in range(11)]) == "S0, S1, S2, S3, S4, S5, S6, S7 and 3 more"
