"""The call to one state in brief, beside the map: status, categories, what to ask, the last contact."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.call import Call, Mark, call
from ccm_data.dates import words
from ccm_data.vocab import CATEGORY_SHORT
from pages.components import address
from pages.components.frame import Context
from pages.components.state import talk


def show(context: Context, row: pd.Series[Any]) -> None:
    """The panel: a few lines, because it lies over the map; a meeting sees what its audience may see."""
    known = call(context, row["iso3"])
    st.subheader(known.name, anchor=False)
    st.markdown("  \n".join(_lines(known)))
    _more(known)


def lying(context: Context, iso3: str) -> None:
    """The call as it lies under a table: why now, what to ask, who calls, what was said."""
    known = call(context, iso3)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.header(escape.markdown(known.name), anchor=False, width="content")
        st.markdown(f"**{escape.markdown(known.status.words)}**", width="content")
        _more(known)
    talk.show(context, known, level=3)


def _more(known: Call) -> None:
    st.page_link(
        "pages/state.py", label="Everything known", icon=":material/arrow_forward:",
        query_params=address.to(state=known.iso3),
    )  # fmt: skip


def _lines(known: Call) -> list[str]:
    """What the panel says, as Markdown."""
    lines = [f"**{escape.markdown(known.status.words)}**"]
    if known.notice:
        lines.append(f":orange[:material/logout: {escape.markdown(known.notice.words)}]")
    lines += [_met(mark) for mark in known.marks if mark.met]
    if missing := [CATEGORY_SHORT[mark.category] for mark in known.marks if not mark.met]:
        lines.append(f":gray[:material/cancel: Not met: {', '.join(missing).lower()}]")
    lines.append(f"**Ask:** {escape.markdown(known.ask)}")
    if last := known.last:
        lines.append(f"**Last contact** ({last.origin.lower()}), {last.when}: {escape.markdown(last.title)}")
    return lines


def _met(mark: Mark) -> str:
    when = f", {words(mark.day, mark.precision)}" if mark.day else ""
    return f":green[:material/check_circle:] {mark.category.label}{when}"
