"""Contradictions between sources: listed, never resolved silently; each can be acknowledged with a note."""

from __future__ import annotations

from uuid import uuid4

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.overlay.model import Change, ChangeKind
from ccm_data.vocab import Confidentiality
from pages.components.data import changes
from pages.components.frame import Context


def show(context: Context) -> None:
    """Open findings first, then the acknowledged ones with their notes."""
    rows = context.rows("data/findings")
    team = context.audience is Confidentiality.INTERNAL  # what it found, and whom it asked, is its own
    standing = context.workspace.overlay.standing if team else ()
    notes = {c.about: c for c in standing if c.kind is ChangeKind.ACKNOWLEDGEMENT}
    titles = context.workspace.sources["title"]
    table = pd.DataFrame({
        "State or body": rows["name"], "What": rows["kind"], "On record": rows["said"],
        "Acknowledged": [
            f"{notes[i].author}: {notes[i].reason}" if i in notes else "" for i in rows["id"]
        ],
        "Sources": ["; ".join(str(titles.get(one, one)) for one in ids) for ids in rows["source_ids"]],
    })  # fmt: skip
    table.index = pd.Index(rows["id"])
    table = table.sort_values("Acknowledged", key=lambda said: said != "", kind="stable")
    if not team:
        table = table.drop(columns="Acknowledged")
    count = f"{sum(i not in notes for i in rows['id'])} open of {len(rows)}" if team else f"{len(rows)} in all"
    st.caption(
        f"{count}. What two sources say of one matter, as each says it: somebody has to read both."
        + (" An acknowledgement says that somebody has." if team else "")
    )
    picked = st.dataframe(
        table, hide_index=True, height="content", placeholder="", key=changes.key("findings"), on_select="rerun",
        selection_mode="single-row",
        column_config={"On record": st.column_config.TextColumn(width="large")},
    ).selection.rows  # fmt: skip
    if not picked:
        return
    chosen = str(table.index[picked[0]])
    st.markdown(f"**{escape.markdown(table['State or body'].iloc[picked[0]])}** · {table['What'].iloc[picked[0]]}")
    row = rows[rows["id"] == chosen].iloc[0]
    st.markdown(escape.markdown(row["said"]))
    for one in context.sources_of(list(row["source_ids"])).to_dict("records"):
        told = ", ".join(str(one[name]) for name in ("publisher", "source_date") if one[name])
        opened = f" [open]({one['url']})" if one["url"] else ""
        st.markdown(f"{escape.markdown(one['title'])} ({escape.markdown(told)}){opened}")
    if not team:
        return
    if chosen in notes:
        changes.undo_button(context, notes[chosen], "Take the acknowledgement back")
        return
    note = st.text_input("Note", key=changes.key("finding_note"), placeholder="What you found, or whom you asked")
    if st.button("Acknowledge", type="primary", key="finding_acknowledge"):
        if not note.strip():
            st.error("Write a note first: what you found, or whom you asked.", icon=":material/error:")
            return
        changes.commit(
            lambda author: Change(str(uuid4()), ChangeKind.ACKNOWLEDGEMENT, author, note, about=chosen),
            "The finding is acknowledged",
        )
