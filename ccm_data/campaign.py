"""Campaigns: a baseline, an end and a number of new States Parties to win between them (DESIGN section 3)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ccm_data.errors import CcmError


@dataclass(frozen=True)
class Campaign:
    """One campaign. `target` counts new States Parties wanted between `baseline` and `end`; `id` stands in URLs."""

    id: str
    name: str
    baseline: date
    end: date
    target: int
    report_due: date | None = None
    coordinators: tuple[str, ...] = ()


@cache
def shipped() -> tuple[Campaign, ...]:
    """The campaigns of the concept note (campaigns.toml)."""
    text = Path(__file__).with_name("campaigns.toml").read_text(encoding="utf-8")
    return tuple(
        Campaign(**{**entry, "coordinators": tuple(entry["coordinators"])}) for entry in tomllib.loads(text)["campaign"]
    )


def find(name: str, campaigns: tuple[Campaign, ...] | None = None) -> Campaign:
    """The campaign with this id. Raises CcmError naming those there are."""
    known = campaigns or shipped()
    for campaign in known:
        if campaign.id == name:
            return campaign
    raise CcmError(f"There is no campaign {name!r}; possible: {', '.join(c.id for c in known)}.")
