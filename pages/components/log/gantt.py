"""The work plan over time: a bar per item, how much of it is done, its due date and today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd

from ccm_data import palette
from ccm_data.log import Campaign, PlanItem, Progress

STATES = {
    "Done": palette.ACCENT,
    "Under way": palette.SEQUENTIAL[2],
    "No activity yet": palette.QUIET,
    "Overdue": palette.ALERT,
    "No record": palette.QUIET,
}
"""State of an item's completion: its colour."""


def state(progress: Progress, past: bool = False) -> str:
    """The state of an item, from its linked activities; in a past campaign nothing is overdue any more."""
    if progress.overdue:
        return "No record" if past else "Overdue"
    if progress.completion is None:
        return "No activity yet"
    return "Done" if progress.completion == 1 else "Under way"


def said(progress: Progress, past: bool = False) -> str:
    """An item's state in words: `2 of 5 done`."""
    if progress.completion is None and past:
        return "No activity on record"
    if progress.completion is None:
        return "Overdue, nothing done" if progress.overdue else state(progress)
    late = ", overdue" if progress.overdue and not past else ""
    return f"{progress.done} of {progress.done + progress.planned} done{late}"


def rows(found: Sequence[Progress], past: bool = False) -> pd.DataFrame:
    """One row per plan item; index is its id. `past`: the campaign is over."""
    listed = []
    for each in found:
        item = each.item.record
        assert isinstance(item, PlanItem)
        days = (item.end - item.start).days + 1
        listed.append(
            {
                "title": item.title,
                "type": item.type.label,
                "start": item.start,
                "end": item.end + timedelta(days=1),  # a bar reaches to the end of its last day
                "until": item.start + timedelta(days=round(days * (each.completion or 0))),
                "days": f"{item.start} – {item.end}",
                "due": item.due_date,
                "state": state(each, past),
                "said": said(each, past),
                "implementers": ", ".join(each.implementers),
            }
        )
    table = pd.DataFrame(listed, index=[each.item.subject for each in found])
    return table.assign(**{name: pd.to_datetime(table[name]) for name in ("start", "end", "until", "due")})


def chart(
    table: pd.DataFrame, campaign: Campaign, today: date, ground: str = palette.WATER
) -> alt.LayerChart | alt.FacetChart:
    """The Gantt chart on a page of a colour. A today outside the plan stands at its edge, with its date."""
    ink = palette.ink(ground)
    first = min(table["start"].min(), pd.Timestamp(campaign.baseline))
    last = max(table["end"].max(), table["due"].max(), pd.Timestamp(campaign.end))
    margin = (last - first) * 0.03
    begin, end = first - margin, last + margin * 8  # words stand right of the bars
    domain = [begin.isoformat(), end.isoformat()]
    x = alt.X("start:T", title=None, scale=alt.Scale(domain=domain), axis=alt.Axis(orient="top", format="%b %Y"))
    order = table["title"].tolist()
    base = alt.Chart(table).encode(
        y=alt.Y("title:N", title=None, sort=order, axis=alt.Axis(labelLimit=390, labelFontSize=12, ticks=False)),
        tooltip=[
            alt.Tooltip("title:N", title="Item"), alt.Tooltip("days:N", title="Period"),
            alt.Tooltip("due:T", title="Due"), alt.Tooltip("said:N", title="State"),
            alt.Tooltip("implementers:N", title="Implementers"),
        ],
    )  # fmt: skip
    colour = alt.Color(
        "state:N", title=None, scale=alt.Scale(domain=list(STATES), range=list(STATES.values())),
        legend=alt.Legend(orient="top"),
    )  # fmt: skip
    whole = base.mark_bar(height=15, opacity=0.35, cornerRadius=2).encode(x=x, x2="end:T", color=colour)
    done = base.transform_filter("datum.until > datum.start").mark_bar(height=15, cornerRadius=2)
    words = base.mark_text(align="left", dx=6, fontSize=11, color=ink).encode(x="end:T", text="said:N")
    due = base.transform_filter("isValid(datum.due)").mark_point(
        shape="diamond", size=110, filled=True, color=ink, stroke=ground
    )
    layers = [*_today(today, begin, end, ink), whole, words]  # an empty layer would be a picture without a name
    if (table["until"] > table["start"]).any():
        layers.insert(-1, done.encode(x=x, x2="until:T", color=colour))
    if table["due"].notna().any():
        layers.append(due.encode(x="due:T"))
    return alt.layer(*layers).properties(height=60 + 27 * len(table))


def _today(today: date, first: pd.Timestamp, last: pd.Timestamp, ink: str) -> list[alt.Chart]:
    """The line of today and its date."""
    day = pd.Timestamp(today)
    before, after = ("◂ " if day < first else ""), (" ▸" if day > last else "")
    line = alt.Chart(pd.DataFrame({"day": [min(max(day, first), last)], "said": [f"{before}today, {today}{after}"]}))
    line = line.encode(x="day:T")
    late = day > first + (last - first) / 2  # then the words stand left of the line
    return [
        line.mark_rule(color=palette.ALERT, strokeDash=[4, 3], strokeWidth=2),
        line.mark_text(
            dy=2, dx=-5 if late else 5, align="right" if late else "left", baseline="top", color=ink,
            fontWeight=600,
        ).encode(y=alt.value(0), text="said:N"),
    ]  # fmt: skip
