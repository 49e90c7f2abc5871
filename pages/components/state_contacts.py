"""What was done with one state and what it said: the activity log and the public record, each marked as such."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccm_data.contacts import ORIGINS, Contact
from ccm_data.vocab import ActivityType, Confidentiality, Obstacle, Role, Stage, label
from pages.components import meeting, sign_in
from pages.components.frame import Context


def show(context: Context, iso3: str) -> None:
    """Contacts with the state so far, latest first, as far as this audience may see."""
    found = context.contacts(iso3)
    if not found and context.store.closed:
        st.info(f"{context.no_contact}.", icon=":material/edit_off:")
        return
    if not found:
        more = " Log one on the Activity log page." if sign_in.may_write() else ""
        st.info(f"No contact is recorded by this day.{more}", icon=":material/edit_note:")
        return
    st.dataframe(
        pd.DataFrame([_row(contact) for contact in found]), hide_index=True, height="content", placeholder="",
        column_config={
            "Date": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Promised by": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Open": st.column_config.LinkColumn(display_text="open", width="small"),
            "What it said": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip


def _row(contact: Contact) -> dict[str, object]:
    done, part = contact.entry.activity, contact.part
    row: dict[str, object] = {
        "Date": contact.day,
        "Activity": done.title,
        "Type": label(ActivityType, done.type),
        "Part": label(Role, part.role),
        "What it said": contact.said,
        "Outcome": done.outcome,
        "Next step": done.next_step,
        "Stage": label(Stage, part.stage),
        "Promise": part.promise,
        "Promised by": part.promise_due,
        "Obstacles": ", ".join(label(Obstacle, code) for code in part.obstacles),
        "From": ORIGINS[contact.origin],
    }
    if not meeting.is_on():
        row["Who may see it"] = label(Confidentiality, done.confidentiality)
        link = contact.origin == "log" and sign_in.opens("log")
        row["Open"] = f"/log?entry={contact.entry.subject}" if link else None
    return row
