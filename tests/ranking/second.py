"""A second implementation of the likelihood's order, from the CSV files alone: no DuckDB, no shared code, plain loops,
a dense design with one column per treaty and year, and scipy's optimiser."""

from __future__ import annotations

import math
from calendar import monthrange
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

POOLED = ("CCM", "APMBC", "ICC")
PACED = ("APMBC", "ATT", "BWC", "CCM", "CCW", "CRPD", "CWC", "ICC", "TPNW")
BLOCS = ("CIS", "SCO")
NOT_JOINING = ("signature", "succession_to_signature", "withdrawal")
ORDER = {"first_committee": 0, "plenary": 1}


def known_on(day: str, precision: str | None) -> date:
    """The day from which a date of this precision is known."""
    found = date.fromisoformat(day)
    if precision == "year":
        return date(found.year, 12, 31)
    if precision == "month":
        return found.replace(day=monthrange(found.year, found.month)[1])
    return found


class Record:
    """The facts, as dictionaries by state."""

    def __init__(self, folder: Path) -> None:
        read = {name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for name in (
            "states", "treaty_actions", "memberships", "unga_votes", "least_developed_countries",
        )}  # fmt: skip
        self.states = read["states"].to_dict("records")
        self.acts: dict[tuple[str, str], list] = defaultdict(list)
        self.opened: dict[str, date] = {}
        for row in read["treaty_actions"].to_dict("records"):
            day = date.fromisoformat(row["date"])
            left = date.fromisoformat(row["effective_date"]) if row["effective_date"] else None
            known = known_on(row["date"], row["precision"])
            self.acts[row["treaty"], row["iso3"]].append((known, day, row["action"], left))
            self.opened[row["treaty"]] = min(day, self.opened.get(row["treaty"], day))
        self.votes = defaultdict(list)
        for row in read["unga_votes"].to_dict("records"):
            cell = (int(row["session"]), ORDER[row["stage"]], date.fromisoformat(row["vote_date"]), row["vote"])
            self.votes[row["iso3"]].append(cell)
        self.bloc = defaultdict(list)
        for row in read["memberships"].to_dict("records"):
            if row["org"] in BLOCS:
                self.bloc[row["iso3"]].append(known_on(row["since"], row["precision"]) if row["since"] else date.min)
        self.poor = defaultdict(list)
        for row in read["least_developed_countries"].to_dict("records"):
            end = known_on(row["until"], row["until_precision"]) if row["until"] else date.max
            self.poor[row["iso3"]].append((known_on(row["since"], row["precision"]), end))

    def standing(self, treaty: str, iso3: str, day: date) -> tuple[date | None, date | None, bool, bool]:
        """Signed on, joined on, party, has left."""
        acts = [act for act in self.acts.get((treaty, iso3), []) if act[0] <= day]
        signed = min((when for _, when, what, _ in acts if what == "signature"), default=None)
        joined = max((when for _, when, what, _ in acts if what not in NOT_JOINING), default=None)
        left = max((end for *_, what, end in acts if what == "withdrawal" and end and end <= day), default=None)
        party = joined is not None and not (left is not None and left > joined)
        return signed, joined, party, left is not None

    def vote(self, iso3: str, day: date) -> float:
        deciding: dict[int, tuple[int, str]] = {}
        for session, stage, when, vote in self.votes[iso3]:
            if when <= day:
                deciding.setdefault(session, (9, "absent"))
                # who was absent in the First Committee has the vote of the plenary
                rank = stage + (5 if vote == "absent" else 0)
                deciding[session] = min(deciding[session], (rank, vote))
        voted = [vote for _, (_, vote) in sorted(deciding.items()) if vote != "absent"]
        return (1.0 if voted[-1] == "yes" else -1.0) if voted else math.nan


