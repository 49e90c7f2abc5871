"""Activities in time: a lane per type, and a square per week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from ccm_data import palette
from ccm_data.log import Entry
from ccm_data.vocab import ActivityStatus
from pages.components.frame import Context
from pages.components.log import listing, wording
from pages.components.log.filters import Asked

MOST = 2_000
"""Entries of the log that a chart shows at once."""

Layered = alt.LayerChart | alt.FacetChart
"""A chart of layers, as Altair's types have it."""

_STATUS = alt.Scale(
    domain=[status.label for status in ActivityStatus],
    range=[palette.STATUS["signatory"], palette.ACCENT, palette.QUIET],
)
_SHAPE = alt.Scale(domain=[status.label for status in ActivityStatus], range=["diamond", "circle", "cross"])


def view(context: Context, asked: Asked) -> None:
    """Lanes by type and the calendar of weeks, of what the filters find."""
    if asked.impossible:
        st.info("No state matches the filter at the side. Clear a condition.", icon=":material/filter_alt_off:")
        return
    found = context.store.current(asked.filter, MOST)
    facts = listing.public(context.workspace.public_record, asked.filter, asked.today) if asked.public else []
    entries = [*found.entries, *facts]
    if not entries:
        st.info("Nothing matches. Clear a filter, or log the first contact.", icon=":material/search_off:")
        return
    if found.capped or found.total > MOST:
        st.caption(f"The latest {MOST:,} entries of the log are drawn; narrow the filter to see earlier ones.")
    rows = frame(entries)
    st.altair_chart(lanes(rows, asked.today), alt="Activities on a line per type; the list holds the same.")
    exact = rows[rows["precision"] == "day"]
    years = sorted(exact["start"].dt.year.unique(), reverse=True)
    if years:
        year = st.selectbox("Calendar of", years, width=120, key="log_year")
        st.altair_chart(
            calendar(exact[exact["start"].dt.year == year], int(year)),
            alt=f"Activities of {year} by week and weekday",
        )
        if left := len(rows) - len(exact):
            st.caption(f"{left} of the public record whose day is not known are not in the calendar.")


def frame(entries: Sequence[Entry]) -> pd.DataFrame:
    """One row per activity, for the charts."""
    rows = pd.DataFrame(
        [
            {
                "start": entry.activity.start,
                "end": entry.activity.day,
                "days": wording.when(entry),
                "precision": entry.precision,
                "type": entry.activity.type.label,
                "status": entry.activity.status.label,
                "title": entry.title,
                "states": wording.states(entry.activity),
                "from": listing.ORIGINS[entry.origin],
            }
            for entry in entries
        ]
    )
    return rows.assign(start=pd.to_datetime(rows["start"]), end=pd.to_datetime(rows["end"]))


TOOLTIP = [
    alt.Tooltip("days:N", title="Date"), alt.Tooltip("title:N", title="Title"),
    alt.Tooltip("states:N", title="States"), alt.Tooltip("status:N", title="Status"),
    alt.Tooltip("from:N", title="From"),
]  # fmt: skip


def lanes(rows: pd.DataFrame, today: date) -> Layered:
    """A lane per type; a bar for a period, a mark for its first day, a line for today."""
    base = alt.Chart(rows).encode(
        x=alt.X("start:T", title=None),
        y=alt.Y("type:N", title=None, axis=alt.Axis(labelLimit=200, grid=True)),
        color=alt.Color("status:N", title=None, scale=_STATUS, legend=alt.Legend(orient="top")),
        tooltip=TOOLTIP,
    )
    bars = base.transform_filter("datum.end > datum.start").mark_bar(height=6, opacity=0.6).encode(x2="end:T")
    marks = base.mark_point(size=70, filled=True, opacity=0.85).encode(
        shape=alt.Shape("status:N", title=None, scale=_SHAPE, legend=alt.Legend(orient="top"))
    )
    return alt.layer(today_line(today), bars, marks).properties(height=60 + 26 * rows["type"].nunique())


def calendar(rows: pd.DataFrame, year: int) -> Layered:
    """A year: a column per week, a row per weekday, the number of activities that begin on a day."""
    days = pd.DataFrame({"start": pd.date_range(date(year, 1, 1), date(year, 12, 31))})
    counted = rows.groupby("start").agg(n=("title", "size"), titles=("title", lambda held: "; ".join(held[:5])))
    days = days.merge(counted.reset_index(), how="left", on="start")
    days["n"], days["titles"] = days["n"].fillna(0), days["titles"].fillna("")
    days["week"] = (days["start"] - pd.to_timedelta(days["start"].dt.weekday, unit="D")).dt.strftime("%Y-%m-%d")
    days["weekday"] = days["start"].dt.day_name().str[:3]
    months = days[days["start"].dt.day <= 7].drop_duplicates(days["start"].dt.month.name)["week"].tolist()
    base = alt.Chart(days).encode(
        x=alt.X(
            "week:O", title=None,
            axis=alt.Axis(values=months, labelAngle=0, labelExpr="timeFormat(toDate(datum.value), '%b')", ticks=False),
        ),
        y=alt.Y("weekday:N", title=None, sort=[f"{day:%a}" for day in pd.date_range("2024-01-01", periods=7)]),
        tooltip=[alt.Tooltip("start:T", title="Date"), alt.Tooltip("n:Q", title="Activities"),
                 alt.Tooltip("titles:N", title="Titles")],
    )  # fmt: skip
    squares = base.mark_rect(stroke="white").encode(
        color=alt.condition(
            alt.datum.n > 0, alt.value(palette.SEQUENTIAL[2]), alt.value(palette.paler(palette.SEQUENTIAL[0], 0.6))
        )
    )
    counts = base.transform_filter(alt.datum.n > 0).mark_text(fontWeight=600, color=palette.INK).encode(text="n:Q")
    return alt.layer(squares, counts).properties(height=190)


def today_line(today: date) -> alt.Chart:
    """A line at today."""
    line = alt.Chart(pd.DataFrame({"day": [pd.Timestamp(today)]})).encode(
        x="day:T", tooltip=[alt.Tooltip("day:T", title="Today")]
    )
    rule: alt.Chart = line.mark_rule(color=palette.ALERT, strokeDash=[4, 3], strokeWidth=1.5)
    return rule
