"""The log's values as people read them. Text that people wrote is shown inert: as text, or escaped in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ccm_data.log import Activity, Entry
from ccm_data.log.model import FIELDS, known_states
from ccm_data.vocab import Precision, Term, label

_PARTS: dict[str, int] = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def field(name: str) -> str:
    """What a field is called, as its model says; `states.FJI` is Fiji."""
    if name.startswith("states."):
        iso3 = name.removeprefix("states.")
        return known_states().get(iso3, iso3)
    return FIELDS[name].label if name in FIELDS else name.capitalize()


def value(name: str, given: Any) -> str:
    """A field's value in words; a blank one is blank."""
    if given is None:
        return ""
    if isinstance(given, Mapping):
        if name == "documents":
            return f"{given['title']} {given['url']}".strip()
        said = ((part, value(part, given[part])) for part in given if part != "iso3")
        return "; ".join(f"{field(part)}: {text}" for part, text in said if text)
    if isinstance(given, (list, tuple)):
        return "\n".join(value(name, part) for part in given) if name == "documents" else ", ".join(
            value(name, part) for part in given
        )  # fmt: skip
    vocabulary = FIELDS[name].vocabulary if name in FIELDS else None
    return label(vocabulary, given) if vocabulary else str(given)


def term(given: Term) -> str:
    """The words of a vocabulary's term."""
    return given.label


def when(entry: Entry) -> str:
    """The days of an activity, as exact as they are known; sorts as text."""
    activity = entry.activity
    digits = _PARTS[entry.precision]
    start, end = (day.isoformat()[:digits] for day in (activity.start, activity.day))
    if start == end:
        return start
    return f"{start} – {end[8:] if end[:8] == start[:8] else end[5:] if end[:5] == start[:5] else end}"


def states(activity: Activity, most: int = 6) -> str:
    """The names of an activity's states, the first few of many."""
    names = [known_states().get(state.iso3, state.iso3) for state in activity.states]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def at(stamp: str) -> str:
    """A revision's time (UTC) to the minute."""
    return f"{stamp[:10]} {stamp[11:16]} UTC" if stamp else ""


def due(day: date | None, today: date) -> str:
    """How far away a due date is: overdue by 3 days, today, in 5 days."""
    if day is None:
        return ""
    days = (day - today).days
    unit = "day" if abs(days) == 1 else "days"
    return f"overdue by {-days} {unit}" if days < 0 else f"in {days} {unit}" if days else "today"
