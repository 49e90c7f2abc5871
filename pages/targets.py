"""Whom to call next: the target states in order, with their categories, chances, contacts and what to ask."""

from typing import Literal

import pandas as pd
import streamlit as st

from ccm_data import escape, export
from ccm_data.dates import words
from ccm_data.filters import describe
from ccm_data.vocab import CATEGORY_SHORT
from pages.components import filters, frame, ranking, search, state_panel, state_table

ROWS, ROWS_ABOVE_PANEL = 15, 7  # in sight: the first two bands; fewer where a state's panel lies below
ROW_PIXELS = 33
WIDTHS = {
    "Rank": 50, "State": 150, **dict.fromkeys(CATEGORY_SHORT.values(), 68), "Chance": 110, "Score": 90, "Ask": 190,
    "Last contact": 94, "Owner": 110, "Next step": 160,
}  # fmt: skip
PHONE = {"State": 128, "Chance": 90, "Score": 90, "Ask": 130}
BY_WIDTH = """<style>
@media (max-width: 640px) {.st-key-targets_wide, .st-key-targets_columns {display: none}}
@media (min-width: 641px) {.st-key-targets_narrow {display: none}}
</style>"""

context = frame.require("targets")
wanted = filters.ask(context)
notices = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        with st.container(width=220):
            selected = search.box(context)
        method, weights = ranking.choose()
    tools = st.container(horizontal=True, vertical_alignment="bottom", width="content")

ordered = context.targets(wanted, weights, method)
shown = ordered[ordered["matches"]]
said = describe(wanted)
context.title(f"{len(shown)} of {len(ordered)} target states on {words(context.as_of)}")
if notes := " ".join(filter(None, [said, ranking.approved_words(context, context.states(wanted))])):
    notices.caption(escape.markdown(notes))
if shown.empty:
    st.info("No target state matches the filter. Clear a condition.", icon=":material/filter_alt_off:")
    st.stop()

table = state_table.rows(shown, context.as_of)
table = pd.concat([ranking.columns(context, shown), table], axis=1)
usual = [
    "Rank", "State", *CATEGORY_SHORT.values(), ranking.number(method), "Ask", "Last contact", "Owner", "Next step",
]  # fmt: skip
with tools:
    with st.popover("Choose columns", icon=":material/view_column:", key="targets_columns"):
        more = st.multiselect(
            "More columns", [name for name in table.columns if name not in usual], key="columns",
            persist_state="session", placeholder="None",
        )  # fmt: skip
    columns, name = [*usual, *more], f"ccm-targets-{context.as_of}"
    st.download_button(
        "CSV", lambda: export.csv(table[columns]), f"{name}.csv", "text/csv", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip
    st.download_button(
        "Excel with sources",
        lambda: export.xlsx(table[columns], context.sources_of(shown), context.as_of, said),
        f"{name}.xlsx", icon=":material/download:", on_click="ignore",
    )  # fmt: skip

most = ROWS_ABOVE_PANEL if selected else ROWS
height: Literal["content"] | int = "content" if len(table) <= most else ROW_PIXELS * (most + 1) + 2
st.html(BY_WIDTH)
with st.container(key="targets_wide"):
    state_table.show(table, "targets_table", columns, height, WIDTHS)
    state_table.origin(context, shown, table, "targets_table")
with st.container(key="targets_narrow"):
    phone = {name: PHONE[name] for name in ("State", ranking.number(method), "Ask")}
    state_table.show_narrow(table, "targets_list", phone, state_table.TWO_LINES * (5 if selected else 10))
if selected:
    state_panel.lying(context, selected)
