"""Where do we stand, and who is next: the world map with its headline figures and the selected state."""

import streamlit as st

from ccm_data import geometry
from ccm_data.dates import words
from ccm_data.filters import StateFilter
from pages.components import filters, frame, meeting, search, state_panel, state_table, world_map
from pages.components.world_map import ColourBy

context = frame.require("map")
wanted = StateFilter() if meeting.is_on() else filters.sidebar(context.workspace)
states = context.workspace.states(context.as_of, wanted)
head = context.workspace.headline(context.as_of, states, context.campaign)
campaign = context.campaign


def aside(text: str | None) -> dict[str, str]:
    """A quiet remark under a figure; none for none."""
    return {"delta": text, "delta_color": "off", "delta_arrow": "off"} if text else {}


st.subheader(f"Convention on Cluster Munitions on {words(context.as_of)}", anchor=False)
figures = st.columns([1, 1, 1, 1, 1.6])
figures[0].metric("States Parties", head["state_party"])
figures[1].metric("Signatories", head["signatory"])
figures[2].metric(
    "States not party", head["not_party"], **aside(head["withdrawn"] and f"{head['withdrawn']} withdrawn")
)
figures[3].metric("Targets in the filter", head["targets_in_filter"], **aside(f"of {head['targets']}"))
figures[4].metric(
    f"New States Parties since {words(campaign.baseline)}", head["new_parties"],
    **aside(f"{head['new_parties_by_end']} of {campaign.target} wanted by {words(campaign.end)}"),
)  # fmt: skip

left, right = st.columns([3.2, 1], gap="medium")
with left, st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    by = st.segmented_control(
        "Colour by", list(ColourBy), format_func=lambda term: term.label, default=ColourBy.STATUS, required=True,
        key="colour", bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    view = st.selectbox(
        "View", list(world_map.VIEWS), key="view", bind="query-params", label_visibility="collapsed", width=170
    )
with right:
    selected = search.box(context.workspace)
    if selected:
        state_panel.show(context, states.set_index("iso3", drop=False).loc[selected])
    elif not meeting.is_on():
        next_up = states[states["matches"] & states["is_target"]].sort_values(
            "category_count", ascending=False, kind="stable"
        )
        st.markdown("**Targets meeting most categories**  \nSelect one here, on the map or by name.")
        state_table.show(
            state_table.rows(next_up.head(12), context.as_of), "next_up", ["State", "Categories"], height=380
        )
with left:
    scheme = world_map.scheme(by or ColourBy.STATUS, states)
    world_map.show(states, scheme, selected, view)
    world_map.legend(scheme, states)
    st.caption(geometry.load().disclaimer)

st.subheader("The same states as a table", anchor=False)
shown = states[states["matches"]]
if shown.empty:
    st.info("No state matches the filter. Clear a condition in the sidebar.", icon=":material/filter_alt_off:")
else:
    st.caption(f"{len(shown)} states. {filters.describe(wanted)}")
    state_table.show(
        state_table.rows(shown, context.as_of), "map_table",
        ["State", "Status", "Categories", "Latest vote", "Vote basis", "Signed on", "Joined", "UN group", "Region"],
    )  # fmt: skip
