"""Text that people wrote, made inert for the place it goes to: one escaper for Markdown, one for spreadsheet cells."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def markdown(text: object) -> str:
    """Text for a place that reads Markdown: nothing in it is markup, a link or an icon; on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(str(text).split()))


def cell(value: object) -> object:
    """A spreadsheet cell: text that would start a formula is led by an apostrophe; all else is itself."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def uncell(text: str) -> str:
    """The opposite of `cell` for text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
