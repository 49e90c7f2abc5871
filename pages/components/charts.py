"""Altair charts that pages share."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ccm_data import palette
from ccm_data.vocab import ActKind, Vote, VoteStage, label

KINDS = {"treaty": "Treaty", "vote": "Vote", "outreach": "Outreach", **{k.value: k.label for k in ActKind}}


def timeline(rows: pd.DataFrame) -> alt.Chart:
    """Dated facts of one state on a line per kind."""
    shown = rows.assign(kind=rows["kind"].map(KINDS))
    return (
        alt.Chart(shown)
        .mark_point(size=70, filled=True, color=palette.ACCENT, opacity=0.75)
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y("kind:N", title=None, sort=list(KINDS.values())),
            tooltip=[
                alt.Tooltip("date:T", title="Date"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("what:N", title="What"),
            ],
        )
        .properties(height=190)
    )


def vote_strip(votes: pd.DataFrame) -> alt.LayerChart:
    """Votes of one state: a square per session and body, with the vote in words."""
    shown = votes.assign(
        vote=votes["vote"].map(lambda v: label(Vote, v)), stage=votes["stage"].map(lambda s: label(VoteStage, s))
    )
    base = alt.Chart(shown).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)), y=alt.Y("stage:N", title=None)
    )
    squares = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "vote:N", title=None,
            scale=alt.Scale(domain=[v.label for v in Vote], range=[palette.VOTE[v] for v in Vote]),
        ),
        tooltip=["year", "stage", "vote", "resolution"],
    )  # fmt: skip
    names = base.mark_text(fontSize=11).encode(
        text="vote:N",
        color=alt.condition(
            alt.FieldOneOfPredicate(field="vote", oneOf=[Vote.YES.label, Vote.NO.label]),
            alt.value("white"),
            alt.value(palette.INK),
        ),
    )
    return (squares + names).properties(height=60 + 40 * shown["stage"].nunique())
