"""What was done, said and promised: the list of activities with quick entry beside it, and views of the same."""

import streamlit as st

from pages.components import (
    frame,
    log_calendar,
    log_columns,
    log_detail,
    log_exchange,
    log_filters,
    log_form,
    log_grid,
    log_list,
    log_next,
    log_quick,
    log_save,
    who,
)

VIEWS = ("List", "Timeline", "Next steps", "Coverage", "Import and export")

context = frame.require("log")
who.ask(context.side)
writes = log_filters.may_write(context)
grid = log_grid.grid("_log_grid", log_columns.ACTIVITY)
grid.collect()
log_save.settle(context)

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    view = st.segmented_control(
        "View", VIEWS, default=VIEWS[0], required=True, key="log_view", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if writes:
        with st.container(horizontal=True, width="content"):
            st.button(
                "Full form", icon=":material/edit_note:", on_click=log_form.new, args=(context.campaign.name,),
                disabled=log_form.is_open(),
            )  # fmt: skip
            log_save.undo_button(context)

if writes and log_form.is_open():
    with st.expander("Filters of the list"):
        asked = log_filters.ask(context)
    log_form.show(context, asked)
    st.stop()
main, aside = st.columns([2.9, 1], gap="medium")
with main, st.expander("Filters of the list") if view in ("Next steps", "Coverage") else st.container():
    asked = log_filters.ask(context)
with aside:
    if writes:
        log_quick.show(context, asked)
with main:
    match view:
        case "Timeline":
            log_calendar.view(context, asked)
        case "Next steps":
            log_next.steps(context, asked)
        case "Coverage":
            log_next.cover(context, asked)
        case "Import and export":
            log_exchange.view(context, asked)
        case _:
            log_list.view(context, asked, grid if writes else None)
    if entry := log_detail.find(context, log_list.opened()):
        log_detail.show(context, entry)
