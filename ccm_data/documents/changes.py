"""What changed between two days, for minutes: the digest, the log's activities and the sources, as text and Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from ccm_data import digest
from ccm_data.dates import words
from ccm_data.documents import activities as told
from ccm_data.documents import docx, wording
from ccm_data.documents.content import Bullets, Document, Heading, Paragraph, Text, numbered
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.vocab import ActivityType, Confidentiality, label
from ccm_data.workspace import Workspace

VOTES = ("votes_totals", "votes_changes", "votes_swing")


@dataclass(frozen=True)
class Changes:
    """What differs between two days. `table` has one row per state and attribute: iso3, state, attribute, before,
    after, source_ids; `done` one line per activity after the first day.
    """

    start: date
    end: date
    digest: digest.Digest
    done: tuple[Text, ...]
    table: pd.DataFrame
    workspace: Workspace
    max_confidentiality: str

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
            title="Changes", subtitle=f"{words(self.start)} to {words(self.end)}", as_of=self.end,
            marking=wording.marking(self.max_confidentiality), blocks=tuple(blocks),
            sources=numbered(blocks, self.workspace.sources, self.end), foot=wording.foot(self.workspace, self.end),
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


def changes(
    workspace: Workspace,
    start: date,
    end: date,
    activities: Iterable[Entry] = (),
    *,
    max_confidentiality: str = Confidentiality.PUBLIC,
) -> Changes:
    """Everything that differs between two days, and the activities done after the first one through the second.

    `activities` are entries of the log; those that readers of `max_confidentiality` may not see are left out. Raises
    CcmError when the days are out of order, FactsError for broken facts.
    """
    if start >= end:
        raise CcmError(f"Changes need two days in order; {start} is not before {end}.")
    before, after = workspace.states(start), workspace.states(end)
    found = digest.digest(before, after, start, end)
    names = dict(zip(after["iso3"], after["name_short"], strict=True))
    table = pd.DataFrame(found.changes, columns=["iso3", "attribute", "before", "after", "source_ids"])
    table.insert(1, "state", table["iso3"].map(names))
    entries = told.done(told.with_history(workspace, activities, max_confidentiality, end))
    return Changes(
        start, end, found, tuple(_line(one, names) for one in reversed(entries) if one.activity.day > start), table,
        workspace, max_confidentiality,
    )  # fmt: skip


def _line(entry: Entry, names: dict[str, str]) -> Text:
    done = entry.activity
    there = ", ".join(names[part.iso3] for part in done.states if part.iso3 in names)
    where = ", ".join(filter(None, [label(ActivityType, done.type), done.place]))
    said = f"{done.title} ({where})" + (f": {there}" if there else "")
    return Text(said, entry.source_ids, f"{words(done.day, entry.precision)}:")


def votes(workspace: Workspace, as_of: date, since: date | None = None) -> dict[str, pd.DataFrame]:
    """The votes page's data: `grid` (states × sessions with the basis), `totals` (published, of the period), `changes`
    (who changed when, in the period) and `swing` (states that ever changed). `since` opens the period; None: all.
    """
    first = since or date.min
    made = {name.removeprefix("votes_"): _votes(workspace, name, as_of, first) for name in VOTES}
    return {"grid": workspace.frame("votes/grid", as_of), **made}


def _votes(workspace: Workspace, name: str, as_of: date, since: date) -> pd.DataFrame:
    return workspace.frame(f"documents/{name}", as_of, since=since)
