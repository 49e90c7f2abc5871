"""Where do we stand, and who is next: the world map with its headline figures and the selected state."""

import streamlit as st

from ccm_data.dates import words
from ccm_data import geometry
from pages.components import filters, frame, search, state_panel, state_table, world_map
from pages.components.world_map import ColourBy

context = frame.require("map")
wanted = filters.sidebar(context.workspace)
states = context.workspace.states(context.as_of, wanted)
head = context.workspace.headline(context.as_of, states, context.campaign)
campaign = context.campaign

st.header(f"Convention on Cluster Munitions on {words(context.as_of)}", anchor=False)
figures = st.columns(5)
figures[0].metric("States Parties", head["state_party"])
figures[1].metric("Signatories", head["signatory"])
figures[2].metric(
    "States not party", head["not_party"], f"{head['withdrawn']} withdrawn" if head["withdrawn"] else None,
    delta_color="off", delta_arrow="off",
)  # fmt: skip
figures[3].metric(
    "Targets in the filter", head["targets_in_filter"], f"of {head['targets']} targets", delta_color="off", delta_arrow="off"
)
figures[4].metric(
    f"New States Parties since {words(campaign.baseline)}", head["new_parties"],
    f"{head['new_parties_by_end']} of {campaign.target} by {words(campaign.end)}", delta_color="off", delta_arrow="off",
)  # fmt: skip

left, right = st.columns([3.2, 1], gap="medium")
with left:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.segmented_control(
            "Colour by", list(ColourBy), format_func=lambda term: term.label, default=ColourBy.STATUS, required=True,
            key="colour", bind="query-params",
        )  # fmt: skip
        view = st.segmented_control(
            "View", list(world_map.VIEWS), default="World", required=True, key="view", bind="query-params"
        )
with right:
    selected = search.box(context.workspace)
with left:
    scheme = world_map.scheme(by or ColourBy.STATUS, states)
    world_map.show(states, scheme, selected, view or "World")
    world_map.legend(scheme, states)
    st.caption(geometry.load().disclaimer)
with right:
    if selected:
        state_panel.show(context, states.set_index("iso3", drop=False).loc[selected])
    else:
        st.markdown("Click a state on the map, pick a row of the table, or type a name.")

st.subheader("The same states as a table", anchor=False)
shown = states[states["matches"]]
if shown.empty:
    st.info("No state matches the filter. Clear a condition in the sidebar.", icon=":material/filter_alt_off:")
else:
    st.caption(f"{len(shown)} states. {filters.describe(wanted)}")
    state_table.show(
        state_table.rows(shown, context.as_of), "map_table",
        ["State", "Status", "Categories", "Latest vote", "Vote basis", "Signed", "Joined", "UN group", "Region"],
    )  # fmt: skip
