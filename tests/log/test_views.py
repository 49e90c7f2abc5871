"""What other pages read: contacts, coverage, next steps, overdue, promises; never more than the reader may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from ccm_data.errors import CcmError
from ccm_data.log import (
    Activity,
    Create,
    Delete,
    Edit,
    Store,
    contacts,
    coverage,
    default_campaigns,
    default_plan,
    duplicate,
    made_title,
    money,
    overdue,
    owners,
    plan_progress,
    promises_and_stages,
    quick,
    series,
    summary_by_state,
)
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Role, Stage

MakeActivity = Callable[..., Activity]
ALL, PARTNERS, PUBLIC = Confidentiality.INTERNAL, Confidentiality.PARTNERS, Confidentiality.PUBLIC
D = date(2022, 6, 1)


@pytest.fixture
def filled(store: Store, activity: MakeActivity) -> Store:
    """Fiji: three contacts, of which one is public; Vanuatu: one planned; Nauru: one cancelled; Kenya: a later one."""
    fiji = {"iso3": "FJI", "stage": "intent", "promise": "by June", "promise_due": "2022-06-30"}
    fiji["obstacles"] = ["capacity"]  # type: ignore[assignment]
    store.save(
        [
            Create(activity(start="2022-02-01", title="A", next_step="Send the toolkit", owner="Ana", campaign="10MSP",
                            states=[fiji, {"iso3": "TON", "role": "host"}])),
            Create(activity(start="2022-03-01", end="2022-03-03", title="B", confidentiality="public",
                            states=[{"iso3": "FJI"}])),
            Create(activity(start="2022-04-01", title="C", confidentiality="partners", campaign="10MSP",
                            next_step="Call the ministry", owner="Bo", due_date="2022-05-01")),
            Create(activity(start="2022-07-01", status="planned", title="Visit", owner="Cy", states=[{"iso3": "VUT"}])),
            Create(activity(start="2022-01-01", status="cancelled", states=[{"iso3": "NRU"}])),
            Create(activity(start="2022-06-02", states=[{"iso3": "KEN"}])),
            Create(activity(start="2022-05-30", title="Gone")),
        ],
        "Ana",
    )  # fmt: skip
    gone = next(entry for entry in store.activities() if entry.title == "Gone")
    store.save([Delete(gone.subject, 1)], "Ana")
    return store


def test_coverage(filled: Store) -> None:
    rows = coverage(filled, ["FJI", "TON", "VUT", "NRU", "KEN"], as_of=D, days=61, max_confidentiality=ALL)
    assert [(row.iso3, row.last_contact, row.days_since, row.lacking) for row in rows] == [
        ("KEN", None, None, True),
        ("NRU", None, None, True),
        ("VUT", None, None, True),
        ("TON", date(2022, 2, 1), 120, True),
        ("FJI", date(2022, 4, 1), 61, False),
    ]
    assert coverage(filled, ["FJI"], as_of=D, days=60, max_confidentiality=ALL)[0].lacking
    assert coverage(filled, ["FJI"], as_of=D, days=60, max_confidentiality=PUBLIC)[0].last_contact == date(2022, 3, 3)
    (inside,) = coverage(filled, ["FJI"], as_of=date(2022, 3, 2), days=9, max_confidentiality=ALL)
    assert inside.last_contact == date(2022, 2, 1)  # B is not over yet
    (campaign,) = coverage(filled, ["FJI"], as_of=date(2022, 3, 9), days=9, max_confidentiality=ALL, campaign="10MSP")
    assert campaign.last_contact == date(2022, 2, 1)
    assert coverage(filled, [], as_of=D, days=9, max_confidentiality=ALL) == []


def test_summary_by_state(filled: Store) -> None:
    rows = summary_by_state(filled, as_of=D, max_confidentiality=ALL)
    assert set(rows) == {"FJI", "TON", "VUT"}
    fiji, vanuatu, tonga = rows["FJI"], rows["VUT"], rows["TON"]
    assert (fiji.contacts, fiji.last_contact, fiji.days_since) == (3, date(2022, 4, 1), 61)
    assert (fiji.next_step, fiji.owner, fiji.due) == ("Call the ministry", "Bo", date(2022, 5, 1))
    assert (tonga.contacts, tonga.next_step, tonga.owner, tonga.due) == (1, "Send the toolkit", "Ana", None)
    assert (vanuatu.contacts, vanuatu.last_contact) == (0, None)
    assert (vanuatu.next_step, vanuatu.owner, vanuatu.due) == ("Visit", "Cy", date(2022, 7, 1))
    assert summary_by_state(filled, as_of=D, max_confidentiality=ALL, campaign="10MSP")["FJI"].contacts == 2
    public = summary_by_state(filled, as_of=D, max_confidentiality=PUBLIC)
    assert {iso3: (row.contacts, row.next_step) for iso3, row in public.items()} == {"FJI": (1, "")}


def test_a_follow_up_closes_the_next_step(filled: Store, activity: MakeActivity) -> None:
    first = next(entry for entry in filled.activities() if entry.title == "C")
    (follow_up,) = filled.save([Create(activity(start="2022-05-02", follows=first.subject, status="planned"))], "Bo")
    assert [row.step for row in overdue(filled, today=D, max_confidentiality=ALL)] == [
        "Call the ministry",
        "Bilateral with Fiji",
    ]
    filled.save([Edit(follow_up.subject, 1, {"status": "done"})], "Bo")
    assert overdue(filled, today=D, max_confidentiality=ALL) == []
    assert summary_by_state(filled, as_of=D, max_confidentiality=ALL)["FJI"].next_step == "Send the toolkit"


def test_overdue_by_owner(filled: Store) -> None:
    (row,) = overdue(filled, today=D, max_confidentiality=ALL)
    assert (row.owner, row.due, row.days, row.step) == ("Bo", date(2022, 5, 1), 31, "Call the ministry")
    assert row.entry.title == "C"
    assert overdue(filled, today=date(2022, 5, 1), max_confidentiality=ALL) == []
    assert overdue(filled, today=D, max_confidentiality=PUBLIC) == []
    later = overdue(filled, today=date(2022, 7, 2), max_confidentiality=ALL)
    assert [(row.owner, row.due) for row in later] == [("Bo", date(2022, 5, 1)), ("Cy", date(2022, 7, 1))]
    assert [row.owner for row in overdue(filled, today=date(2022, 7, 2), max_confidentiality=ALL, owner="Cy")] == ["Cy"]
    assert owners(filled, max_confidentiality=ALL) == ["Ana", "Bo", "Cy"]
    assert owners(filled, max_confidentiality=PARTNERS) == ["Bo"]


def test_promises_and_stages(filled: Store) -> None:
    (row,) = promises_and_stages(filled, as_of=D, max_confidentiality=ALL)
    assert (row.iso3, row.day, row.stage, row.promise, row.promise_due) == (
        "FJI", date(2022, 2, 1), Stage.INTENT, "by June", date(2022, 6, 30),
    )  # fmt: skip
    assert row.obstacles == ("capacity",)
    assert (row.origin, row.confidentiality, row.title) == ("log", ALL, "A")
    assert filled.get(row.activity).title == "A"
    assert promises_and_stages(filled, as_of=date(2022, 1, 31), max_confidentiality=ALL) == []
    assert promises_and_stages(filled, as_of=D, max_confidentiality=PARTNERS) == []


def test_contacts_of_states(filled: Store) -> None:
    rows = contacts(filled, ["FJI", "TON"], as_of=D, max_confidentiality=ALL)
    assert [(row.iso3, row.title) for row in rows] == [("FJI", "C"), ("FJI", "B"), ("FJI", "A"), ("TON", "A")]
    assert rows[-1].role is Role.HOST
    assert [row.title for row in contacts(filled, ["FJI"], as_of=D, max_confidentiality=PUBLIC)] == ["B"]


def test_no_view_shows_more_than_it_may(store: Store, activity: MakeActivity) -> None:
    secret = activity(
        start="2022-02-01", title="secret", next_step="secret", owner="secret", due_date="2022-03-01", campaign="10MSP",
        cost="7", plan_item=default_plan()[0].subject, states=[{"iso3": "FJI", "promise": "secret"}],
    )  # fmt: skip
    store.save([Create(secret)], "Ana")
    for level in (PUBLIC, PARTNERS):
        shown = [
            coverage(store, ["FJI"], as_of=D, days=9, max_confidentiality=level),
            summary_by_state(store, as_of=D, max_confidentiality=level),
            overdue(store, today=D, max_confidentiality=level),
            promises_and_stages(store, as_of=D, max_confidentiality=level),
            contacts(store, ["FJI"], as_of=D, max_confidentiality=level),
            owners(store, max_confidentiality=level),
        ]
        assert "secret" not in repr(shown)
        assert "2022, 2, 1" not in repr(shown)
        assert money(store, "10MSP", max_confidentiality=level).cost == 0
        assert not any(row.done for row in plan_progress(store, "10MSP", today=D, max_confidentiality=level))


def test_plan_progress_and_money(store: Store, activity: MakeActivity) -> None:
    items = {item.title: item.subject for item in default_plan()}
    report, toolkit = items["10MSP progress report"], items["Promotion of the ICRC Ratification Toolkit"]
    store.save(
        [
            Create(activity(plan_item=toolkit, campaign="10MSP", start="2022-02-01", cost="100.10", budget="90")),
            Create(activity(plan_item=toolkit, campaign="10MSP", start="2022-03-01", cost="0.90")),
            Create(activity(plan_item=toolkit, status="planned", start="2022-08-01")),
            Create(activity(plan_item=toolkit, status="cancelled")),
            Create(activity(cost="5000")),
            Edit(report, 0, {"budget": "1000"}),
        ],
        "Ana",
    )
    rows = {
        row.item.title: row for row in plan_progress(store, "10MSP", today=date(2022, 6, 22), max_confidentiality=ALL)
    }
    assert list(rows) == [item.title for item in default_plan()]
    row = rows["Promotion of the ICRC Ratification Toolkit"]
    assert (row.done, row.planned, row.cancelled, row.cost) == (2, 1, 1, Decimal("101.00"))
    assert row.completion == pytest.approx(2 / 3)
    assert (row.last_done, row.overdue) == (date(2022, 3, 1), False)
    assert row.implementers == ("Philippines", "Spain", "New Zealand", "ICRC", "CMC")
    late = rows["10MSP progress report"]
    assert (late.completion, late.overdue, late.last_done) == (None, True, None)
    before = plan_progress(store, "10MSP", today=date(2022, 6, 21), max_confidentiality=ALL)
    assert [row.item.title for row in before if row.overdue] == ["Meet the ISU and the 10MSP Presidency to plan"]
    sums = money(store, "10MSP", max_confidentiality=ALL)
    assert (sums.plan_budget, sums.activity_budget, sums.cost, sums.currency) == (1000, 90, Decimal("101.00"), "")


def test_the_preloaded_plan_is_the_concept_notes() -> None:
    (campaign,) = default_campaigns()
    record = campaign.record.model_dump()
    assert (record["name"], record["baseline"], record["end"], record["target"], record["report_due"]) == (
        "10MSP", date(2021, 11, 30), date(2022, 8, 30), 3, date(2022, 6, 21),
    )  # fmt: skip
    assert record["coordinators"] == ("Philippines", "Spain")
    items = [entry.record.model_dump() for entry in default_plan()]
    assert len(items) == 14
    assert {item["campaign"] for item in items} == {"10MSP"}
    assert [item["title"] for item in items if item["due_date"]] == ["10MSP progress report"]
    used = {item["type"] for item in items}
    assert {
        ActivityType.MILITARY_TO_MILITARY,
        ActivityType.MODEL_LEGISLATION,
        ActivityType.INTERSESSIONAL_OUTREACH,
    } < used


def test_quick_entry_copy_and_series(store: Store) -> None:
    made = quick(ActivityType.BILATERAL_GENEVA, ["FJI", "VUT"], D, ActivityStatus.DONE, outcome="good", owner="Ana")
    assert made.title == "Bilateral in Geneva: Fiji, Vanuatu"
    assert made_title(ActivityType.OTHER, ["FJI", "VUT", "TON", "NRU", "KEN"]).endswith(
        "Fiji, Vanuatu, Tonga and 2 more"
    )
    copy = duplicate(made, date(2022, 9, 1))
    assert (copy.start, copy.status, copy.outcome, copy.owner) == (date(2022, 9, 1), ActivityStatus.PLANNED, "", "Ana")
    assert [state.iso3 for state in copy.states] == ["FJI", "VUT"]
    planned = quick(ActivityType.BILATERAL_GENEVA, [], D, ActivityStatus.PLANNED, title="Démarche")
    iso3s = ["FJI", "VUT", "TON", "NRU", "KEN", "UGA", "KEN"]
    entries = store.save(series(planned, iso3s), "Ana")
    assert [entry.title for entry in entries][:2] == ["Démarche: Fiji", "Démarche: Vanuatu"]
    assert [entry.activity.states[0].iso3 for entry in entries] == iso3s[:-1]
    store.undo_last("Ana")
    assert store.current().total == 0
    with pytest.raises(CcmError, match="A series needs states"):
        series(planned, [])
