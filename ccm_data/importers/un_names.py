"""States by the names that the United Nations prints: in its treaty collection, digital library and press releases."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from ccm_data import paths
from ccm_data.errors import CcmError

_HERE = Path(__file__).resolve().parent
_APOSTROPHES = str.maketrans(dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`´ʼʹ′", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—", "-"))
_ARTICLE = re.compile(r"^the (?=.)|(?<=.) \(the\)$")
_LONGEST = 120
"""Characters of the longest text that can be a name, so that a page of anything else is not compared with names."""

NOT_STATES: frozenset[str] = frozenset(tomllib.loads((_HERE / "un_names.toml").read_text("utf-8"))["not_states"])
"""Participants that are no states of the facts, as printed; ask `is_no_state`."""


def find(name: str) -> str | None:
    """ISO 3166-1 alpha-3 code of the state of that name; None without one, for nothing is guessed."""
    return _codes().get(_key(name))


def iso3(name: str) -> str:
    """ISO 3166-1 alpha-3 code of the state of that name. Raises CcmError with the nearest names when there is none."""
    code = find(name)
    if code is None:
        raise CcmError(unknown([name]))
    return code


def is_no_state(name: str) -> bool:
    """Whether the name is of a participant that is no state of the facts, such as the European Union."""
    return _key(name) in _others()


def unknown(names: Iterable[str]) -> str:
    """The sentence that names are of no state, each with up to three names that look like it."""
    listed = ", ".join(_doubted(name) for name in names)
    return f"No state of the facts is called {listed}; write the name as the United Nations prints it, or its ISO code."


def _doubted(name: str) -> str:
    words = " ".join(name.split())
    if len(words) > _LONGEST:
        return f"'{words[:_LONGEST]}…'"
    near = get_close_matches(_key(words), _printed(), n=3, cutoff=0.6)
    return f"'{words}' (perhaps {', '.join(_printed()[key] for key in near)})" if near else f"'{words}'"


def _key(name: str) -> str:
    """The name without what varies in print: case, accents, kinds of apostrophes and dashes, white space, articles."""
    if len(name) > 4 * _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).translate(_DASHES))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return _ARTICLE.sub("", " ".join(plain.casefold().split()))


@cache
def _codes() -> dict[str, str]:
    aliases: dict[str, str] = tomllib.loads((_HERE / "un_names.toml").read_text("utf-8"))["aliases"]
    codes = {_key(name): code for name, code in aliases.items()}
    for row in _states():
        codes |= {_key(row[column]): row["iso3"] for column in ("name", "name_short") if row[column]}
    return codes


@cache
def _printed() -> dict[str, str]:
    """Names to suggest, as written in the facts, by what they are compared by."""
    return {_key(row["name"]): row["name"] for row in _states()}


@cache
def _others() -> frozenset[str]:
    return frozenset(_key(name) for name in NOT_STATES)


@cache
def _states() -> tuple[dict[str, str], ...]:
    # The shipped states: what a state is called does not depend on the folder of facts in use.
    with (paths.PACKAGE / "facts" / "states.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
