"""Text that people type or paste: made plain once, on the way in, so that every reader can show it as it is."""

from __future__ import annotations

import re
import unicodedata

LINE_LIMIT = 300
"""Characters of a one-line field (title, place, a name)."""

TEXT_LIMIT = 20_000
"""Characters of a long field (summary, outcome, what a state said); an XLSX cell holds 32,767."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Direction overrides, embeddings and isolates can make a text read as what it is not; letters need none of them.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u206f]")
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[^\W_]+")


def plain(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text with plain line breaks and without direction overrides; ValueError for control characters or length."""
    text = _DIRECTION.sub("", _BREAKS.sub("\n", text)).strip()
    if bad := _REFUSED.search(text):
        code = f"U+{ord(bad[0]):04X}"
        raise ValueError(f"holds the control character {code} at position {bad.start() + 1}; take it out")
    if len(text) > limit:
        raise ValueError(f"is {len(text):,} characters long; at most {limit:,} are kept")
    return text


def line(text: str) -> str:
    """A one-line text: line breaks and runs of blanks become one blank; ValueError as for `plain`."""
    text = " ".join(plain(text).split())
    if len(text) > LINE_LIMIT:
        raise ValueError(f"is {len(text):,} characters long; at most {LINE_LIMIT} are kept")
    return text


def words(*texts: str) -> str:
    """The distinct words of some texts, folded (case, accents) and sorted: what the search index holds."""
    folded = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(sorted({word[:64] for word in _WORD.findall(bare)}))
