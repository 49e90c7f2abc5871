"""The base-rate gauge: how many have joined since a campaign's baseline, and the chance that its target is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ccm_data.factbase import Factbase
from ccm_data.ranking.level import Level, at_least, level

YEAR = 365.25
RATE_YEARS = 5


class Goal(Protocol):
    """What a campaign aims at: `target` new States Parties between `baseline` and `end`."""

    @property
    def baseline(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def target(self) -> int: ...


@dataclass(frozen=True)
class Gauge:
    """Where a campaign stands on a day. Paces are States Parties a year; what lies ahead is None once it has ended.

    joined and withdrawn count from the baseline through the day, or the end if that is earlier; `reached` says
    whether the target is met. expected and chance are of the time left, by either level (ranking/level.py): the last
    five years' rate, and the rate that decays with the treaty's age; counts vary as a negative binomial.
    """

    as_of: date
    joined: int
    withdrawn: int
    net: int
    missing: int
    reached: bool
    ended: bool
    years_left: float
    pace_5_years: float
    pace_needed: float | None = None
    expected_five_years: float | None = None
    expected_decayed: float | None = None
    chance_five_years: float | None = None
    chance_decayed: float | None = None

    @property
    def chances(self) -> tuple[float, float] | None:
        """The lower and the higher of both chances; None once the campaign has ended."""
        if self.chance_five_years is None or self.chance_decayed is None:
            return None
        low, high = sorted((self.chance_five_years, self.chance_decayed))
        return low, high


def gauge(facts: Factbase, as_of: date, campaign: Goal, expected: Level | None = None) -> Gauge:
    """The gauge of a campaign on a day. `expected` spares finding the level when the caller has it.

    Before the baseline nothing has been counted yet and the time left is the whole campaign. Raises CcmError for a
    campaign that still runs on a day without a full year of history.
    """
    through = min(as_of, campaign.end)
    days = {"baseline": campaign.baseline, "through": through, "as_of": as_of}
    row = facts.frame("ranking/pace", {key: day.isoformat() for key, day in days.items()}).iloc[0]
    joined, withdrawn = int(row["joined"]), int(row["withdrawn"])
    missing = max(0, campaign.target - joined)
    pace = int(row["joined_5y"]) / RATE_YEARS
    left = max(0, (campaign.end - max(as_of, campaign.baseline)).days) / YEAR
    counted = (as_of, joined, withdrawn, joined - withdrawn, missing, missing == 0, left == 0, left, pace)
    if left == 0:
        return Gauge(*counted)
    found = expected or level(facts, as_of)
    five, slow = found.five_years * left, found.decayed * left
    return Gauge(*counted, missing / left, five, slow, at_least(missing, five), at_least(missing, slow))
