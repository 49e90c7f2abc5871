"""Campaigns as pages and commands take them: those that come with the program and those users added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ccm_data.errors import CcmError
from ccm_data.log import Campaign, Store, default_campaigns

if TYPE_CHECKING:
    from ccm_data.workspace import Workspace

__all__ = ["Campaign", "find", "holding", "known", "period", "possible", "shipped"]


def shipped() -> tuple[Campaign, ...]:
    """The campaigns of the concept note, which come with the program."""
    return tuple(entry.record for entry in default_campaigns() if isinstance(entry.record, Campaign))


def known(store: Store) -> tuple[Campaign, ...]:
    """All campaigns as they are now, by baseline."""
    return tuple(entry.record for entry in store.entries("campaign") if isinstance(entry.record, Campaign))


def find(name: str, campaigns: Sequence[Campaign] | None = None) -> Campaign:
    """The campaign of this name. Raises CcmError naming those there are."""
    among = shipped() if campaigns is None else campaigns
    for campaign in among:
        if campaign.name == name:
            return campaign
    raise CcmError(f"There is no campaign {name!r}; possible: {', '.join(c.name for c in among)}.")


def period(workspace: Workspace, day: date) -> Campaign:
    """What stands for a campaign without setting one up: from the latest formal meeting on record through the day.

    It has no target. Before the first formal meeting it begins with the opening for signature.
    """
    meeting = workspace.latest_meeting(day)
    return Campaign(name=f"Since the {meeting.name}", baseline=meeting.end_date, end=day, target=0)


def possible(store: Store, workspace: Workspace, day: date) -> tuple[Campaign, ...]:
    """What may be chosen on a day: all campaigns, and the period since the latest formal meeting."""
    return (*known(store), period(workspace, day))


def holding(day: date, campaigns: Sequence[Campaign]) -> Campaign:
    """The campaign whose period holds the day, of several the one that began last."""
    return max((c for c in campaigns if c.baseline <= day <= c.end), key=lambda c: (c.baseline, c.target))
