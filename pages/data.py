"""What the facts hold and how far they go; news, imports, changes; what is not known, and what contradicts itself."""

import streamlit as st

from ccm_data.vocab import Confidentiality
from pages.components import frame
from pages.components.choices import DATA_VIEWS
from pages.components.data import changes, findings, holdings, imports, news, sources, unknown
from pages.components.log import who

SHOWN = (
    holdings.show, news.show, imports.show, imports.correct, changes.show, unknown.show, findings.show, sources.show,
)  # fmt: skip
READ = (holdings.show, unknown.show, findings.show, sources.show)
"""What changes nothing, and so is shown to everybody."""
VIEWS = dict(zip(DATA_VIEWS, SHOWN, strict=True))

context = frame.require("data")
writes = context.audience is Confidentiality.INTERNAL and who.may_write()
if writes:
    who.ask(context.side)
else:
    VIEWS = {name: show for name, show in VIEWS.items() if show in READ}
context.title("Data")
if (asked := st.session_state.get("data_view")) not in (None, *VIEWS):
    st.session_state["data_view"] = "Facts"
    st.info(f"{asked} is for those who write; possible here: {', '.join(VIEWS)}.", icon=":material/lock:")
if writes and (waiting := len(context.workspace.overlay.awaiting())):
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
