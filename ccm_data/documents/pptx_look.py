"""How slides look: the product's own look, or a template of the user's, opened with care."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Mm

from ccm_data import palette
from ccm_data.documents import office_file
from ccm_data.errors import CcmError

WIDE, HIGH = 338.67, 190.5
"""Millimetres of a slide of 16:9. All sizes are for it; a smaller slide has everything smaller."""
FONT = "Arial"
EDGE = 10.0
"""Millimetres that stay free on the left and on the right."""
TITLE = (EDGE, 6.0, WIDE - 2 * EDGE, 20.0)
LETTERS = 28
"""Points of a title."""
FOOT = (EDGE, 180.0, WIDE - 2 * EDGE, 8.0)
LEAST_BODY = 0.6
"""Share of a slide's height that a template must leave under its title."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COLOURS = {
    "dk1": palette.INK, "lt1": palette.WATER, "dk2": palette.ACCENT, "lt2": palette.PARTY_BEHIND,
    "accent1": palette.ACCENT, "accent2": palette.STATUS["signatory"], "accent3": palette.VOTE["yes"],
    "accent4": palette.STATUS["withdrawn"], "accent5": palette.SEQUENTIAL[2], "accent6": palette.BESIDE,
    "hlink": palette.ACCENT, "folHlink": palette.ACCENT,
}  # fmt: skip
_BELOW = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_BROKEN = (*office_file.BROKEN, PythonPptxError)
"""What the libraries raise for a file that is not what it says."""


class Box(NamedTuple):
    """A place on a slide, in millimetres of a slide that is WIDE and HIGH."""

    left: float
    top: float
    wide: float
    high: float

    def part(self, left: float, top: float, wide: float, high: float) -> Box:
        """A part of it, by shares of its own width and height."""
        return Box(self.left + left * self.wide, self.top + top * self.high, wide * self.wide, high * self.high)


@dataclass(frozen=True)
class Look:
    """An empty presentation, its layout of a title alone, and where there is room for what; `letters` are the points of
    its titles, `scale` the width of its slides over WIDE, `own` that it is no template."""

    show: Any
    layout: Any
    title: Box
    letters: int
    body: Box
    foot: Box
    scale: float
    own: bool

    @property
    def room(self) -> tuple[float, float]:
        """The shares of a width and of a height that text is reckoned to have: a template's letters may be larger."""
        return (1.0, 1.0) if self.own else (0.88, 0.95)


def look(template: bytes | None = None) -> Look:
    """The product's own look, or that of a PowerPoint template (PPTX or POTX, 16:9), without the slides that it holds.

    Raises CcmError for a file that is no such template, would run something or fetch something from elsewhere.
    """
    if template is None:
        return _own()
    show = _opened(template)
    try:
        return _theirs(show)
    except _BROKEN:
        raise CcmError("The template is damaged; open it in PowerPoint and save it anew as .pptx.") from None


def tried(template: bytes) -> None:
    """Open a template. Raises CcmError as `look` does."""
    look(template)


def _own() -> Look:
    show: Any = pptx.Presentation()
    master, layout = show.slide_master, show.slide_layouts[5]  # of a title alone
    for other in [one for one in show.slide_layouts if one is not layout]:
        show.slide_layouts.remove(other)
    for one in (master, layout):
        for shape in [shape for shape in one.placeholders if shape.placeholder_format.type in _BELOW]:
            shape._element.getparent().remove(shape._element)
        for shape in one.placeholders:
            top, high = (TITLE[1], TITLE[3]) if shape.placeholder_format.type in _TITLES else (30.0, 148.0)
            shape.left, shape.top, shape.width, shape.height = Mm(EDGE), Mm(top), Mm(WIDE - 2 * EDGE), Mm(high)
            shape.text_frame.margin_left = shape.text_frame.margin_right = 0
    show.slide_width, show.slide_height = Mm(WIDE), Mm(HIGH)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(theme.blob)
    for name, colour in _COLOURS.items():
        (place,) = root.iter(f"{_DRAWING}{name}")
        place[:] = [etree.Element(f"{_DRAWING}srgbClr", val=colour[1:])]
    for font in ("majorFont", "minorFont"):
        (place,) = root.iter(f"{_DRAWING}{font}")
        place.find(f"{_DRAWING}latin").set("typeface", FONT)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    level, letters = _title_style(master)
    level.set("algn", "l")
    letters.set("sz", str(LETTERS * 100))
    letters.set("b", "1")
    letters.find(f"{_DRAWING}solidFill")[0].set("val", "tx2")
    body = Box(EDGE, 30.0, WIDE - 2 * EDGE, 148.0)
    return Look(show, layout, Box(*TITLE), LETTERS, body, Box(*FOOT), 1.0, own=True)


