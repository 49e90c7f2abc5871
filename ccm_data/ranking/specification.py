"""The frozen specification of the likelihood model, read from specification.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Specification:
    """Every choice of the model; specification.toml gives the reason of each."""

    frozen: date
    selection_years: tuple[int, int]
    test_years: tuple[int, int]
    default_method: str
    treaties: tuple[str, ...]
    paced: tuple[str, ...]
    blocs: tuple[str, ...]
    coefficient_scale: float
    year_scale: float
    level_years: int
    interval: float
    draws: int
    seed: int
    prior: Mapping[str, float]
    tiers: Mapping[str, float]

    @property
    def target(self) -> str:
        """The treaty whose joining is asked about: the first of `treaties`; the others are pooled with it."""
        return self.treaties[0]

    def asked_about(self, treaty: str) -> Specification:
        """The same specification for another treaty, which learns from its own past and from what this one pools."""
        return self.pooling((treaty, *(name for name in self.treaties if name != treaty)))

    def pooling(self, treaties: tuple[str, ...]) -> Specification:
        """The same specification over these treaties, the first of them asked about."""
        return replace(self, treaties=treaties)


@dataclass(frozen=True)
class Challenger:
    """Every choice of the shadow challenger; challenger.toml says what each is."""

    name: str
    frozen: date
    treaties: tuple[str, ...]
    first_year: int
    humanitarian: tuple[str, ...]
    features: tuple[str, ...]
    coefficient_scale: float
    year_scale: float
    other_weight: float
    half_life_years: float
    same_subregion: float
    same_region: float
    similarity_power: int
    frail_shrink: float
    adopted_on: tuple[str, ...]
    evaluated: tuple[str, ...]


@cache
def specification() -> Specification:
    """The specification the project ships."""
    return Specification(**entries("specification.toml"))


@cache
def challenger() -> Challenger:
    """The shadow challenger the project ships."""
    return Challenger(**entries("challenger.toml"))


def entries(name: str) -> dict[str, Any]:
    """The entries of a TOML file of this folder, lists as tuples."""
    found: dict[str, Any] = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
