"""A contact from little: whose promise it is, which plan item and campaign are proposed, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ccm_data import campaign
from ccm_data.errors import CcmError
from ccm_data.log import Entry, PlanItem, contact, default_plan, proposed_item
from ccm_data.vocab import ActivityStatus, ActivityType

DAY, DONE = date(2022, 3, 1), ActivityStatus.DONE
SAID: dict[str, Any] = {"promise": " Send the bill ", "promise_due": date(2022, 6, 30)}


def test_a_promise_is_the_only_states() -> None:
    made = contact(ActivityType.SIDE_EVENT, ["FJI"], DAY, DONE, **SAID, next_step="Call", owner="Ben")
    assert (made.title, made.next_step, made.owner) == ("Side event: Fiji", "Call", "Ben")
    assert [(s.iso3, s.promise, s.promise_due) for s in made.states] == [("FJI", "Send the bill", date(2022, 6, 30))]


def test_of_several_states_those_that_made_it_hold_the_promise() -> None:
    made = contact(ActivityType.SIDE_EVENT, ["FJI", "NRU"], DAY, DONE, **SAID, promised_by=["NRU"])
    assert [(s.iso3, s.promise, s.promise_due) for s in made.states] == [
        ("FJI", "", None),
        ("NRU", "Send the bill", date(2022, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("states", "day", "status", "said", "sentence"),
    [
        ([], DAY, DONE, {}, "Name at least one state"),
        (["FJI"], None, DONE, {}, "The date is missing"),
        (["FJI"], DAY, ActivityStatus.PLANNED, SAID, "Only what was done holds a promise"),
        (["FJI"], DAY, DONE, {"promise_due": DAY}, "a day but no words"),
        (["FJI", "NRU"], DAY, DONE, SAID, "which of the states made the promise"),
        (["FJI", "NRU"], DAY, DONE, SAID | {"promised_by": ["KEN"]}, "which of the states made the promise"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    states: list[str], day: date | None, status: ActivityStatus, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CcmError, match=sentence):
        contact(ActivityType.SIDE_EVENT, states, day, status, **said)


def item(subject: str, start: date, end: date, type: ActivityType = ActivityType.SIDE_EVENT) -> Entry:
    return Entry("plan_item", subject, 1, PlanItem(campaign="X", title=subject, type=type, start=start, end=end))


def test_the_item_of_the_same_type_and_time_is_proposed_of_several_the_shortest() -> None:
    items = [
        item("year", date(2022, 1, 1), date(2022, 12, 31)),
        item("spring", date(2022, 3, 1), date(2022, 5, 31)),
        item("other type", DAY, DAY, ActivityType.OTHER),
    ]
    assert proposed_item(items, ActivityType.SIDE_EVENT, DAY) == "spring"
    assert proposed_item(items, ActivityType.SIDE_EVENT, date(2022, 6, 1)) == "year"
    assert proposed_item(items, ActivityType.SIDE_EVENT, date(2023, 1, 1)) == ""
    assert proposed_item(items, ActivityType.SIDE_EVENT, None) == ""
    assert proposed_item(items, ActivityType.BILATERAL_GENEVA, DAY) == ""


def test_the_shipped_plan_takes_a_bilateral_in_geneva() -> None:
    plan = {entry.subject: entry.title for entry in default_plan()}
    assert plan[proposed_item(default_plan(), ActivityType.BILATERAL_GENEVA, DAY)].startswith("Bilateral exchanges")


def test_the_chosen_campaign_is_proposed_else_that_of_the_day() -> None:
    shipped = campaign.shipped()
    assert campaign.proposed("", DAY, shipped) == "10MSP"
    assert campaign.proposed("Mine", DAY, shipped) == "Mine"
    assert campaign.proposed("", date(2026, 1, 1), shipped) == ""
    assert campaign.proposed("", None, shipped) == ""
