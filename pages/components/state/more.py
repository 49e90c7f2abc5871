"""What else is known of a state, below the call to it, in tabs: each fact in one row beside its source."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import charts, wording
from pages.components import facts_table, meeting, pictures, ranking, state_contacts
from pages.components.frame import Context

TABS = ("Facts", "Timeline", "Votes", "Treaties", "Organizations and posts")
CONTACTS, RANKING = "Contacts", "Ranking"
IN_MEETING = ("treaty", "vote")
"""Kinds of dated facts that a meeting and the public see: what a state did, not what it named or promised."""


def show(context: Context, row: pd.Series[Any], votes: pd.DataFrame, peers: pd.DataFrame) -> None:
    """The tabs; a meeting sees no contacts, and like the public no ranking, which is computed once opened."""
    iso3, ranked = str(row["iso3"]), row["is_target"] and not meeting.is_shared()
    names = [*TABS, *([] if meeting.is_on() else [CONTACTS]), *([RANKING] if ranked else [])]
    tabs = dict(zip(names, st.tabs(names, key="state_tab", on_change="rerun"), strict=True))
    with tabs["Facts"]:
        facts_table.show(context, iso3, facts_table.of_state(row, context.as_of), "facts")
    with tabs["Timeline"]:
        _timeline(context, row)
    with tabs["Votes"]:
        if len(votes):
            said = f"{row['name_short']}: votes on the resolution"
            pictures.of_chart(context, charts.vote_strip(votes), said, votes["source_id"], f"votes-{iso3}")
        facts_table.show(context, iso3, facts_table.of_votes(votes), "votes")
    with tabs["Treaties"]:
        facts_table.show(context, iso3, facts_table.of_treaties(context.about("treaties", [iso3])), "treaties")
    with tabs["Organizations and posts"]:
        _groups(context, row, peers)
    if CONTACTS in tabs:
        with tabs[CONTACTS]:
            state_contacts.show(context, iso3)
    if RANKING in tabs and tabs[RANKING].open:
        with tabs[RANKING]:
            ranking.show_state(context, iso3)


def _timeline(context: Context, row: pd.Series[Any]) -> None:
    iso3 = str(row["iso3"])
    timeline = context.about("timeline", [iso3])
    if meeting.is_shared():
        timeline = timeline[timeline["kind"].isin(IN_MEETING)]
    if timeline.empty:
        st.info("No dated fact is recorded by this day.")
        return
    drawn = charts.timeline(timeline)
    st.altair_chart(drawn, alt=f"Dated facts about {row['name_short']} by kind; the table holds the same.")
    pictures.of_chart(context, drawn, f"{row['name_short']}: dated facts", timeline["source_id"], f"timeline-{iso3}")
    facts_table.show(context, iso3, facts_table.of_timeline(timeline), "timeline")


def _groups(context: Context, row: pd.Series[Any], peers: pd.DataFrame) -> None:
    iso3 = str(row["iso3"])
    left, right = st.columns(2)
    with left:
        st.header("Organizations", anchor=False)
        memberships = context.about("memberships", [iso3])
        facts_table.show(context, iso3, facts_table.of_memberships(memberships), "memberships")
    with right:
        st.header("Posts", anchor=False)
        facts_table.show(context, iso3, facts_table.of_posts(row), "posts")
        st.caption(wording.NO_POST if not len(row["posts"]) else "A post not listed is a gap in the record.")
        st.header("States Parties nearby", anchor=False)
        st.caption("Nearest first, of those as near the latest to join.")
        st.dataframe(
            pd.DataFrame({
                "State Party": peers["name_short"], "Joined": peers["joined_date"],
                "Shares": [", ".join([*filter(None, [near]), *orgs])
                           for near, orgs in zip(peers["near"], peers["shared_organizations"], strict=True)],
            }),
            hide_index=True, height=300, column_config={"Joined": st.column_config.DateColumn(format="YYYY-MM-DD")},
        )  # fmt: skip
