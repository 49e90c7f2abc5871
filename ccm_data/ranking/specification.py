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
        return replace(self, treaties=(treaty, *(name for name in self.treaties if name != treaty)))


@cache
def specification() -> Specification:
    """The specification the project ships."""
    entries: dict[str, Any] = tomllib.loads(Path(__file__).with_name("specification.toml").read_text(encoding="utf-8"))
    lists = {key: tuple(value) for key, value in entries.items() if isinstance(value, list)}
    return Specification(**{**entries, **lists})
