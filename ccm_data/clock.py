"""What time it is: the one clock that stamps what is written and says which day is today."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment (UTC)."""
    return datetime.now(UTC)


def today() -> date:
    """The day where the program runs."""
    return now().astimezone().date()


def stamp() -> str:
    """This moment as the log writes it: ISO 8601 in UTC to the microsecond, so that later is greater as text too."""
    return now().astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
