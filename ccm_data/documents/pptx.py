"""Slides as a PowerPoint file: real titles, native charts and tables, pictures as vectors, notes, texts for screen
readers. What does not fit becomes smaller (pptx_fit.py); what then does not fit is counted, and stands in the notes."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part as PackagePart
from pptx.util import Mm, Pt

from ccm_data import palette
from ccm_data.documents import pictures
from ccm_data.documents import pptx_fit as fit
from ccm_data.documents.pptx_fit import BODY, LEAST, POINT, SMALL, Passage
from ccm_data.documents.pptx_look import Box, Look

LARGE = 30
"""Points of a number that stands out."""
HALF = 0.6
"""Share of its length that a heading needs in width to stand in two lines."""
PIXELS = 2400
"""Width of the PNG that stands in for a drawing where SVG is not understood."""


@dataclass(frozen=True)
class Figure:
    """A number with its words, and the colour that stands for them on the slide's drawing."""

    number: str
    words: str
    colour: str


@dataclass(frozen=True)
class Figures:
    """Numbers side by side."""

    items: tuple[Figure, ...]


@dataclass(frozen=True)
class Drawing:
    """A vector drawing and what it shows, in words."""

    svg: str
    name: str
    described: str


@dataclass(frozen=True)
class Chart:
    """A native chart: `kind` line, columns or bars, the latter two stacked; per series its words, colour and values."""

    kind: str
    name: str
    described: str
    categories: tuple[str, ...]
    series: Mapping[str, tuple[str, tuple[int, ...]]]


@dataclass(frozen=True)
class Words:
    """Passages one below the other."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Columns:
    """Lists side by side, each under its number and its words."""

    lists: tuple[tuple[str, Passage], ...]


@dataclass(frozen=True)
class Grid:
    """A native table; `widths` are relative."""

    name: str
    described: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Part = Figures | Drawing | Chart | Words | Columns | Grid
Share = tuple[float, float, float, float]
"""Left, top, width and height as shares of the room under a title."""
Run = tuple[str, float, bool, str | None]
"""Text, points, whether it is bold, and its colour, the template's for None."""
WHOLE: Share = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Slide:
    """A slide: its title, its parts with their places, and what the speaker reads."""

    title: str
    parts: tuple[tuple[Part, Share], ...]
    notes: str


def render(slides: Sequence[Slide], look: Look, title: str, day: date, foot: str) -> bytes:
    """A PPTX of these slides; `foot` stands on each, `day` is the one that its properties name."""
    about = look.show.core_properties
    about.title, about.author, about.last_modified_by, about.language = title, "", "", "en-GB"
    about.created = about.modified = datetime(day.year, day.month, day.day)
    room = look.title.wide * look.room[0], look.title.high * look.room[1]
    letters = min(fit.fitted((Passage(one.title),), *room, look.letters, SMALL)[0] for one in slides)
    for one in slides:
        _Page(look, one, foot, letters)
    out = io.BytesIO()
    look.show.save(out)
    return out.getvalue()


