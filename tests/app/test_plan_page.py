"""The work plan's page without a browser."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ccm_data import log, palette
from ccm_data.log import Create, Entry, Store, plan_progress
from ccm_data.reading import read
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality
from ccm_data.workspace import Workspace
from tests.app.test_log_page import Open, said, store

__all__ = ["store"]

SPRING = date(2022, 4, 1)


def figures(app: Any) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def serve(store: Store, item: Entry, status: ActivityStatus, **values: Any) -> Entry:
    """An activity for a plan item."""
    made = log.quick(
        ActivityType.BILATERAL_GENEVA, ["FJI"], date(2022, 3, 1), status, campaign="10MSP", plan_item=item.subject,
        **values,
    )  # fmt: skip
    return store.save([Create(made)], "Ana")[0]


def items(store: Store) -> dict[str, Entry]:
    return {entry.title: entry for entry in store.entries("plan_item", "10MSP")}


def test_the_concept_notes_plan_is_there_from_the_start(open_page: Open, store: Store) -> None:
    app = open_page("plan", as_of=SPRING)
    assert figures(app) == {"Plan items": "14", "With activities": "0", "Activities done": "0", "Overdue": "1"}
    table = app.dataframe[0].value
    assert table.loc[table["Item"] == "10MSP progress report", "Due"].dt.date.tolist() == [date(2022, 6, 21)]


def test_completion_comes_from_linked_activities(open_page: Open, store: Store) -> None:
    item = items(store)["Military-to-military dialogue"]
    serve(store, item, ActivityStatus.DONE)
    serve(store, item, ActivityStatus.PLANNED)
    app = open_page("plan", as_of=SPRING)
    table = app.dataframe[0].value.set_index("Item")
    assert table.loc[item.title, "State"] == "1 of 2 done"
    assert figures(app)["Activities done"] == "1"


def test_money_is_summed_when_any_is_given(open_page: Open, store: Store) -> None:
    item = items(store)["Military-to-military dialogue"]
    assert "Cost so far" not in figures(open_page("plan", campaign="10MSP"))
    serve(store, item, ActivityStatus.DONE, cost=Decimal("1200.50"), budget=Decimal(2000))
    serve(store, item, ActivityStatus.DONE, cost=Decimal("99.50"))
    shown = figures(open_page("plan", campaign="10MSP"))
    assert (shown["Cost so far"], shown["Budget of activities"]) == ("1,300.00", "2,000.00")


@pytest.mark.parametrize(
    ("statuses", "today", "state"),
    [
        ([], SPRING, "No activity yet"),
        ([], date(2022, 9, 1), "Overdue"),
        ([ActivityStatus.DONE, ActivityStatus.PLANNED], SPRING, "Under way"),
        ([ActivityStatus.PLANNED], date(2022, 9, 1), "Overdue"),
        ([ActivityStatus.DONE], date(2022, 9, 1), "Done"),
    ],
)
def test_the_state_of_an_item(store: Store, statuses: list[ActivityStatus], today: date, state: str) -> None:
    from pages.components.log import gantt

    item = items(store)["Military-to-military dialogue"]
    for status in statuses:
        serve(store, item, status)
    found = plan_progress(store, "10MSP", today=today, max_confidentiality=Confidentiality.INTERNAL)
    progress = next(each for each in found if each.item.subject == item.subject)
    assert gantt.state(progress) == state


@pytest.mark.parametrize(
    ("today", "said_", "drawn"),
    [
        (SPRING, "today, 2022-04-01", SPRING),
        (date(2026, 1, 1), "today, 2026-01-01 ▸", None),
        (date(2020, 1, 1), "◂ today, 2020-01-01", None),
    ],
)
def test_todays_line_is_drawn_where_it_is_or_at_the_edge(
    store: Store, today: date, said_: str, drawn: date | None
) -> None:
    from pages.components.log import gantt

    found = plan_progress(store, "10MSP", today=today, max_confidentiality=Confidentiality.INTERNAL)
    campaign = store.entries("campaign", "10MSP")[0].record
    layers = gantt.chart(gantt.rows(found), campaign, today).layer
    line = next(layer for layer in layers if layer.mark.type == "rule")
    assert list(line.data["said"]) == [said_]
    (there,) = [day.date() for day in line.data["day"]]
    assert there == drawn if drawn else date(2021, 10, 1) < there < date(2022, 12, 31)
    assert [layer.mark.shape for layer in layers if layer.mark.type == "point"] == ["diamond"]


@pytest.mark.parametrize(("ground", "ink"), [(palette.WATER, "#1B2733"), (palette.DARK_GROUND, "#E8EDF2")])
def test_the_charts_words_can_be_read_on_either_ground(store: Store, ground: str, ink: str) -> None:
    from pages.components.log import gantt

    found = plan_progress(store, "10MSP", today=SPRING, max_confidentiality=Confidentiality.INTERNAL)
    layers = gantt.chart(gantt.rows(found), store.entries("campaign", "10MSP")[0].record, SPRING, ground).layer
    assert {layer.mark.color for layer in layers if layer.mark.type in ("text", "point")} == {ink}


def test_the_time_since_a_meeting_has_no_plan_and_takes_no_item(open_page: Open, store: Store) -> None:
    app = open_page("plan")
    assert "The time since a meeting has no target and no work plan" in said(app)
    app.segmented_control(key="plan_view").set_value("Edit").run()
    assert "The time since a meeting has no target and no work plan" in said(app)
    assert "item_add" not in [button.key for button in app.button]


def test_a_plan_item_is_added(open_page: Open, store: Store) -> None:
    app = open_page("plan", campaign="10MSP")
    app.text_input(key="author").set_value("Ana").run()
    app.segmented_control(key="plan_view").set_value("Edit").run()
    app.button(key="item_add").click().run()
    assert "title: must not be blank" in said(app).replace("\\", "")
    app.text_input(key="item_title_0").set_value("Visit capitals").run()
    app.button(key="item_add").click().run()
    assert items(store)["Visit capitals"].author == "Ana"
    assert len(items(store)) == 15


def test_a_new_campaign_can_begin_with_the_plan_of_another(open_page: Open, store: Store, workspace: Workspace) -> None:
    from pages.components.log import plan

    context = read(workspace, store, audience=Confidentiality.INTERNAL)
    values = {"name": "14MSP", "baseline": date(2025, 11, 30), "end": date(2026, 11, 30), "target": 2}
    commands = plan.new_campaign(context, values, "10MSP")
    store.save(commands, "Ana")
    moved = {entry.title: entry.record for entry in store.entries("plan_item", "14MSP")}
    assert not [title for title in moved if "10MSP" in title]
    assert len(moved) == 14
    # on day 203 of 273 the report was due: the same part of the new year
    assert moved["Progress report"].due_date == date(2025, 11, 30) + timedelta(days=round(203 / 273 * 365))
    assert (moved["Meet the ISU and the Presidency to plan"].start, moved["Regional workshops to promote "
            "ratification/accession"].end) == (date(2025, 11, 30), date(2026, 11, 30))  # fmt: skip
    app = open_page("plan")
    assert "14MSP" in app.selectbox(key="campaign").options


def test_the_time_since_a_meeting_is_one_button_away_from_a_campaign(open_page: Open, store: Store) -> None:
    app = open_page("plan")
    assert [one.value for one in app.title] == ["Work plan"]
    assert app.date_input(key="campaign_baseline_0").value == date(2026, 9, 18)
    assert app.number_input(key="campaign_target_0").value == 0
    assert app.selectbox(key="campaign_like_0").value == "10MSP"
    assert app.button(key="campaign_add").label == "Review and add"
    assert app.selectbox(key="campaign_confidentiality_0").value == Confidentiality.INTERNAL


def test_a_campaign_without_a_target_gets_a_sentence(open_page: Open, store: Store) -> None:
    app = open_page("plan")
    app.text_input(key="author").set_value("Ana").run()
    app.text_input(key="campaign_name_0").set_value("14MSP").run()
    app.button(key="campaign_add").click().run()
    (told,) = [error.value.replace("\\", "") for error in app.error]
    assert told == (
        "A campaign needs a target, and 0 is none: possible are 1 to 85 new States Parties, "
        "as many as there are states not yet party."
    )
    assert [entry.title for entry in store.entries("campaign")] == ["10MSP"]


def test_the_stage_of_every_target_is_asked_on_the_fixed_date(open_page: Open, store: Store) -> None:
    app = open_page("plan")
    app.segmented_control(key="plan_view").set_value("Stages").run()
    assert not app.exception
    assert any("Where does each target stand on 1" in one.value for one in app.markdown)
    assert app.button(key="stages_save").disabled
