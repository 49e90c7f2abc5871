"""Documents as Word files, with real headings, table headers and alternative texts; equal content, equal text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from ccm_data import palette
from ccm_data.documents import pictures
from ccm_data.documents.content import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Picture,
    Prose,
    Rows,
    Table,
    Text,
    shorten,
)
from ccm_data.vocab import Language
from ccm_data.wording import NO_SOURCE

FONT = "Arial"  # in Word everywhere; LibreOffice sets Liberation Sans, of the same widths, in its place
MARGIN = 15.0
LETTER_MARGIN = 25.0
LABEL = 24.0
LOCALES = {Language.ENGLISH: "en-GB", Language.FRENCH: "fr-FR", Language.SPANISH: "es-ES"}
NOTES = 46.0  # right margin of a document that leaves room for handwriting


def render(documents: Document | Sequence[Document]) -> bytes:
    """The Word file of a document, or of several, each beginning on a page of its own."""
    given = [documents] if isinstance(documents, Document) else list(documents)
    return _Writer(given).bytes()


class _Writer:
    """Writes documents of one kind: the first one says whether the layout is compact."""

    def __init__(self, documents: Sequence[Document]) -> None:
        first = documents[0]
        self.word = docx.Document()
        self.size = 8.5 if first.compact else 11.0 if first.letter else 10.0
        self._page(first)
        self._styles(first.compact, first.letter)
        about = self.word.core_properties
        about.title = shorten(", ".join(one.title for one in documents), 250)  # the format's limit is 255
        about.author = about.last_modified_by = about.comments = ""
        about.language = LOCALES[first.tongue.language]
        about.created = about.modified = datetime(first.as_of.year, first.as_of.month, first.as_of.day)
        for place, document in enumerate(documents):
            self.document = document
            self._write(new_page=place > 0)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def _page(self, document: Document) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        margin = LETTER_MARGIN if document.letter else MARGIN
        section.left_margin, section.right_margin = Mm(margin), Mm(NOTES if document.notes else margin)
        self.width = 210.0 - margin - (NOTES if document.notes else margin)
        section.top_margin, section.bottom_margin = Mm(12), Mm(12)
        section.header_distance = section.footer_distance = Mm(6)
        if document.notes:
            head = section.header.paragraphs[0]
            head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            head.paragraph_format.right_indent = Mm(MARGIN - NOTES)
            self._run(head, document.notes, size=8, colour=palette.ACCENT)
        foot = section.footer.paragraphs[0]
        self._run(foot, f"{document.foot}  ", size=6.5)
        self._run(foot, document.marking, size=6.5, bold=True)

    def _styles(self, compact: bool, letter: bool) -> None:
        styles = self.word.styles
        sizes = {
            "Normal": self.size, "Title": 17.0, "Subtitle": self.size + 1, "Heading 1": self.size + 4,
            "Heading 2": self.size + 1.5, "Heading 3": self.size, "List Bullet": self.size, "Caption": self.size - 1,
        }  # fmt: skip
        for name, size in sizes.items():
            style: Any = styles[name]
            style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(script), FONT)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            style.font.bold = name not in ("Normal", "List Bullet", "Caption")
            plain = name in ("Normal", "List Bullet", "Subtitle")
            style.font.color.rgb = _rgb(palette.INK if plain else palette.ACCENT)
            shape = style.paragraph_format
            shape.space_before = Pt(0 if compact or plain else 8)
            below = {"Title": 6, "Subtitle": 18} if letter else {"Title": 1, "Subtitle": 4}
            shape.space_after = Pt(below.get(name, 0 if compact else 12 if letter else 4))
            shape.line_spacing = 1.15 if letter else 1.0
            shape.keep_with_next = name.startswith("Heading")
            for border in style.element.findall(f".//{qn('w:pBdr')}"):
                border.getparent().remove(border)

    def _write(self, new_page: bool) -> None:
        document = self.document
        title = self.word.add_paragraph(style="Title")
        if new_page:
            title.paragraph_format.page_break_before = True
        self._run(title, document.title)
        self._run(self.word.add_paragraph(style="Subtitle"), document.subtitle)
        for block in document.blocks:
            self._block(block)
        self._sources()

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level, new_page):
                line = self.word.add_paragraph(style=f"Heading {level}")
                line.paragraph_format.page_break_before = new_page or None
                self._run(line, text)
            case Paragraph(body):
                self._text(self.word.add_paragraph(), body)
            case Prose(sentences):
                line = self.word.add_paragraph()
                line.paragraph_format.space_after = Pt(5)
                for place, sentence in enumerate(sentences):
                    if place:
                        self._run(line, " ")
                    self._text(line, sentence)
            case Bullets(items):
                for item in items:
                    self._text(self.word.add_paragraph(style="List Bullet"), item)
            case Rows():
                self._rows(block)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _rows(self, block: Rows) -> None:
        table = self._grid(len(block.rows), (LABEL, self.width - LABEL))
        for row, (label, said) in zip(block.rows, _cells(table), strict=True):
            label.paragraphs[0].style = self.word.styles["Heading 3"]
            self._run(label.paragraphs[0], row.label)
            for place, item in enumerate(row.items or (Text(NO_SOURCE),)):
                line = said.paragraphs[0] if place == 0 else said.add_paragraph()
                if row.bullets:
                    line.style = self.word.styles["List Bullet"]
                self._text(line, item, self.size + 1.5 if row.accent else None)
            if row.accent:
                for cell in (label, said):
                    _shade(cell, palette.NO_VOTE)

    def _table(self, block: Table) -> None:
        title = self.word.add_paragraph()
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = Pt(4)
        self._text(title, block.title)
        if not block.rows:
            self._run(self.word.add_paragraph(), block.empty)
            return
        total = sum(block.widths)
        table = self._grid(1 + len(block.rows), tuple(self.width * width / total for width in block.widths))
        head = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(head)
        for number, (texts, cells) in enumerate(zip((block.header, *block.rows), _cells(table), strict=True)):
            for text, cell in zip(texts, cells, strict=True):
                self._run(cell.paragraphs[0], text, size=self.size - 1, bold=number == 0)
                if number == 0:
                    _shade(cell, palette.NO_VOTE)
        self._gap()

    def _picture(self, block: Picture) -> None:
        place = self.word.add_paragraph()
        place.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place.paragraph_format.keep_with_next = True
        drawn: Any = place.add_run().add_picture(
            io.BytesIO(pictures.png(block.svg, width=1600)), width=Mm(self.width - 4)
        )
        drawn._inline.docPr.set("descr", block.caption)
        self._run(self.word.add_paragraph(style="Caption"), block.caption)

    def _sources(self) -> None:
        if not self.document.sources:
            return
        self._run(self.word.add_paragraph(style="Heading 2"), self.document.tongue.say("Sources"))
        size = 6.5 if self.document.compact else 7.5
        line = None
        for source in self.document.sources:
            if line is None or not self.document.compact:
                line = self.word.add_paragraph()
                line.paragraph_format.space_after = Pt(1)
            self._run(line, f"[{source.number}] ", size=size, bold=True)
            self._run(line, self.document.source(source) + "   ", size=size)

    def _grid(self, rows: int, widths: Sequence[float], lines: bool = True) -> Any:
        table = self.word.add_table(rows, len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        settings = table._tbl.tblPr
        settings.find(qn("w:tblLook")).addprevious(_margins(1.0, 0.4))  # the format fixes the order
        if lines:
            settings.find(qn("w:tblLayout")).addprevious(_hairlines())
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:  # a cell's own width is what Word obeys
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row._tr.tc_lst, widths, strict=True):
                cell.width = Mm(width)
        return table

    def _gap(self) -> None:
        self.word.add_paragraph().paragraph_format.line_spacing = Pt(4)

    def _text(self, paragraph: Any, body: Text, size: float | None = None) -> None:
        """A text; one with a size of its own stands out."""
        if body.strong:
            self._run(paragraph, body.strong + " ", bold=True)
        self._run(paragraph, body.text, size=size, bold=True if size else None)
        if cited := self.document.citation(body):
            self._run(paragraph, cited, size=self.size - 1.5, colour=palette.ACCENT)

    def _run(
        self, paragraph: Any, text: str, size: float | None = None, bold: bool | None = None, colour: str = ""
    ) -> Any:
        run = paragraph.add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if colour:
            run.font.color.rgb = _rgb(colour)
        return run


def _cells(table: Any) -> Iterator[list[_Cell]]:
    """The cells of each row. python-docx's own `row.cells` counts all columns again for each cell."""
    for row in table._tbl.tr_lst:
        yield [_Cell(cell, table) for cell in row.tc_lst]


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*palette.rgb(colour)[:3])


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour.removeprefix("#"))
    cell._tc.get_or_add_tcPr().append(shade)


def _margins(side: float, top: float) -> Any:
    """Cell margins in millimetres; a twentieth of a point is Word's unit."""
    margins = OxmlElement("w:tblCellMar")
    for name, size in (("top", top), ("left", side), ("bottom", top), ("right", side)):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:w"), str(round(size * 56.7)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    return margins


def _hairlines() -> Any:
    borders = OxmlElement("w:tblBorders")
    for name in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", palette.NO_VOTE[1:])):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    return borders