def rows_on(record: Record, treaty: str, day: date, until: date | None, as_of: date) -> list[dict]:
    age = (day - record.opened[treaty]).days / 365.25
    there = [s for s in record.states if not s["exists_from"] or date.fromisoformat(s["exists_from"]) <= day]
    stand = {s["iso3"]: record.standing(treaty, s["iso3"], day) for s in there}
    found = []
    for state in there:
        iso3 = state["iso3"]
        signed, _, party, left = stand[iso3]
        if party:
            continue
        near = []
        for level in ("subregion", "region"):
            others = [s["iso3"] for s in there if s[level] == state[level] and s["iso3"] != iso3]
            near.append(sum(stand[one][2] for one in others) / len(others) if others else math.nan)
        paces = []
        for other in PACED:
            if other != treaty:
                begun, ended, _, _ = record.standing(other, iso3, day)
                if begun and ended and ended >= begun:
                    paces.append((ended - begun).days)
        signatory = signed is not None and not left
        own = treaty == "CCM"
        found.append({
            "treaty": treaty, "day": day, "iso3": iso3,
            "joined": None if until is None else any(
                what not in NOT_JOINING and day < when <= until and seen <= as_of
                for seen, when, what, _ in record.acts.get((treaty, iso3), [])),
            "signatory": float(signatory),
            "signatory_age": float(signatory) * (math.log(age + 0.5) - 1.3),
            "vote": record.vote(iso3, day) if own else math.nan,
            "mine_ban": float(record.standing("APMBC", iso3, day)[2]) if own else math.nan,
            "peers": sum(near) / 2,
            "size": (1 - signatory) * math.log10(max(float(state["population"]), 1) / 10**6.8),
            "bloc": float(any(since <= day for since in record.bloc[iso3])),
            "tempo": math.log1p(sum(paces) / len(paces) / 365.25) if paces else math.nan,
            "landlocked": float(state["landlocked"] == "true"),
            "ldc": float(any(since <= day < end for since, end in record.poor[iso3])),
            "sids": float(state["sids"] == "true"),
        })  # fmt: skip
    return found


def order(record: Record, year: int) -> list[str]:
    """States outside the Convention on 1 January of a year, likeliest first, equal ones by their code."""
    as_of = date(year - 1, 12, 31)
    rows = []
    for treaty in POOLED:
        for before in range(60):
            day = date(as_of.year - before, 12, 31)
            if (day - record.opened[treaty]).days < 28 or (day == as_of and treaty != "CCM"):
                continue
            rows += rows_on(record, treaty, day, None if day == as_of else date(day.year + 1, 12, 31), as_of)
    table = pd.DataFrame(rows)
    names = [name for name in table.columns if name not in ("treaty", "day", "iso3", "joined")]
    for name in names[2:]:
        table[name] -= table.groupby(["treaty", "day"])[name].transform("mean")
    scale = table[names].std(ddof=0).where(lambda one: one > 1e-9, 1.0).fillna(1.0)
    x = ((table[names] - table[names].mean()) / scale).fillna(0.0)
    past = table["day"] < as_of
    dummies = pd.get_dummies(table.loc[past, "treaty"] + table.loc[past, "day"].astype(str)).to_numpy(dtype=float)
    design = np.hstack([np.ones((past.sum(), 1)), x[past].to_numpy(), dummies])
    y = table.loc[past, "joined"].astype(float).to_numpy()
    centre = np.zeros(design.shape[1])
    centre[1 + names.index("vote")] = 0.95 * scale["vote"]
    weight = np.ones(design.shape[1])
    weight[0] = 1e-6

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        eta = design @ beta
        value = np.logaddexp(0, eta).sum() - y @ eta + 0.5 * (weight * (beta - centre) ** 2).sum()
        return value, design.T @ (1 / (1 + np.exp(-eta)) - y) + weight * (beta - centre)

    beta = minimize(loss, centre, jac=True, method="L-BFGS-B", options={"maxiter": 3000, "ftol": 1e-14, "gtol": 1e-7}).x
    today = table.loc[~past, ["iso3"]].assign(score=x[~past].to_numpy() @ beta[1 : 1 + len(names)])
    return list(today.sort_values(["score", "iso3"], ascending=[False, True])["iso3"])
