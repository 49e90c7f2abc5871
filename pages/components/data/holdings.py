"""What the facts hold: each kind in words, how far it goes, when somebody last changed it; its rows on demand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ccm_data import escape, factfiles, geometry
from ccm_data.errors import CcmError
from ccm_data.overlay.model import Change, Floor
from ccm_data.vocab import Confidentiality
from pages.components.frame import Context


def show(context: Context) -> None:
    """One row per kind of fact; a selected one shows its rows, each with who brought it in."""
    workspace = context.workspace
    st.caption(
        "Every figure is a function of the as-of date and of dated, sourced facts. A blank says that there is no "
        "source; it never says no. Joining counts from the day of deposit, a withdrawal from the day it takes effect."
    )
    if workspace.findings:
        st.markdown("**What is wrong with the facts**")
        st.code("\n".join(workspace.findings), language=None)
        return
    horizons = workspace.horizons
    rows = []
    for one in factfiles.FACT_FILES:
        held = workspace.held(one.name)
        own = horizons[horizons["file"] == f"{one.name}.csv"]
        whole = own[own["scope"].isna()]
        brought = [change for _row, change in held if change is not None]
        last = max(brought, key=lambda change: change.seq, default=None)
        known = [f"{r.scope} {r.known_complete_through:%Y-%m-%d}" for r in own.itertuples() if isinstance(r.scope, str)]
        rows.append({
            "Facts": one.words, "Rows": len(held),
            "Complete through": whole["known_complete_through"].item() if len(whole) else None,
            "Single entries through": whole["single_entries_through"].item() if len(whole) else None,
            "Sources": len({row.get("source_id") for row, _change in held if row.get("source_id")}),
            "Changed by users": len(brought),
            "Last change": f"{last.at:%Y-%m-%d}{_by(context, last)}" if last and last.at else "",
            "Checks": "passed",
            "What to know": "; ".join([*known, *whole["note"].dropna()]),
        })  # fmt: skip
    picked = st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content", placeholder="", key="holdings",
        on_select="rerun", selection_mode="single-row",
        column_config={
            "Complete through": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Single entries through": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "What to know": st.column_config.TextColumn(width="large"),
        },
    ).selection.rows  # fmt: skip
    if picked:
        _rows(context, factfiles.FACT_FILES[picked[0]])
    else:
        st.caption("A selected row opens its facts: where each is from, and how to bring them up to date.")
    try:
        st.caption(geometry.load().disclaimer)
    except CcmError as error:  # the shapes are missing
        st.error(escape.markdown(error), icon=":material/map:")


def _by(context: Context, change: Change) -> str:
    """Who made a change, for the team alone."""
    return f", {change.author}" if context.audience is Confidentiality.INTERNAL else ""


def _rows(context: Context, one: factfiles.FactFile) -> None:
    st.markdown(f"**{one.words}** · {one.row}")
    st.markdown(f"To bring them up to date: {one.steps}" + (f" [Open the page]({one.address})" if one.address else ""))
    titles = context.workspace.sources["title"]
    found = [
        {
            **row, "Source": titles.get(row.get("source_id", ""), ""),
            "Brought in by": f"change {change.seq}{_by(context, change)}" if change else Floor.SHIPPED.label,
            "Provisional": "provisional" if change and change.floor is Floor.PROVISIONAL else "",
        }
        for row, change in context.workspace.held(one.name)
    ]  # fmt: skip
    asked = st.text_input("Any cell contains", key="holdings_q", icon=":material/search:").lower()
    shown = [row for row in found if asked in " ".join(map(str, row.values())).lower()]
    st.caption(f"{len(shown):,} of {len(found):,} rows")
    st.dataframe(pd.DataFrame(shown), hide_index=True, placeholder="", height=420 if len(shown) > 11 else "content")