def _title_style(master: Any) -> tuple[Any, Any]:
    """How the titles of a master are set: its paragraph's properties, and its letters'."""
    (style,) = master._element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}titleStyle")
    level = style.find(f"{_DRAWING}lvl1pPr")
    return level, level.find(f"{_DRAWING}defRPr")


def _opened(template: bytes) -> Any:
    """The presentation of a template that runs and fetches nothing. Raises CcmError."""
    otherwise = "is no PowerPoint file; save it as .pptx or .potx"
    held = office_file.unpacked(template, otherwise)
    try:
        return pptx.Presentation(_as_presentation(held))
    except _BROKEN:
        raise CcmError(f"The template {otherwise}.") from None


def _as_presentation(held: dict[str, bytes]) -> io.BytesIO:
    """The same parts as a presentation: a template differs from one by its content type alone."""
    kinds = "[Content_Types].xml"
    held[kinds] = re.sub(rb"presentationml\.template\.main\+xml", b"presentationml.presentation.main+xml", held[kinds])
    return office_file.packed(held)


def _theirs(show: Any) -> Look:
    for reference in list(show.slides._sldIdLst):
        show.part.drop_rel(reference.rId)
        show.slides._sldIdLst.remove(reference)
    for name in ("custShowLst", "extLst"):  # they name the slides that are gone
        for element in show._element.findall(f"{{*}}{name}"):
            show._element.remove(element)
    wide, high = show.slide_width.mm, show.slide_height.mm
    if abs(wide / high - WIDE / HIGH) > 0.02:
        raise CcmError(f"The template's slides are {wide:.0f} by {high:.0f} mm; the deck is made for 16:9.")
    layout, title = _title_alone(show)
    scale = wide / WIDE
    below = [
        shape for shape in layout.placeholders if shape.placeholder_format.type in _BELOW and shape.top is not None
    ]
    below = [shape for shape in below if shape.top.mm / high > 0.8]
    inset = title.text_frame.margin_left
    lengths = (title.left + inset, title.top + title.height, title.width - 2 * inset)
    left, top, across = (length / Mm(1) / scale for length in lengths)
    foot = Box(left, FOOT[1], across, FOOT[3])
    if below:
        edge = min(shape.left for shape in below) / Mm(1) / scale
        reach = max(shape.left + shape.width for shape in below) / Mm(1) / scale
        foot = Box(edge, min(shape.top for shape in below) / Mm(1) / scale, reach - edge, FOOT[3])
    body = Box(left, top + 3, across, foot.top - 2 - top - 3)
    if body.high < LEAST_BODY * HIGH or body.wide < 0.8 * WIDE:
        raise CcmError(f"The template's layout {layout.name!r} leaves too little room under its title.")
    own = next(title._element.iter(f"{_DRAWING}defRPr"), None)  # the layout's, else the master's
    letters = (None if own is None else own.get("sz")) or _title_style(layout.slide_master)[1].get("sz", "4400")
    place = Box(left, title.top / Mm(1) / scale, across, title.height / Mm(1) / scale)
    return Look(show, layout, place, round(int(letters) / 100 / scale), body, foot, scale, own=False)


def _title_alone(show: Any) -> tuple[Any, Any]:
    """The first layout whose one placeholder beside date, footer and number is a title, and that title."""
    for layout in show.slide_layouts:
        held = [shape for shape in layout.placeholders if shape.placeholder_format.type not in _BELOW]
        if len(held) == 1 and held[0].placeholder_format.type in _TITLES:
            return layout, held[0]
    raise CcmError("The template has no layout that holds a title and nothing else, such as “Title Only”.")
