"""What is being written and not saved yet, kept in the reader's browser over a reload and a restart of the server.

Each form has a slot of its own. A slot is emptied by a confirmed save and by *Discard*, by nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import streamlit as st

from ccm_data import escape
from pages.components import browser

_PREFIX = "draft."


@dataclass(frozen=True)
class Draft:
    """What a form held at a time (UTC). `title` names it for people, `values` are those that JSON can hold."""

    slot: str
    at: datetime
    title: str
    values: Mapping[str, Any]

    @property
    def when(self) -> str:
        """The time of day where the browser is; with the day when that is not today."""
        offset = timedelta(minutes=st.context.timezone_offset or 0)
        at, now = self.at - offset, datetime.now(UTC) - offset
        return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}"


def keep(slot: str, title: str, values: Mapping[str, Any]) -> None:
    """Keep what a form holds; without values there is nothing to keep, and the slot is emptied.

    Nothing is touched before the browser has said what it keeps. Call `browser.connect` afterwards.
    """
    if not browser.is_known():
        return
    if not values:
        forget(slot)
    elif not (held := read(slot)) or as_json(held.values) != as_json(values):
        at = datetime.now(UTC).isoformat(timespec="seconds")
        browser.write(_PREFIX + slot, as_json({"at": at, "title": title, "values": values}))


def as_json(values: Mapping[str, Any]) -> str:
    """Values as JSON holds them; days and amounts are text there."""
    return json.dumps(values, default=str, ensure_ascii=False, sort_keys=True)


def forget(slot: str) -> None:
    """Empty a slot."""
    if browser.read(_PREFIX + slot):
        browser.write(_PREFIX + slot, "")


def read(slot: str) -> Draft | None:
    """The draft of a slot; None where there is none, or what is kept cannot be read."""
    try:
        kept = json.loads(browser.read(_PREFIX + slot) or "null")
        return kept and Draft(slot, datetime.fromisoformat(kept["at"]), str(kept["title"]), dict(kept["values"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def id_of(values: Mapping[str, Any]) -> str:
    """The id of the new entry that a draft is of, else a fresh one: what is sent again, because its answer was lost, is
    stored once."""
    try:
        return str(UUID(str(values.get("id", ""))))
    except ValueError:
        return str(uuid4())


def restored(draft: Draft, discard: Callable[[], None], key: str) -> None:
    """Say that a form begins with its draft, and offer to discard it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f":material/restore_page: Draft of {draft.when} restored.", width="content")
        st.button("Discard", type="tertiary", icon=":material/delete:", key=key, on_click=discard)


def waiting(go_on: Callable[[Draft], None]) -> None:
    """The drafts that no open form shows, each with a way to go on and one to discard it."""
    drafts = [read(name.removeprefix(_PREFIX)) for name in browser.names(_PREFIX)]
    for place, draft in enumerate(sorted(filter(None, drafts), key=lambda draft: draft.at, reverse=True)):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                f":material/edit_note: Not saved yet, of {draft.when}: {escape.markdown(draft.title)}", width="content"
            )
            st.button("Go on", type="tertiary", key=f"draft_go_on_{place}", on_click=go_on, args=(draft,))
            st.button("Discard", type="tertiary", key=f"draft_discard_{place}", on_click=forget, args=(draft.slot,))
