"""The call to one state in brief, beside the map: status, categories, what to ask, the last contact."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.call import Call, Mark, call
from ccm_data.dates import words
from ccm_data.vocab import CATEGORY_SHORT
from pages.components.frame import Context


def show(context: Context, row: pd.Series[Any]) -> None:
    """The panel: a few lines, because it lies over the map; a meeting sees what its audience may see."""
    known = call(context, row["iso3"])
    st.subheader(known.name, anchor=False)
    st.markdown("  \n".join(_lines(known)))
    st.page_link(
        "pages/state.py", label="Everything known", icon=":material/arrow_forward:",
        query_params={**st.query_params.to_dict(), "state": row["iso3"]},
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
