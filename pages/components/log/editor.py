"""A table that is edited: on a frozen copy, with one Save that first shows what will change.

What the browser holds are edits by row position over the copy it was given. The copy therefore stays as it is while
there are edits; on every run they are read once, from the copy and the positions, into unsaved changes by entry and
field. These outlive a change of filter, of page or of view, and are all that Save looks at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ccm_data.log import Delete, Edit, Entry
from pages.components.frame import Context
from pages.components.log import review
from pages.components.log.columns import Column
from pages.components.log.review import Planned

DELETE = "Delete"
_SHORT = 12


@dataclass
class Unsaved:
    """One entry as it was read, with the new values of some fields."""

    entry: Entry
    values: dict[str, Any] = field(default_factory=dict)
    delete: bool = False


@dataclass
class Grid:
    """What a session holds of one edited table. `carried`: unsaved changes that the copy already shows."""

    key: str
    columns: Sequence[Column]
    asked: object = None
    entries: dict[str, Entry] = field(default_factory=dict)
    unsaved: dict[str, Unsaved] = field(default_factory=dict)
    carried: dict[str, Unsaved] = field(default_factory=dict)
    shown: pd.DataFrame = field(default_factory=pd.DataFrame)
    seq: int = 0
    round: int = 0

    @property
    def widget(self) -> str:
        """Key of the editor over the present copy."""
        return f"{self.key}_{self.round}"

    def collect(self) -> None:
        """Read the editor's edits into the unsaved changes; the entries' own values are none."""
        if self.widget not in st.session_state:
            return  # not on the screen at the last run: what was unsaved stays so
        edits: Mapping[int, Mapping[str, Any]] = st.session_state[self.widget]["edited_rows"]
        for position, (subject, entry) in enumerate(self.entries.items()):
            self._take(entry, self.carried.get(subject, Unsaved(entry)), edits.get(position, {}))

    def _take(self, entry: Entry, before: Unsaved, cells: Mapping[str, Any]) -> None:
        given = {c.name: c.value(cells[c.name]) for c in self.columns if c.name in cells}
        wanted = {
            name: value
            for name, value in (before.values | given).items()
            if _plain(value) != _plain(getattr(entry.record, name))
        }
        delete = bool(cells.get(DELETE, before.delete))
        if wanted or delete:
            self.unsaved[entry.subject] = Unsaved(entry, wanted, delete)
        else:
            self.unsaved.pop(entry.subject, None)

    def stale(self, asked: object) -> bool:
        """Whether another copy is needed: something else is asked for, or the editor left the screen."""
        return self.asked != asked or self.widget not in st.session_state

    def freeze(self, entries: Sequence[Entry], asked: object, seq: int) -> None:
        """A new copy, read at revision `seq`, with the unsaved changes; those keep the version they were made on."""
        self.carried = {e.subject: self.unsaved[e.subject] for e in entries if e.subject in self.unsaved}
        self.entries = {e.subject: self.carried[e.subject].entry if e.subject in self.carried else e for e in entries}
        self.asked, self.seq = asked, seq
        self.round += 1
        values = {
            column.name: column.cells([self._value(entry, column.name) for entry in self.entries.values()])
            for column in self.columns
        }
        self.shown = pd.DataFrame(values, index=range(len(self.entries)))
        self.shown[DELETE] = [subject in self.carried and self.carried[subject].delete for subject in self.entries]

    def _value(self, entry: Entry, name: str) -> Any:
        held = self.carried.get(entry.subject)
        return held.values[name] if held and name in held.values else getattr(entry.record, name)

    def forget(self) -> None:
        """No unsaved changes; the next run reads the log anew, and not the edits of the editor that was."""
        self.unsaved, self.asked = {}, None
        self.round += 1

    def planned(self) -> list[Planned]:
        """The unsaved changes as commands, each on the version that was read."""
        return [
            (held.entry, Delete(subject, held.entry.version) if held.delete
             else Edit(subject, held.entry.version, held.values))
            for subject, held in self.unsaved.items()
        ]  # fmt: skip


def _plain(value: Any) -> Any:
    """A value as it compares with what the browser sends."""
    if isinstance(value, Decimal):
        return value.normalize()
    return None if value is None else list(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def grid(key: str, columns: Sequence[Column]) -> Grid:
    """The session's table of this key."""
    if key not in st.session_state:
        st.session_state[key] = Grid(key, columns)
    held: Grid = st.session_state[key]
    return held


def height(rows: int) -> int | Literal["content"]:
    """The height of a table: a short one is as high as its rows."""
    return "content" if rows < _SHORT else 440


def show(held: Grid, names: Sequence[str]) -> None:
    """The editor over the frozen copy. `names` are those to choose from where a cell holds names."""
    st.data_editor(
        held.shown, key=held.widget, hide_index=True, num_rows="fixed", placeholder="",
        height=height(len(held.entries)), column_order=[*(column.name for column in held.columns), DELETE],
        column_config={
            **{column.name: column.config(names) for column in held.columns},
            DELETE: st.column_config.CheckboxColumn(width=70),
        },
        alt="Entries that can be edited",
    )  # fmt: skip


def bar(context: Context, held: Grid) -> None:
    """What is unsaved, Save and Discard; always there, so that the table does not move."""
    count = sum(len(unsaved.values) + unsaved.delete for unsaved in held.unsaved.values())
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Review and save", type="primary", icon=":material/save:", disabled=not count, key=f"{held.key}_save"
        ):
            review.ask(context, held.planned(), held.forget, held.key)
        if st.button("Discard", icon=":material/undo:", disabled=not count, key=f"{held.key}_discard"):
            held.forget()
            st.rerun()
        said = f"**{count} unsaved in {len(held.unsaved)} {'entry' if len(held.unsaved) == 1 else 'entries'}**"
        st.markdown(said if count else "No unsaved changes.", width="content")
        if held.seq < context.store.last_seq() and st.button(
            "Somebody has saved since: read again", icon=":material/refresh:", key=f"{held.key}_again", type="tertiary",
            help="Your unsaved changes stay.",
        ):  # fmt: skip
            held.asked = None
            st.rerun()
