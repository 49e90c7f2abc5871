"""What changed between two days, for minutes: the digest, the log's activities and the sources, as text and Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from ccm_data import contacts, digest
from ccm_data.dates import words
from ccm_data.documents import docx, pdf
from ccm_data.documents.content import Bullets, Document, Heading, Paragraph, Text, numbered
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.reading import Reading
from ccm_data.vocab import ActivityType, label


@dataclass(frozen=True)
class Changes:
    """What differs between a day and that of the reading. `table` has one row per state and attribute: iso3, state,
    attribute, before, after, source_ids; `done` one line per activity after the first day.
    """

    start: date
    digest: digest.Digest
    done: tuple[Text, ...]
    table: pd.DataFrame
    reading: Reading

    @cached_property
    def document(self) -> Document:
        """The digest as a document, its sections as headings."""
        blocks: list[Heading | Bullets | Paragraph] = []
        for heading, said in self.digest.sections.items():
            blocks += [Heading(f"{heading}: {len(said)}", 2), Bullets(tuple(Text(line) for line in said))]
        blocks += [Heading(f"Activities: {len(self.done)}", 2), Bullets(self.done)]
        ids = tuple(dict.fromkeys(one for ids in self.table["source_ids"] for one in ids))
        blocks.append(Paragraph(Text(f"{len(self.table)} attributes of states differ", ids, "In all:")))
        return Document(
            title="Changes", subtitle=f"{words(self.start)} to {words(self.reading.as_of)}", as_of=self.reading.as_of,
            marking=self.reading.marking, blocks=tuple(blocks),
            sources=numbered(blocks, self.reading.workspace.sources, self.reading.as_of), foot=self.reading.foot,
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The digest as plain text, for minutes."""
        lines = [self.digest.text().rstrip(), "", f"Activities: {len(self.done)}"]
        lines += [f"  - {one.strong} {one.text}" for one in self.done]
        return "\n".join([*lines, "", self.document.foot, ""])

    def docx(self) -> bytes:
        """The digest as a Word file."""
        return docx.render(self.document)

    def pdf(self) -> bytes:
        """The digest as PDF."""
        return pdf.render(self.document)


def changes(reading: Reading, start: date) -> Changes:
    """Everything that differs between a day and that of the reading, and the activities done after the first one.

    Raises CcmError when the days are out of order, FactsError for broken facts.
    """
    end = reading.as_of
    if start >= end:
        raise CcmError(f"Changes need two days in order; {start} is not before {end}.")
    before, after = reading.on(start).states(), reading.states()
    found = digest.digest(before, after, start, end)
    names = dict(zip(after["iso3"], after["name_short"], strict=True))
    table = pd.DataFrame(found.changes, columns=["iso3", "attribute", "before", "after", "source_ids"])
    table.insert(1, "state", table["iso3"].map(names))
    done = [entry for entry in contacts.done(reading.activities()) if entry.activity.day > start]
    return Changes(start, found, tuple(_line(entry, names) for entry in reversed(done)), table, reading)


def _line(entry: Entry, names: dict[str, str]) -> Text:
    done = entry.activity
    there = ", ".join(names[part.iso3] for part in done.states if part.iso3 in names)
    where = ", ".join(filter(None, [label(ActivityType, done.type), done.place]))
    said = f"{done.title} ({where})" + (f": {there}" if there else "")
    return Text(said, entry.source_ids, f"{words(done.day, entry.precision)}:")
