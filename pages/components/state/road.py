"""A state's way to the Convention: the ladder with its dated steps, its votes, the neighbours that joined."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import charts, escape
from ccm_data.dates import words
from ccm_data.ladder import ladder
from ccm_data.records import each
from ccm_data.vocab import Status
from pages.components.frame import Context

NEAR = 4
"""Neighbours named beside the pictures; the tab of organizations lists all."""


def show(context: Context, row: pd.Series[Any], acts: pd.DataFrame, votes: pd.DataFrame, peers: pd.DataFrame) -> None:
    """The ladder left, votes and neighbours right."""
    left, right = st.columns([1, 1.9], gap="medium")
    with left:
        _ladder(context, row, acts)
    with right:
        _votes(row, votes)
        _neighbours(peers)


def _ladder(context: Context, row: pd.Series[Any], acts: pd.DataFrame) -> None:
    st.header("Steps to joining", anchor=False)
    rungs = ladder(row, acts, context.contacts(row["iso3"]))
    dated = [f"{rung.stage.label} {rung.when}" for rung in rungs if rung.when]
    if not dated:
        again = " again since it withdrew" if row["status"] == Status.WITHDRAWN else ""
        st.markdown(f"No step towards joining{again} is on record.")
        return
    said = f"Steps of {row['name_short']} to joining: {'; '.join(dated)}."
    st.altair_chart(charts.ladder(rungs), alt=said, width="content")


def _votes(row: pd.Series[Any], votes: pd.DataFrame) -> None:
    st.header("Votes on the resolution", anchor=False)
    if votes.empty:
        st.markdown("No vote is on record.")
        return
    strip = charts.vote_strip(votes)
    st.altair_chart(strip, alt=f"Votes of {row['name_short']} by year; the tab Votes holds them all.")


def _neighbours(peers: pd.DataFrame) -> None:
    st.header("Neighbours that joined", anchor=False)
    near = peers[peers["near"] != ""]
    if near.empty:
        st.markdown("No State Party shares its subregion; the tab of organizations names those it shares one with.")
        return
    named = [f"**{escape.markdown(p.name_short)}**, {words(p.joined_date)}" for p in each(near.head(NEAR))]
    st.markdown("; ".join(named) + (f"; and {len(near) - NEAR} more" if len(near) > NEAR else ""))
