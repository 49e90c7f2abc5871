"""Where do we stand, and who is next: the world map with its headline figures and the selected state."""

import pandas as pd
import streamlit as st

from ccm_data import escape, mapping
from ccm_data.filters import describe
from ccm_data.scheme import ColourBy
from pages.components import (
    address,
    choices,
    filters,
    frame,
    gauge,
    meeting,
    next_calls,
    pictures,
    search,
    state_panel,
    state_table,
    world_map,
)

context = frame.require("map")
in_meeting = meeting.is_shared()
SUMMARY_WORDS = {
    "name": "Name", "states": "States", "state_party": "States Parties", "signatory": "Signatories",
    "not_party": "States not party", "withdrawn": "Withdrawn", "targets": "Targets", "party_share": "Share of parties",
}  # fmt: skip
if in_meeting and st.session_state.get("colour") in meeting.NOT_COLOURED:
    del st.session_state["colour"]  # who was contacted when is for the office
context.title("Convention on Cluster Munitions")
world_map.overlay()


@st.fragment
@frame.guarded
def room() -> None:
    """What a filter, a colour or a selection changes, and nothing else."""
    wanted = filters.ask(context)
    with context.bar:
        by = st.selectbox(
            "Colour by", [one for one in ColourBy if not in_meeting or one not in meeting.NOT_COLOURED],
            format_func=lambda term: term.label, key="colour", label_visibility="collapsed", width=150,
        )  # fmt: skip
        view = st.selectbox("View", list(mapping.VIEWS), key="view", label_visibility="collapsed", width=125)
        with st.container(width=165, key="find"):
            selected = search.box(context)
    address.sync()
    seen = mapping.seen(context, wanted, by, view=view, ground=world_map.ground(), meeting=in_meeting)
    with st.container(key="map_room"):
        world_map.of_view(seen, selected)
        if selected or not in_meeting:
            with st.container(key="map_panel"):  # a meeting sees no order of states
                if selected:
                    state_panel.show(context, context.state(selected))
                else:
                    next_calls.show(context, wanted)
    with st.container(horizontal=True, vertical_alignment="center"):
        pictures.of_map(context, seen)
        if not seen.count:
            st.info("No state matches the filter. Clear a condition.", icon=":material/filter_alt_off:")
        else:
            st.caption(f"{seen.count} states. {escape.markdown(describe(wanted))}")
    as_table = st.expander(
        "The same states as a table", icon=":material/table_rows:", key="map_rows", on_change="rerun"
    )
    if as_table.open:
        with as_table:
            table_of(seen.states[seen.states["matches"]])


def table_of(shown: pd.DataFrame) -> None:
    """The accessible twin of the map."""
    table = state_table.rows(shown, context.as_of)
    state_table.origin(context, shown, table, "map_table")
    state_table.show(
        table, "map_table",
        ["State", "Status", "Categories", "Latest vote", "Vote basis", "Signed on", "Joined", "UN group", "Region"],
    )  # fmt: skip


room()
if not context.workspace.findings:
    gauge.show(context)

with st.expander("Summary by regional group, region or organization", icon=":material/table_chart:"):
    body = st.segmented_control(
        "Summary by", list(choices.BODIES), format_func=choices.BODIES.__getitem__, default="group", required=True,
        key="summary_by", label_visibility="collapsed",
    )  # fmt: skip
    summary = context.workspace.snapshot_frame("summary/by_group", context.as_of, by=body or "group")
    st.dataframe(
        summary.rename(columns=SUMMARY_WORDS), hide_index=True, height="content",
        column_config={"Share of parties": st.column_config.NumberColumn(format="percent")},
    )  # fmt: skip
