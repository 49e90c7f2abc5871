"""One slide for a presentation: the map as it is on the screen, with the headline figures beside its title."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.util import Mm, Pt

from ccm_data import geometry, palette
from ccm_data.dates import words
from ccm_data.documents import pictures
from ccm_data.scheme import Scheme

WIDE, HIGH = 338.67, 190.5  # millimetres: 16:9
PIXELS = 3200
FONT = "Arial"


def map_slide(scheme: Scheme, as_of: date, sources: str, figures: Mapping[str, int | str], title: str = "") -> bytes:
    """A PPTX of one slide: title, headline figures by their words, the map as a picture, disclaimer and sources in the
    notes as well. The figures come from the caller's query; `title` replaces the scheme's.
    """
    said = f"{title or scheme.headline}, {words(as_of)}"
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Mm(WIDE), Mm(HIGH)
    about = show.core_properties
    about.title, about.author, about.last_modified_by = said, "", ""
    about.created = about.modified = datetime(as_of.year, as_of.month, as_of.day)
    slide = show.slides.add_slide(show.slide_layouts[5])  # title only
    _place(slide.shapes.title, 10, 5, WIDE - 20, 14)
    _write(slide.shapes.title.text_frame, said, 26, bold=True, colour=palette.ACCENT)
    _figures(slide, figures)
    svg = pictures.map_svg(scheme, as_of, sources, title)
    picture: Any = slide.shapes.add_picture(io.BytesIO(pictures.png(svg, PIXELS)), 0, 0)
    room = HIGH - 42
    scale = min((WIDE - 20) / picture.width.mm, room / picture.height.mm)
    wide, high = picture.width.mm * scale, picture.height.mm * scale
    _place(picture, (WIDE - wide) / 2, 40, wide, high)
    picture._element.nvPicPr.cNvPr.set("descr", f"World map. {_described(scheme)}")
    notes = slide.notes_slide.notes_text_frame
    notes.text = f"{_described(scheme)} As of {words(as_of)}. {geometry.load().disclaimer} Sources: {sources}"
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _described(scheme: Scheme) -> str:
    """The legend with its counts in a sentence."""
    parts = (f"{scheme.words[name]}: {inside} of {every}" for name, (inside, every) in scheme.counts().items())
    return "; ".join(parts) + "."


def _figures(slide: Any, figures: Mapping[str, int | str]) -> None:
    wide = (WIDE - 20) / max(1, len(figures))
    for place, (name, value) in enumerate(figures.items()):
        box = slide.shapes.add_textbox(Mm(10 + place * wide), Mm(20), Mm(wide), Mm(19))
        frame = box.text_frame
        _write(frame, str(value), 26, bold=True)
        below = frame.add_paragraph()
        _style(below.add_run(), name, 12)


def _place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Mm(left), Mm(top), Mm(wide), Mm(high)


def _write(frame: Any, text: str, size: float, bold: bool = False, colour: str = palette.INK) -> None:
    frame.word_wrap = True
    frame.text = ""
    _style(frame.paragraphs[0].add_run(), text, size, bold, colour)


def _style(run: Any, text: str, size: float, bold: bool = False, colour: str = palette.INK) -> None:
    run.text, run.font.size, run.font.bold, run.font.name = text, Pt(size), bold, FONT
    shade: Any = RGBColor  # python-pptx has no types for it
    run.font.color.rgb = shade(*palette.rgb(colour)[:3])
