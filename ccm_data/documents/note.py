"""A briefing note: what its sections say, laid out on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from ccm_data.dates import words
from ccm_data.documents import docx, pdf
from ccm_data.documents.content import Block, Document, Row, Rows, Strip, Text, numbered
from ccm_data.errors import CcmError

FULLEST = 6  # items of a section when the page has room for them
CALL = 4  # items of a section of the call, as long as that fits


SAID = "What it has said"
"""The section that the strip of votes stands above."""


@dataclass(frozen=True)
class Briefing:
    """A briefing note: what each section says, before it is laid out. An empty section means: no source.

    call: the first sections, which are cut last; rest: those after them.
    """

    iso3: str
    name: str
    as_of: date
    call: tuple[Row, ...]
    rest: tuple[Row, ...]
    votes: Strip
    foot: str
    marking: str
    known_sources: pd.DataFrame

    @property
    def sections(self) -> tuple[Row, ...]:
        """All sections in their order."""
        return (*self.call, *self.rest)

    def section(self, name: str) -> tuple[Text, ...]:
        """What a section says. Raises CcmError for an unknown one."""
        for row in self.sections:
            if row.label == name:
                return row.items
        raise CcmError(f"The briefing has no section {name!r}; possible: {', '.join(r.label for r in self.sections)}.")

    @cached_property
    def document(self) -> Document:
        """The note as a document of one page: as many items in each section as fit."""
        tried = [*((max(most, CALL), most) for most in range(FULLEST, 0, -1)), (2, 2), (2, 1)]
        for of_call, most in tried:
            made = self._laid_out(of_call, most)
            if pdf.pages(made) == 1:
                return made
        return self._laid_out(1, 1)

    def _laid_out(self, of_call: int, most: int) -> Document:
        rows = [replace(row, items=_first(row.items, of_call)) for row in self.call]
        rows += [replace(row, items=_first(row.items, most)) for row in self.rest]
        cut = next(place for place, row in enumerate(rows) if row.label == SAID)
        blocks: tuple[Block, ...] = (Rows(tuple(rows[:cut])), self.votes, Rows(tuple(rows[cut:])))
        return Document(
            title=self.name, subtitle=f"Briefing on the Convention on Cluster Munitions, as of {words(self.as_of)}",
            marking=self.marking, as_of=self.as_of, blocks=blocks, compact=True,
            sources=numbered(blocks, self.known_sources, self.as_of), foot=self.foot,
        )  # fmt: skip

    def docx(self) -> bytes:
        """The note as a Word file."""
        return docx.render(self.document)

    def pdf(self) -> bytes:
        """The note as PDF."""
        return pdf.render(self.document)


def _first(items: tuple[Text, ...], most: int) -> tuple[Text, ...]:
    """At most so many items, the rest as their number."""
    kept = items[:most]
    return kept if len(items) <= most else (*kept, Text(f"and {len(items) - most} more on record."))
