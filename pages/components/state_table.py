"""The table of states: the accessible twin of the map, and the table of targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ccm_data import wording
from ccm_data.vocab import CATEGORY_SHORT, Category, MunitionsValue, Unaffected, Vote, label
from pages.components import provenance
from pages.components.frame import Context

MARK, NEWS = "●", "○"
"""A category that is met, and one that is met by news nobody confirmed yet."""


def rows(states: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row per state with the words a person reads; index is the ISO3 code."""
    day = pd.Timestamp(as_of)
    table = pd.DataFrame(
        {
            "State": states["name_short"],
            "Status": pd.Series(
                [wording.status_label(row) for row in states.to_dict("records")], states.index, dtype=object
            ),
            **{
                CATEGORY_SHORT[term]: pd.Series(
                    [_mark(row, term) for row in states.to_dict("records")], states.index, dtype=object
                )
                for term in Category
            },
            "Categories": states["category_count"],
            "Latest vote": states["vote"].map(lambda code: label(Vote, code), na_action="ignore"),
            "Vote basis": pd.Series([_basis(row) for row in states.to_dict("records")], states.index, dtype=object),
            "Signed on": states["signature_date"],
            "Years since signature": ((day - states["signature_date"]).dt.days / 365.25).round(1),
            "Joined": states["joined_date"],
            "UN group": states["un_group"],
            "Region": states["subregion"],
            "Organizations": states["organizations"].map(list),
            "Producer": _munitions(states, "producer"),
            "Stockpiler": _munitions(states, "stockpiler"),
            "Contaminated": _munitions(states, "contaminated"),
            "Small unaffected": states["small_unaffected"].map(lambda code: label(Unaffected, code)),
            "Population": states["population"],
            "Last outreach": states["last_outreach_date"],
        }
    )
    return table.set_index(states["iso3"])


def _mark(row: Mapping[Any, Any], term: Category) -> str:
    if term.value not in row["categories"]:
        return ""
    shown = wording.ids(*(e["source_ids"] for e in row["evidence"] if e["category"] == term.value))
    return NEWS if set(shown) & set(row["provisional_source_ids"]) else MARK


def _basis(row: Mapping[Any, Any]) -> str | None:
    if pd.isna(row["vote"]):
        return None
    return wording.vote_basis(row["vote_stage"], row["vote_session"])


def _munitions(states: pd.DataFrame, name: str) -> pd.Series[Any]:
    return states[name].map(lambda code: label(MunitionsValue, code) or wording.NO_SOURCE).astype(object)


COLUMNS = {
    **{
        name: st.column_config.TextColumn(name, width=68, help=f"{term.label}; {NEWS} is {wording.PROVISIONAL}")
        for term, name in CATEGORY_SHORT.items()
    },
    "State": st.column_config.TextColumn("State", pinned=True),
    "Signed on": st.column_config.DateColumn("Signed on", format="YYYY-MM-DD"),
    "Joined": st.column_config.DateColumn("Joined", format="YYYY-MM-DD"),
    "Last outreach": st.column_config.DateColumn("Last outreach", format="YYYY-MM-DD"),
    "Population": st.column_config.NumberColumn("Population", format="localized"),
    "Years since signature": st.column_config.NumberColumn("Years since signature", format="%.1f"),
    "Organizations": st.column_config.ListColumn("Organizations"),
    "Rank": st.column_config.NumberColumn("Rank", pinned=True, width=55),
    "Chance in 12 months": st.column_config.NumberColumn("12 months", format="percent", width=80),
    "Chance": st.column_config.TextColumn("Chance", width=100, help="Of joining within 12 months"),
    "Score": st.column_config.ProgressColumn("Score", min_value=0, max_value=100, format="%.0f", width=90),
    "Last contact": st.column_config.DateColumn(
        "Last contact", format="YYYY-MM-DD", help="By the activity log and the public record"
    ),
    "Ask": st.column_config.TextColumn("Ask", help="Next best action"),
    "Owner": st.column_config.TextColumn("Owner", help="Who takes the next step, by the activity log"),
    "Next step": st.column_config.TextColumn("Next step", help="By the activity log"),
}


def show(
    table: pd.DataFrame,
    key: str,
    columns: list[str],
    height: int | Literal["auto", "content"] = "auto",
    widths: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """The table; ticking a row or clicking a state's name selects the state everywhere. Widths are in pixels, for
    columns that must stand side by side."""
    st.dataframe(
        table[columns], key=key, column_config=_config(widths), hide_index=True, height=height,
        on_select=lambda: _picked(table, key), selection_mode=["single-row", "single-cell"], placeholder="",
    )  # fmt: skip


TWO_LINES = 62
"""Pixels from which on a row wraps its text."""


def show_narrow(table: pd.DataFrame, key: str, widths: Mapping[str, int], height: int) -> None:
    """The table for a phone: these columns with their widths in pixels, two lines a row; a tap selects the state."""
    st.dataframe(
        table[list(widths)], key=key, column_config=_config(widths), hide_index=True, height=height,
        row_height=TWO_LINES,
        on_select=lambda: _tapped(table, key), selection_mode="single-cell", placeholder="",
    )  # fmt: skip


def _config(widths: Mapping[str, int]) -> Any:
    """The columns' heads, help and formats, with these widths."""
    return {**COLUMNS, **{name: {**COLUMNS[name], "width": width} for name, width in widths.items()}}


def origin(context: Context, states: pd.DataFrame, table: pd.DataFrame, key: str) -> None:
    """Where the value somebody clicked in the table comes from; a hint before."""
    found = provenance.clicked(key)
    if found is None or found[0] >= len(table):
        st.caption(provenance.HINT)
        return
    place, column = found
    iso3 = str(table.index[place])
    row = states[states["iso3"] == iso3].iloc[0]
    what = f"{row['name_short']}, {column}: {table[column].iloc[place]}"
    provenance.show(context, iso3, what, _cited(row, column))


def _cited(row: pd.Series[Any], column: str) -> tuple[str, ...]:
    """The sources of a cell, by its column; none for what is computed from several."""
    short = {name: term.value for term, name in CATEGORY_SHORT.items()}
    if column in short:
        return wording.ids(*(e["source_ids"] for e in row["evidence"] if e["category"] == short[column]))
    return wording.ids(*(row[name] for name in SOURCES.get(column, ())))


SOURCES = {
    "Status": ("status_source_ids",), "Signed on": ("signature_source_id",), "Joined": ("joined_source_id",),
    "Years since signature": ("signature_source_id",), "Latest vote": ("vote_source_id",),
    "Vote basis": ("vote_source_id",), "UN group": ("un_group_source_id",), "Region": ("identity_source_id",),
    "Organizations": ("organization_source_ids",), "Producer": ("producer_source_id",),
    "Stockpiler": ("stockpiler_source_id",), "Contaminated": ("contaminated_source_id",),
    "Small unaffected": (
        "producer_source_id", "stockpiler_source_id", "contaminated_source_id", "population_source_id"
    ),
    "Population": ("population_source_id",), "Last outreach": ("last_outreach_source_id",),
}  # fmt: skip
"""The columns of states that hold the sources of a column of the table."""


def _picked(table: pd.DataFrame, key: str) -> None:
    chosen = st.session_state[key].selection
    named = [place for place, column in chosen.cells if column == "State"]
    if places := [*chosen.rows, *named]:
        st.session_state["state"] = table.index[places[0]]


def _tapped(table: pd.DataFrame, key: str) -> None:
    if cells := st.session_state[key].selection.cells:
        st.session_state["state"] = table.index[cells[0][0]]
