"""How good the advice has been: every way to order states, walked forward through the years it is tested on."""

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import charts, escape
from ccm_data.dates import words
from ccm_data.errors import FactsError
from ccm_data.ranking import priority, trial
from ccm_data.ranking import weights as weighting
from ccm_data.ranking.evaluation import LIKELIHOOD, SIGNATORIES, TOPS
from ccm_data.ranking.specification import specification
from ccm_data.ranking.terms import Component, Method, Steadiness
from ccm_data.targets import default_method
from ccm_data.vocab import label
from pages.components import evaluation, frame, link, pictures, ranking

context = frame.require("evaluation")
context.title("Ranking on trial")

try:
    with st.spinner("Walking forward through the years: each is predicted from its past only …"):
        found = context.backtest()
except FactsError as error:
    frame.stop_without_facts(error)
spec = specification()
presets = weighting.presets()
names = {
    LIKELIHOOD: Method.LIKELIHOOD.label, SIGNATORIES: "Signatories first",
    "category_count": "Number of target categories", "alphabetical": "Alphabetical", "random": "Random",
    **{f"priority:{name}": f"Priority score: {weights.name}" for name, weights in presets.items()},
}  # fmt: skip

state_names = link.state_names(context.workspace)
st.markdown(f"**{escape.markdown(trial.headline(found))}**")
words_first, picture = st.columns([1, 1.15], gap="large")
with words_first:
    st.header("What the order got right, and what it cannot do", anchor=False)
    for sentence in trial.told(found, state_names):
        st.markdown(f"- {escape.markdown(sentence)}")
    st.caption(
        f"The order is that of {default_method().label.lower()}. Each year is predicted from facts dated before it. "
        "The test years were seen more than once while the method was mended, and the weight expected of a vote leaned "
        "on them (docs/ranking.md), so take the figures as somewhat optimistic."
    )
with picture:
    st.header("Where each state stood before it joined", anchor=False)
    top = max(TOPS)
    orders = {name: names[name] for name in (LIKELIHOOD, SIGNATORIES)}
    drawn = charts.joiner_places(trial.places(found, state_names), orders, top)
    st.altair_chart(drawn, alt=f"Place of each joiner in its year's list, by two orders; the first {top} are shaded.")
    with st.container(horizontal=True, vertical_alignment="center"):
        pictures.of_chart(context, drawn, "Where each state stood before it joined", ["untc_2014"], "joiners")
        st.caption(f"Shaded: the first {top}. The further left, the sooner the list would have led there.")

st.header("For the statistician", anchor=False)
st.markdown(f"**{found.verdict}**")
st.caption(
    f"Features and penalty were chosen on {spec.selection_years[0]} to {spec.selection_years[1]} and frozen on "
    f"{words(spec.frozen)}."
)
left, right = st.columns([1.7, 1], gap="medium")
with left:
    evaluation.orders(found, names)
with right:
    st.subheader("Chances against what happened", anchor=False)
    bins = charts.calibration(found.calibration)
    st.altair_chart(bins, alt="Predicted and observed shares of joining, by bin; on the dashed line both agree.")
    pictures.of_chart(context, bins, "Chances of joining against what happened", ["untc_2014"], "calibration")

evaluation.treaties(found)
joiners, levels, workshops, steady, frozen = st.tabs(
    [
        "Past joiners and misses", "Expected and actual joiners", "Did outreach matter", "How steady is the top today",
        "Frozen specification",
    ]
)  # fmt: skip
with joiners:
    wide = found.predictions.pivot(index=["year", "iso3"], columns="method", values="rank").reset_index()
    missed: Any = found.missed.set_index(["year", "iso3"])["against"] if len(found.missed) else {}
    st.dataframe(
        pd.DataFrame({
            "Year": wide["year"], "State": wide["iso3"].map(state_names),
            "Rank by likelihood": wide[LIKELIHOOD], "Signatories first": wide[SIGNATORIES],
            **{f"Score: {presets[name].name}": wide[f"priority:{name}"] for name in presets},
            "What spoke against it": [missed.get((y, i), "") for y, i in zip(wide["year"], wide["iso3"], strict=True)],
        }),
        hide_index=True, height="content",
        column_config={"Year": st.column_config.NumberColumn(format="%d"),
                       "What spoke against it": st.column_config.TextColumn(width="large")},
    )  # fmt: skip
    st.caption(
        "Rank on 1 January before the state joined; a tie shares its places. A miss says what the model held "
        "against it."
    )
with levels:
    evaluation.levels(found)
with workshops:
    evaluation.outreach(found)
with steady:
    chosen = st.selectbox("Weights", list(presets), format_func=lambda name: presets[name].name, key="steady_weights")
    parts = context.components()
    held = priority.stability(parts, presets[chosen]).merge(priority.score(parts, presets[chosen]), on="iso3")
    held = held.sort_values("rank").head(25)
    st.dataframe(
        pd.DataFrame({
            "Rank": held["rank"], "State": held["iso3"].map(state_names), "Score": held["score"],
            "In the top 10": [label(Steadiness, w) for w in held["words10"]], "Share 10": held["top10"],
            "In the top 20": [label(Steadiness, w) for w in held["words20"]], "Share 20": held["top20"],
            "Only if more weight on": [label(Component, c) for c in held["needs"]],
        }),
        hide_index=True, height="content",
        column_config={"Score": st.column_config.NumberColumn(format="%.0f"),
                       **{f"Share {n}": st.column_config.NumberColumn(format="percent") for n in (10, 20)}},
    )  # fmt: skip
    st.caption(
        f"{priority.DRAWS:,} seeded draws; each weight varies between 1/{priority.RANGE:g} and {priority.RANGE:g} "
        "times its value."
    )
with frozen:
    st.code(ranking.specification_text(), language="toml")
