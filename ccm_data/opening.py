"""The facts of this installation as they are now: the shipped files, and over them what its users changed."""

from __future__ import annotations

import atexit
import logging
import os
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ccm_data import paths, raw
from ccm_data.errors import CcmError, Unreachable
from ccm_data.overlay.model import Overlay
from ccm_data.workspace import Workspace

if TYPE_CHECKING:  # opens a database, which is slow to import, and most laptops have no change yet
    from ccm_data.overlay.model import Change
    from ccm_data.overlay.store import ChangeStore

logger = logging.getLogger(__name__)

_Signature = tuple[object, str, int]
_open: dict[Path, tuple[_Signature, Workspace]] = {}
_without_changes: dict[Path, tuple[object, Workspace]] = {}
_opening = Lock()
_stores: dict[str, ChangeStore] = {}
atexit.register(_without_changes.clear)
atexit.register(_open.clear)  # while DuckDB can still close their connections


def place() -> str:
    """Where the changes of the facts are kept: `CCM_DATABASE_URL`, else changes.sqlite in the user's facts folder."""
    return os.environ.get("CCM_DATABASE_URL") or str(paths.home_dir() / "facts" / "changes.sqlite")


def changes() -> ChangeStore:
    """The changes of this user or team, open for reading and writing."""
    from ccm_data.overlay.store import ChangeStore

    where = place()
    return _stores.setdefault(where, ChangeStore(where))


def _head(held: int) -> int:
    """The number of the last change; while the database cannot be reached, the one that is `held`, if there is one."""
    try:
        return _asked_head()
    except Unreachable:
        if held < 0:
            raise
        return held


def _asked_head() -> int:
    where = place()
    return changes().head() if "://" in where or os.path.exists(where) else 0


def apply(change: Change) -> Change | None:
    """Write a change over the facts; as stored, or None when they say all of it already.

    Raises CcmError for one without author or reason and for one that would break a rule: nothing is written then.
    """
    from ccm_data.overlay import apply as writing

    stored = writing.apply(changes(), paths.facts_dir(), change)
    if stored:
        _checked()
    return stored


def undo(id: str, author: str, reason: str) -> Change:
    """Take a change back, by its id or number; itself a change. Raises CcmError where that cannot be."""
    from ccm_data.overlay import apply as writing

    stored = writing.undo(changes(), paths.facts_dir(), id, author, reason)
    _checked()
    return stored


def _checked() -> None:
    """The facts with the change were checked before it was written; what reads them next need not do so again."""
    current().passed()


def current_or_shipped() -> tuple[Workspace, str]:
    """The facts as they are now, and a blank; where the changes over them cannot be read, the facts without any and the
    sentence that says so."""
    try:
        return current(), ""
    except CcmError as error:
        folder = paths.facts_dir()
        signature = raw.signature(folder)
        with _opening:
            held = _without_changes.get(folder)
            if held is None or held[0] != signature:
                held = _without_changes[folder] = (signature, Workspace(folder))
            return held[1], f"The facts are shown as they came, without what users changed in them. {error}"


def current(facts_dir: Path | None = None) -> Workspace:
    """The workspace of a facts folder as its files and the changes over them are now, shared by all threads.

    A change of a file is seen by its size and time, one of a user by its number; a workspace handed out before stays
    what it was. While the database of the changes cannot be reached, it is the one that was read last. Raises CcmError
    where there is none yet.
    """
    folder = facts_dir or paths.facts_dir()
    known = _open.get(folder)
    head = _head(known[0][2] if known and known[0][1] == place() else -1)
    signature = (raw.signature(folder), place(), head)
    with _opening:
        held = _open.get(folder)
        if held and held[0] == signature:
            return held[1]
        found = Workspace(folder, overlay=changes().overlay() if head else Overlay())
        if held and held[1].digest == found.digest and held[1].overlay == found.overlay:  # touched, not changed
            found = held[1]
        elif held:
            logger.info("The facts in %s changed and are read anew.", folder)
        _open[folder] = (signature, found)
        return found
