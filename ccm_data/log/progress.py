"""How far a campaign's work plan has come, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from ccm_data.log.model import Campaign, PlanItem
from ccm_data.log.revision import Entry
from ccm_data.log.schema import current
from ccm_data.log.store import Store
from ccm_data.log.views import visible
from ccm_data.vocab import ActivityStatus, Confidentiality


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan item with its activities. `completion`: done out of done and planned, None without any.

    `overdue`: its due date (else its end) is past and no activity of it is done.
    """

    item: Entry
    implementers: tuple[str, ...]
    planned: int
    done: int
    cancelled: int
    completion: float | None
    last_done: date | None
    cost: Decimal
    overdue: bool


@dataclass(frozen=True, slots=True)
class Money:
    """Sums of a campaign, in its currency (blank: none is named)."""

    plan_budget: Decimal
    activity_budget: Decimal
    cost: Decimal
    currency: str


def plan_progress(store: Store, campaign: str, *, today: date, max_confidentiality: Confidentiality) -> list[Progress]:
    """The campaign's plan items with the state of their activities, by start."""
    items = store.entries("plan_item", campaign)
    c = current.c
    statement = (
        select(
            c.plan_item,
            c.status,
            func.count().label("n"),
            func.max(c.day).label("last"),
            func.sum(c.cost).label("cost"),
        )
        .where(c.plan_item.in_([item.subject for item in items]), *visible(max_confidentiality))
        .group_by(c.plan_item, c.status)
    )
    with store.database.read() as connection:
        counts = {(row.plan_item, row.status): row for row in connection.execute(statement)}
    usual = next((entry.record for entry in store.entries("campaign", campaign)), None)
    shared = usual.implementers if isinstance(usual, Campaign) else ()
    return [_progress(entry, shared, counts, today) for entry in items]


def money(store: Store, campaign: str, *, max_confidentiality: Confidentiality) -> Money:
    """What the campaign's plan items and activities are to cost, and have cost."""
    c = current.c
    sums = select(func.sum(c.budget).label("budget"), func.sum(c.cost).label("cost")).where(
        c.campaign == campaign, *visible(max_confidentiality)
    )
    with store.database.read() as connection:
        row = connection.execute(sums).one()
    items = [entry.record for entry in store.entries("plan_item", campaign)]
    planned = sum((item.budget or Decimal(0) for item in items if isinstance(item, PlanItem)), Decimal(0))
    named = next((entry.record for entry in store.entries("campaign", campaign)), None)
    currency = named.currency if isinstance(named, Campaign) else ""
    return Money(planned, _amount(row.budget), _amount(row.cost), currency)


def _progress(entry: Entry, shared: tuple[str, ...], counts: dict[tuple[str, str], Any], today: date) -> Progress:
    item = entry.record
    assert isinstance(item, PlanItem)
    rows = {status: row for status in ActivityStatus if (row := counts.get((entry.subject, status.value)))}
    planned, done, cancelled = (rows[status].n if status in rows else 0 for status in ActivityStatus)
    return Progress(
        item=entry,
        implementers=item.implementers or shared,
        planned=planned,
        done=done,
        cancelled=cancelled,
        completion=done / (done + planned) if done + planned else None,
        last_done=rows[ActivityStatus.DONE].last if done else None,
        cost=sum((_amount(row.cost) for row in rows.values()), Decimal(0)),
        overdue=not done and (item.due_date or item.end) < today,
    )


def _amount(cents: int | None) -> Decimal:
    return Decimal(int(cents or 0)) / 100
