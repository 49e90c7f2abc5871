"""The only way into the overlay: a change is checked against every rule of the facts, then written whole or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from ccm_data import clock
from ccm_data import raw as raw_facts
from ccm_data.errors import CcmError
from ccm_data.names import state_names
from ccm_data.overlay.model import Change, ChangeKind, Overlay, merged
from ccm_data.overlay.store import ChangeStore

MOST_REASON = 500


def apply(store: ChangeStore, directory: Path, change: Change) -> Change | None:
    """Write a change over the facts of a folder; as stored, or None when the facts say all of it already.

    Raises CcmError when author or reason is blank, or when the facts with it would break a rule: then nothing is
    written.
    """
    _signed(change)
    _passed(change)

    def decide(held: Overlay) -> Change | None:
        if any(change.content == other.content for other in held.standing):
            return None
        adds = Overlay((*held.changes, change)).digest != held.digest or change.kind is ChangeKind.ACKNOWLEDGEMENT
        return change if adds else None

    return store.append(decide, lambda held: _check(directory, held))


def undo(store: ChangeStore, directory: Path, id: str, author: str, reason: str) -> Change:
    """Take a change back, by its id or its number; an undo can be undone too. Raises CcmError where that cannot be."""

    def decide(held: Overlay) -> Change:
        given = held.change(id)
        if given is None:
            last = f", up to {held.changes[-1].seq}" if held.changes else "; there is none yet"
            raise CcmError(f"There is no change {id!r} of the facts; `ccm facts list` names them by number{last}.")
        if given.id in held.undone_by:
            other = held.undone_by[given.id]
            raise CcmError(f"Change {given.seq} was undone already, by {other.author} in change {other.seq}.")
        return _signed(Change(str(uuid4()), ChangeKind.UNDO, author.strip(), reason.strip(), undoes=given.id))

    stored = store.append(decide, lambda held: _check(directory, held))
    assert stored is not None
    return stored


def _passed(change: Change) -> None:
    """Nothing is complete through a day that lies ahead; a page from another time zone may be a day ahead."""
    last = clock.today() + timedelta(days=1)
    for through in change.through:
        if through.day > last.isoformat():
            raise CcmError(
                f"The page says that it is of {through.day}, which lies ahead; possible is a page of today or earlier. "
                "Is the clock right?"
            )


def _signed(change: Change) -> Change:
    if not change.author.strip():
        raise CcmError("A change of the facts needs the name of its author.")
    if not change.reason.strip():
        raise CcmError("A change of the facts needs a reason: one sentence on why it is made.")
    if len(change.reason) > MOST_REASON:
        raise CcmError(f"The reason has {len(change.reason)} characters; at most {MOST_REASON} are kept.")
    return change


def _check(directory: Path, held: Overlay) -> None:
    from ccm_data import validation  # imports pandera, which is slow

    shipped = raw_facts.read(directory)
    found = validation.findings(merged(shipped, held))
    if not found:
        return
    own = [finding for finding in found if finding not in _without(shipped)]
    if own:
        more = f" (and {len(own) - 1} more)" if len(own) > 1 else ""
        told = _told(own[0], state_names(directory))
        raise CcmError(f"The change was not applied, the facts would break a rule: {told}{more}.")


def _without(shipped: Mapping[str, pa.Table]) -> list[str]:
    from ccm_data import validation

    return validation.findings(shipped)


def _told(finding: str, names: Mapping[str, str]) -> str:
    """A finding in words for people: the facts' title, states by name."""
    file, _line, column, message = finding.split(":", 3)
    message = re.sub(r" \(line \d+\)", "", message.strip())  # a row that a user brought in has no line anybody can open
    named = re.sub(r"(?<!['\w])[A-Z]{3}\b", lambda code: names.get(code.group(), code.group()), message)
    return f"{file.removesuffix('.csv').replace('_', ' ')}, {column.strip()}: {named}"
