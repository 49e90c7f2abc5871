"""A briefing note: what its sections say, laid out on one page with a margin for notes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

import pandas as pd

from ccm_data.documents import docx, pdf
from ccm_data.documents.content import Block, Document, Heading, Row, Rows, Text, numbered
from ccm_data.errors import CcmError
from ccm_data.languages import Tongue

FULLEST = 6  # items of a section when the page has room for them


@dataclass(frozen=True)
class Part:
    """One of the three parts of a note: its heading, blank for the first, and its sections."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Briefing:
    """A briefing note: what each section says, before it is laid out. What has no source is left out.

    parts: the meeting, whose items are never cut, the record and the facts.
    """

    iso3: str
    name: str
    as_of: date
    parts: tuple[Part, ...]
    foot: str
    marking: str
    known_sources: pd.DataFrame
    tongue: Tongue

    @property
    def sections(self) -> tuple[Row, ...]:
        """All sections in their order."""
        return tuple(chain.from_iterable(part.rows for part in self.parts))

    def section(self, name: str) -> tuple[Text, ...]:
        """What a section says. Raises CcmError for an unknown one."""
        for row in self.sections:
            if row.label == name:
                return row.items
        raise CcmError(f"The briefing has no section {name!r}; possible: {', '.join(r.label for r in self.sections)}.")

    @cached_property
    def document(self) -> Document:
        """The note as a document of one page: as many items in each section as fit."""
        fuller = chain.from_iterable(((most, most), (most, most - 1)) for most in range(FULLEST, 0, -1))
        tried = [*fuller, (0, 0)]
        fits = bisect_left(tried, True, key=lambda most: pdf.pages(self._laid_out(*most)) == 1)
        return self._laid_out(*tried[min(fits, len(tried) - 1)])

    def _laid_out(self, *most: int) -> Document:
        """At most so many items in each section of the record, and so many in each of the facts."""
        blocks: list[Block] = [Rows(self.parts[0].rows)]
        for part, items in zip(self.parts[1:], most, strict=True):
            rows = [replace(row, items=self._first(row.items, items)) for row in part.rows]
            blocks += [Heading(part.heading, 2), Rows(tuple(rows))] if rows else []
        t = self.tongue
        return Document(
            title=self.name,
            subtitle=t.say("Briefing on the Convention on Cluster Munitions, as of {day}", day=t.date(self.as_of)),
            marking=self.marking, as_of=self.as_of, blocks=tuple(blocks), compact=True, notes=t.say("Notes"), tongue=t,
            sources=numbered(blocks, self.known_sources, self.as_of), foot=self.foot,
        )  # fmt: skip

    def _first(self, items: tuple[Text, ...], most: int) -> tuple[Text, ...]:
        """At most so many items, the rest as their number."""
        kept = items[:most]
        rest = len(items) - len(kept)
        more = self.tongue.many("and {number} more on record.", "and {number} more on record.", rest)
        return (*kept, Text(more)) if rest else kept

    def docx(self) -> bytes:
        """The note as a Word file."""
        return docx.render(self.document)

    def pdf(self) -> bytes:
        """The note as PDF."""
        return pdf.render(self.document)
