"""Campaigns as pages and commands take them: those that come with the program and those users added.

A campaign has readers like everything else: one that an audience may not see is neither offered to it nor named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ccm_data.errors import CcmError
from ccm_data.log import Campaign, Entry, PlanItem, Store, default_campaigns
from ccm_data.vocab import Confidentiality, Opening

if TYPE_CHECKING:
    from ccm_data.workspace import Workspace

__all__ = [
    "Campaign", "demand_target", "find", "holding", "known", "named_to", "outside", "period", "plan_items", "possible",
    "proposed", "scaled", "seen_by", "shipped",
]  # fmt: skip


def shipped() -> tuple[Campaign, ...]:
    """The campaigns of the concept note, which come with the program."""
    return tuple(entry.record for entry in default_campaigns() if isinstance(entry.record, Campaign))


def known(store: Store, audience: Confidentiality) -> tuple[Campaign, ...]:
    """The campaigns that an audience may see, as they are now, by baseline."""
    held = (entry.record for entry in store.entries("campaign"))
    return tuple(record for record in held if isinstance(record, Campaign) and seen_by(audience, record))


def seen_by(audience: Confidentiality, campaign: Campaign) -> bool:
    """Whether an audience may see a campaign."""
    levels = list(Confidentiality)
    return levels.index(campaign.confidentiality) <= levels.index(audience)


def plan_items(store: Store, audience: Confidentiality, campaign: str = "") -> list[Entry]:
    """The plan items of one campaign, or (blank) of all, that an audience may see."""
    names = [one.name for one in known(store, audience)]
    held = [(entry, entry.record) for entry in store.entries("plan_item", campaign)]
    return [
        entry
        for entry, item in held
        if audience is Confidentiality.INTERNAL or (isinstance(item, PlanItem) and item.campaign in names)
    ]


def named_to(audience: Confidentiality, store: Store, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Activities as an audience may read them: without the name of a campaign that it may not see."""
    names = {"", *(campaign.name for campaign in known(store, audience))}
    for entry in entries:
        if audience is Confidentiality.INTERNAL or entry.activity.campaign in names:
            yield entry
        else:
            yield replace(entry, record=entry.activity.model_copy(update={"campaign": ""}))


def find(name: str, campaigns: Sequence[Campaign] | None = None, *, quote: bool = True) -> Campaign:
    """The campaign of this name. Raises CcmError naming those there are; without `quote` it does not repeat the name,
    for readers who may not see every campaign."""
    among = shipped() if campaigns is None else campaigns
    for campaign in among:
        if campaign.name == name:
            return campaign
    wanted = f"There is no campaign {name!r}" if quote else "There is no such campaign to show here"
    raise CcmError(f"{wanted}; possible: {', '.join(c.name for c in among)}.")


def period(workspace: Workspace, day: date) -> Campaign:
    """What stands for a campaign without setting one up: from the latest formal meeting on record through the day.

    It has no target. Before the first formal meeting it begins with the opening for signature.
    """
    meeting = workspace.latest_meeting(day)
    return Campaign(
        name=f"Since the {meeting.name}", baseline=meeting.end_date, end=day, target=0,
        confidentiality=Confidentiality.PUBLIC,
    )  # fmt: skip


def possible(store: Store, workspace: Workspace, day: date, audience: Confidentiality) -> tuple[Campaign, ...]:
    """What an audience may choose on a day: the campaigns it may see, the period since the latest formal meeting."""
    return (*known(store, audience), period(workspace, day))


def holding(day: date, campaigns: Sequence[Campaign]) -> Campaign:
    """The campaign on which pages open: one made so for everybody, else the one whose period holds the day; of
    several the one that began last."""
    usual = [c for c in campaigns if c.opens is Opening.ALWAYS and c.baseline <= day]
    return max(usual or [c for c in campaigns if c.baseline <= day <= c.end], key=lambda c: (c.baseline, c.target))


def demand_target(campaign: Campaign, most: int) -> None:
    """Raises CcmError for a campaign that aims at no new State Party, or at more than the `most` that could join."""
    if not 1 <= campaign.target <= most:
        raise CcmError(
            f"A campaign needs a target, and {campaign.target} is none: possible are 1 to {most} new States Parties, "
            "as many as there are states not yet party."
        )


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
