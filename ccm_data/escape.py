"""Text that people wrote, made inert for the place it goes to: one escaper for Markdown, one for spreadsheet cells."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"https?:(?=//)|www(?=\.)|@(?=[-\w])", re.IGNORECASE)
_JOINER = "\u2060"  # is not seen, and takes no line apart
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def markdown(text: object) -> str:
    """Text for a place that reads Markdown: nothing in it is markup, a link or an icon; on one line.

    Bare addresses are made links after all escapes are gone, so an unseen joiner takes them apart.
    """
    inert = _ADDRESS.sub(lambda found: found[0] + _JOINER, " ".join(str(text).split()))
    return _PUNCTUATION.sub(r"\\\1", inert)


def cell(value: object) -> object:
    """A spreadsheet cell: text that would start a formula is led by an apostrophe; all else is itself."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def uncell(text: str) -> str:
    """The opposite of `cell` for text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
