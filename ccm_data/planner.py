"""Which regional workshops bring those together who may join next, and what followed those that were held.

Choosing at most k audiences so that the targets among their members weigh most, each counted once, is the maximum
coverage problem; HiGHS solves it exactly as a mixed-integer programme. Chances are not known well enough to tell two
choices apart that weigh nearly the same: among those the one with most signatories is taken, then the smallest rooms.

A regional meeting gathers states of a region, in a number that a room has held before: an audience is open to choice
when one region holds nearly all its members (`REGION_SHARE`), and when its targets are not more than workshops of late
have gathered (`usual_room`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ccm_data import wording
from ccm_data.documents.activities import tables
from ccm_data.errors import CcmError
from ccm_data.reading import Reading
from ccm_data.vocab import Status, Term, UnGroup

Goal = Mapping[str, float]

MOST_WORKSHOPS = 6
FOLLOW_UP_MONTHS = 24
KINDS = {"organization": "Organizations", "subregion": "Subregions", "group": "UN regional groups"}
"""Kinds of audience, in words. Of two with the same targets the first kind is proposed: it has a body to invite."""
PEERS = 3
REGION_SHARE = 0.9
"""Part of an audience's members that one UN region must hold for a meeting to be regional."""
NEARLY = 0.95
"""Part of the best weight from which a choice is as good as the best: the chances' own range is far wider."""
ROOM_YEARS, ROOM_PART = 10, 0.9
"""A usual room: what this part of the workshops of so many years did not exceed."""
SOLVED = 1e-9  # what the solver's numbers may be off


class Weigh(Term):
    """What a target in the room counts."""

    CHANCE = "chance", "Chance of joining"
    SCORE = "score", "Priority score"
    EQUAL = "equal", "Every target the same"


@dataclass(frozen=True)
class Choice:
    """The best audiences. `targets` are those reached, each once; `weight` theirs together, of `possible` for all
    targets; `most` is the most that any choice weighs, by the solver's proof.
    """

    audiences: tuple[str, ...]
    targets: tuple[str, ...]
    weight: float
    possible: float
    most: float


def members(reading: Reading, kinds: Collection[str] = tuple(KINDS)) -> pd.DataFrame:
    """One row per audience and member state on a day (queries/documents/planner_groups.sql), with the audience's `key`.

    Raises CcmError for an unknown kind of audience.
    """
    if unknown := set(kinds) - set(KINDS):
        raise CcmError(f"{min(unknown)!r} is no kind of audience; possible: {', '.join(KINDS)}.")
    rows = reading.rows("documents/planner_groups", kinds=list(kinds), region_share=REGION_SHARE)
    groups = rows["code"].map({term.value: term.label for term in UnGroup})
    return rows.assign(key=rows["kind"] + ":" + rows["code"], name=rows["name"].where(rows["kind"] != "group", groups))


