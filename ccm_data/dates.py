"""Dates as the product takes and shows them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ccm_data.errors import CcmError
from ccm_data.vocab import Precision

if TYPE_CHECKING:  # slow to import
    import pandas as pd

EARLIEST = date(2008, 12, 3)
"""The day the Convention opened for signature (Convention, Article 15): before it no state has a status."""


def parse_as_of(text: str, latest: date) -> date:
    """An as-of date written YYYY-MM-DD. Raises CcmError when it is none, or outside EARLIEST to `latest`."""
    day = _day(text, EARLIEST, latest)
    if not EARLIEST <= day <= latest:
        raise CcmError(
            f"The as-of date {day} is outside what is possible: {EARLIEST} (opening for signature) to {latest}."
        )
    return day


def parse_day(text: str, least: date, most: date) -> date:
    """A date written YYYY-MM-DD. Raises CcmError when it is none, or outside `least` to `most`."""
    day = _day(text, least, most)
    if not least <= day <= most:
        raise CcmError(f"The date {day} is outside what is possible: {least} to {most}.")
    return day


def _day(text: str, least: date, most: date) -> date:
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:  # 20211130 and 2021-W48-2 are ISO dates too
            raise ValueError(text)
    except ValueError:
        raise CcmError(f"{text!r} is not a date; write it as YYYY-MM-DD, between {least} and {most}.") from None
    return day


def words(day: date | pd.Timestamp | None, precision: str = Precision.DAY) -> str:
    """A date in words as exact as it is known: 30 November 2021, November 2021, 2021; blank for none."""
    if day is None or type(day).__name__ == "NaTType":
        return ""
    if precision == Precision.YEAR:
        return f"{day.year}"
    if precision == Precision.MONTH:
        return f"{day:%B} {day.year}"
    return f"{day.day} {day:%B} {day.year}"
