"""The ranking as pages show it: the order to choose, the weights to move, one state's chance and score in detail."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import charts, contacts, escape, targets, wording
from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.paths import PACKAGE
from ccm_data.ranking import weights as weighting
from ccm_data.ranking.priority import breakdown, score
from ccm_data.ranking.terms import Component, Method
from ccm_data.ranking.weights import Weights
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.vocab import ActivityType, Stage, label
from ccm_data.wording import Said

CUSTOM = "custom"
SPECIFICATION = PACKAGE / "ranking" / "specification.toml"
MOST = 5.0
"""Greatest weight a slider gives."""


def columns(reading: Reading, ordered: pd.DataFrame) -> pd.DataFrame:
    """What the ranking and the log add to the table of targets; index is the ISO3 code."""
    first = reading.actions(1).set_index("iso3")
    held = reading.contacts_by_state()
    unread = wording.LOG_UNREAD if reading.store.closed else ""
    touched = [held.get(iso3, contacts.StateContacts(iso3)) for iso3 in ordered["iso3"]]
    return pd.DataFrame(
        {
            "Rank": ordered["rank"].to_numpy(),
            "Band": [targets.band(rank).label if pd.notna(rank) else "" for rank in ordered["rank"]],
            "Chance": _chances(ordered),
            "Chance in 12 months": ordered["p12"].astype(float).to_numpy(),
            "Range": [
                range_words(low, high) for low, high in zip(ordered["p12_low"], ordered["p12_high"], strict=True)
            ],
            "Score": ordered["score"].to_numpy(),
            "Ask": [label(ActivityType, first["activity"].get(iso3)) for iso3 in ordered["iso3"]],
            "Last contact": pd.to_datetime(pd.Series([one.last for one in touched])).to_numpy(),
            "Contacts": [None if reading.store.closed else one.contacts for one in touched],
            "Next step": [unread or one.next_step for one in touched],
            "Owner": [unread or one.owner for one in touched],
        },
        index=ordered["iso3"],
    )


def _chances(ordered: pd.DataFrame) -> list[str]:
    """The chance of each target as a count; blank where there is none."""
    return ["" if pd.isna(one) else targets.chance_counted(float(one)) for one in ordered["p12"]]


def number(method: str) -> str:
    """The column that holds the number of an order: one order, one number."""
    return "Chance" if method == Method.LIKELIHOOD else "Score"


def range_words(low: float | None, high: float | None) -> str:
    """An interval of chances in per cent; blank where there is none."""
    return "" if low is None or pd.isna(low) else f"{low:.1%} to {high:.1%}"


def approved_words(reading: Reading, states: pd.DataFrame) -> str:
    """The targets of the filter that approved joining and have not deposited, the longest waiting first, as plain text;
    blank where there is none."""
    waiting = reading.approved(states[states["matches"]])
    precision = states.set_index("iso3")["stage_precision"]
    said = [
        f"{row.name} ({label(Stage, row.stage).lower()}, {words(row.stage_date, precision[row.iso3])})"
        for row in each(waiting)
    ]
    return f"Approved but not deposited: {'; '.join(said)}." if said else ""


def action_said(step: Any) -> Said:
    """One row of `Reading.actions` in words, by attribute."""
    return Said(label(ActivityType, step.activity), f"{step.tool}. {step.why}{wording.offered(step.offered_by)}")


def choose() -> tuple[Method, Weights]:
    """The order, and for the score its weights; both are in the URL (`order`, `preset`, `weights`)."""
    method = st.segmented_control(
        "Order by", [Method.LIKELIHOOD, Method.PRIORITY], format_func=lambda m: m.label,
        default=targets.default_method(), required=True, key="order",
        help="The default order is the one that did better when tested against history: see Ranking on trial.",
    )  # fmt: skip
    if method != Method.PRIORITY:
        return method or targets.default_method(), weighting.presets()[weighting.DEFAULT]
    with st.popover("Weights", icon=":material/tune:"):
        return Method.PRIORITY, _weights()


def _weights() -> Weights:
    presets = weighting.presets()
    chosen = st.selectbox(
        "Weights of the score", [*presets, CUSTOM], key="preset",
        format_func=lambda name: presets[name].name if name in presets else "Own weights",
    )  # fmt: skip
    if chosen in presets:
        st.caption(presets[chosen].description)
        return presets[chosen]
    return _own()


def _own() -> Weights:
    """Own weights, written as text that stands in the URL, moved by sliders, saved to and loaded from a file."""
    even = weighting.presets()["balanced"].values
    text = st.text_input(
        "Own weights", value=weighting.to_text(even), key="weights",
        help="Component and weight, such as signature:3,vote:2. Components: " + ", ".join(c.value for c in Component),
    )  # fmt: skip
    try:
        own = weighting.from_url(text)
    except CcmError as error:
        st.error(escape.markdown(error))
        own = weighting.presets()["balanced"]
    with st.expander("Sliders and file"):
        for component in Component:
            key = f"_weight_{component.value}"
            st.session_state[key] = min(float(own.values[component]), MOST)
            st.slider(component.label, 0.0, MOST, step=0.5, key=key, on_change=_slid)
        st.download_button(
            "Save as a file", weighting.to_toml(own), "weights.toml", on_click="ignore", icon=":material/download:"
        )
        given = st.file_uploader("Load a file", type="toml", key="_weights_file")
        if given is not None:
            try:
                loaded = weighting.parse(given.getvalue().decode("utf-8", errors="replace"), given.name)
            except CcmError as error:
                st.error(escape.markdown(error))
            else:
                st.button("Use these weights", on_click=_use, args=(loaded,))
    return own


def _slid() -> None:
    moved = {component: st.session_state[f"_weight_{component.value}"] for component in Component}
    st.session_state["weights"] = weighting.to_text(moved) or weighting.to_text({Component.SIGNATURE: 1.0})


def _use(loaded: Weights) -> None:
    st.session_state["weights"] = weighting.to_text(loaded.values)


def specification_text() -> str:
    """The frozen specification as it stands in its file."""
    return SPECIFICATION.read_text(encoding="utf-8")


def show_state(reading: Reading, iso3: str) -> None:
    """One target: its chance with the main reasons, its score with the sentence behind each part, what to do next."""
    left, right = st.columns(2, gap="medium")
    with left:
        _chance(reading, iso3)
    with right:
        _score(reading, iso3)
    st.markdown("**Next best action**")
    for step in reading.actions()[lambda frame: frame["iso3"] == iso3].itertuples():
        said = action_said(step)
        st.markdown(f"{step.order}. **{said.name}**: {escape.markdown(said.words)}")


def _chance(reading: Reading, iso3: str) -> None:
    fitted = reading.chances()
    if fitted is None:
        st.info("The likelihood of joining needs a full year of history before the as-of date.")
        return
    own = fitted.states.set_index("iso3").loc[iso3].to_dict()
    st.markdown(
        f"**Chance of joining: {own['p12']:.1%} within 12 months** "
        f"({range_words(own['p12_low'], own['p12_high'])}), {own['p24']:.1%} within 24 "
        f"({range_words(own['p24_low'], own['p24_high'])}). "
        f"{targets.chance_words(own['p12'], float(fitted.states['p12'].mean()))}; rank {own['rank']} of "
        f"{len(fitted.states)}."
    )
    reasons = fitted.reasons[fitted.reasons["iso3"] == iso3].head(8)
    st.altair_chart(
        charts.parts_bar(reasons.rename(columns={"label": "name", "contribution": "amount"})),
        alt="Main reasons for the chance of joining; the list below says them in words.",
    )
    for reason in reasons.head(5).to_dict("records"):
        st.markdown(f"- {'Speaks for' if reason['contribution'] >= 0 else 'Speaks against'}: {reason['words']}")


def _score(reading: Reading, iso3: str) -> None:
    held, weights = reading.components(), weighting.presets()[weighting.DEFAULT]
    scored = score(held, weights).set_index("iso3").loc[iso3].to_dict()
    st.markdown(
        f"**Priority score {scored['score']:.0f} of 100** with the weights “{weights.name}”, rank "
        f"{scored['rank']:.0f}. {scored['known']:.0%} of the weight rests on known facts."
    )
    points = breakdown(held, weights)
    points = points[points["iso3"] == iso3].sort_values("points", ascending=False)
    points = points.assign(name=[label(Component, c) for c in points["component"]])
    st.altair_chart(
        charts.parts_bar(points.dropna(subset="points").rename(columns={"points": "amount", "sentence": "words"})),
        alt="Points of the score by component; the table below says why.",
    )
    st.dataframe(
        points.rename(columns={"name": "Part", "points": "Points", "sentence": "Why"})[["Part", "Points", "Why"]],
        hide_index=True, height="content", column_config={"Points": st.column_config.NumberColumn(format="%.1f")},
    )  # fmt: skip
