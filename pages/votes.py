"""How states vote on the General Assembly resolution: totals over the years, who changed and when, state by state."""

from datetime import date

import pandas as pd
import streamlit as st

from ccm_data import charts, export, palette
from ccm_data.dates import words
from ccm_data.errors import FactsError
from ccm_data.filters import describe
from ccm_data.vocab import Vote, VoteStage, label
from ccm_data.wording import PROVISIONAL
from pages.components import filters, frame, pictures
from pages.components.choices import VOTERS

context = frame.require("votes")
wanted = filters.ask(context)
states = context.states(wanted)
try:
    grid = context.rows("votes/grid")
    totals = context.rows("votes/totals", since=date.min)
except FactsError as error:
    frame.stop_without_facts(error)

latest = "" if grid.empty else f"Latest recorded vote {words(grid['vote_date'].max())}."
context.title(f"Votes on the Convention's resolution, {words(context.as_of)}", beside=latest)
if grid.empty:
    st.info("The first recorded vote was taken later than the as-of date.", icon=":material/how_to_vote:")
    st.stop()

inside = grid[grid["iso3"].isin(states.loc[states["matches"], "iso3"])]
changed = inside[inside["changed"]].sort_values("session", ascending=False)
left, right = st.columns([1.3, 1], gap="medium")
with left:
    st.header("Published totals", anchor=False)
    counted = charts.vote_totals(totals)
    st.altair_chart(counted, alt="Published totals of each vote by body and year.")
    pictures.of_chart(context, counted, "Votes on the resolution", totals["source_id"], "vote-totals")
with right:
    st.header(
        f"{changed['iso3'].nunique()} states in the filter changed their vote, {len(changed)} changes", anchor=False
    )
    st.dataframe(
        pd.DataFrame({
            "Year": changed["year"], "State": changed["name_short"],
            "From": changed["previous"].map(lambda v: label(Vote, v)),
            "To": changed["vote"].map(lambda v: label(Vote, v)),
            "Basis": [
                label(VoteStage, stage) + (f" ({PROVISIONAL})" if news else "")
                for stage, news in zip(changed["stage"], changed["provisional"], strict=True)
            ],
        }),
        hide_index=True, height=300, column_config={"Year": st.column_config.NumberColumn(format="%d")}, placeholder="",
        alt="Changes of votes, the latest first",
    )  # fmt: skip

st.header("State by state", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    which = st.segmented_control(
        "States", list(VOTERS), format_func=VOTERS.__getitem__, default="targets", required=True, key="show",
        label_visibility="collapsed",
    )  # fmt: skip
    with st.container(horizontal=True, width="content"):
        table = inside[[
            "iso3", "name_short", "year", "session", "stage", "vote_date", "resolution", "vote", "changed",
            "provisional",
        ]]  # fmt: skip
        name, said = f"ccm-votes-{context.as_of}", describe(wanted)
        sources = context.sources_of(inside["source_id"])
        st.download_button(
            "CSV", lambda: export.csv(table), f"{name}.csv", "text/csv", icon=":material/download:", on_click="ignore"
        )
        st.download_button(
            "Excel with sources", lambda: export.xlsx(table, sources, context.as_of, said), f"{name}.xlsx",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
if which == "targets":
    inside = inside[inside["iso3"].isin(states.loc[states["is_target"], "iso3"])]
elif which == "changed":
    inside = inside[inside["iso3"].isin(changed["iso3"])]
if inside.empty:
    st.info("No state matches. Clear a condition of the filter.", icon=":material/filter_alt_off:")
    st.stop()
st.caption(
    f"{inside['iso3'].nunique()} states. In each session the First Committee vote counts where one is recorded, "
    "else the plenary one; the basis stands in each cell's tooltip. A dot marks a change."
)
ground = palette.DARK_GROUND if st.context.theme.type == "dark" else palette.WATER
by_state = charts.vote_grid(inside)
st.altair_chart(charts.vote_grid(inside, ground), alt="Votes by state and year; the downloads hold the same rows.")
pictures.of_chart(context, by_state, "Votes by state and year", inside["source_id"], "votes-by-state")
