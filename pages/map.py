"""Where do we stand, and who is next: the world map with its headline figures and the selected state."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ccm_data import escape, geometry, wording
from ccm_data.dates import words
from ccm_data.filters import describe
from ccm_data.scheme import ColourBy, scheme
from pages.components import (
    filters,
    frame,
    gauge,
    meeting,
    pictures,
    ranking,
    search,
    state_panel,
    state_table,
    world_map,
)

context = frame.require("map")
in_meeting = meeting.is_on()
SUMMARY_WORDS = {
    "name": "Name", "states": "States", "state_party": "States Parties", "signatory": "Signatories",
    "not_party": "States not party", "withdrawn": "Withdrawn", "targets": "Targets", "party_share": "Share of parties",
}  # fmt: skip
if in_meeting and st.session_state.get("colour") in meeting.NOT_COLOURED:
    del st.session_state["colour"]  # who was contacted when is for the office
HELP = "Counted from the treaty actions by the as-of date; the table below names each state's source at a click."
wanted = filters.ask(context)
states = context.states(wanted)
head = context.headline(states)
campaign = context.campaign


def aside(text: str | None) -> dict[str, Any]:
    """A quiet remark under a figure; none for none."""
    return {"delta": text, "delta_color": "off", "delta_arrow": "off"} if text else {}


def figures(places: list[DeltaGenerator]) -> None:
    """The headline figures, each in its place."""
    for place, name, key in ((places[0], "States Parties", "state_party"), (places[1], "Signatories", "signatory")):
        news = head[f"{key}_provisional"]
        place.metric(name, head[key] - news, help=HELP, **aside(wording.and_provisional(news)))
    places[2].metric(
        "States not party", head["not_party"], **aside(head["withdrawn"] and f"{head['withdrawn']} withdrawn")
    )
    news = head["new_parties_provisional"]
    wanted_by = campaign.target and f"{head['new_parties_by_end']} of {campaign.target} wanted by {words(campaign.end)}"
    places[3].metric(
        f"New States Parties since {words(campaign.baseline)}", head["new_parties"] - news,
        **aside("; ".join(filter(None, (wording.and_provisional(news), wanted_by or None)))),
    )  # fmt: skip
    if len(places) > 4:
        places[4].metric("Targets in the filter", head["targets_in_filter"], **aside(f"of {head['targets']}"))


def panel() -> None:
    """The selected state, or who meets most categories; a meeting sees no order of states."""
    if selected:
        state_panel.show(context, context.state(selected))
    elif not in_meeting:
        ranking.who_is_next(context, context.targets(wanted))


context.title("Convention on Cluster Munitions")
if not in_meeting:
    row = st.columns([1, 1, 1, 1.6, 1])
    figures(list(row))
left, right = st.columns([4.4, 1] if in_meeting else [3.2, 1], gap="medium")
with left, st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    by = st.segmented_control(
        "Colour by", [one for one in ColourBy if not in_meeting or one not in meeting.NOT_COLOURED],
        format_func=lambda term: term.label, default=ColourBy.STATUS, required=True,
        key="colour", bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    view = st.selectbox(
        "View", list(world_map.VIEWS), key="view", bind="query-params", label_visibility="collapsed", width=170
    )
with right:
    selected = search.box(context)
    if in_meeting and not selected:
        figures([st.container() for _ in range(4)])
    panel()
with left:
    colours = scheme(by or ColourBy.STATUS, states, context.contact_days())
    world_map.show(states, colours, selected, view)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        world_map.legend(colours)
        pictures.of_map(context, colours, states, {
            "States Parties": wording.counted(head["state_party"], head["state_party_provisional"]),
            "Signatories": wording.counted(head["signatory"], head["signatory_provisional"]),
            "States not party": str(head["not_party"]),
            f"New States Parties since {words(campaign.baseline)}":
                wording.counted(head["new_parties"], head["new_parties_provisional"]),
        })  # fmt: skip
    st.caption(geometry.load().disclaimer)
    if not context.workspace.findings:
        gauge.show(context)

BODIES = {"group": "UN regional groups", "region": "Regions", "org": "Organizations"}
with st.expander("Summary by regional group, region or organization", icon=":material/table_chart:"):
    body = st.segmented_control(
        "Summary by", list(BODIES), format_func=BODIES.__getitem__, default="group", required=True, key="summary_by",
        label_visibility="collapsed",
    )  # fmt: skip
    summary = context.workspace.snapshot_frame("summary/by_group", context.as_of, by=body or "group")
    st.dataframe(
        summary.rename(columns=SUMMARY_WORDS), hide_index=True, height="content",
        column_config={"Share of parties": st.column_config.NumberColumn(format="percent")},
    )  # fmt: skip

st.subheader("The same states as a table", anchor=False)
shown = states[states["matches"]]
if shown.empty:
    st.info("No state matches the filter. Clear a condition.", icon=":material/filter_alt_off:")
else:
    st.caption(f"{len(shown)} states. {escape.markdown(describe(wanted))}")
    table = state_table.rows(shown, context.as_of)
    state_table.origin(context, shown, table, "map_table")
    state_table.show(
        table, "map_table",
        ["State", "Status", "Categories", "Latest vote", "Vote basis", "Signed on", "Joined", "UN group", "Region"],
    )  # fmt: skip
