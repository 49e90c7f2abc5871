"""The documents that can be made: one entry each, which the page, the command and the handover pack go through."""

from __future__ import annotations

from ccm_data.documents import briefing as briefings
from ccm_data.documents.changes import changes
from ccm_data.documents.handover import handover
from ccm_data.documents.kind import ANNEX, PERIOD, STATES, WORD_OR_PDF, Kind, Made, Order, Progress
from ccm_data.documents.report import report
from ccm_data.errors import CcmError
from ccm_data.reading import Reading

__all__ = ["ANNEX", "KINDS", "PERIOD", "STATES", "Kind", "Made", "Order", "Progress", "make", "silent"]


def silent(done: int, total: int) -> None:
    """Progress that nobody follows."""


def make(name: str, reading: Reading, order: Order, progress: Progress = silent) -> Made:
    """A document by its kind's name. Raises CcmError for an unknown kind, format or language, or what it refuses."""
    if name not in KINDS:
        raise CcmError(f"There is no document {name!r}; possible: {', '.join(KINDS)}.")
    kind = KINDS[name]
    if order.annex and ANNEX not in kind.takes:
        raise CcmError(f"The document {name} has no internal annex.")
    if order.format not in kind.formats:
        raise CcmError(f"The document {name} is not made as {order.format!r}; possible: {', '.join(kind.formats)}.")
    if order.language not in kind.languages:
        raise CcmError(f"The document {name} is not made in {order.language!r}; possible: {', '.join(kind.languages)}.")
    return kind.make(reading, order, progress)


def _briefings(reading: Reading, order: Order, progress: Progress) -> Made:
    notes = briefings.many(reading, order.iso3s, progress)
    match order.format:
        case "docx":
            ending, content = "docx", briefings.combined_docx(notes)
        case "pdf":
            ending, content = "pdf", briefings.combined_pdf(notes)
        case "zip":
            ending, content = "zip", briefings.zipped(notes, ("docx",))
        case _:
            ending, content = "zip", briefings.zipped(notes, ("docx", "pdf"))
    return Made(f"ccm-briefings-{reading.as_of}.{ending}", content)


def _report(reading: Reading, order: Order, progress: Progress) -> Made:
    made = report(reading, order.start, order.end, annex=order.annex)
    content = made.docx() if order.format == "docx" else made.pdf()
    name = f"ccm-progress-report-{made.campaign.name}-{made.start}-{made.end}.{order.format}"
    return Made(name, content, made.summary)


def _changes(reading: Reading, order: Order, progress: Progress) -> Made:
    given = reading.on(order.end) if order.end else reading
    found = changes(given, order.start or min(given.campaign.baseline, given.as_of))
    content = found.docx() if order.format == "docx" else found.text.encode()
    said = f"{len(found.table)} attributes of states differ."
    return Made(f"ccm-changes-{found.start}-{given.as_of}.{order.format}", content, said)


def _handover(reading: Reading, order: Order, progress: Progress) -> Made:
    said = f"{reading.marking}."
    return Made(f"ccm-handover-{reading.as_of}.zip", handover(reading, progress), said)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "briefing", "Briefings",
            "One page a state: where it stands, what it has said and promised, whom to ask for help, what to ask for.",
            {"docx": "One Word document", "pdf": "One PDF", "zip": "Single Word notes in a zip",
             "both": "Single notes, Word and PDF, in a zip"},
            frozenset({STATES}), _briefings,
        ),
        Kind(
            "report", "Progress report",
            "In prose: mandate, objectives, what was done, what changed, challenges, recommendations, next steps; all "
            "tables in annexes.",
            WORD_OR_PDF, frozenset({PERIOD, ANNEX}), _report,
        ),
        Kind(
            "changes", "Changes", "What differs between two days, for minutes, with the activities in between.",
            {"docx": "Word", "txt": "Text"}, frozenset({PERIOD}), _changes,
        ),
        Kind(
            "handover", "Handover pack",
            "Report, a briefing for every target, the log, the plan, weights, facts with sources and dictionary, in "
            "one zip for the next coordinators.",
            {"zip": "Zip"}, frozenset(), _handover,
        ),
    )
}  # fmt: skip
"""Every kind of document by its name."""
