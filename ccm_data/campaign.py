"""Campaigns as pages and commands take them: those that come with the program and those users added."""

from __future__ import annotations

from collections.abc import Sequence

from ccm_data.errors import CcmError
from ccm_data.log import Campaign, Store, default_campaigns

__all__ = ["Campaign", "find", "known", "shipped"]


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
