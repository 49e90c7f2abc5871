"""What an importer gives: proposed rows of the facts, each beside the words of its source. Nothing is applied here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Row = Mapping[str, str]
"""Cells of one row as text by column name, as in the facts' CSV; a blank cell is ""."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One row of a fact file that a source asserts.

    file: the fact file's name without .csv. row: its cells; a column that the source is silent on is left out.
    text: the source's own words for it, with white space made single.
    """

    file: str
    row: Row
    text: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A state that the source shows as having left (square brackets around its name)."""

    iso3: str
    text: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The source is a whole table: rows of `file` that fit `where` and are not in it are in doubt.

    day: through which day the table is complete.
    """

    file: str
    where: Row
    day: date


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file or pasted text asserts.

    source: the row of sources_*.csv that the proposed rows cite (`source_file` is that file's name).
    notes: sentences on what was read and left aside, such as entries that are no states.
    """

    source_file: str
    source: Row
    rows: tuple[Proposed, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    whole: Whole | None = None
    notes: tuple[str, ...] = field(default=())
