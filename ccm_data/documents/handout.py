"""The slides on paper: what each holds under its title, as a document of its own, and the map as a page."""

from __future__ import annotations

from collections.abc import Iterator

from ccm_data import wording
from ccm_data.dates import words
from ccm_data.documents import pictures
from ccm_data.documents.content import Block, Bullets, Document, Heading, Paragraph, Picture, Table, Text, numbered
from ccm_data.documents.deck import SOURCES, TITLE, Deck
from ccm_data.documents.pptx import Chart, Columns, Drawing, Figures, Grid, Part, Words
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import Confidentiality


def handout(deck: Deck) -> Document:
    """The slides of a deck one below the other: charts as tables of their values, the sources of each under it."""
    blocks: list[Block] = []
    for slide in deck.slides:
        blocks.append(Heading(slide.title))
        for part, _place in slide.parts:
            blocks += _blocks(part)
        if listed := slide.notes.partition(f"\n{SOURCES}\n")[2]:
            blocks.append(Paragraph(Text("; ".join(listed.split("\n")), (), f"{SOURCES}:")))
    return _document(deck.reading, "Slides", tuple(blocks))


def map_page(reading: Reading) -> Document:
    """The world by status on paper, with every state's status and its sources."""
    given = reading.for_audience(Confidentiality.PUBLIC)
    states = given.states().sort_values("name")
    publishers = pictures.publishers(given.sources_of(states["status_source_ids"]))
    told = scheme(ColourBy.STATUS, states)
    said = "; ".join(f"{told.words[name]}: {inside}" for name, (inside, _every) in told.counts().items())
    shown = Picture(pictures.map_svg(told, given.as_of, publishers), f"The world by status. {said}.")
    listed = tuple(
        Text(status.words, status.source_ids, f"{row.name}:")
        for row, status in zip(each(states), map(wording.status, states.to_dict("records")), strict=True)
    )
    return _document(given, "Map", (shown, Heading("All states"), Bullets(listed)))


def _document(reading: Reading, what: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=TITLE, subtitle=f"{what}, {words(reading.as_of)}", marking=wording.MARKINGS[Confidentiality.PUBLIC],
        as_of=reading.as_of, blocks=blocks, sources=numbered(blocks, reading.workspace.sources, reading.as_of),
        foot=wording.public_facts(reading.as_of, reading.workspace.horizon),
    )  # fmt: skip


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Figures(items):
            said = tuple(Text(one.words, (), one.number) for one in items if one.number)
            yield Bullets(said)
        case Drawing():
            yield Picture(part.svg, part.described)
        case Chart():
            rows = tuple(
                (name, *(f"{values[at]}" for _colour, values in part.series.values()))
                for at, name in enumerate(part.categories)
            )
            yield Table(Text("", (), part.name), ("", *part.series), rows, (2.0, *(1.0,) * len(part.series)))
        case Words(passages):
            yield Bullets(tuple(Text(one.listed, (), one.head) for one in passages))
        case Columns(lists):
            yield Bullets(tuple(Text(one.listed, (), f"{number} {one.head}".strip()) for number, one in lists))
        case Grid():
            yield Table(Text("", (), part.name), part.header, part.rows, part.widths)
