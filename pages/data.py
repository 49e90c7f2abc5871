"""What the facts hold and how far they go; news, imports, changes; what is not known, and what contradicts itself."""

import streamlit as st

from pages.components import frame
from pages.components.choices import DATA_VIEWS
from pages.components.data import changes, findings, holdings, imports, news, sources, unknown
from pages.components.log import who

SHOWN = (
    holdings.show, news.show, imports.show, imports.correct, changes.show, unknown.show, findings.show, sources.show,
)  # fmt: skip
VIEWS = dict(zip(DATA_VIEWS, SHOWN, strict=True))

context = frame.require("data")
who.ask(context.side)
context.title("Data")
if waiting := len(context.workspace.overlay.awaiting()):
    with context.head:
        st.caption(f"{waiting} news not confirmed yet", width="content")
view = st.segmented_control(
    "View", list(VIEWS), default="Facts", required=True, key="data_view",
    label_visibility="collapsed",
)  # fmt: skip
changes.told()
if context.workspace.findings and view not in ("Facts", "Changes"):
    frame.stop_without_facts(context.workspace.facts_error())
VIEWS[view or "Facts"](context)
