"""One state: where it stands, the call to it, its way so far, and below everything known beside its source."""

import streamlit as st

from ccm_data.call import call
from ccm_data.errors import FactsError
from pages.components import frame, search, state_panel
from pages.components.state import choose, head, more, road, talk

context = frame.require("state")
with context.bar.container(width=200, key="find"):
    selected = search.box(context)
if not selected:
    context.title("State")
    choose.show(context)
    st.stop()
row = context.state(selected)
context.title(row["name_short"])
try:
    acts, votes, peers = (context.about(name, [selected]) for name in ("acts", "votes", "peers"))
except FactsError as error:
    state_panel.show(context, row)
    frame.stop_without_facts(error)

known = call(context, selected)
head.show(context, row, known)
talk.show(context, known)
road.show(context, row, acts, votes, peers)
more.show(context, row, votes, peers)
