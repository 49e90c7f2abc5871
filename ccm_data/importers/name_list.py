"""Lists of states in running text: names separated by commas, semicolons, "and" or line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ccm_data.importers import un_names

_BREAK = "\x01"
"""Where a hyphen ends a line: it may be the name's own (Guinea-Bissau) or the printer's (Afghani-stan)."""
_MOST_PARTS = 3
"""A name has at most so many parts with commas between them."""
_MOST_WORDS = 10
_NONE = {"none", "nil", "-", "–", "—", "0", "n/a"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a list as it is printed, and the code of its state; None where it is of no state."""

    text: str
    iso3: str | None


def names(text: str) -> Iterator[Name]:
    """The names of a list in order; what is between separators and no name of a state is one name of none."""
    text = re.sub(r"-[ \t]*\r?\n\s*", _BREAK, text)
    parts = [" ".join(part.split()) for part in re.split(r"[,;]", text)]
    parts = [part for part in (part.rstrip(".").strip("*_• ") for part in parts) if part and part.lower() not in _NONE]
    at = 0
    while at < len(parts):
        for count in range(min(_MOST_PARTS, len(parts) - at), 0, -1):
            joined = ", ".join(parts[at : at + count])
            if code := _find(joined):
                yield Name(_plain(joined), code)
                at += count
                break
        else:
            yield from _within(parts[at])
            at += 1


def _within(part: str) -> Iterator[Name]:
    """The names in a part without commas, if they fill it but for "and" and full stops; else the part as one name."""
    words, found, at = part.split(" "), [], 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            joined = " ".join(words[at : at + count]).rstrip(".")
            if code := _find(joined):
                found.append(Name(_plain(joined), code))
                at += count
                break
        else:
            if words[at].lower() not in ("and", "&"):
                yield Name(_plain(re.sub(r"^and ", "", part, flags=re.IGNORECASE)), None)
                return
            at += 1
    yield from found


@lru_cache(maxsize=4096)
def _find(text: str) -> str | None:
    if len(text) > 120:
        return None
    return un_names.find(text.replace(_BREAK, "-")) or (
        un_names.find(text.replace(_BREAK, "")) if _BREAK in text else None
    )


def _plain(text: str) -> str:
    return text.replace(_BREAK, "-")
