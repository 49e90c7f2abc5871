"""Charts of the progress report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ccm_data import palette
from ccm_data.vocab import Vote, VoteStage, label

if TYPE_CHECKING:
    import altair as alt

COUNTED = (Vote.YES, Vote.ABSTAIN, Vote.NO)
"""Votes of which the United Nations publish totals."""


def parties(rows: pd.DataFrame) -> alt.TopLevelMixin:
    """States Parties by year (queries/changes/parties_by_year.sql), the last number written out."""
    import altair as alt  # slow to import

    base = alt.Chart(rows).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)), y=alt.Y("state_parties:Q", title="States Parties")
    )
    last = alt.datum.year == int(rows["year"].max())
    number = base.transform_filter(last).mark_text(dy=-8, fontWeight=700).encode(text="state_parties:Q")
    return alt.layer(base.mark_bar(color=palette.ACCENT), number).properties(width=700, height=190)


def votes(rows: pd.DataFrame) -> alt.TopLevelMixin:
    """Published totals of each vote on the resolution (queries/votes/totals.sql), by year and body."""
    import altair as alt

    places = {vote.value: place for place, vote in enumerate(COUNTED)}
    long = rows.melt(["year", "stage"], [vote.value for vote in COUNTED], "vote", "states")
    long = long.assign(place=long["vote"].map(places), stage=long["stage"].map(lambda one: label(VoteStage, one)))
    long["vote"] = long["vote"].map(lambda one: label(Vote, one))
    colours = alt.Scale(domain=[v.label for v in COUNTED], range=[palette.VOTE[v] for v in COUNTED])
    drawn: alt.TopLevelMixin = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("stage:N", sort=[stage.label for stage in VoteStage]),
            y=alt.Y("states:Q", title="States"),
            order="place:Q",
            color=alt.Color("vote:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        )
        .properties(width=700, height=190)
    )
    return drawn
