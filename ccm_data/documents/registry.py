"""The documents that can be made: one entry each, which the page, the command and the handover pack go through."""

from __future__ import annotations

from collections.abc import Callable

from ccm_data.documents import briefing as briefings
from ccm_data.documents import letterhead, pdf, pptx_look
from ccm_data.documents.changes import changes
from ccm_data.documents.deck import deck, since_last_meeting
from ccm_data.documents.handout import handout, map_page
from ccm_data.documents.handover import handover
from ccm_data.documents.kind import ANNEX, PERIOD, STATES, TEMPLATE, WORD_OR_PDF, Kind, Made, Order, Progress
from ccm_data.documents.leave_behind import combined, leave_behinds
from ccm_data.documents.map_file import map_file
from ccm_data.documents.mission_notes import INVITATION, NOTE_VERBALE, Form
from ccm_data.documents.mission_notes import made as written
from ccm_data.documents.report import report
from ccm_data.errors import CcmError
from ccm_data.importers import child
from ccm_data.languages import tongue
from ccm_data.reading import Reading
from ccm_data.vocab import Language

__all__ = ["ANNEX", "KINDS", "PERIOD", "STATES", "TEMPLATE", "Kind", "Made", "Order", "Progress", "make", "silent"]


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
    if order.template is not None and TEMPLATE not in kind.takes:
        raise CcmError(f"The document {name} is made from no template.")
    if order.template is not None:  # first where it can do no harm
        child.run(pptx_look.tried if "pptx" in kind.formats else letterhead.tried, order.template)
    if reading.store.closed and not kind.public:
        raise CcmError(f"The document {name} tells what the activity log holds. {reading.store.closed}")
    return kind.make(reading, order, progress)


def _dated(reading: Reading, order: Order) -> str:
    """The end of a file's name: the day, and the language where it is not English."""
    return f"{reading.as_of}" + ("" if order.language == Language.ENGLISH else f"-{order.language}")


def _briefings(reading: Reading, order: Order, progress: Progress) -> Made:
    notes = briefings.many(reading, order.iso3s, progress, tongue(order.language))
    match order.format:
        case "docx":
            ending, content = "docx", briefings.combined_docx(notes)
        case "pdf":
            ending, content = "pdf", briefings.combined_pdf(notes)
        case "zip":
            ending, content = "zip", briefings.zipped(notes, ("docx",))
        case _:
            ending, content = "zip", briefings.zipped(notes, ("docx", "pdf"))
    return Made(f"ccm-briefings-{_dated(reading, order)}.{ending}", content)


def _report(reading: Reading, order: Order, progress: Progress) -> Made:
    made = report(reading, order.start, order.end, annex=order.annex)
    content = made.docx() if order.format == "docx" else made.pdf()
    name = f"ccm-progress-report-{made.campaign.name}-{made.start}-{made.end}.{order.format}"
    return Made(name, content, made.summary)


def _changes(reading: Reading, order: Order, progress: Progress) -> Made:
    given = reading.on(order.end) if order.end else reading
    found = changes(given, order.start or min(given.campaign.baseline, given.as_of))
    match order.format:
        case "docx":
            content = found.docx()
        case "pdf":
            content = found.pdf()
        case _:
            content = found.text.encode()
    said = f"{len(found.table)} attributes of states differ."
    return Made(f"ccm-changes-{found.start}-{given.as_of}.{order.format}", content, said)


def _handover(reading: Reading, order: Order, progress: Progress) -> Made:
    said = f"{reading.marking}."
    return Made(f"ccm-handover-{reading.as_of}.zip", handover(reading, progress), said)


def _deck(reading: Reading, order: Order, progress: Progress) -> Made:
    given = reading.on(order.end) if order.end else reading
    made = deck(given, order.start)
    content = made.pptx(order.template) if order.format == "pptx" else pdf.render(handout(made))
    return Made(f"ccm-deck-{given.as_of}.{order.format}", content, made.summary)


def _map(reading: Reading, order: Order, progress: Progress) -> Made:
    content = map_file(reading).encode() if order.format == "html" else pdf.render(map_page(reading))
    return Made(f"ccm-map-{reading.as_of}.{order.format}", content)


def _leave_behinds(reading: Reading, order: Order, progress: Progress) -> Made:
    notes = leave_behinds(reading, order.iso3s, tongue(order.language), progress)
    return Made(f"ccm-leave-behind-{_dated(reading, order)}.{order.format}", combined(notes, order.format))


def _notes(form: Form) -> Callable[[Reading, Order, Progress], Made]:
    def make(reading: Reading, order: Order, progress: Progress) -> Made:
        content, said = written(reading, order, form)
        return Made(f"ccm-{form.name}-{_dated(reading, order)}.{order.format}", content, said)

    return make


WORD_PDF_OR_ZIP = {**WORD_OR_PDF, "zip": "Single Word notes in a zip"}

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "briefing", "Briefings",
            "One page a state for a meeting: the ask, what to say and to answer, what is on record, the facts.",
            {"docx": "One Word document", "pdf": "One PDF", "zip": "Single Word notes in a zip",
             "both": "Single notes, Word and PDF, in a zip"},
            frozenset({STATES}), _briefings, tuple(Language),
        ),
        Kind(
            "leave-behind", "Leave-behind",
            "One page for the interlocutor: what the Convention asks, where the state stands, what joining takes, who "
            "helps. Public facts only.",
            WORD_OR_PDF, frozenset({STATES}), _leave_behinds, tuple(Language), public=True,
        ),
        Kind(
            "note-verbale", "Note verbale",
            "A draft from the coordinators in office to a Permanent Mission that asks for a bilateral meeting, to edit "
            "in Word, on your letterhead if you have one.",
            WORD_PDF_OR_ZIP, frozenset({STATES, TEMPLATE}), _notes(NOTE_VERBALE), tuple(Language), public=True,
        ),
        Kind(
            "invitation", "Invitation",
            "A draft from the coordinators in office that invites to a workshop or a regional meeting, to edit in "
            "Word, on your letterhead if you have one.",
            WORD_PDF_OR_ZIP, frozenset({STATES, TEMPLATE}), _notes(INVITATION), tuple(Language), public=True,
        ),
        Kind(
            "report", "Progress report",
            "In prose: mandate, objectives, what was done, what changed, challenges, recommendations, next steps; all "
            "tables in annexes.",
            WORD_OR_PDF, frozenset({PERIOD, ANNEX}), _report,
        ),
        Kind(
            "changes", "Changes", "What differs between two days, for minutes, with the activities in between.",
            {**WORD_OR_PDF, "txt": "Text"}, frozenset({PERIOD}), _changes,
        ),
        Kind(
            "deck", "Deck",
            "The Presidency's slides: status, what changed since the last meeting, target categories, votes, regional "
            "groups, next meetings, what each delegation can do. Public facts only.",
            {"pptx": "PowerPoint", "pdf": "PDF, to hand out"},
            frozenset({PERIOD, TEMPLATE}), _deck, period=since_last_meeting, public=True,
        ),
        Kind(
            "map", "Map",
            "The world map as one file that opens from a mail, without a network: status, target categories, years. "
            "Public facts only.",
            {"html": "One HTML file", "pdf": "PDF"}, frozenset(), _map, public=True,
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
