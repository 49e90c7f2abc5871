"""Whom to call next: the target states in order, with their categories, chances, contacts and next action."""

from typing import Literal

import pandas as pd
import streamlit as st

from ccm_data import escape, export
from ccm_data.dates import words
from ccm_data.filters import describe
from ccm_data.vocab import CATEGORY_SHORT
from pages.components import filters, frame, ranking, search, state_panel, state_table

context = frame.require("targets")
wanted = filters.ask(context)
with context.side:
    st.subheader("Order", divider="gray")
    method, weights = ranking.choose()
ordered = context.targets(wanted, weights, method)
shown = ordered[ordered["matches"]]

st.subheader(f"{len(shown)} of {len(ordered)} target states on {words(context.as_of)}", anchor=False)
st.caption(escape.markdown(describe(wanted)) or "All states that are not parties. Narrow them down.")
ranking.alert_approved(context, context.states(wanted))
if shown.empty:
    st.info("No target state matches the filter. Clear a condition.", icon=":material/filter_alt_off:")
    st.stop()

table = state_table.rows(shown, context.as_of)
table = pd.concat([ranking.columns(context, shown), table], axis=1)
usual = [
    "Rank", "State", "Status", *CATEGORY_SHORT.values(), ranking.number(method), "Next action", "Last contact", "Owner",
    "Next step", "Band", "Latest vote", "Vote basis", "Years since signature", "Producer", "Stockpiler",
    "Contaminated", "Organizations",
]  # fmt: skip
usual = [name for name in usual if name in table.columns]
with st.container(horizontal=True, vertical_alignment="bottom"):
    with st.container(width=240):
        selected = search.box(context)
    columns = st.multiselect(
        "Columns", list(table.columns), default=usual, key="columns", persist_state="session",
    ) if st.session_state.get("choose_columns") else usual  # fmt: skip
    columns = columns or usual
    st.toggle("Choose columns", key="choose_columns", persist_state="session")
    name, said = f"ccm-targets-{context.as_of}", describe(wanted)
    st.download_button(
        "CSV", lambda: export.csv(table[columns]), f"{name}.csv", "text/csv", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip
    st.download_button(
        "Excel with sources",
        lambda: export.xlsx(table[columns], context.sources_of(shown), context.as_of, said),
        f"{name}.xlsx", icon=":material/download:", on_click="ignore",
    )  # fmt: skip

height: Literal["content"] | int = "content" if len(table) < 17 else 640
if selected:
    left, right = st.columns([3.2, 1], gap="medium")
    with left:
        state_table.origin(context, shown, table, "targets_table")
        state_table.show(table, "targets_table", columns, height=height)
    with right:
        state_panel.show(context, context.state(selected))
else:
    state_table.origin(context, shown, table, "targets_table")
    state_table.show(table, "targets_table", columns, height=height)