def audiences(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per audience of `members`: key, kind, name, the city of its seat, whether it is of one region, members by
    status, targets, how near they are (`near`: those with a stage on the ladder; `categories`: mean number of
    categories), and the latest joiners to bring as peers. Names are marked where a status is provisional.
    """
    rows = rows.assign(said=[wording.named(row) for row in rows.to_dict("records")])
    found = []
    for (key, kind, name), group in rows.groupby(["key", "kind", "name"], sort=True):
        targets, parties = group[group["is_target"]], group[~group["is_target"]]
        peers = parties.sort_values(["joined_date", "name_short"], ascending=[False, True]).head(PEERS)
        counts = group["status"].value_counts()
        found.append({
            "key": key, "kind": kind, "name": name, "seat_city": group["seat_city"].iloc[0],
            "one_region": bool(group["one_region"].iloc[0]), "members": len(group),
            **{status: int(counts.get(status, 0)) for status in ("state_party", "signatory", "not_party", "withdrawn")},
            "targets": len(targets), "near": int(targets["stage"].notna().sum()),
            "categories": float(targets["category_count"].mean()) if len(targets) else None,
            "target_iso3s": list(targets["iso3"]), "target_names": list(targets["said"]),
            "peers": list(peers["said"]), "peers_joined": list(peers["joined_date"]),
        })  # fmt: skip
    return pd.DataFrame(found).sort_values(["targets", "name"], ascending=[False, True], ignore_index=True)


def weights(ordered: pd.DataFrame, by: str) -> dict[str, float] | None:
    """What each target (as `Reading.targets` gives them) counts, by ISO code; None: all the same.

    By chance those count that meet one of the concept note's categories. None too where no chance is known yet.
    """
    if by == Weigh.EQUAL or (by == Weigh.CHANCE and ordered["p12"].isna().all()):
        return None
    worth = ordered["score"] if by == Weigh.SCORE else ordered["p12"].where(ordered["category_count"] > 0)
    return dict(zip(ordered["iso3"], worth.astype(float).fillna(0.0), strict=True))


def best(
    groups: Mapping[str, Collection[str]],
    k: int,
    weights: Mapping[str, float] | None = None,
    first: Collection[str] = (),
    seats: Mapping[str, int] | None = None,
) -> Choice:
    """At most k of the groups (key → targets) whose targets together weigh most, a target in several counted once.

    `weights` are by target, 1 each by default; none may be negative, one that is missing counts nothing. Where targets
    that come `first` or the `seats` of each group are given, choices that weigh NEARLY as much as the best are as good:
    of them the one that reaches most of the former is taken, then the one with fewest seats. Raises CcmError for k
    outside 1 to MOST_WORKSHOPS, and for weights that cannot be weighed.
    """
    if not 1 <= k <= MOST_WORKSHOPS:
        raise CcmError(f"{k} workshops cannot be planned at once; possible are 1 to {MOST_WORKSHOPS}.")
    keys = sorted(groups)
    targets = sorted({one for members in groups.values() for one in members})
    value = {one: 1.0 if weights is None else float(weights.get(one, 0.0)) for one in targets}
    if not all(math.isfinite(weight) and weight >= 0 for weight in value.values()):
        raise CcmError("A target's weight must be a number that is not negative.")
    if not targets:
        return Choice((), (), 0.0, 0.0, 0.0)
    goals: list[tuple[Goal, float]] = [(value, 1.0)]
    if first or seats:
        goals = [(value, NEARLY), (dict.fromkeys(set(first) & set(targets), 1.0), 1.0)]
        goals += [({key: -float(seats[key]) for key in keys}, 1.0)] if seats else []
        goals += [(value, 1.0)]
    chosen, most = _solve(keys, groups, goals, k)
    kept = {**value, **dict.fromkeys(first, 1.0)} if first else value
    total = worth(chosen, groups, kept)
    for key in list(chosen):  # one that adds nothing to the others is not worth a workshop
        others = [one for one in chosen if one != key]
        if worth(others, groups, kept) == total:
            chosen = others
    reached = sorted({one for key in chosen for one in groups[key]})
    return Choice(tuple(chosen), tuple(reached), worth(chosen, groups, value), math.fsum(value.values()), most)


def worth(keys: Iterable[str], groups: Mapping[str, Collection[str]], value: Mapping[str, float]) -> float:
    """What the targets of these groups weigh together, each counted once."""
    return math.fsum(value.get(one, 0.0) for one in {one for key in keys for one in groups[key]})


def _solve(
    keys: list[str], groups: Mapping[str, Collection[str]], goals: Sequence[tuple[Goal, float]], k: int
) -> tuple[list[str], float]:
    """The groups chosen, and the most that the first goal can be. A variable per group, then one per target.

    Goals, weights by group or target, are reached one after the other; a later one leaves its part of each before.
    """
    import highspy  # slow to import, and only a plan needs it

    class Solver(highspy.Highs):
        def enableCallbacks(self) -> None:  # the constructor's last step, which prints a banner on stdout
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    model = Solver()  # type: ignore[no-untyped-call]
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("threads", 1)  # a plan takes milliseconds, and is asked for in a server's threads
    chosen = model.addBinaries(keys)
    targets = sorted({one for members in groups.values() for one in members})
    reached = model.addVariables(targets, lb=0.0, ub=1.0)
    for one in targets:  # a target is reached by a chosen group only
        model.addConstr(reached[one] <= model.qsum(chosen[key] for key in keys if one in groups[key]))
    model.addConstr(model.qsum(chosen.values()) <= k)
    variables = {**{one: reached[one] for one in targets}, **{key: chosen[key] for key in keys}}
    most: float | None = None
    for goal, part in goals:
        if not any(goal.values()):
            most = 0.0 if most is None else most
            continue
        aim = model.qsum(weight * variables[one] for one, weight in goal.items())
        model.maximize(aim)
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise CcmError(f"The workshops could not be planned: {model.modelStatusToString(model.getModelStatus())}.")
        found = model.getInfo().objective_function_value
        most = model.getInfo().mip_dual_bound if most is None else most
        model.addConstr(aim >= part * found - SOLVED)
    return [key for key in keys if model.val(chosen[key]) > 0.5], most or 0.0


def choose(
    reading: Reading,
    k: int,
    weights: Mapping[str, float] | None = None,
    kinds: Collection[str] = tuple(KINDS),
    only: Collection[str] | None = None,
) -> Choice:
    """`best` over the audiences of a day, signatories first. `weights` by ISO code; `only`: keys to choose among.

    Of audiences with the same targets one is open to choice: by kind, then the smaller. Raises CcmError as `members`
    and `best` do, and for a key that is none.
    """
    rows = members(reading, kinds)
    if only is not None and (unknown := set(only) - set(rows["key"])):
        possible = ", ".join(sorted(set(rows["key"])))
        raise CcmError(f"{min(unknown)!r} is no audience on {reading.as_of}; possible: {possible}.")
    groups, seats = candidates(rows if only is None else rows[rows["key"].isin(only)])
    signatories = set(rows.loc[rows["status"] == Status.SIGNATORY, "iso3"])
    return best(groups, k, weights, signatories, seats)


def candidates(rows: pd.DataFrame) -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """The targets and the number of members of each audience of `members` that has targets, no two with the same ones:
    the first by kind stands for them, then the smaller."""
    seats = {str(key): len(group) for key, group in rows.groupby("key")}
    order = {key: (list(KINDS).index(key.partition(":")[0]), seats[key], key) for key in seats}
    reached = {str(key): frozenset(group["iso3"]) for key, group in rows[rows["is_target"].astype(bool)].groupby("key")}
    kept: dict[frozenset[str], str] = {}
    for key in sorted(reached, key=order.__getitem__):
        kept.setdefault(reached[key], key)
    return {key: targets for targets, key in kept.items()}, seats


def usual_room(held: pd.DataFrame, as_of: date) -> int | None:
    """The number of targets that nearly all workshops of the last years (as `past_workshops` gives them) did not
    exceed; None when none is on record. Attendance is what sources name."""
    recent = held[held["day"] >= pd.Timestamp(as_of) - pd.DateOffset(years=ROOM_YEARS)]
    if not recent["targets"].any():
        return None
    return int(recent["targets"].quantile(ROOM_PART, interpolation="higher"))


def past_workshops(reading: Reading, months: int = FOLLOW_UP_MONTHS) -> pd.DataFrame:
    """One row per regional workshop or meeting held by then, of the facts and of the log, the latest first: attendance
    as recorded, targets among it, those that joined within `months` months, and whether that time is still open
    (queries/documents/past_workshops.sql). What followed is not what it caused.
    """
    return reading.rows("documents/past_workshops", tables(reading.activities()), months=months)
