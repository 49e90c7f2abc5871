"""Where a state stands, on top of its page: status, notice, the four categories, and what can be done from here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.call import Call, Mark
from ccm_data.documents import registry
from ccm_data.documents.registry import KINDS, Order
from pages.components import address, meeting, provenance, sign_in
from pages.components.cited import cited
from pages.components.frame import Context
from pages.components.log import quick

NOTE = "briefing"
"""The kind of document that this page makes."""


WRITES = (("Log a contact", "edit_note", quick.CONTACT), ("Plan one", "event", quick.PLAN))
"""Links of who may write: words, icon, kind of entry."""


def show(context: Context, row: pd.Series[Any], call: Call) -> None:
    """Status in words, a notice of withdrawal, the marks, and buttons for who works with it."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{escape.markdown(call.status.words)}**", width="content")
        with st.container(horizontal=True, width="content", gap="small", vertical_alignment="center"):
            _sources(context, call)
            if not meeting.is_shared():
                _act(context, call)
    if call.notice:
        st.warning(cited(context, call.notice.words, call.notice.source_ids), icon=":material/logout:")
    for place, mark in zip(st.columns(len(call.marks)) if call.marks else [], call.marks, strict=True):
        place.markdown(mark_words(context, mark))


def mark_words(context: Context, mark: Mark) -> str:
    """A category as a sign that it is met or not, with what shows it."""
    sign = ":green[:material/check_circle:]" if mark.met else ":gray[:material/cancel:]"
    name = f"**{mark.category.label}**" if mark.met else f":gray[{mark.category.label}]"
    said = mark.words[:1].upper() + mark.words[1:]
    return f"{sign} {name}  \n{cited(context, said, mark.source_ids)}"


def _sources(context: Context, call: Call) -> None:
    """Where status and categories come from, read when somebody asks."""
    asked = st.popover("Sources", icon=":material/fact_check:", on_change="rerun", key=f"_sources_{call.iso3}")
    if asked.open:
        with asked:
            provenance.show(context, call.iso3, f"Status: {call.status.words}", call.status.source_ids)
            for mark in call.marks:
                if mark.source_ids:
                    said = f"{mark.category.label}: {mark.words}"
                    provenance.show(context, call.iso3, said, mark.source_ids)


def _act(context: Context, call: Call) -> None:
    """Log a contact, plan one, make the briefing."""
    for label, icon, kind in WRITES if sign_in.may_write() else ():
        st.page_link(
            "pages/log.py", label=label, icon=f":material/{icon}:",
            query_params=address.to(state=call.iso3, **{quick.NEW: kind}),
        )  # fmt: skip
    with st.popover("Make the briefing", icon=":material/description:", type="primary"):
        for kind in ("pdf", "docx"):
            _download(context, call, kind)


def _download(context: Context, call: Call, kind: str) -> None:
    order = Order(kind, (call.iso3,))
    st.download_button(
        KINDS[NOTE].formats[kind], lambda: registry.make(NOTE, context, order).content,
        f"ccm-{NOTE}-{call.iso3}-{context.as_of}.{kind}", on_click="ignore", key=f"_briefing_{kind}", width="stretch",
    )  # fmt: skip
