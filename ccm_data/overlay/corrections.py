"""A correction: rows of one state, edited by somebody with a source and a reason; it can be taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from ccm_data.errors import CcmError
from ccm_data.overlay.compare import Held
from ccm_data.overlay.model import Change, ChangeKind, Op, Row
from ccm_data.overlay.rows import columns, key_of
from ccm_data.treaty_rules import effective
from ccm_data.vocab import Precision

SOURCE_FILES = {
    "treaty_actions": "sources_treaties",
    **dict.fromkeys(("unga_votes", "unga_vote_totals"), "sources_votes"),
    **dict.fromkeys(("commitments", "munitions_profile"), "sources_policy"),
    **dict.fromkeys(("meetings", "coordinators", "outreach_events", "outreach_event_states"), "sources_events"),
}
"""Where a new source of a fact file is kept; those not named here: sources_geo."""


def source(title: str, publisher: str, url: str, day: str) -> dict[str, str]:
    """A source as a row of a sources file, with an id made of its title."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "source"
    return {
        "source_id": f"{slug}-{uuid4().hex[:8]}", "title": title.strip(), "publisher": publisher.strip(),
        "url": url.strip(), "source_date": day.strip(),
    }  # fmt: skip


def rows_of(held: Sequence[Held], iso3: str) -> list[Row]:
    """The rows about a state, as they stand."""
    about = ("iso3", "host", "sender", "president_iso3")
    return [
        {name: cell for name, cell in row.items() if name != "line"}
        for row, _change in held
        if iso3 in {row.get(name) for name in about}
    ]


def correction(
    file: str, before: Sequence[Row], after: Sequence[Row], cited: Row | None, author: str, reason: str
) -> Change:
    """The change from the rows as they were to the rows as they shall be; changed and new rows cite the given source.

    Without one, a row may cite another source that the facts know; it may not go on citing the one that said otherwise.
    Raises CcmError when nothing differs, or when a changed row would have no source.
    """
    old = {key_of(file, row): row for row in before}
    new = {key_of(file, row): row for row in after if any(row.values())}
    ops = [Op(file, key, None) for key in old.keys() - new.keys()]
    gone = {row.get("effective_date") or "" for key, row in old.items() if key not in new}
    changed = [row for key, row in new.items() if key not in old or _differs(file, old[key], row)]
    if not ops and not changed:
        raise CcmError("Nothing is changed yet: edit a cell, add a row or take one out.")
    taken_out = bool(ops)
    sources = SOURCE_FILES.get(file, "sources_geo")
    if changed and cited is not None:
        told = {name: cited.get(name) or "" for name in columns(sources)}
        ops.append(Op(sources, key_of(sources, told), told))
    for row in changed:
        cells = {name: row.get(name) or "" for name in columns(file)}
        if cited is not None and "source_id" in cells:
            cells["source_id"] = cited["source_id"]
        elif "source_id" in cells and not _cites_another(cells, old.get(key_of(file, row)), taken_out):
            raise CcmError("A corrected row needs a source: give its title, publisher and link.")
        if file == "treaty_actions" and cells["effective_date"] in {"", *gone}:
            cells["effective_date"] = _derived(cells)
        if key_of(file, cells) != key_of(file, row):  # posts are told apart by their source too
            ops.append(Op(file, key_of(file, row), None))
        ops.append(Op(file, key_of(file, cells), cells))
    return Change(str(uuid4()), ChangeKind.CORRECTION, author, reason, tuple(ops))


def _cites_another(row: Row, was: Row | None, taken_out: bool) -> bool:
    """Whether a row names a source that does not stand for what was there before it."""
    if was is not None:
        return bool(row["source_id"]) and row["source_id"] != (was.get("source_id") or "")
    return bool(row["source_id"]) and not taken_out


def _derived(row: Row) -> str:
    """The day on which an act takes effect by the treaty's rule; blank without one, or where the day is not known."""
    try:
        day = date.fromisoformat(row["date"])
        found = effective(row["treaty"], row["action"], day) if row["precision"] == Precision.DAY else None
    except ValueError:  # the rules of the facts say what is wrong with it
        return row["effective_date"]
    return found.isoformat() if found else ""


def _differs(file: str, first: Row, second: Row) -> bool:
    return any((first.get(name) or "") != (second.get(name) or "") for name in columns(file))
