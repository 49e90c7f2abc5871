"""Which regional workshops reach most targets, and what followed those that were held.

Choosing at most k audiences so that the targets among their members weigh most, each counted once, is the maximum
coverage problem; it is solved exactly as a mixed-integer programme by HiGHS, whose bound proves that none is better.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from ccm_data.documents.activities import tables
from ccm_data.errors import CcmError
from ccm_data.reading import Reading

MOST_WORKSHOPS = 6
FOLLOW_UP_MONTHS = 24
KINDS = ("organization", "subregion", "group")
PEERS = 3
TOLERANCE = 1e-6  # of the solver's bound, relative


@dataclass(frozen=True)
class Choice:
    """The best audiences. `targets` are those reached, each once; `weight` theirs together, of `possible` for all
    targets; `bound` is the most that any choice could weigh, so `proved` says that none is better.
    """

    audiences: tuple[str, ...]
    targets: tuple[str, ...]
    weight: float
    possible: float
    bound: float

    @property
    def proved(self) -> bool:
        """Whether the bound shows that no other choice weighs more."""
        return self.bound <= self.weight + TOLERANCE * max(1.0, abs(self.weight))


def members(reading: Reading, kinds: Collection[str] = KINDS) -> pd.DataFrame:
    """One row per audience and member state on a day (queries/documents/planner_groups.sql), with the audience's `key`.

    Raises CcmError for an unknown kind of audience.
    """
    if unknown := set(kinds) - set(KINDS):
        raise CcmError(f"{min(unknown)!r} is no kind of audience; possible: {', '.join(KINDS)}.")
    rows = reading.rows("documents/planner_groups", kinds=list(kinds))
    return rows.assign(key=rows["kind"] + ":" + rows["code"])


def audiences(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per audience of `members`: key, kind, name, members by status, targets, how near they are (`near`: those
    with a stage on the ladder; `categories`: mean number of categories), and the latest joiners to bring as peers.
    """
    found = []
    for (key, kind, name), group in rows.groupby(["key", "kind", "name"], sort=True):
        targets, parties = group[group["is_target"]], group[~group["is_target"]]
        peers = parties.sort_values(["joined_date", "name_short"], ascending=[False, True]).head(PEERS)
        counts = group["status"].value_counts()
        found.append({
            "key": key, "kind": kind, "name": name, "members": len(group),
            **{status: int(counts.get(status, 0)) for status in ("state_party", "signatory", "not_party", "withdrawn")},
            "targets": len(targets), "near": int(targets["stage"].notna().sum()),
            "categories": float(targets["category_count"].mean()) if len(targets) else None,
            "target_iso3s": list(targets["iso3"]), "target_names": list(targets["name_short"]),
            "peers": list(peers["name_short"]), "peers_joined": list(peers["joined_date"]),
        })  # fmt: skip
    return pd.DataFrame(found).sort_values(["targets", "name"], ascending=[False, True], ignore_index=True)


def best(groups: Mapping[str, Collection[str]], k: int, weights: Mapping[str, float] | None = None) -> Choice:
    """At most k of the groups (key → targets) whose targets together weigh most, a target in several counted once.

    `weights` are by target, 1 each by default; none may be negative, one that is missing counts nothing. Raises
    CcmError for k outside 1 to MOST_WORKSHOPS, and for weights that cannot be weighed.
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
    chosen, bound = _solve(keys, groups, value, k)
    total = _worth(chosen, groups, value)
    for key in list(chosen):  # one that adds nothing to the others is not worth a workshop
        others = [one for one in chosen if one != key]
        if _worth(others, groups, value) == total:
            chosen = others
    reached = sorted({one for key in chosen for one in groups[key]})
    return Choice(tuple(chosen), tuple(reached), total, math.fsum(value.values()), bound)


def _worth(keys: Iterable[str], groups: Mapping[str, Collection[str]], value: Mapping[str, float]) -> float:
    return math.fsum(value[one] for one in {one for key in keys for one in groups[key]})


def _solve(
    keys: list[str], groups: Mapping[str, Collection[str]], value: Mapping[str, float], k: int
) -> tuple[list[str], float]:
    """The groups chosen, and the solver's bound on the weight. A variable per group, then one per target."""
    import highspy  # slow to import, and only a plan needs it

    class Solver(highspy.Highs):
        def enableCallbacks(self) -> None:  # the constructor's last step, which prints a banner on stdout
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    model = Solver()  # type: ignore[no-untyped-call]
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("threads", 1)  # a plan takes milliseconds, and is asked for in a server's threads
    chosen = model.addBinaries(keys)
    reached = model.addVariables(value, lb=0.0, ub=1.0)
    for one in value:  # a target is reached by a chosen group only
        model.addConstr(reached[one] <= model.qsum(chosen[key] for key in keys if one in groups[key]))
    model.addConstr(model.qsum(chosen.values()) <= k)
    model.maximize(model.qsum(weight * reached[one] for one, weight in value.items()))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise CcmError(f"The workshops could not be planned: {model.modelStatusToString(model.getModelStatus())}.")
    return [key for key in keys if model.val(chosen[key]) > 0.5], model.getInfo().mip_dual_bound


def choose(
    reading: Reading,
    k: int,
    weights: Mapping[str, float] | None = None,
    kinds: Collection[str] = KINDS,
    only: Collection[str] | None = None,
) -> Choice:
    """`best` over the audiences of a day. `weights` by ISO code, such as priority scores; `only`: keys to choose among.

    Raises CcmError as `members` and `best` do, and for a key that is none.
    """
    rows = members(reading, kinds)
    if only is not None and (unknown := set(only) - set(rows["key"])):
        possible = ", ".join(sorted(set(rows["key"])))
        raise CcmError(f"{min(unknown)!r} is no audience on {reading.as_of}; possible: {possible}.")
    rows = rows[rows["is_target"] & (rows["key"].isin(only) if only is not None else True)]
    return best({str(key): list(group["iso3"]) for key, group in rows.groupby("key")}, k, weights)


def past_workshops(reading: Reading, months: int = FOLLOW_UP_MONTHS) -> pd.DataFrame:
    """One row per regional workshop or meeting held by then, of the facts and of the log, the latest first: attendance
    as recorded, targets among it, those that joined within `months` months, and whether that time is still open
    (queries/documents/past_workshops.sql). What followed is not what it caused.
    """
    return reading.rows("documents/past_workshops", tables(reading.activities()), months=months)
