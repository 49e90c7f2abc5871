"""Weights of the priority score: presets, TOML files, and the short form that fits in a URL."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ccm_data import vocab
from ccm_data.errors import CcmError
from ccm_data.ranking.terms import Component

PRESETS = Path(__file__).with_name("presets")
ORDER = ("concept_note", "signatories_first", "largest_humanitarian_gain", "balanced")
HIGHEST = 100.0
DEFAULT = ORDER[0]
"""The preset used where nobody chose one."""


@dataclass(frozen=True)
class Weights:
    """A weight of zero or more for every component; `id` is the preset's name, or "custom"."""

    id: str
    name: str
    description: str
    values: Mapping[Component, float]


def parse(text: str, where: str, identity: str = "custom") -> Weights:
    """Weights from TOML text. Raises CcmError naming `where`, the entry and what is possible."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CcmError(f"{where} is not a TOML file: {error}.") from None
    table = entries.get("weights")
    if not isinstance(table, dict):
        raise CcmError(f"{where} has no [weights] table; components are: {', '.join(vocab.codes(Component))}.")
    return Weights(
        identity,
        str(entries.get("name", "Own weights")),
        str(entries.get("description", "")),
        _checked(table, where),
    )


def _checked(table: Mapping[str, Any], where: str) -> dict[Component, float]:
    possible = vocab.codes(Component)
    for name, value in table.items():
        if name not in possible:
            raise CcmError(f"{where}: there is no component {name!r}; possible: {', '.join(possible)}.")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or not 0 <= value <= HIGHEST:
            raise CcmError(f"{where}: the weight of {name} is {value!r}; it must be a number from 0 to {HIGHEST:.0f}.")
    if not any(table.values()):
        raise CcmError(f"{where}: all weights are zero; at least one must be more.")
    return {component: float(table.get(component.value, 0)) for component in Component}


def load(path: Path) -> Weights:
    """Weights from a TOML file. Raises CcmError when it is missing or wrong."""
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise CcmError(f"The weights file {path} cannot be read: {error}.") from None


def to_toml(weights: Weights) -> str:
    """The TOML file of these weights, as `load` reads it."""
    lines = [f"{key} = {_quoted(text)}" for key, text in (("name", weights.name), ("description", weights.description))]
    lines += ["", "[weights]", *(f"{c.value} = {weights.values[c]:g}" for c in Component)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'


def to_url(weights: Weights) -> str:
    """A preset's id, else the components that weigh, as `signature:3,vote:2.5`."""
    known = presets().get(weights.id)
    if known and known.values == weights.values:
        return weights.id
    return to_text(weights.values)


def to_text(values: Mapping[Component, float]) -> str:
    """The components that weigh, as `signature:3,vote:2.5`."""
    return ",".join(f"{c.value}:{values[c]:g}" for c in Component if values.get(c))


def from_url(text: str) -> Weights:
    """Weights from `to_url`. Raises CcmError naming what was wrong and what is possible."""
    if text in presets():
        return presets()[text]
    if ":" not in text:
        raise CcmError(f"There are no weights {text!r}; possible: {', '.join(presets())}, or signature:3,vote:2.")
    table: dict[str, float] = {}
    for entry in text.split(","):
        name, _, number = entry.partition(":")
        try:
            table[name] = float(number)
        except ValueError:
            raise CcmError(
                f"In the weights {text!r}, {entry!r} is not a component and a number, such as signature:3."
            ) from None
    return Weights("custom", "Own weights", "", _checked(table, f"The weights {text!r}"))


@cache
def presets() -> dict[str, Weights]:
    """The presets by id, in the order in which they are offered."""
    return {name: parse((PRESETS / f"{name}.toml").read_text("utf-8"), f"{name}.toml", name) for name in ORDER}
