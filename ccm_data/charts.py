"""Altair charts of pages and documents; the size of a drawing is the caller's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from ccm_data import palette
from ccm_data.contacts import ORIGINS
from ccm_data.ladder import Rung
from ccm_data.vocab import ActKind, Vote, VoteStage, label

KINDS = {"treaty": "Treaty", "vote": "Vote", "outreach": "Outreach", **{k.value: k.label for k in ActKind}}

COUNTED = (Vote.YES, Vote.ABSTAIN, Vote.NO)
"""Votes of which the United Nations publish totals."""

_VOTE_COLOURS = alt.Scale(domain=[v.label for v in Vote], range=[palette.VOTE[v] for v in Vote])
_APART = alt.Scale(paddingInner=0.06)  # the ground shows between squares, whatever its colour
_STATE_NAMES = alt.Axis(labelLimit=220, labelPadding=6, ticks=False, domain=False, labelOverlap=False, labelFlush=False)
_LIGHT_ON = alt.FieldOneOfPredicate(field="vote", oneOf=[Vote.YES.label, Vote.NO.label])
_LIGHT_ON_DARK = alt.FieldOneOfPredicate(field="vote", oneOf=[Vote.YES.label, Vote.NO.label, Vote.ABSENT.label])


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


LETTERS: dict[str, str] = {Vote.YES: "Y", Vote.ABSTAIN: "A", Vote.NO: "N", Vote.ABSENT: "–"}
"""A vote where there is no room for its word."""
NARROW = 640
"""Pixels of a strip under which its votes are letters."""


def vote_strip(votes: pd.DataFrame) -> alt.LayerChart:
    """Votes of one state (queries/state/votes.sql) as one strip: a square per session, of the vote that counts."""
    counted = votes[votes["decides"]]
    shown = counted.assign(
        letter=counted["vote"].map(LETTERS), vote=counted["vote"].map(lambda v: label(Vote, v)),
        stage=counted["stage"].map(lambda s: label(VoteStage, s)),
    )  # fmt: skip
    base = (
        alt.Chart(shown)
        .transform_calculate(said=f"width < {NARROW} ? datum.letter : datum.vote")
        .encode(
            x=alt.X(
                "year:O",
                title=None,
                axis=alt.Axis(labelAngle=0, labelOverlap="greedy"),
                scale=alt.Scale(paddingInner=0.04),
            )
        )
    )
    squares = base.mark_rect().encode(
        color=alt.Color("vote:N", scale=_VOTE_COLOURS, legend=None),
        tooltip=[
            alt.Tooltip("year:O", title="Year"), alt.Tooltip("vote:N", title="Vote"),
            alt.Tooltip("stage:N", title="Body"), alt.Tooltip("resolution:N", title="Resolution"),
        ],
    )  # fmt: skip
    names = base.mark_text(fontSize=12).encode(
        text="said:N", color=alt.condition(_LIGHT_ON, alt.value("white"), alt.value(palette.INK))
    )
    return (squares + names).properties(height=84)


def ladder(rungs: Sequence[Rung]) -> alt.LayerChart:
    """The steps to joining, the lowest at the foot: dated ones full, passed ones pale, those ahead empty."""
    shown = pd.DataFrame({
        "step": [rung.stage.label for rung in rungs],
        "when": [f"{rung.when}, log" if rung.origin == ORIGINS["log"] else rung.when for rung in rungs],
        "kind": ["dated" if rung.when else "passed" if rung.passed else "ahead" for rung in rungs],
    })  # fmt: skip
    full, quiet = palette.SEQUENTIAL[3], palette.QUIET
    kinds = ["dated", "passed", "ahead"]
    within = alt.Scale(domain=kinds, range=[full, palette.paler(full, 0.45), "transparent"])
    edges = alt.Scale(domain=kinds, range=[full, palette.paler(full, 0.45), quiet])
    axis = alt.Axis(
        labelLimit=200, labelFontSize=12, labelOverlap=False, labelPadding=8, ticks=False, domain=False, grid=False
    )
    base = alt.Chart(shown).encode(
        x=alt.value(12), y=alt.Y("step:N", sort=list(reversed(shown["step"])), title=None, axis=axis),
    )  # fmt: skip
    points = base.mark_point(size=110, filled=True, opacity=1, strokeWidth=2).encode(
        fill=alt.Fill("kind:N", scale=within, legend=None), stroke=alt.Stroke("kind:N", scale=edges, legend=None),
        tooltip=[alt.Tooltip("step:N", title="Step"), alt.Tooltip("when:N", title="Recorded")],
    )  # fmt: skip
    dates = base.mark_text(align="left", dx=14, fontSize=12, fontWeight=600, color=full).encode(text="when:N")
    return (base.mark_line(color=quiet, strokeWidth=2) + points + dates).properties(width=350, height=22 * len(rungs))


def vote_totals(totals: pd.DataFrame) -> alt.Chart:
    """Published totals (queries/votes/totals.sql), a bar per body and year, split by vote."""
    long = totals.melt(["year", "stage"], [vote.value for vote in COUNTED], "vote", "states")
    long = long.assign(
        vote=long["vote"].map(lambda v: label(Vote, v)), stage=long["stage"].map(lambda s: label(VoteStage, s)),
        place=long["vote"].map([vote.value for vote in COUNTED].index),
    )  # fmt: skip
    colours = alt.Scale(domain=[v.label for v in COUNTED], range=[palette.VOTE[v] for v in COUNTED])
    return (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("stage:N", sort=[s.label for s in VoteStage]),
            y=alt.Y("states:Q", title="States"),
            order="place:Q",
            color=alt.Color("vote:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
            tooltip=["year:O", "stage:N", "vote:N", "states:Q"],
        )
        .properties(height=280)
    )


def vote_grid(votes: pd.DataFrame, ground: str = palette.WATER) -> alt.LayerChart:
    """A row per state, a column per year, the vote in words; a dot where it changed. Colours are those for the ground
    it lies on."""
    colours = alt.Scale(domain=[v.label for v in Vote], range=[palette.on(ground, palette.VOTE[v]) for v in Vote])
    light = _LIGHT_ON if ground == palette.WATER else _LIGHT_ON_DARK
    shown = votes.assign(
        vote=votes["vote"].map(lambda v: label(Vote, v)), stage=votes["stage"].map(lambda s: label(VoteStage, s)),
        mark=votes["changed"].map({True: " •", False: ""}),
    )  # fmt: skip
    shown["words"] = shown["vote"] + shown["mark"]
    base = alt.Chart(shown).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, orient="top"), scale=_APART),
        y=alt.Y("name_short:N", title=None, axis=_STATE_NAMES, scale=_APART),
        tooltip=[
            alt.Tooltip("name_short:N", title="State"), alt.Tooltip("year:O", title="Year"),
            alt.Tooltip("vote:N", title="Vote"),
            alt.Tooltip("stage:N", title="Basis"), alt.Tooltip("resolution:N", title="Resolution"),
        ],
    )  # fmt: skip
    squares = base.mark_rect().encode(
        color=alt.Color("vote:N", title=None, scale=colours, legend=alt.Legend(orient="top"))
    )
    names = base.mark_text(fontSize=11).encode(
        text="words:N", color=alt.condition(light, alt.value("white"), alt.value(palette.INK))
    )
    return (squares + names).properties(height=60 + 22 * shown["iso3"].nunique())


def parties_by_year(rows: pd.DataFrame, year: int | None = None) -> alt.LayerChart:
    """States Parties at each year's end (queries/changes/parties_by_year.sql); the chosen year, else the last one, is
    written out, and a chosen one stands out."""
    shown = int(rows["year"].max()) if year is None else year
    base = alt.Chart(rows).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
        y=alt.Y("state_parties:Q", title="States Parties"),
        tooltip=["year:O", "state_parties:Q", "joined:Q", "withdrew:Q"],
    )
    accent = alt.value(palette.ACCENT)
    faded = accent if year is None else alt.value(palette.paler(palette.ACCENT, 0.6))
    bars = base.mark_bar().encode(color=alt.condition(alt.datum.year == shown, accent, faded))
    number = base.transform_filter(alt.datum.year == shown).mark_text(dy=-8, fontWeight=700)
    return alt.layer(bars, number.encode(text="state_parties:Q")).properties(height=360)


def calibration(bins: pd.DataFrame) -> alt.LayerChart:
    """Predicted against observed share of joining, a point per bin sized by its state-years."""
    shown = bins.assign(predicted=bins["expected"] / bins["states"], observed=bins["joined"] / bins["states"])
    top = float(max(shown["predicted"].max(), shown["observed"].max())) * 1.1
    line = alt.Chart(pd.DataFrame({"x": [0, top], "y": [0, top]})).mark_line(
        color=palette.BESIDE, strokeDash=[4, 4]
    ).encode(x="x:Q", y="y:Q")  # fmt: skip
    points = alt.Chart(shown).mark_point(filled=True, color=palette.ACCENT_ON_BOTH, opacity=0.9).encode(
        x=alt.X("predicted:Q", title="Predicted", axis=alt.Axis(format="%")),
        y=alt.Y("observed:Q", title="Joined", axis=alt.Axis(format="%")),
        size=alt.Size("states:Q", title="State-years", scale=alt.Scale(range=[60, 400])),
        tooltip=["states:Q", alt.Tooltip("predicted:Q", format=".1%"), alt.Tooltip("observed:Q", format=".1%")],
    )  # fmt: skip
    return (line + points).properties(height=300)


def joiner_places(places: pd.DataFrame, orders: Mapping[str, str], top: int) -> alt.LayerChart:
    """Where each joiner stood in its year's list (ranking/trial.py): a row per joiner, a mark per order in `orders`
    (words by code, the order on trial first), the first `top` places shaded."""
    shown = places.assign(order=places["order"].map(orders))
    colours = [palette.ACCENT_ON_BOTH, palette.BESIDE]
    sure = alt.Scale(domain=list(orders.values()))
    zone = alt.Chart(pd.DataFrame({"from": [0], "to": [top + 0.5], "words": [f"first {top}"]})).encode(
        x=alt.X("from:Q"), x2=alt.X2("to:Q")
    )  # fmt: skip
    dots = alt.Chart(shown).mark_point(filled=True, size=90, opacity=1).encode(
        x=alt.X("place:Q", title="Place in that year's list", scale=alt.Scale(domainMin=0, nice=False)),
        y=alt.Y("state:N", title=None, sort=None, axis=_STATE_NAMES),
        color=alt.Color("order:N", title=None, scale=alt.Scale(domain=list(orders.values()), range=colours),
                        legend=alt.Legend(orient="top")),
        shape=alt.Shape("order:N", title=None, scale=sure, legend=alt.Legend(orient="top")),
        tooltip=[alt.Tooltip("state:N", title="Joined"), alt.Tooltip("order:N", title="Order"),
                 alt.Tooltip("place:Q", title="Place", format=".0f")],
    )  # fmt: skip
    return alt.layer(zone.mark_rect(color=palette.BESIDE, opacity=0.18), dots).properties(
        height=22 * shown["state"].nunique()
    )


def parts_bar(parts: pd.DataFrame) -> alt.Chart:
    """The points of one state's score by component, or its reasons with their sign; words on hover."""
    return (
        alt.Chart(parts)
        .mark_bar()
        .encode(
            x=alt.X("amount:Q", title=None),
            y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
            color=alt.condition(alt.datum.amount >= 0, alt.value(palette.ACCENT), alt.value(palette.ALERT)),
            tooltip=[
                alt.Tooltip("name:N", title="Part"),
                alt.Tooltip("words:N", title="Why"),
                alt.Tooltip("amount:Q", format=".2f"),
            ],
        )
        .properties(height=26 * len(parts) + 20)
    )
