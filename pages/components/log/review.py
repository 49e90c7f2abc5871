"""What a save will change, shown before it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from ccm_data import escape
from ccm_data.errors import CcmError
from ccm_data.log import Command, Create, Delete, Edit, Entry, Record, changes
from ccm_data.log.conflict import edited
from pages.components.frame import Context
from pages.components.log import save, wording

Planned = tuple[Entry | None, Command]
"""A command with the entry it is about, as it was read; none for a new one."""


def rows(planned: Sequence[Planned]) -> tuple[list[tuple[str, str, str, str]], list[str]]:
    """Entry, field, value now and value to be, one per change; and a sentence per change that cannot be."""
    listed, refused = [], []
    for entry, command in planned:
        match command:
            case Create():
                listed += _changes(command.record, None)
            case Delete() if entry:
                listed.append((entry.title, "Delete", "", "taken out of the list"))
            case Edit() if entry:
                try:
                    listed += _changes(edited(entry, command.changes), entry)
                except CcmError as error:
                    refused.append(f"{entry.title}: {error}")
    return listed, refused


def _changes(after: Record, entry: Entry | None) -> list[tuple[str, str, str, str]]:
    title = entry.title if entry else "New: " + str(getattr(after, "title", "") or getattr(after, "name", ""))
    return [
        (title, wording.field(c.field), wording.value(c.field, c.before), wording.value(c.field, c.after))
        for c in changes(entry.record if entry else None, after)
    ]


def new_values(command: Create) -> list[tuple[str, str]]:
    """Field and value of a new entry, those that say something."""
    shown = [(wording.field(c.field), wording.value(c.field, c.after)) for c in changes(None, command.record)]
    return [(field, value) for field, value in shown if value]


def ask(context: Context, planned: Sequence[Planned], then: Callable[[], None], key: str) -> None:
    """Show what will be saved, take a reason, save."""
    match planned:
        case [(None, Create() as command)]:
            _new_dialog(context, command, then, key)
        case _:
            _change_dialog(context, planned, then, key)


@st.dialog("What will be saved", width="large")
def _new_dialog(context: Context, command: Create, then: Callable[[], None], key: str) -> None:
    for field, value in new_values(command):
        label, said = st.columns([1, 3], gap="small")
        label.caption(escape.markdown(field))
        said.text(value)
    if st.button("Save", type="primary", icon=":material/save:", key=f"{key}_commit"):
        save.commit(context, [command], then=then)


@st.dialog("What will change", width="large")
def _change_dialog(context: Context, planned: Sequence[Planned], then: Callable[[], None], key: str) -> None:
    listed, refused = rows(planned)
    if listed:
        table = pd.DataFrame(listed, columns=["Entry", "Field", "Now", "Will be"])
        st.dataframe(table, hide_index=True, placeholder="blank", alt="What will change")
    elif not refused:
        st.info("Nothing differs from what is stored.", icon=":material/info:")
    for sentence in refused:
        save.refuse(sentence)
    reason = st.text_input("Reason", key=f"{key}_reason", placeholder="Optional; kept in the history")
    if st.button(
        "Save", type="primary", icon=":material/save:", disabled=bool(refused) or not listed, key=f"{key}_commit"
    ):
        save.commit(context, [command for _, command in planned], reason, then)
