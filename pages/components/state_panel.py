"""One state in brief: status, categories with their evidence, and what stands behind each fact."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ccm_data import escape, wording
from ccm_data.contacts import ORIGINS
from ccm_data.dates import words
from ccm_data.vocab import Category
from ccm_data.wording import Said
from pages.components import address, meeting
from pages.components.frame import Context


def show(context: Context, row: pd.Series[Any]) -> None:
    """The panel beside the map."""
    st.subheader(row["name_short"], anchor=False)
    _status(row)
    _reasons(row)
    _line(wording.stage(row))
    if not meeting.is_on():  # nobody is accused on a shared screen
        _line(wording.promise(row, context.as_of))
        _contacts(context, row["iso3"])
        _line(wording.together(wording.munitions(row, wording.WEAPONS), "Munitions profile"))
    _more(row)


def lying(context: Context, row: pd.Series[Any], ask: Said | None) -> None:
    """The panel under a table, in three columns: why, what to ask, what was said."""
    with st.container(border=True):
        st.header(row["name_short"], anchor=False)
        _status(row)
        why, what, said = st.columns([1, 1, 1], gap="medium")
        with why:
            _reasons(row)
        with what:
            if ask:
                _line(Said(f"Ask: {ask.name}", ask.words))
            _line(wording.stage(row))
            _line(wording.promise(row, context.as_of))
        with said:
            _contacts(context, row["iso3"])
            _line(wording.together(wording.munitions(row, wording.WEAPONS), "Munitions profile"))
        _more(row)


def _status(row: pd.Series[Any]) -> None:
    st.markdown(f"**{wording.status(row).words}**")
    if notice := wording.notice(row):
        st.warning(notice.words)


def _reasons(row: pd.Series[Any]) -> None:
    """What speaks for the state: its target categories with their evidence, and its vote."""
    shown = wording.categories(row)
    for category in shown:
        st.markdown(f":material/check_circle: **{category.name}**  \n{escape.markdown(category.words)}")
    if row["is_target"] and not shown:
        st.markdown("No target category is met on this day.")
    if pd.notna(row["vote"]) and Category.FIRST_COMMITTEE_YES not in row["categories"]:
        _line(wording.vote(row))


def _more(row: pd.Series[Any]) -> None:
    st.page_link(
        "pages/state.py", label="Everything known, with sources", icon=":material/arrow_forward:",
        query_params=address.to(state=row["iso3"]),
    )  # fmt: skip


def _line(said: Said | None) -> None:
    if said:
        st.markdown(f"**{said.name}**  \n{escape.markdown(said.words)}")


def _contacts(context: Context, iso3: str) -> None:
    """The latest contact, stage and promise that were told, each with where it stands, and the next step."""
    told = context.contacts(iso3)
    if told:
        latest = told[0]
        origin = ORIGINS[latest.origin].lower()
        when = words(latest.day, latest.entry.precision)
        st.markdown(f"**Last contact** ({origin})  \n{when}: {escape.markdown(latest.entry.title)}")
    if reached := next(((one.part.stage, one.day) for one in told if one.part.stage), None):
        st.markdown(f"**Stage reached** (log)  \n{wording.rung(reached[0])}, told {words(reached[1])}")
    if made := next((one for one in told if one.part.promise or one.part.promise_due), None):
        due = f", by {words(made.part.promise_due)}" if made.part.promise_due else ""
        st.markdown(f"**Promise** (log)  \n{escape.markdown(made.part.promise)}{due}, told {words(made.day)}")
    ahead = context.contacts_by_state().get(iso3)
    if ahead and ahead.next_step:
        when = f", by {words(ahead.due)}" if ahead.due else ""
        owner = f" ({escape.markdown(ahead.owner)}{when})" if ahead.owner else when
        st.markdown(f"**Next step** (log)  \n{escape.markdown(ahead.next_step)}{owner}")
