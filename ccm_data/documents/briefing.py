"""The bilateral briefing: what a person should know about one state before meeting it, on one page.

All of it comes from one reading, each fact with its source; what the log adds is marked so, and limited to what the
reading's audience may see.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from ccm_data.documents import docx, pdf
from ccm_data.documents.desk import Desk
from ccm_data.documents.note import Briefing
from ccm_data.errors import CcmError
from ccm_data.languages import ENGLISH, Tongue
from ccm_data.reading import Reading

__all__ = [
    "KINDS", "MOST_STATES", "Briefing", "Desk", "briefing", "combined_docx", "combined_pdf", "file_name", "made",
    "many", "zipped",
]  # fmt: skip

MOST_STATES = 40
KINDS = ("docx", "pdf")


def briefing(reading: Reading, iso3: str, t: Tongue = ENGLISH) -> Briefing:
    """The briefing of one state. Raises CcmError for an unknown state, FactsError for broken facts."""
    return Desk(reading, [iso3], t).briefing(iso3)


def many(
    reading: Reading, iso3s: Sequence[str], progress: Callable[[int, int], None] = lambda done, total: None,
    t: Tongue = ENGLISH,
) -> list[Briefing]:  # fmt: skip
    """Briefings of up to 40 states, in the given order, laid out. `progress` hears how many of how many are done.

    Raises CcmError for none or too many, and for an unknown state.
    """
    wanted = list(dict.fromkeys(reading.workspace.iso3(code, reading.as_of) for code in iso3s))
    if not 1 <= len(wanted) <= MOST_STATES:
        raise CcmError(f"Briefings are made for 1 to {MOST_STATES} states at once; {len(wanted)} were asked for.")
    desk = Desk(reading, wanted, t)
    made = []
    for number, code in enumerate(wanted, 1):
        note = desk.briefing(code)
        _ = note.document  # laying out is the slow part
        made.append(note)
        progress(number, len(wanted))
    return made


def combined_docx(notes: Sequence[Briefing]) -> bytes:
    """One Word file, each note on a page of its own."""
    return docx.render([note.document for note in notes])


def combined_pdf(notes: Sequence[Briefing]) -> bytes:
    """One PDF, each note on a page of its own."""
    return pdf.render([note.document for note in notes])


def file_name(note: Briefing, kind: str) -> str:
    """The name of a note's file: `briefing-KEN-2021-11-30.docx`."""
    return f"briefing-{note.iso3}-{note.as_of}.{kind}"


def made(note: Briefing, kind: str) -> bytes:
    """A note as `docx` or `pdf`. Raises CcmError for another kind."""
    if kind not in KINDS:
        raise CcmError(f"A briefing cannot be made as {kind!r}; possible: {', '.join(KINDS)}.")
    return note.docx() if kind == "docx" else note.pdf()


def zipped(notes: Sequence[Briefing], kinds: Sequence[str] = ("docx",)) -> bytes:
    """A zip of single notes, as Word (`docx`), `pdf` or both."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for note in notes:
            for kind in kinds:
                archive.writestr(file_name(note, kind), made(note, kind))
    return out.getvalue()
