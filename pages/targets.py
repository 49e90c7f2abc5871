"""Whom to turn to: the target states with their categories, sortable, filtered, downloadable."""

import streamlit as st

from ccm_data import export
from ccm_data.dates import words
from ccm_data.vocab import CATEGORY_SHORT
from pages.components import filters, frame, search, state_panel, state_table

context = frame.require("targets")
wanted = filters.ask(context)
states = context.workspace.states(context.as_of, wanted)
all_targets = states[states["is_target"]]
targets = all_targets[all_targets["matches"]].sort_values(["category_count", "name_short"], ascending=[False, True])

st.subheader(f"{len(targets)} of {len(all_targets)} target states on {words(context.as_of)}", anchor=False)
st.caption(filters.describe(wanted) or "All states that are not parties. Narrow them down in the sidebar.")
if targets.empty:
    st.info("No target state matches the filter. Clear a condition in the sidebar.", icon=":material/filter_alt_off:")
    st.stop()

table = state_table.rows(targets, context.as_of)
usual = [
    "State", "Status", *CATEGORY_SHORT.values(), "Latest vote", "Vote basis", "Years since signature",
    "Producer", "Stockpiler", "Contaminated", "Organizations",
]  # fmt: skip
with st.container(horizontal=True, vertical_alignment="bottom"):
    columns = st.multiselect(
        "Columns", list(table.columns), default=usual, key="columns", persist_state="session", required=True,
    ) if st.session_state.get("choose_columns") else usual  # fmt: skip
    st.toggle("Choose columns", key="choose_columns", persist_state="session")
    name = f"ccm-targets-{context.as_of}"
    said = filters.describe(wanted)
    st.download_button(
        "CSV",
        lambda: export.csv(table[columns]),
        f"{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.download_button(
        "Excel with sources",
        lambda: export.xlsx(table[columns], context.workspace.sources_of(targets), context.as_of, said),
        f"{name}.xlsx", icon=":material/download:", on_click="ignore",
    )  # fmt: skip

left, right = st.columns([3.2, 1], gap="medium")
with left:
    state_table.show(table, "targets_table", columns, height="content" if len(table) < 17 else 640)
with right:
    if selected := search.box(context.workspace):
        state_panel.show(context, states.set_index("iso3", drop=False).loc[selected])
    else:
        st.markdown("Select a row to see the state's evidence here.")
