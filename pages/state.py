"""Everything known about one state on the as-of date, each fact beside its source."""

import pandas as pd
import streamlit as st

from ccm_data import charts, wording
from ccm_data.dates import words
from ccm_data.errors import FactsError
from pages.components import facts_table, frame, meeting, pictures, ranking, search, state_contacts, state_panel

context = frame.require("state")
selected = search.box(context)
if not selected:
    st.info("Choose a state above, on the map or in the table of targets.", icon=":material/flag:")
    st.stop()
row = context.state(selected)
st.header(row["name_short"], anchor=False)
st.markdown(f"**{wording.status(row).words}** · as known on {words(context.as_of)}")

try:
    timeline = context.about("timeline", [selected])
    votes = context.about("votes", [selected])
    treaties = context.about("treaties", [selected])
    memberships = context.about("memberships", [selected])
    peers = context.about("peers", [selected])
except FactsError as error:
    state_panel.show(context, row)
    frame.stop_without_facts(error)

headings = ["Facts", "Timeline", "Votes", "Treaties", "Organizations and posts", "Contacts"]
scored = row["is_target"] and not meeting.is_on()
tabs = st.tabs([*headings, "Ranking and next action"] if scored else headings)
overview, events, voting, treaty_tab, groups, contacts_tab = tabs[:6]
if scored:
    with tabs[6]:
        ranking.show_state(context, selected)
with overview:
    facts_table.show(context, selected, facts_table.of_state(row, context.as_of), "facts")
with events:
    if timeline.empty:
        st.info("No dated fact is recorded by this day.")
    else:
        drawn = charts.timeline(timeline)
        st.altair_chart(drawn, alt=f"Dated facts about {row['name_short']} by kind; the table holds the same.")
        said = f"{row['name_short']}: dated facts"
        pictures.of_chart(context, drawn, said, timeline["source_id"], f"timeline-{selected}")
        facts_table.show(context, selected, facts_table.of_timeline(timeline), "timeline")
with voting:
    if votes.empty:
        st.info("No vote on the resolution is recorded by this day.")
    else:
        strip = charts.vote_strip(votes)
        st.altair_chart(strip, alt=f"Votes of {row['name_short']} year by year; the table holds the same.")
        said = f"{row['name_short']}: votes on the resolution"
        pictures.of_chart(context, strip, said, votes["source_id"], f"votes-{selected}")
        facts_table.show(context, selected, facts_table.of_votes(votes), "votes")
with treaty_tab:
    facts_table.show(context, selected, facts_table.of_treaties(treaties), "treaties")
with groups:
    left, right = st.columns(2)
    with left:
        st.subheader("Organizations", anchor=False)
        facts_table.show(context, selected, facts_table.of_memberships(memberships), "memberships")
    with right:
        st.subheader("Posts", anchor=False)
        facts_table.show(context, selected, facts_table.of_posts(row), "posts")
        st.caption(wording.NO_POST if not len(row["posts"]) else "A post not listed is a gap in the record.")
        st.subheader("States Parties nearby", anchor=False)
        st.caption("Nearest first, of those as near the latest to join.")
        st.dataframe(
            pd.DataFrame({
                "State Party": peers["name_short"], "Joined": peers["joined_date"],
                "Shares": [", ".join([*filter(None, [near]), *orgs])
                           for near, orgs in zip(peers["near"], peers["shared_organizations"], strict=True)],
            }),
            hide_index=True, height=300, column_config={"Joined": st.column_config.DateColumn(format="YYYY-MM-DD")},
        )  # fmt: skip
with contacts_tab:
    state_contacts.show(context, selected)
