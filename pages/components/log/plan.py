"""Parts of the work plan page: what is planned, the plan edited, campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st
from pydantic import BaseModel

from ccm_data import palette
from ccm_data.campaign import demand_target, known, scaled
from ccm_data.campaign import find as campaign_named
from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.log import Campaign, Command, Create, Entry, Filter, PlanItem, Progress, money, parse
from ccm_data.log.fields import fields
from ccm_data.vocab import OfficeRole
from pages.components.frame import Context
from pages.components.log import editor, filters, gantt, listing, review, save, widgets
from pages.components.log.editor import Grid

_ROUND = "_plan_round"
_ITEM = (
    {"title": 1},
    {"type": 1.6, "start": 1, "end": 1, "due_date": 1},
    {"implementers": 1.6, "partners": 1.6, "budget": 1},
)  # fmt: skip
_CAMPAIGN = (
    {"name": 1.4, "baseline": 1, "end": 1, "target": 1, "report_due": 1},
    {"coordinators": 1.6, "implementers": 1.8, "currency": 0.8, "confidentiality": 1},
)  # fmt: skip
"""Layouts of a new plan item and a new campaign; a field that is not there comes last."""
NO_CAMPAIGN = (
    "The time since a meeting has no target and no work plan; make it a campaign here, or choose one beside the date."
)
"""What stands where a plan would be, with the period in the place of a campaign."""


def _key(name: str) -> str:
    return f"{name}_{st.session_state.get(_ROUND, 0)}"


def _next_round() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def figures(context: Context, found: Sequence[Progress], today: date) -> None:
    """Counts of the plan, and its money when any is given; the plan of a past campaign is history, not an alarm."""
    past = context.campaign.end < today
    if past:
        st.caption(
            f"The campaign ended on {words(context.campaign.end)}: this is what was planned, and what came of it."
        )
    sums = money(context.store, context.campaign.name, max_confidentiality=context.audience)
    shown = [
        ("Plan items", f"{len(found)}"),
        ("With activities", f"{sum(each.completion is not None for each in found)}"),
        ("Activities done", f"{sum(each.done for each in found)}"),
        ("Without a record" if past else "Overdue", f"{sum(each.overdue for each in found)}"),
    ]
    amounts = (("Budget of the plan", sums.plan_budget), ("Budget of activities", sums.activity_budget),
               ("Cost so far", sums.cost))  # fmt: skip
    shown += [(name, f"{amount:,.2f} {sums.currency}".strip()) for name, amount in amounts if amount]
    for column, (name, figure) in zip(st.columns(len(shown)), shown, strict=True):
        column.metric(name, figure)


def overview(context: Context, found: Sequence[Progress], today: date) -> None:
    """The chart, the same as a table, and the activities of a selected item."""
    table = gantt.rows(found, past=context.campaign.end < today)
    ground = palette.DARK_GROUND if st.context.theme.type == "dark" else palette.WATER
    st.altair_chart(
        gantt.chart(table, context.campaign, today, ground),
        alt="Work plan: a bar per item with its state of completion, due dates and today; the table holds the same.",
    )
    said = table.assign(Cost=[float(each.cost) if each.cost else float("nan") for each in found])
    said = said[["title", "type", "days", "due", "said", "implementers", "Cost"]]
    said.columns = ["Item", "Type", "Period", "Due", "State", "Implementers", "Cost"]
    picked = st.dataframe(
        said, hide_index=True, selection_mode="single-row", on_select="rerun", placeholder="", height="content",
        key=f"plan_table_{context.campaign.name}_{len(said)}",
        column_config={"Due": st.column_config.DateColumn(format="YYYY-MM-DD"),
                       "Cost": st.column_config.NumberColumn(format="%.2f")},
        alt="Plan items; selecting one lists its activities",
    ).selection.rows  # fmt: skip
    if not picked:
        st.caption("Select an item to see its activities. The full form of an activity says which item it serves.")
        return
    subject = said.index[picked[0]]
    wanted = Filter(plan_item=subject, max_confidentiality=context.audience)
    entries = context.store.current(wanted, listing.PAGE).entries
    st.markdown("**Activities of this item**")
    if entries:
        st.dataframe(listing.rows(entries), hide_index=True, placeholder="", height="content")
    else:
        st.info("No activity serves this item yet. Choose it in the full form of an activity.", icon=":material/link:")


def begin(context: Context) -> None:
    """The time since the latest meeting, and the one button that makes it a campaign."""
    st.info(NO_CAMPAIGN, icon=":material/view_timeline:")
    if not filters.may_write(context):
        return
    with st.container(border=True):
        st.markdown("**Make it a campaign**")
        entries = context.store.entries("campaign")
        latest = context.campaign.baseline
        first = {
            "baseline": latest, "end": latest + timedelta(days=365), "target": 0,
            "coordinators": list(context.offers.get(OfficeRole.UNIVERSALIZATION, ())),
        }  # fmt: skip
        _new_campaign(context, entries, first, like=entries[-1].title if entries else None)


def edit(context: Context, found: Sequence[Progress], grid: Grid) -> None:
    """The plan items as a table to edit, and a new one."""
    if not context.log_campaign:
        st.info(NO_CAMPAIGN, icon=":material/view_timeline:")
        return
    entries = [each.item for each in found]
    _table(context, grid, entries, (context.campaign.name, len(entries), save.saves()))
    with st.expander("Add a plan item", expanded=not entries):
        _new_item(context)


def _table(context: Context, grid: Grid, entries: Sequence[Entry], wanted: object) -> None:
    if grid.stale(wanted):
        grid.freeze(entries, wanted, context.store.last_seq())
    editor.bar(context, grid)
    if grid.entries:
        editor.show(grid, widgets.usual_names(context))


def _asked(
    context: Context, model: type[BaseModel], prefix: str, placed: Sequence[widgets.Row], first: Mapping[str, Any],
    left_out: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """Ask for the fields of a new record, filled with the first values and the defaults."""
    values, usual = {}, widgets.usual_names(context)
    for row in widgets.rows(model, placed, left_out):
        for column, name in zip(st.columns(list(row.values())), row, strict=True):
            field, key = fields(model)[name], _key(f"{prefix}_{name}")
            if key not in st.session_state:
                st.session_state[key] = widgets.held(field, first.get(name, field.default))
            values[name] = widgets.given(field, widgets.ask(column, field, key, usual))
    return values


def _new_item(context: Context) -> None:
    start = {"start": context.campaign.baseline, "end": context.campaign.end}
    values = _asked(context, PlanItem, "item", _ITEM, start, ["campaign"])
    if st.button("Add the item", type="primary", icon=":material/add:", key="item_add"):
        _create(context, "plan_item", values | {"campaign": context.campaign.name})


def _create(context: Context, kind: str, values: dict[str, Any]) -> None:
    try:
        record = parse(kind, values)
    except CcmError as error:
        save.refuse(error)
    else:
        save.commit(context, [Create(record)], then=_next_round)


def campaigns(context: Context, grid: Grid) -> None:
    """All campaigns as a table to edit, and a new one."""
    entries = context.store.entries("campaign")
    _table(context, grid, entries, (len(entries), save.saves()))
    with st.expander("Add a campaign"):
        _new_campaign(context, entries)


def _new_campaign(
    context: Context, entries: Sequence[Entry], first: Mapping[str, Any] | None = None, like: str | None = None
) -> None:
    first = first or {"baseline": date.today(), "end": date.today() + timedelta(days=365), "target": 0}
    names = [entry.title for entry in entries]
    values = _asked(context, Campaign, "campaign", _CAMPAIGN, first)
    values["currency"] = values["currency"].upper()
    like = st.selectbox(
        "Begin with the plan of", names, index=names.index(like) if like else None, key=_key("campaign_like"),
        placeholder="No plan", help="Its items, each at the same part of the period; titles lose the former name.",
    )  # fmt: skip
    if st.button("Review and add", type="primary", icon=":material/add:", key="campaign_add"):
        try:
            commands = new_campaign(context, values, like)
        except CcmError as error:
            save.refuse(error)
        else:
            review.ask(context, [(None, command) for command in commands], _next_round, "campaign")


def new_campaign(context: Context, values: dict[str, Any], like: str | None) -> list[Command]:
    """A campaign, with the plan items of another one scaled to its time. Raises CcmError for what cannot be."""
    campaign = parse("campaign", values)
    assert isinstance(campaign, Campaign)
    demand_target(campaign, int(context.states()["is_target"].sum()))
    commands: list[Command] = [Create(campaign)]
    if like:
        plan = [e.record for e in context.store.entries("plan_item", like) if isinstance(e.record, PlanItem)]
        former = campaign_named(like, known(context.store, context.audience))
        commands += [Create(parse("plan_item", values)) for values in scaled(former, plan, campaign)]
    return commands
