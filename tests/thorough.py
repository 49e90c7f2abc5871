"""How much the tests by chance and by force try: little on every run, all of it with CCM_THOROUGH=true."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

THOROUGH = os.environ.get("CCM_THOROUGH", "").lower() == "true"
T = TypeVar("T")


def tries(usual: int, thorough: int) -> int:
    """How often something is tried."""
    return thorough if THOROUGH else usual


def sample(of: Sequence[T], usual: int) -> list[T]:
    """All of these, or usually so many, spread over them from the first to the last."""
    if THOROUGH or len(of) <= usual:
        return list(of)
    return [of[round(place * (len(of) - 1) / (usual - 1))] for place in range(usual)]
