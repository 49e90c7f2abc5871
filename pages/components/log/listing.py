"""The list of activities: those of the log page by page, and between them the public record of the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

import pandas as pd
import streamlit as st

from ccm_data.log import Entry, Filter, Store
from pages.components.frame import Context
from pages.components.log import editor, save, wording
from pages.components.log.editor import Grid
from pages.components.log.filters import Asked

PAGE = 200
"""Entries of the log per page of the list."""

OPEN = "entry"
"""Parameter of the address: the entry whose details are shown."""

ORIGINS = {"log": "Log", "facts": "Public record"}


@dataclass(frozen=True)
class Listed:
    """One page of the list, the latest start first. `own` and `public` count all that the filter finds."""

    entries: tuple[Entry, ...]
    own: int
    capped: bool
    public: int
    pages: int

    def said(self) -> str:
        """What is listed, in words."""
        own = f"more than {self.own:,}" if self.capped else f"{self.own:,}"
        return f"{own} in the log, {self.public} of the public record"


def public(record: Sequence[Entry], wanted: Filter, until: date) -> list[Entry]:
    """The public record as the filter finds it, up to a day; it belongs to no campaign."""
    if wanted.deleted:
        return []
    about = replace(wanted, campaign="", until=min(wanted.until or until, until))
    return [entry for entry in record if about.matches(entry)]


def read(store: Store, wanted: Filter, facts: Sequence[Entry], number: int) -> Listed:
    """Page `number` (from 1) of the list. Public entries stand on the page whose days they fall into."""
    skipped = (number - 1) * PAGE
    found = store.current(wanted, PAGE + min(1, skipped), max(0, skipped - 1))
    ahead, own = (found.entries[:1], found.entries[1:]) if skipped else ((), found.entries)
    pages = max(1, ceil(found.total / PAGE))
    newest = ahead[0].activity.start if ahead else date.max
    oldest = own[-1].activity.start if own and number < pages else date.min
    between = [e for e in facts if oldest <= e.activity.start and (not ahead or e.activity.start < newest)]
    merged = sorted([*own, *between], key=lambda entry: entry.activity.start, reverse=True)
    return Listed(tuple(merged), found.total, found.capped, len(facts), pages)


def rows(entries: Sequence[Entry]) -> pd.DataFrame:
    """One row per entry with the words a person reads; index is the entry's id."""
    table = pd.DataFrame(
        [
            {
                "Date": wording.when(entry),
                "Title": entry.title,
                "States": wording.states(entry.activity),
                "Type": entry.activity.type.label,
                "Status": entry.activity.status.label,
                "Next step": entry.activity.next_step[:200],
                "Due": entry.activity.due_date,
                "Owner": entry.activity.owner,
                "Seen by": entry.activity.confidentiality.label,
                "From": ORIGINS[entry.origin],
            }
            for entry in entries
        ],
        index=[entry.subject for entry in entries],
    )
    return table


def opened() -> str:
    """The id of the entry whose details are shown; blank for none."""
    return st.session_state.get(OPEN) or ""


def open_entry(subject: str) -> None:
    """Show the details of an entry; blank: of none."""
    st.session_state[OPEN] = subject


def show(entries: Sequence[Entry], key: str) -> None:
    """The table; selecting a row opens the entry below it."""
    table = rows(entries)
    subjects = list(table.index)
    selected = [subjects.index(opened())] if opened() in subjects else []
    st.dataframe(
        table, key=key, hide_index=True, height=editor.height(len(table)), selection_mode="single-row",
        on_select=lambda: _picked(subjects, key),
        selection_default={"selection": {"rows": selected}},
        column_config={
            "Date": st.column_config.TextColumn(width=140, pinned=True),
            "Title": st.column_config.TextColumn(width=300),
            "States": st.column_config.TextColumn(width=170),
            "Type": st.column_config.TextColumn(width=140),
            "Status": st.column_config.TextColumn(width=80),
            "Next step": st.column_config.TextColumn(width=160),
            "Due": st.column_config.DateColumn(format="YYYY-MM-DD", width=90),
        },
        alt="Activities of the log and of the public record, the latest first",
        placeholder="",
    )  # fmt: skip


def _picked(subjects: list[str], key: str) -> None:
    places = st.session_state[key].selection.rows
    open_entry(subjects[places[0]] if places else "")


def view(context: Context, asked: Asked, grid: Grid | None) -> None:
    """The list with its pages, to read or, given a grid, to edit."""
    if asked.impossible:
        st.info("No state matches the filter at the side. Clear a condition.", icon=":material/filter_alt_off:")
        return
    facts = public(context.workspace.public_record, asked.filter, asked.today) if asked.public else []
    number = st.session_state.get("log_page", 1)
    listed = read(context.store, asked.filter, facts, number)
    if number > listed.pages:
        number = st.session_state["log_page"] = 1
        listed = read(context.store, asked.filter, facts, number)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(listed.said(), width="content")
        if listed.pages > 1:
            st.pagination(listed.pages, default=number, key="log_page")
        editing = grid is not None and st.toggle("Edit in the table", key="log_editing", persist_state="session")
    if grid is not None and editing:
        wanted = (asked.filter, number, save.saves())
        if grid.stale(wanted):
            seq = context.store.last_seq()
            grid.freeze([entry for entry in listed.entries if entry.origin == "log"], wanted, seq)
    if grid is not None and (editing or grid.unsaved):
        editor.bar(context, grid)
    if grid is not None and editing:
        if grid.entries:
            editor.show(grid, [])
        else:
            st.info("There is no entry of the log to edit here. Log a contact first.", icon=":material/edit_off:")
        if listed.public:
            st.caption(f"The {listed.public} entries of the public record are read-only and not shown while you edit.")
    elif listed.entries:
        show(listed.entries, f"log_list_{hash((asked.filter, number, context.store.last_seq()))}")
    else:
        st.info("Nothing matches. Clear a filter, or log the first contact.", icon=":material/search_off:")
