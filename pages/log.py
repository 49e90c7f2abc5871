"""What was done, said and promised: log a contact, the list of activities, and views of the same."""

import streamlit as st

from ccm_data import escape
from pages.components import frame
from pages.components.choices import LOG_VIEWS
from pages.components.log import (
    agenda,
    calendar,
    columns,
    detail,
    drafts,
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
writes = filters.may_write(context)
if writes:
    who.ask(context.side)
grid = editor.grid("_log_grid", columns.ACTIVITY)
grid.collect()
save.settle(context)


def go_on(draft: drafts.Draft) -> None:
    """Open the form that a draft belongs to."""
    if draft.slot == quick.SLOT:
        quick.open_()
    else:
        form.resume(context, draft)


if writes and (form.is_open() or quick.is_open()):
    place = st.container()
    with st.expander("Filters of the list"):
        asked = filters.ask(context)
    with place:
        if form.is_open():
            form.show(context, asked)
        else:
            quick.show(context, asked)
    st.stop()
with st.container(horizontal=True, vertical_alignment="center"):
    if writes:
        st.button("Log a contact", type="primary", icon=":material/add:", on_click=quick.open_, key="log_contact")
        st.button("Plan one", icon=":material/event:", on_click=quick.open_, args=(quick.PLAN,), key="log_plan")
    view = st.segmented_control(
        "View", LOG_VIEWS, default=LOG_VIEWS[0], required=True, key="log_view",
        label_visibility="collapsed",
    )  # fmt: skip
    if writes:
        save.undo_button(context)
if writes:
    drafts.waiting(go_on)
with st.expander("Filters of the list") if view in ("Next steps", "Coverage") else st.container():
    asked = filters.ask(context)
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
elif listing.opened():
    st.warning(f"There is no entry {escape.markdown(listing.opened())} to show.", icon=":material/link_off:")
