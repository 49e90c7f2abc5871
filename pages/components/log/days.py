"""Which days a date field of the log takes, and how it shows them."""

from __future__ import annotations

from datetime import date
from typing import TypedDict


class Limits(TypedDict):
    """The arguments that every date field shares."""

    min_value: date
    max_value: date
    format: str


LIMITS = Limits(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1), format="YYYY-MM-DD")
