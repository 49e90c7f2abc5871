"""What the log adds to a briefing: contacts, and what the state said there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.dates import words
from ccm_data.documents import wording
from ccm_data.documents.content import LONGEST, Text, shorten
from ccm_data.log import Entry, StateEntry
from ccm_data.vocab import ActivityType, Confidentiality, Obstacle, Role, label

Parts = list[tuple[Entry, StateEntry]]
"""Activities with the state's part in each, the latest first."""


def parts(iso3: str, entries: Iterable[Entry]) -> Parts:
    """The state's part in each of these activities that it took part in."""
    return [(entry, part) for entry in entries for part in entry.activity.states if part.iso3 == iso3]


def contacts(mine: Parts) -> tuple[Text, ...]:
    """Each contact: when, what, where, the state's role; those of the log with their confidentiality."""
    lines = []
    for entry, part in mine:
        done = entry.activity
        role = label(Role, part.role).lower()
        where = ", ".join(filter(None, [label(ActivityType, done.type), done.place, role]))
        level = "" if entry.origin == "facts" else f", log, {label(Confidentiality, done.confidentiality).lower()}"
        came = f". Outcome: {shorten(done.outcome, LONGEST)}" if done.outcome else ""
        said = f"{shorten(done.title, LONGEST)} ({where}{level}){came}"
        lines.append(Text(said, entry.source_ids, f"{words(done.day, entry.precision)}:"))
    return tuple(lines)


def said(mine: Parts) -> Iterable[Text]:
    """Positions it stated."""
    for entry, part in mine:
        if part.position:
            yield Text(shorten(part.position, LONGEST), (), f"{words(entry.activity.day)}, log:")


def obstacles(mine: Parts) -> Iterable[Text]:
    """Obstacles it named."""
    for entry, part in mine:
        if part.obstacles:
            named = ", ".join(label(Obstacle, code) for code in part.obstacles)
            yield Text(named, (), f"{words(entry.activity.day)}, log:")


def stages(mine: Parts) -> Iterable[Text]:
    """Stages it reported."""
    for entry, part in mine:
        if part.stage:
            yield Text(wording.rung(part.stage), (), f"{words(entry.activity.day)}, log:")


def promises(row: pd.Series[Any], mine: Parts, as_of: date) -> Iterable[Text]:
    """Promises it made and what became of them."""
    for entry, part in mine:
        if part.promise or part.promise_due:
            due = f"by {words(part.promise_due)}; " if part.promise_due else ""
            fate = wording.fate(row, as_of, entry.activity.day, part.promise_due)
            yield Text(f"{shorten(part.promise, LONGEST)} ({due}{fate})", (), f"{words(entry.activity.day)}, log:")
