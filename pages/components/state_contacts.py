"""What was done with one state and what it said: the activity log and the public record, each marked as such."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from ccm_data.history import public_history
from ccm_data.log import Entry, Filter
from ccm_data.vocab import ActivityType, Confidentiality, Obstacle, Role, Stage, label
from pages.components import meeting
from pages.components.frame import Context

ORIGINS = {"log": "Activity log", "facts": "Public record"}


def show(context: Context, iso3: str) -> None:
    """Activities with the state by the as-of date, latest first, as far as this audience may see."""
    wanted = Filter(iso3s=(iso3,), until=context.log_day, max_confidentiality=context.audience)
    logged = list(context.store.activities(wanted))
    known = replace(wanted, until=context.as_of)
    public = [entry for entry in public_history(context.workspace.facts_dir) if known.matches(entry)]
    found = sorted([*logged, *public], key=lambda entry: entry.activity.start, reverse=True)
    if not found:
        st.info("No contact is recorded by this day. Log one on the Activity log page.", icon=":material/edit_note:")
        return
    st.dataframe(
        pd.DataFrame([_row(entry, iso3, context) for entry in found]), hide_index=True, height="content",
        placeholder="",
        column_config={
            "Date": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Promised by": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Open": st.column_config.LinkColumn(display_text="open", width="small"),
            "What it said": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip


def _row(entry: Entry, iso3: str, context: Context) -> dict[str, object]:
    done = entry.activity
    part = next(state for state in done.states if state.iso3 == iso3)
    row: dict[str, object] = {
        "Date": done.start,
        "Activity": done.title,
        "Type": label(ActivityType, done.type),
        "Part": label(Role, part.role),
        "What it said": part.position or done.summary,
        "Stage": label(Stage, part.stage),
        "Promise": part.promise,
        "Promised by": part.promise_due,
        "Obstacles": ", ".join(label(Obstacle, code) for code in part.obstacles),
        "From": ORIGINS[entry.origin],
    }
    if not meeting.is_on():
        row["Who may see it"] = label(Confidentiality, done.confidentiality)
        row["Open"] = f"/log?entry={entry.subject}"
    return row