class _Page:
    """One slide while it is drawn; sizes are for a slide of the usual width and become the template's."""

    def __init__(self, look: Look, content: Slide, foot: str, letters: int) -> None:
        self.look = look
        self.across, self.down = look.room
        self.slide: Any = look.show.slides.add_slide(look.layout)
        title = self.slide.shapes.title.text_frame
        title.text = content.title
        if letters < look.letters:
            title.paragraphs[0].runs[0].font.size = Pt(letters * look.scale)
        for part, share in content.parts:
            self._draw(part, look.body.part(*share))
        self._text(look.foot, [[(foot, LEAST, False, None)]], MSO_ANCHOR.BOTTOM)
        for run in self.slide._element.iter(f"{_DRAWING}r"):
            run.get_or_add_rPr().set("lang", MSO_LANGUAGE_ID.to_xml(MSO_LANGUAGE_ID.ENGLISH_UK))
        self.slide.notes_slide.notes_text_frame.text = content.notes

    def _draw(self, part: Part, box: Box) -> None:
        match part:
            case Figures(items):
                self._figures(box, items)
            case Drawing():
                self._drawing(box, part)
            case Chart():
                self._chart(box, part)
            case Words(passages):
                size, shown = fit.fitted(passages, box.wide * self.across, box.high * self.down)
                self._text(box, [_runs(one, size) for one in shown])
            case Columns(lists):
                self._columns(box, lists)
            case Grid():
                self._grid(box, part)

    # Text

    def _text(self, box: Box, paragraphs: list[list[Run]], anchor: Any = None, wrap: bool = True) -> None:
        """A text box of paragraphs, each of its runs."""
        shape = self.slide.shapes.add_textbox(*self._mm(box))
        frame = shape.text_frame
        frame.word_wrap = wrap
        frame.vertical_anchor = anchor or MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_before = Pt(0 if place == 0 else runs[0][1] * fit.GAP * self.look.scale)
            for text, size, bold, colour in runs:
                run = paragraph.add_run()
                run.text = text
                self._letters(run.font, size, bold, colour)

    def _letters(self, font: Any, size: float, bold: bool = False, colour: str | None = None) -> None:
        font.size, font.bold = Pt(size * self.look.scale), bold
        if colour:
            font.color.rgb = _rgb(colour)
        else:
            font.color.theme_color = MSO_THEME_COLOR.TEXT_1

    def _figures(self, box: Box, items: tuple[Figure, ...]) -> None:
        """Each as wide as it is long."""
        long = [fit.wide(f"■ {one.number} ", LARGE) + fit.wide(one.words, SMALL) for one in items]
        share = box.wide / sum(long)
        large, small = (size * min(1.0, share * self.across) for size in (LARGE, SMALL))
        left = box.left
        for one, wide in zip(items, long, strict=True):
            wide *= share
            number: list[Run] = [(f"{one.number} ", large, True, None)] if one.number else []
            runs = [("■ ", large, False, one.colour), *number, (one.words, small, False, None)]
            self._text(Box(left, box.top, wide, box.high), [runs], MSO_ANCHOR.MIDDLE, wrap=self.look.own)
            left += wide

    def _columns(self, box: Box, lists: tuple[tuple[str, Passage], ...]) -> None:
        """Lists as wide as they need, each under its number and its words, all in letters of one size."""
        room = box.wide - SPACE * (len(lists) - 1)
        large, small = LARGE * self.across, SMALL * self.across
        top = fit.high([("0", large), ("0", small), ("0", LEAST / 2)], room)  # two lines, and a gap
        names = [Passage("", one.items) for _, one in lists]
        heads = [fit.wide(one.head, SMALL) * HALF + fit.wide("000 ", LARGE) for _, one in lists]
        height = (box.high - top) * self.down
        size, wides = fit.columns(names, heads, room * self.across, height)
        left = box.left
        for (number, one), listed, reckoned in zip(lists, names, wides, strict=True):
            wide = reckoned / self.across
            self._text(
                Box(left, box.top, wide, top), [[(f"{number} ", large, True, None), (one.head, small, True, None)]]
            )
            _, shown = fit.fitted((listed,), reckoned, height, size, size)
            self._text(Box(left, box.top + top, wide, box.high - top), [_runs(passage, size) for passage in shown])
            left += wide + SPACE

    # Pictures, charts, tables

    def _drawing(self, box: Box, part: Drawing) -> None:
        shapes = self.slide.shapes
        picture: Any = shapes.add_picture(io.BytesIO(pictures.png(part.svg, PIXELS)), 0, 0)
        scale = min(box.wide / picture.width, box.high / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        placed = Box(box.left + (box.wide - wide) / 2, box.top + (box.high - high) / 2, wide, high)
        picture.left, picture.top, picture.width, picture.height = self._mm(placed)
        _tell(picture, part.name, part.described)
        package = self.slide.part.package
        name = package.next_partname("/ppt/media/drawing%d.svg")
        vector = PackagePart(name, "image/svg+xml", package, part.svg.encode())
        related = self.slide.part.relate_to(vector, RELATIONSHIP_TYPE.IMAGE)
        (blip,) = picture._element.iter(f"{_DRAWING}blip")
        blip.append(etree.fromstring(SVG_BLIP.format(related)))

    def _chart(self, box: Box, part: Chart) -> None:
        new: Any = CategoryChartData  # python-pptx has no types for it
        data = new(number_format="0")
        data.categories = part.categories
        for name, (_, values) in part.series.items():
            data.add_series(name, values)
        shape = self.slide.shapes.add_chart(KINDS[part.kind], *self._mm(box), data)
        _tell(shape, part.name, part.described)
        chart = shape.chart
        self._letters(chart.font, SMALL)
        chart.has_title = False
        chart.has_legend = len(part.series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
            self._letters(chart.legend.font, SMALL)
        chart.category_axis.has_major_gridlines = False
        chart.category_axis.format.line.color.rgb = _rgb(palette.BESIDE)
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(palette.QUIET)
        chart.value_axis.format.line.fill.background()
        most = max(sum(values[place] for _, values in part.series.values()) for place in range(len(part.categories)))
        room = box.high / (SMALL * POINT) if part.kind == "columns" else box.wide * 0.8 / fit.wide("0", SMALL)
        least = math.ceil(most / (0.7 * room))
        for drawn, (colour, values) in zip(chart.plots[0].series, part.series.values(), strict=True):
            if part.kind == "line":
                self._curve(drawn, colour, values)
            else:
                self._stack(drawn, colour, least)
        if part.kind == "line":
            wide = max(fit.wide(one, SMALL) for one in part.categories) * 1.6
            axis = chart.category_axis._element
            every = math.ceil(len(part.categories) * wide / (box.wide - 15))
            etree.SubElement(axis, f"{_CHART}tickLblSkip", val=str(every))
            _in_order(axis, "tickLblSkip", before=("tickMarkSkip", "noMultiLvlLbl", "extLst"))
        else:
            chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
            chart.value_axis.visible = False
            chart.value_axis.has_major_gridlines = False
        if part.kind == "bars":
            chart.category_axis.reverse_order = True

    def _curve(self, drawn: Any, colour: str, values: tuple[int, ...]) -> None:
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = _rgb(colour), Pt(4 * self.look.scale)
        label = drawn.points[len(values) - 1].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        self._letters(label.font, BODY, True, colour if self.look.own else None)

    def _stack(self, drawn: Any, colour: str, least: int) -> None:
        """A series of a stack; a number less than `least` would not fit into its part."""
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(colour)
        labels = drawn.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = f'[>={least}]0;""'
        self._letters(labels.font, SMALL, False, palette.ink_on(colour))

    def _grid(self, box: Box, part: Grid) -> None:
        wides = [box.wide * wide / sum(part.widths) for wide in part.widths]
        rooms = [wide * self.across for wide in wides]
        size, rows, highs = fit.grid(part.header, part.rows, rooms, box.high * self.down)
        shape = self.slide.shapes.add_table(
            len(rows), len(wides), *self._mm(Box(box.left, box.top, box.wide, sum(highs)))
        )  # fmt: skip
        _tell(shape, part.name, part.described)
        table = shape.table
        for column, wide in zip(table.columns, wides, strict=True):
            column.width = Mm(wide * self.look.scale)
        for row, high, cells in zip(table.rows, highs, rows, strict=True):
            row.height = Mm(high * self.look.scale)
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text_frame.word_wrap = True
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_left = cell.margin_right = Mm(fit.CELL * self.look.scale)
                cell.margin_top = cell.margin_bottom = Mm(fit.CELL / 2 * self.look.scale)
                run = cell.text_frame.paragraphs[0].add_run()
                run.text = text
                run.font.size = Pt(size * self.look.scale)

    def _mm(self, box: Box) -> tuple[Any, Any, Any, Any]:
        left, top, wide, high = (Mm(length * self.look.scale) for length in box)
        return left, top, wide, high


KINDS = {"line": XL_CHART_TYPE.LINE, "columns": XL_CHART_TYPE.COLUMN_STACKED, "bars": XL_CHART_TYPE.BAR_STACKED}
SPACE = 6.0
"""Millimetres between things side by side."""
SVG_BLIP = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext '
    'uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/></a:ext></a:extLst>'
)
"""Says that a picture is a vector too: PowerPoint 2016 and later draw that, all others the PNG."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def _runs(one: Passage, size: int) -> list[Run]:
    head: list[Run] = [(one.head, size, True, None)] if one.head else []
    said = f" {one.listed}" if one.head and one.listed else one.listed
    return [*head, *([(said, size, False, None)] if said else [])] or [("", size, False, None)]


def _tell(shape: Any, name: str, described: str) -> None:
    """What a screen reader says of a shape."""
    (about,) = (one for one in shape._element[0] if one.tag.endswith("}cNvPr"))
    about.set("name", name)
    about.set("title", name)
    about.set("descr", described)


def _in_order(element: Any, name: str, before: tuple[str, ...]) -> None:
    """Move a child to where the schema wants it: before the first of these."""
    (child,) = element.findall(f"{_CHART}{name}")
    later = next((one for one in element if one.tag in {f"{_CHART}{tag}" for tag in before}), None)
    if later is not None:
        later.addprevious(child)


def _rgb(colour: str) -> Any:
    shade: Any = RGBColor  # python-pptx has no types for it
    return shade(*palette.rgb(colour)[:3])
