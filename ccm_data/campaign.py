"""Campaigns as pages and commands take them: those that come with the program and those users added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ccm_data.errors import CcmError
from ccm_data.log import Campaign, PlanItem, Store, default_campaigns
from ccm_data.vocab import Opening

if TYPE_CHECKING:
    from ccm_data.workspace import Workspace

__all__ = ["Campaign", "find", "holding", "known", "outside", "period", "possible", "proposed", "scaled", "shipped"]


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
    """The campaign on which pages open: one made so for everybody, else the one whose period holds the day; of
    several the one that began last."""
    usual = [c for c in campaigns if c.opens is Opening.ALWAYS and c.baseline <= day]
    return max(usual or [c for c in campaigns if c.baseline <= day <= c.end], key=lambda c: (c.baseline, c.target))


def scaled(former: Campaign, plan: Sequence[PlanItem], campaign: Campaign) -> list[dict[str, Any]]:
    """The plan items of a former campaign in the time of a new one, as values for the model.

    Days keep their place within the period, budgets go, and titles lose the former campaign's name.
    """
    length = max(1, (former.end - former.baseline).days)

    def moved(day: date) -> date:
        part = min(1.0, max(0.0, (day - former.baseline).days / length))
        return campaign.baseline + timedelta(days=round(part * (campaign.end - campaign.baseline).days))

    found = []
    for item in plan:
        title = " ".join(item.title.replace(former.name, "").split())
        found.append(item.model_dump() | {
            "campaign": campaign.name, "title": title[:1].upper() + title[1:], "start": moved(item.start),
            "end": moved(item.end), "due_date": item.due_date and moved(item.due_date), "budget": None,
        })  # fmt: skip
    return found


def proposed(chosen: str, day: date | None, campaigns: Sequence[Campaign]) -> str:
    """Name of the campaign that an activity of a day seems to belong to: the one that is chosen, else the one whose
    period holds the day; of several the one that began last. Blank where none does."""
    if chosen or day is None:
        return chosen
    return max(((c.baseline, c.name) for c in campaigns if c.baseline <= day <= c.end), default=(day, ""))[1]


def outside(campaign: Campaign | None, day: date | None, campaigns: Sequence[Campaign]) -> str:
    """What to say of an activity whose day lies outside its campaign's period, with a proposal; blank within."""
    if campaign is None or day is None or campaign.baseline <= day <= campaign.end:
        return ""
    fitting = [c.name for c in campaigns if c.baseline <= day <= c.end]
    proposal = f"choose {fitting[-1]}, whose period holds that day" if fitting else "choose no campaign, or another day"
    return (
        f"{day} lies outside the period of {campaign.name} ({campaign.baseline} to {campaign.end}); "
        f"{proposal}, or save it as it is."
    )
