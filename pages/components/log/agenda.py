"""What is due, by whom; and which targets have had no contact for long."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.log import Filter, Overdue, coverage, overdue, owners, summary_by_state
from pages.components.frame import Context
from pages.components.log import listing, quick, wording
from pages.components.log.filters import Asked, may_write

NOBODY = "nobody"


def steps(context: Context, asked: Asked) -> None:
    """Planned activities and next steps: overdue, and due soon, per owner."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ahead = st.number_input("Days ahead", 0, 3650, 30, 10, key="log_ahead", width=130)
        owner = st.selectbox(
            "Owner", owners(context.store, max_confidentiality=context.audience), index=None, key="log_step_owner",
            persist_state="session", placeholder="Anybody", width=220,
        )  # fmt: skip
    found = overdue(
        context.store, today=asked.today + timedelta(days=int(ahead) + 1), owner=owner or "",
        max_confidentiality=context.audience,
    )  # fmt: skip
    about = Filter(iso3s=asked.filter.iso3s, campaign=asked.filter.campaign)
    found = [each for each in found if about.matches(each.entry)]
    if not found or asked.impossible:
        st.info(f"Nothing is due within {ahead} days of {asked.today}.", icon=":material/task_alt:")
        return
    rows = _rows(found, asked.today)
    late = rows["Days"] < 0
    st.markdown(f"**{late.sum()} overdue, {(~late).sum()} due by {asked.today + timedelta(days=int(ahead))}**")
    per_owner = rows.assign(late=late).groupby("Owner")["late"].agg(Overdue="sum", Open="size").reset_index()
    left, right = st.columns([3, 1])
    key = f"log_steps_{hash((asked.today, ahead, owner, context.store.last_seq()))}"
    left.dataframe(
        rows.drop(columns="Days"), key=key, hide_index=True, selection_mode="single-row", placeholder="",
        on_select=lambda: _picked([each.entry.subject for each in found], key),
        column_config={"Due": st.column_config.DateColumn(format="YYYY-MM-DD")}, alt="What is due, the oldest first",
    )  # fmt: skip
    right.dataframe(per_owner.sort_values("Overdue", ascending=False), hide_index=True, alt="Overdue per owner")


def _picked(subjects: list[str], key: str) -> None:
    places = st.session_state[key].selection.rows
    listing.open_entry(subjects[places[0]] if places else "")


def _rows(found: list[Overdue], today: date) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Due": each.due,
            "When": wording.due(each.due, today),
            "Owner": each.owner or NOBODY,
            "What": each.step,
            "States": wording.states(each.entry.activity),
            "After": each.entry.title if each.step != each.entry.title else "",
            "Days": (each.due - today).days,
        }
        for each in found
    )


def cover(context: Context, asked: Asked) -> None:
    """Targets without contact within a number of days, those never in contact first."""
    states = asked.states[asked.states["is_target"] & asked.states["matches"]]
    if asked.filter.iso3s and len(asked.filter.iso3s) == 1:
        states = states[states["iso3"].isin(asked.filter.iso3s)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.number_input("No contact for (days)", 1, 3650, 90, 30, key="log_days", width=170)
        everybody = st.toggle("Show covered targets too", key="log_covered", persist_state="session")
    if states.empty:
        st.info("No target state matches the filter at the side.", icon=":material/filter_alt_off:")
        return
    rows = coverage(
        context.store, list(states["iso3"]), as_of=asked.today, days=int(days), max_confidentiality=context.audience,
        campaign=asked.filter.campaign,
    )  # fmt: skip
    ahead = summary_by_state(
        context.store, as_of=asked.today, max_confidentiality=context.audience, campaign=asked.filter.campaign
    )
    names = states.set_index("iso3")["name_short"]
    lacking = [row.iso3 for row in rows if row.lacking]
    st.markdown(f"**{len(lacking)} of {len(rows)} targets: no contact in the {days} days before {asked.today}**")
    shown = [row for row in rows if everybody or row.lacking]
    table = pd.DataFrame(
        [
            {
                "State": names[row.iso3],
                "Last contact": f"{row.last_contact or 'never'}",
                "Days": row.days_since,
                "Contacts": ahead[row.iso3].contacts if row.iso3 in ahead else 0,
                "What comes next": ahead[row.iso3].next_step if row.iso3 in ahead else "",
                "Owner": ahead[row.iso3].owner if row.iso3 in ahead else "",
                "Due": ahead[row.iso3].due if row.iso3 in ahead else None,
            }
            for row in sorted(shown, key=lambda row: (row.last_contact or date.min, names[row.iso3]))
        ],
        columns=["State", "Last contact", "Days", "Contacts", "What comes next", "Owner", "Due"],
    )
    st.dataframe(
        table, hide_index=True, placeholder="",
        column_config={"Due": st.column_config.DateColumn(format="YYYY-MM-DD")},
        height="content" if len(table) < 13 else 460, alt="Targets by the time since their last contact",
    )  # fmt: skip
    scope = (
        f"Contacts of the campaign {asked.filter.campaign}" if asked.filter.campaign else "Contacts of all campaigns"
    )
    st.caption(escape.markdown(scope) + " that the log records as done; the public record is not counted.")
    if lacking and may_write(context):
        st.button(
            f"Put these {len(lacking)} into the quick entry", icon=":material/group_add:", key="cover_add",
            on_click=quick.add_and_open, args=(lacking,),
        )  # fmt: skip
