"""What was done, said and promised: the list of activities with quick entry beside it, and views of the same."""

import streamlit as st

from pages.components import frame
from pages.components.choices import LOG_VIEWS
from pages.components.log import (
    agenda,
    calendar,
    columns,
    detail,
    editor,
    exchange,
    filters,
    form,
    listing,
    quick,
    save,
    who,
)

context = frame.require("log")
context.title("Activity log")
who.ask(context.side)
writes = filters.may_write(context)
grid = editor.grid("_log_grid", columns.ACTIVITY)
grid.collect()
save.settle(context)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    view = st.segmented_control(
        "View", LOG_VIEWS, default=LOG_VIEWS[0], required=True, key="log_view",
        label_visibility="collapsed",
    )  # fmt: skip
    if writes:
        with st.container(horizontal=True, width="content"):
            st.button(
                "Full form", icon=":material/edit_note:", on_click=form.new, args=(context.log_campaign,),
                disabled=form.is_open(),
            )  # fmt: skip
            save.undo_button(context)

if writes and form.is_open():
    with st.expander("Filters of the list"):
        asked = filters.ask(context)
    form.show(context, asked)
    st.stop()
main, aside = st.columns([2.9, 1], gap="medium")
with main, st.expander("Filters of the list") if view in ("Next steps", "Coverage") else st.container():
    asked = filters.ask(context)
with aside:
    if writes:
        quick.show(context, asked)
with main:
    match view:
        case "Timeline":
            calendar.view(context, asked)
        case "Next steps":
            agenda.steps(context, asked)
        case "Coverage":
            agenda.cover(context, asked)
        case "Import and export":
            exchange.view(context, asked)
        case _:
            listing.view(context, asked, grid if writes else None)
    if entry := detail.find(context, listing.opened()):
        detail.show(context, entry)
