"""Documents as PDF, by the typst compiler that comes in its wheel.

Typst and not fpdf2, because it breaks lines, tables and pages itself, tags the text for screen readers, sets SVG as
vectors and carries its fonts: no font file is shipped, none of the machine is used, equal content gives equal bytes.
The text goes in as data, so nothing in it can be read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ccm_data import palette
from ccm_data.documents.content import Block, Document, Picture, Row, Rows, Table, Text, texts
from ccm_data.wording import NO_SOURCE


@cache
def _layout() -> bytes:
    return Path(__file__).with_name("layout.typ").read_bytes()


def render(documents: Document | Sequence[Document]) -> bytes:
    """The PDF of a document, or of several, each beginning on a page of its own."""
    given = [documents] if isinstance(documents, Document) else list(documents)
    made: Any = typst.compile(_layout(), ignore_system_fonts=True, sys_inputs=_inputs(given))
    return bytes(made)


def pages(document: Document) -> int:
    """How many A4 pages the document fills."""
    found = typst.query(
        _layout(), "<pages>", field="value", one=True, ignore_system_fonts=True, sys_inputs=_inputs([document])
    )
    return int(json.loads(found))


def _inputs(documents: Sequence[Document]) -> dict[str, str]:
    shown = {"accent": palette.ACCENT, "ink": palette.INK, "pale": palette.NO_VOTE}
    return {"data": json.dumps(shown | {"documents": [_document(one) for one in documents]})}


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": document.title, "subtitle": document.subtitle, "marking": document.marking, "foot": document.foot,
        "compact": document.compact, "letter": document.letter, "notes": document.notes,
        "blocks": [_block(document, block) for block in document.blocks],
        "heading": document.tongue.say("Sources"), "language": document.tongue.language,
        "sources": [{"number": one.number, "text": document.source(one), "url": one.url} for one in document.sources],
    }  # fmt: skip


def _text(document: Document, body: Text) -> dict[str, str]:
    return {"text": body.text, "strong": body.strong, "cite": document.citation(body)}


def _row(document: Document, row: Row) -> dict[str, Any]:
    return {
        "label": row.label,
        "accent": row.accent,
        "bullets": row.bullets,
        "items": [_text(document, item) for item in row.items or (Text(NO_SOURCE),)],
    }


def _block(document: Document, block: Block) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": type(block).__name__.lower()}
    match block:
        case Rows(rows):
            return shown | {"rows": [_row(document, row) for row in rows]}
        case Table():
            return shown | asdict(block) | {"title": _text(document, block.title)}
        case Picture():
            return shown | asdict(block)
        case _:
            items = [_text(document, body) for body in texts([block])]
            return shown | asdict(block) | {"items": items}
