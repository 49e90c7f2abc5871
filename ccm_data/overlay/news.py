"""News: what somebody heard and nobody confirmed yet. It counts at once, as provisional, until an import or a person
with a source confirms it, or it is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from ccm_data.errors import CcmError
from ccm_data.overlay.model import Change, ChangeKind, Op, Overlay, Row
from ccm_data.overlay.rows import columns, key_of
from ccm_data.treaty_rules import effective
from ccm_data.vocab import ActKind, Stance, Term

FUTURE = "The date {} lies ahead; news is of what has happened, by {}."


class NewsKind(Term):
    """What news can be of, and the fact file it goes to."""

    TREATY = "treaty_actions", "Signature, ratification, accession or withdrawal"
    VOTE = "unga_votes", "Vote on the General Assembly resolution"
    ACT = "commitments", "Declaration, interim step or voluntary report"
    POST = "posts", "Embassy or mission"


SOURCES = {
    NewsKind.TREATY: "sources_treaties",
    NewsKind.VOTE: "sources_votes",
    NewsKind.ACT: "sources_policy",
    NewsKind.POST: "sources_geo",
}
"""Where the source of each kind of news is kept."""


def news(kind: NewsKind, cells: Row, said_by: str, link: str, author: str, on: date, note: str = "") -> Change:
    """A provisional change with one row and its source: who says so, and where it can be read.

    cells: the row without source_id. link: an address, or blank for a document that has none, which `note` then names.
    Raises CcmError when nobody is named who says so, or when the day of the news lies after `on`.
    """
    if not said_by.strip():
        raise CcmError("News needs somebody who says so: a ministry, a mission, a newspaper.")
    if not link.strip() and not note.strip():
        raise CcmError("News needs a link, or the name of the document that says so.")
    day = cells.get("date") or cells.get("vote_date") or cells.get("as_of") or ""
    if day > on.isoformat():
        raise CcmError(FUTURE.format(day, on))
    id = str(uuid4())
    source_id = f"news-{on.isoformat()}-{id[:8]}"
    about = ", ".join(filter(None, (cells.get("iso3") or cells.get("host"), cells.get("action") or cells.get("vote"))))
    source = _row(
        SOURCES[kind],
        source_id=source_id, title=note.strip() or f"News: {about or kind.label.lower()}", publisher=said_by.strip(),
        url=link.strip(), source_date=day[:10], note="Entered as news",
    )  # fmt: skip
    row = dict(_row(kind.value, **{**cells, "source_id": source_id}))
    if kind is NewsKind.TREATY:
        derived = effective(row["treaty"], row["action"], date.fromisoformat(row["date"]))
        row["effective_date"] = derived.isoformat() if derived else ""
    ops = tuple(Op(file, key_of(file, made), made) for file, made in ((SOURCES[kind], source), (kind.value, row)))
    return Change(id, ChangeKind.NEWS, author, note.strip() or f"{said_by.strip()} says so", ops)


def counts_for_category_4(kind: ActKind, stance: Stance) -> str:
    """Whether a state's own act meets category 4, as the facts write it (README_commitments.md: rules 1 to 3)."""
    supports = kind is ActKind.DECLARATION and stance is Stance.SUPPORTS_NORM
    steps = kind in (ActKind.VOLUNTARY_REPORT, ActKind.INTERIM_STEP) and stance is not Stance.DECLINES
    return "true" if supports or steps else "false"


def source_of(change: Change) -> Row:
    """Who says so: the source row that news brought with it."""
    return next(op.row for op in change.ops if op.row is not None and op.file.startswith("sources_"))


def confirmation(held: Overlay, id: str, source: Row, author: str, reason: str) -> Change:
    """The change by which somebody with a source confirms news: its rows, citing the source. Raises CcmError."""
    found = held.change(id)
    if found is None or found not in held.awaiting():
        raise CcmError(f"There is no news {id!r} that waits for a confirmation.")
    _files = {file.value: source_file for file, source_file in SOURCES.items()}
    fact = next(op for op in found.ops if op.file in _files)
    assert fact.row is not None
    row = {**fact.row, "source_id": source["source_id"]}
    source_file = _files[fact.file]
    full = _row(source_file, **source)
    ops = [Op(source_file, key_of(source_file, full), full)]
    if key_of(fact.file, row) != fact.key:  # a post is told from others by its source too
        ops.append(Op(fact.file, fact.key, None))
    ops.append(Op(fact.file, key_of(fact.file, row), row))
    return Change(str(uuid4()), ChangeKind.CONFIRMATION, author, reason, tuple(ops), confirms=found.id)


def _row(file: str, **cells: str) -> Row:
    if unknown := cells.keys() - set(columns(file)):
        raise CcmError(f"{file.replace('_', ' ')} has no column {sorted(unknown)[0]}.")
    return {name: cells.get(name) or "" for name in columns(file)}


def fact_of(change: Change) -> Mapping[str, str]:
    """The row that news, a confirmation or a correction is about."""
    return next(op.row for op in reversed(change.ops) if op.row is not None)
