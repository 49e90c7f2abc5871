"""What was done, said and promised: the list of activities with quick entry beside it, and views of the same."""

import streamlit as st

from pages.components import frame, log_filters, log_list, log_quick, log_save, who

context = frame.require("log")
who.ask(context.side)
log_save.settle(context)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.subheader("Activity log", anchor=False)
    log_save.undo_button(context)
main, aside = st.columns([2.9, 1], gap="medium")
with main:
    asked = log_filters.ask(context)
with aside:
    log_quick.show(context, asked)
with main:
    facts = log_list.public(asked.filter, asked.today) if asked.public else []
    listed = log_list.read(context.store, asked.filter, facts, 1)
    st.caption(listed.said())
    log_list.show(listed.entries, f"log_list_{context.store.last_seq()}", 480)
