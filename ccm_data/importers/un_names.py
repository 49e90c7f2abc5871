"""Names of states in documents, as codes."""

from __future__ import annotations

import csv
from difflib import get_close_matches
from functools import cache

from ccm_data.errors import CcmError
from ccm_data.paths import facts_dir


@cache
def _names() -> dict[str, str]:
    with (facts_dir() / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_folded(row[column]): row["iso3"] for column in ("name_short", "name") for row in rows}


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def find(name: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the state of that name; None where there is none."""
    return _names().get(_folded(name))


def iso3(name: str) -> str:
    """The ISO 3166-1 alpha-3 code of the state of that name. Raises CcmError with the nearest names."""
    if code := find(name):
        return code
    near = ", ".join(get_close_matches(_folded(name)[:80], _names(), 3)) or "the names in states.csv"
    raise CcmError(f"'{name[:80]}' is no state of the facts; possible are {near}.")
