"""The workshop planner against exhaustive search, and past workshops against the facts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import date

import pytest

from ccm_data import planner
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.workspace import Workspace
from tests.conftest import Open

DAY = date(2022, 6, 21)


def brute(groups: dict[str, list[str]], k: int, weights: dict[str, float]) -> float:
    """The most that any k groups weigh, by trying them all."""
    return max(
        sum(weights[one] for one in {one for key in keys for one in groups[key]})
        for keys in itertools.combinations(groups, min(k, len(groups)))
    )


@pytest.mark.parametrize("seed", range(25))
def test_no_choice_is_better(seed: int) -> None:
    dice = random.Random(seed)
    targets = [f"T{n}" for n in range(dice.randint(3, 25))]
    groups = {f"G{n}": dice.sample(targets, dice.randint(1, len(targets) // 2 + 1)) for n in range(dice.randint(2, 11))}
    weights = {one: dice.choice([0.0, 1.0, dice.random() * 100]) for one in targets}
    for k in range(1, planner.MOST_WORKSHOPS + 1):
        choice = planner.best(groups, k, weights)
        assert choice.weight == pytest.approx(brute(groups, k, weights), abs=1e-9)
        assert choice.most == pytest.approx(choice.weight)
        assert len(choice.audiences) <= k
        assert choice.weight == pytest.approx(sum(weights[one] for one in choice.targets))


def test_the_real_audiences(reading: Open) -> None:
    rows = planner.members(reading(DAY), ("organization",))
    targets = rows[rows["is_target"]]
    groups = {str(key): list(group["iso3"]) for key, group in targets.groupby("key")}
    ones = {one: 1.0 for group in groups.values() for one in group}
    for k in (1, 2, 3, 4):
        choice = planner.choose(reading(DAY), k, kinds=("organization",))
        assert choice.most == brute(groups, k, ones)
        assert planner.NEARLY * choice.most <= choice.weight <= choice.most


def test_a_target_in_two_groups_counts_once() -> None:
    choice = planner.best({"a": ["X", "Y"], "b": ["Y", "Z"], "c": ["Y"]}, 3)
    assert choice.weight == 3
    assert choice.targets == ("X", "Y", "Z")
    assert choice.audiences == ("a", "b")  # c adds nothing


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert planner.best({"a": ["X", "Y"], "b": ["Y"]}, 1).audiences == ("a",)
    assert capfd.readouterr() == ("", "")


def test_weights_change_the_choice() -> None:
    groups = {"many": ["A", "B", "C"], "one": ["D"]}
    assert planner.best(groups, 1).audiences == ("many",)
    assert planner.best(groups, 1, {"A": 1, "B": 1, "C": 1, "D": 9}).audiences == ("one",)


def test_of_choices_nearly_as_good_the_one_with_most_signatories_is_taken_then_the_smallest() -> None:
    groups = {"rich": ["A", "B"], "signed": ["C"], "signed and large": ["C", "D"]}
    weights = {"A": 0.5, "B": 0.5, "C": 0.96, "D": 0.0}
    seats = {"rich": 5, "signed": 7, "signed and large": 30}
    assert planner.best(groups, 1, weights).audiences == ("rich",)
    near = planner.best(groups, 1, weights, first={"C"}, seats=seats)
    assert (near.audiences, near.weight, near.most) == (("signed",), 0.96, 1.0)
    assert planner.best(groups, 1, weights | {"C": 0.94}, first={"C"}, seats=seats).audiences == ("rich",)
    assert planner.best(groups, 2, weights, first={"C"}, seats=seats).audiences == ("rich", "signed")


def test_a_regional_audience_has_nearly_all_its_members_in_one_region(reading: Open) -> None:
    given = reading(DAY)
    region = given.states().set_index("iso3")["region"]
    rows = planner.members(given)
    for _key, group in rows.groupby("key"):
        share = group["iso3"].map(region).value_counts(normalize=True).iloc[0]
        assert set(group["one_region"]) == {share >= planner.REGION_SHARE}
    regional = set(rows.loc[rows["one_region"], "key"])
    assert {"organization:AU", "organization:EU", "organization:CARICOM", "subregion:Eastern Africa"} <= regional
    assert not {"organization:OSCE", "organization:COMMONWEALTH", "organization:OIC"} & regional


def test_of_audiences_with_the_same_targets_the_body_that_can_invite_stands_for_both(reading: Open) -> None:
    groups, seats = planner.candidates(planner.members(reading(date(2026, 2, 3))))
    assert "organization:AU" in groups
    assert "group:African" not in groups
    assert (seats["organization:AU"], len(groups["organization:AU"])) == (54, 18)
    assert len({frozenset(targets) for targets in groups.values()}) == len(groups)


@pytest.mark.parametrize(("day", "most"), [(date(2026, 11, 24), 9), (date(2026, 2, 3), 10), (DAY, 11)])
def test_a_usual_room_is_what_workshops_on_record_have_held(reading: Open, day: date, most: int) -> None:
    held = planner.past_workshops(reading(day))
    assert planner.usual_room(held, day) == most
    recent = held[held["day"].dt.date >= day.replace(year=day.year - planner.ROOM_YEARS)]
    assert (recent["targets"] <= most).mean() >= planner.ROOM_PART
    assert planner.usual_room(held.head(0), day) is None


def test_what_a_target_counts(reading: Open) -> None:
    ordered = reading(DAY).targets()
    chances = planner.weights(ordered, planner.Weigh.CHANCE)
    assert chances is not None
    for row in ordered.to_dict("records"):
        assert chances[row["iso3"]] == (row["p12"] if row["category_count"] else 0.0)
    assert planner.weights(ordered, planner.Weigh.EQUAL) is None
    assert planner.weights(ordered.assign(p12=None), planner.Weigh.CHANCE) is None


def test_audiences_say_who_is_near_and_who_may_come_as_peer(workspace: Workspace, reading: Open) -> None:
    table = planner.audiences(planner.members(reading(DAY))).set_index("key")
    pacific = table.loc["organization:PIF"]
    states = workspace.states(DAY)
    inside = states[states["organizations"].map(lambda codes: "PIF" in codes)]
    assert pacific["members"] == len(inside)
    assert pacific["targets"] == int(inside["is_target"].sum()) == len(pacific["target_iso3s"])
    assert pacific["state_party"] + pacific["targets"] == pacific["members"]
    assert set(pacific["peers"]) <= set(inside.loc[~inside["is_target"], "name_short"])
    assert pacific["peers_joined"] == sorted(pacific["peers_joined"], reverse=True)


def test_wrong_plans_get_a_sentence(reading: Open) -> None:
    with pytest.raises(CcmError, match="possible are 1 to 6"):
        planner.best({"a": ["X"]}, 7)
    with pytest.raises(CcmError, match="not negative"):
        planner.best({"a": ["X"]}, 1, {"X": -1})
    with pytest.raises(CcmError, match="no kind of audience"):
        planner.choose(reading(DAY), 1, kinds=("galaxy",))
    with pytest.raises(CcmError, match="is no audience"):
        planner.choose(reading(DAY), 1, only=["organization:XYZ"])


def test_what_followed_past_workshops(reading: Open) -> None:
    rows = planner.past_workshops(reading(date(2026, 2, 3))).set_index("id")
    abuja = rows.loc["OE-2022-03-ABUJA"]
    assert (abuja["attended"], abuja["targets"], abuja["joined"]) == (16, 10, 2)
    assert list(abuja["joined_names"]) == ["Nigeria", "South Sudan"]
    assert not abuja["window_open"]
    then = planner.past_workshops(reading(DAY)).set_index("id").loc["OE-2022-03-ABUJA"]
    assert then["joined"] == 0  # what came later is not known yet
    assert then["window_open"]


def test_workshops_of_the_log_are_among_them(reading: Open, activity: Callable[..., Entry]) -> None:
    there = [{"iso3": "NGA"}, {"iso3": "KEN"}, {"iso3": "FRA"}]
    log = [activity(type="regional_workshop", start="2022-01-10", states=there, confidentiality="internal")]
    day = date(2024, 6, 1)
    seen = planner.past_workshops(reading(day, log, audience="internal"))
    row = seen[seen["origin"] == "log"].iloc[0]
    assert (row["attended"], row["targets"], row["joined"]) == (3, 2, 1)
    assert not (planner.past_workshops(reading(day, log))["origin"] == "log").any()
