"""What states did towards all treaties together, as features of the challenger: cubes of treaty × year × state.

Year by year only what was known on its 31 December is read; of the treaty asked about itself nothing enters but its
parties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ccm_data.factbase import Factbase
from ccm_data.ranking.logit import Array, Mask
from ccm_data.ranking.specification import Challenger

ALL_STATES = 197
Cells = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]


@dataclass(frozen=True)
class World:
    """States in the order of their codes, treaties and years in the order of the specification.

    party, engaged (signed or joined), outside, signatory and joined (in the year after) are treaty × year × state; kin
    is year × state × state, each row adding up to one or, for a state without kin, to zero.
    """

    treaties: tuple[str, ...]
    years: tuple[int, ...]
    states: tuple[str, ...]
    party: Mask
    engaged: Mask
    outside: Mask
    signatory: Mask
    joined: Mask
    kin: Array


def world(facts: Factbase, rows: pd.DataFrame, spec: Challenger, last_year: int) -> World:
    """The world through 31 December of `last_year`; `rows` is the panel of the day for all treaties."""
    states = facts.frame("ranking/world")
    years = tuple(range(spec.first_year, last_year + 1))
    asked = {"treaties": list(spec.treaties), "first_year": years[0], "last_year": last_year}
    standing = facts.frame("ranking/standing", asked)
    place = (spec.treaties, years, tuple(states["iso3"]))
    at_risk = _cells(rows, place)

    def cube(where: Cells, values: Any) -> Mask:
        found = np.zeros(tuple(len(axis) for axis in place), dtype=bool)
        found[where] = values
        return found

    stood = _cells(standing, place)
    return World(
        *place,
        party=cube(stood, standing["party"].astype(bool)),
        engaged=cube(stood, standing["engaged"].astype(bool)),
        outside=cube(at_risk, True),
        signatory=cube(at_risk, rows["signed"].notna()),
        joined=cube(at_risk, rows["joined"].fillna(False).astype(bool)),
        kin=np.stack([_kin(states, year, spec) for year in years]),
    )


def features(found: World, spec: Challenger) -> dict[str, Array]:
    """n_party, hum_signed, kin, frail, momentum and mine_ban, each treaty × year × state; NaN where there is no other
    treaty to read."""
    opened: Mask = np.asarray(found.engaged.any(axis=2))
    humanitarian = np.array([name in spec.humanitarian for name in found.treaties])
    risk_years, expected = found.joined & found.outside, np.zeros(found.outside.shape)
    for kind in (found.outside & found.signatory, found.outside & ~found.signatory):
        rate = (found.joined & kind).sum(axis=2) / np.maximum(kind.sum(axis=2), 1)
        expected += kind * rate[:, :, None]
    ever = [_before(_others(one)) for one in (risk_years.astype(float), expected)]
    lately = _shifted(risk_years.astype(float), 1) + _shifted(risk_years.astype(float), 2)
    ban = found.treaties.index("APMBC")
    mine_ban = np.broadcast_to(found.party[ban].astype(float), found.party.shape).copy()
    mine_ban[ban] = np.nan
    return {
        "n_party": _share(found.party, opened),
        "hum_signed": _share(
            np.where(humanitarian[:, None, None], found.engaged, False), opened & humanitarian[:, None]
        ),
        "kin": np.einsum("yij,tyj->tyi", found.kin, found.party.astype(float)),
        "frail": np.log((ever[0] + spec.frail_shrink) / (ever[1] + spec.frail_shrink)),
        "momentum": _others(lately),
        "mine_ban": mine_ban,
    }


def at(cube: Array, found: World, rows: pd.DataFrame) -> Array:
    """The values of a cube in the rows of a panel."""
    return np.asarray(cube[_cells(rows, (found.treaties, found.years, found.states))])


def _cells(rows: pd.DataFrame, place: tuple[Sequence[str], Sequence[int], Sequence[str]]) -> Cells:
    treaties, years, states = place
    return (
        pd.Index(treaties).get_indexer(pd.Index(rows["treaty"])),
        pd.Index(years).get_indexer(pd.DatetimeIndex(rows["anchor"]).year),
        pd.Index(states).get_indexer(pd.Index(rows["iso3"])),
    )


def _others(cube: Array) -> Array:
    """Sums over the other treaties."""
    return np.asarray(cube.sum(axis=0, keepdims=True) - cube)


def _share(held: Mask, opened: Mask) -> Array:
    """The share of the other open treaties for which something holds."""
    count = _others(opened.astype(float))[:, :, None]
    return np.where(count > 0, _others(held.astype(float)) / np.maximum(count, 1), np.nan)


def _shifted(cube: Array, years: int) -> Array:
    """What was so many years before."""
    moved = np.zeros_like(cube)
    moved[:, years:] = cube[:, :-years]
    return moved


def _before(cube: Array) -> Array:
    """Sums over the years before."""
    return _shifted(np.cumsum(cube, axis=1), 1)


def _kin(states: pd.DataFrame, year: int, spec: Challenger) -> Array:
    """Similarity of every two states that exist, to the power of the specification, as shares of each row."""
    day = pd.Timestamp(year, 12, 31)
    orgs = sorted({one["org"] for held in states["memberships"] for one in held})
    member = np.zeros((len(states), len(orgs)))
    for row, held in enumerate(states["memberships"]):
        for one in held:
            if pd.isna(one["known_on"]) or pd.Timestamp(one["known_on"]) <= day:
                member[row, orgs.index(one["org"])] = 1.0
    rare = np.log(ALL_STATES / np.maximum(member.sum(axis=0), 1))
    together = (member * rare) @ member.T
    own = np.sqrt(np.maximum(np.diag(together), 1e-12))
    similar = together / np.outer(own, own)
    for column, more in (("subregion", spec.same_subregion), ("region", spec.same_region)):
        codes = pd.factorize(states[column])[0]
        similar += more * (codes[:, None] == codes[None, :])
    exists = (states["exists_from"].isna() | (pd.to_datetime(states["exists_from"]) <= day)).to_numpy()
    similar = np.where(np.outer(exists, exists), similar, 0.0) ** spec.similarity_power
    np.fill_diagonal(similar, 0.0)
    total = similar.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(similar, total, out=np.zeros_like(similar), where=total > 0))
