"""Which regional workshops would reach most targets, whom to bring, and what followed those that were held."""

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import planner
from ccm_data.dates import words
from ccm_data.errors import FactsError
from ccm_data.records import each
from pages.components import address, frame, link
from pages.components.choices import AUDIENCES as KIND_WORDS
from pages.components.choices import WEIGHTS

context = frame.require("meetings")
try:
    rows = planner.members(context)
    ordered = context.targets().set_index("iso3")
except FactsError as error:
    frame.stop_without_facts(error)
names = link.state_names(context.workspace)

st.subheader(f"Regional meetings: the best choice on {words(context.as_of)}", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    k = st.number_input("Workshops", 1, planner.MOST_WORKSHOPS, 3, key="workshops", width=120)
    kinds = st.pills(
        "Choose among", list(KIND_WORDS), format_func=KIND_WORDS.__getitem__, selection_mode="multi",
        default=list(KIND_WORDS), key="kinds",
    )  # fmt: skip
    weigh = st.selectbox("Targets weigh by", list(WEIGHTS), format_func=WEIGHTS.__getitem__, key="weigh", width=240)
column = {"chance": "p12", "score": "score"}.get(weigh)
weights: Any = None if column is None else ordered[column].astype(float).fillna(0.0).to_dict()
listed = planner.audiences(rows[rows["kind"].isin(kinds or list(KIND_WORDS))])
biggest = int(listed["targets"].max())
address.limit("most_targets", biggest)
most = st.slider(
    "Leave out audiences with more targets than", 1, biggest, min(biggest, 25), key="most_targets",
    help="A workshop for a body of the whole world reaches everybody on paper and nobody in the room.",
)  # fmt: skip
open_to = listed[(listed["targets"] > 0) & (listed["targets"] <= most)]
choice = planner.choose(context, int(k), weights, kinds or list(KIND_WORDS), set(open_to["key"]))

covered = len(choice.targets)
proof = "No other choice reaches more: the solver's bound proves it." if choice.proved else ""
st.markdown(
    f"**{len(choice.audiences)} workshops reach {covered} of {len(ordered)} targets, each counted once.** {proof}"
)
chosen = listed.set_index("key").loc[list(choice.audiences)]
taken: set[str] = set()
shown = []
for audience in each(chosen.sort_values("targets", ascending=False)):
    new = [iso3 for iso3 in audience.target_iso3s if iso3 not in taken]
    taken.update(new)
    shown.append({
        "Workshop for": audience.name, "Kind": KIND_WORDS[audience.kind][:-1], "Targets": audience.targets,
        "Adds": len(new),
        "Targets, likeliest first": [names[iso3] for iso3 in ordered.index if iso3 in set(audience.target_iso3s)],
        "Bring as peers": [
            f"{peer} ({day.year})" for peer, day in zip(audience.peers, audience.peers_joined, strict=True)
        ],
    })  # fmt: skip
st.dataframe(
    pd.DataFrame(shown), hide_index=True, height="content",
    column_config={
        "Targets, likeliest first": st.column_config.ListColumn(width="large"),
        "Bring as peers": st.column_config.ListColumn(width="medium", help="Latest joiners, with their year"),
    },
)  # fmt: skip
missed = [names[iso3] for iso3 in ordered.index if iso3 not in set(choice.targets)]
if missed:
    st.caption(f"Not reached ({len(missed)}): {', '.join(missed)}.")

audiences, past = st.tabs(["All audiences", "Workshops held and what followed"])
with audiences:
    st.dataframe(
        pd.DataFrame({
            "Audience": listed["name"], "Kind": listed["kind"].map(lambda kind: KIND_WORDS[kind][:-1]),
            "Members": listed["members"], "States Parties": listed["state_party"], "Signatories": listed["signatory"],
            "Targets": listed["targets"], "On the ladder": listed["near"], "Categories, mean": listed["categories"],
            "Target states": listed["target_names"],
            "Latest joiners": listed["peers"],
        }),
        hide_index=True, height=440,
        column_config={
            "Categories, mean": st.column_config.NumberColumn(format="%.1f"),
            "Target states": st.column_config.ListColumn(), "Latest joiners": st.column_config.ListColumn(),
        },
    )  # fmt: skip
with past:
    held = planner.past_workshops(context)
    st.caption(
        f"Joined within {planner.FOLLOW_UP_MONTHS} months of the event. What followed an event is not what it caused; "
        "attendance is what sources name."
    )
    st.dataframe(held, hide_index=True, height=440)
