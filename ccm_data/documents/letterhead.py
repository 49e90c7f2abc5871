"""A note on the letterhead of a mission: a Word template of the user's, filled by docxtpl.

The template is input like any other. It is opened as office_file opens templates; its fields are those named here, with
`if`, `for` and a few filters, in Jinja's sandbox; what is filled in is escaped, so that it stays text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import docx
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from ccm_data.documents import office_file
from ccm_data.errors import CcmError

FIELDS: dict[str, str] = {
    "title": "what the note is",
    "reference": "its reference",
    "text": "all of its text, a paragraph for each of `paragraphs`",
    "paragraphs": "the same as a list, for `{%p for one in paragraphs %}`",
    "closing": "the courtesy at its end",
    "place_and_date": "where and when it is written",
    "addressee": "the mission that it goes to",
    "sender": "the mission or missions that it comes from",
    "state": "the state that it goes to",
}
"""What a template can ask for, and what each is."""
TEXT = frozenset({"text", "paragraphs"})
FILTERS = ("upper", "lower", "capitalize", "title", "trim", "join")
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter, nodes.For, nodes.If,
    nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip
"""All that a template may consist of."""
NO_WORD = "is no Word file; save it as .docx"
_CONTROLS = re.compile("[\x00-\x1f\x7f\ufffe\uffff]")


class _Fields(SandboxedEnvironment):
    """Jinja with the fields of a note: no attribute, no call, no arithmetic, no loop within a loop."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        for begin, end in (("{{", "}}"), ("{%", "%}")):  # Jinja would name the markup that it runs into
            if source.count(begin) != source.count(end):
                raise CcmError(_fault(f"not every {begin} has its {end}"))
        tree = super()._parse(source, name, filename)
        if foreign := next((one for one in tree.find_all(nodes.Node) if not isinstance(one, PLAIN)), None):
            raise CcmError(
                _fault(f"it uses {type(foreign).__name__.lower()}, where only fields, if and for are possible")
            )
        if any(next(outer.find_all(nodes.For), None) for outer in tree.find_all(nodes.For)):
            raise CcmError(_fault("it has a loop within a loop"))
        if unknown := sorted(meta.find_undeclared_variables(tree) - set(FIELDS)):
            raise CcmError(_fault(f"there is no field {', '.join(unknown)}"))
        return tree


def _fault(what: str) -> str:
    return f"The template cannot be filled: {what}. Possible fields: {', '.join(FIELDS)}."


def filled(template: bytes, values: Mapping[str, str], paragraphs: tuple[str, ...]) -> bytes:
    """The template with a note in it: in its fields, or below its letterhead where it has none.

    values: every field but the text. Raises CcmError in one sentence for a file that is no Word template, would run
    or fetch something, asks for what is no field, or has fields but no place for the text.
    """
    file, fields = _opened(template), _Fields()
    clean = {name: _CONTROLS.sub(" ", value) for name, value in values.items()}
    lines = [_CONTROLS.sub(" ", one) for one in paragraphs]
    try:
        word = DocxTemplate(file)
        asked = word.get_undeclared_template_variables(fields)
        file.seek(0)
        if not asked:
            return _below(file, clean, lines)
        if not asked & TEXT:
            raise CcmError(_fault("it has no place for the text, {{ text }}"))
        word.render({**clean, "paragraphs": lines, "text": "\a".join(lines)}, fields, autoescape=True)
        out = io.BytesIO()
        word.save(out)
    except TemplateError as error:
        raise CcmError(_fault((error.message or "it is not understood").rstrip("."))) from None
    except office_file.BROKEN:
        raise CcmError("The template is damaged; open it in Word and save it anew as .docx.") from None
    return out.getvalue()


def tried(template: bytes) -> None:
    """Fill a template with a few words. Raises CcmError as `filled` does."""
    filled(template, dict.fromkeys(FIELDS.keys() - TEXT, "x"), ("x", "x"))


def _opened(template: bytes) -> io.BytesIO:
    """The template as a Word document, without the link to the template that it was once made from."""
    held = office_file.unpacked(template, NO_WORD, frozenset({"attachedTemplate"}))
    kinds, settings = "[Content_Types].xml", "word/settings.xml"
    if kinds not in held or "word/document.xml" not in held:
        raise CcmError(f"The template {NO_WORD}.")
    held[kinds] = re.sub(rb"wordprocessingml\.template\.main\+xml", b"wordprocessingml.document.main+xml", held[kinds])
    if settings in held:
        held[settings] = re.sub(rb"<w:attachedTemplate\b[^>]*/>", b"", held[settings])
    return office_file.packed(held)


def _below(letterhead: io.BytesIO, values: Mapping[str, str], lines: list[str]) -> bytes:
    word: Any = docx.Document(letterhead)
    for text in (values["reference"], values["title"], *lines, *map(values.__getitem__, LAST)):
        word.add_paragraph(text).paragraph_format.space_after = Pt(8)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


LAST = ("closing", "place_and_date", "addressee")
"""What stands under the text, in order."""
