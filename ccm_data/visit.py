"""The last visit: how far somebody had seen, so that what came since can be listed. A browser keeps it as text.

A visit lasts while pages are drawn with no longer pause than PAUSE, through reloads too: what was new when it began
stays new until it is over.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

PAUSE = timedelta(hours=4)
"""After so long without a look the next one is a new visit."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far was seen: a day, the number of the log's newest revision then, that of the last change of the facts."""

    day: date
    revision: int
    change: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered: how far the visit before this one had seen (None on the first), and this one so far, at a
    time in UTC.
    """

    since: Mark | None
    seen: Mark
    at: datetime

    def text(self) -> str:
        """The memory as the browser keeps it; `parse` reads it."""
        return json.dumps(asdict(self), default=str)


def parse(text: str) -> Memory | None:
    """A memory from the browser's text; None for none, and for text that is no memory: anybody may write there."""
    try:
        held = json.loads(text)
        since = held["since"] and _mark(held["since"])
        at = datetime.fromisoformat(held["at"])
        return Memory(since, _mark(held["seen"]), at) if at.tzinfo else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _mark(held: dict[str, str]) -> Mark:
    return Mark(date.fromisoformat(held["day"]), int(held["revision"]), int(held["change"]))


def visit(held: Memory | None, here: Mark, at: datetime) -> Memory:
    """The memory after a look at a time (UTC) at what is `here`: of the same visit, or of a new one after a pause.

    A memory that is ahead of what is here is of another log or another installation, and is none.
    """
    if held is None or _ahead(held.seen, here):
        return Memory(None, here, at)
    return Memory(held.seen if at - held.at > PAUSE else held.since, here, at)


def _ahead(seen: Mark, here: Mark) -> bool:
    return seen.day > here.day or seen.revision > here.revision or seen.change > here.change
