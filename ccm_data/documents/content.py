"""What a document holds, before anybody decides how it looks: blocks of text with the sources behind them.

Word and PDF render the same content, so a note says the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from ccm_data.languages import ENGLISH, Tongue
from ccm_data.wording import Said

LONGEST = 230  # characters of one quoted text in a compact document
RUN = 3  # so many numbers of sources in a row are written out
FOOTNOTE = 48  # characters of a title in a footnote


@dataclass(frozen=True)
class Text:
    """A sentence or a line, and the ids of the sources that show it; `strong` stands before it in bold."""

    text: str
    sources: tuple[str, ...] = ()
    strong: str = ""


def told(said: Said, name: str | None = None) -> Text:
    """What is said of a state as a text with its sources, under its own name or another; blank for none."""
    strong = said.name if name is None else name
    return Text(said.words, said.source_ids, f"{strong}:" if strong else "")


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a chapter, `new_page` a page."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    body: Text


@dataclass(frozen=True)
class Prose:
    """One paragraph of several sentences, each followed by its own sources."""

    sentences: tuple[Text, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Row:
    """A heading with what belongs to it; nothing means that there is no source. `accent`: what the reader came for."""

    label: str
    items: tuple[Text, ...]
    accent: bool = False
    bullets: bool = False


@dataclass(frozen=True)
class Rows:
    """Headings on the left, what belongs to them on the right."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table. `widths` are relative; the sources stand with its title."""

    title: Text
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    empty: str = "None."


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with a caption that also describes it to those who do not see it."""

    svg: str
    caption: str


Block = Heading | Paragraph | Prose | Bullets | Rows | Table | Picture


@dataclass(frozen=True)
class Source:
    """One numbered source. A date after the document's as-of date is left out and `later` says so."""

    number: int
    source_id: str
    title: str
    publisher: str
    date: str
    url: str
    later: bool

    def words(self, t: Tongue = ENGLISH) -> str:
        """The source as one line."""
        return ", ".join(part for part in (self.title, self.publisher, self._when(t), self.url) if part)

    def short(self, t: Tongue = ENGLISH) -> str:
        """The source as a footnote: who published what when."""
        return ", ".join(part for part in (self.publisher, shorten(self.title, FOOTNOTE), self._when(t)) if part)

    def _when(self, t: Tongue) -> str:
        return t.say("published later") if self.later else self.date


@dataclass(frozen=True)
class Document:
    """A document. `compact` is the one-page layout, `letter` that of correspondence, with wide margins and free lines
    between paragraphs; `marking` says who may read it; `foot` stands on each page; `notes`
    heads a margin left free for handwriting, blank for none; `tongue` holds the language of its words."""

    title: str
    subtitle: str
    marking: str
    as_of: date
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    foot: str
    compact: bool = False
    notes: str = ""
    tongue: Tongue = ENGLISH
    letter: bool = False

    def source(self, one: Source) -> str:
        """A source as the document lists it: as a footnote in the compact layout, else whole."""
        return one.short(self.tongue) if self.compact else one.words(self.tongue)

    @property
    def numbers(self) -> dict[str, int]:
        """Number of each source by its id."""
        return {source.source_id: source.number for source in self.sources}

    def citation(self, body: Text) -> str:
        """The numbers of a text's sources, as ` [1, 2]`; blank for none."""
        numbers = self.numbers
        found = sorted({numbers[one] for one in body.sources if one in numbers})
        return f" [{', '.join(_runs(found))}]" if found else ""


def _runs(numbers: list[int]) -> Iterable[str]:
    """Numbers in order, four or more that follow each other as a range: 1, 2, 5–9."""
    while numbers:
        run = next((at for at, number in enumerate(numbers) if number != numbers[0] + at), len(numbers))
        held, numbers = numbers[:run], numbers[run:]
        yield from [f"{held[0]}–{held[-1]}"] if run > RUN else map(str, held)


def texts(blocks: Iterable[Block]) -> Iterable[Text]:
    """Every text of the blocks that may name sources, in reading order."""
    for block in blocks:
        match block:
            case Paragraph(body):
                yield body
            case Prose(sentences):
                yield from sentences
            case Bullets(items):
                yield from items
            case Rows(rows):
                yield from chain.from_iterable(row.items for row in rows)
            case Table(title):
                yield title


def numbered(blocks: Iterable[Block], known: pd.DataFrame, as_of: date) -> tuple[Source, ...]:
    """The sources that the blocks name, numbered by first mention. `known` is `Workspace.sources`."""
    ids = dict.fromkeys(one for body in texts(blocks) for one in body.sources if one in known.index)
    return tuple(_source(number, one, known.loc[one].to_dict(), as_of) for number, one in enumerate(ids, 1))


def _source(number: int, source_id: str, row: Mapping[Any, Any], as_of: date) -> Source:
    day = row["source_date"] or ""
    return Source(
        number, source_id, row["title"] or "", row["publisher"] or "", day, row["url"] or "",
        later=day > as_of.isoformat()[: len(day)],
    )  # fmt: skip


def shorten(text: str, most: int) -> str:
    """The text in at most `most` characters, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"
