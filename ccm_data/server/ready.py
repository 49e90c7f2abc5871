"""Whether an installation can serve people now: its log answers and fits the program, its facts are sound."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ccm_data import opening
from ccm_data.errors import CcmError
from ccm_data.log import migrations
from ccm_data.log.database import Database, configured_url

PATIENCE = 5
"""Seconds that the app may take to answer."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold. `said` is a sentence for operators: what was found, or what is wrong."""

    name: str
    ok: bool
    said: str


def checks(url: str | None = None) -> list[Check]:
    """All checks; with the `url` of a running app whether that answers too. Writes nothing to the log."""
    asked: dict[str, Callable[[], str]] = {"log": _log, "facts": _facts}
    if url:
        asked["app"] = lambda: _app(url)
    return [_check(name, ask) for name, ask in asked.items()]


def _check(name: str, ask: Callable[[], str]) -> Check:
    try:
        return Check(name, True, ask())
    except CcmError as error:
        return Check(name, False, str(error))


def _log() -> str:
    url = configured_url()
    if url.get_backend_name() == "sqlite" and not os.path.exists(str(url.database)):
        return _first_log(Path(str(url.database)))
    database = Database(url)
    try:
        with database.read() as connection:
            migrations.check(connection)
            return f"{database.place} answers and has schema version {migrations.version(connection)}."
    finally:
        database.engine.dispose()


def _first_log(file: Path) -> str:
    """Without a log there is one at the first start, if its folder can be made."""
    there = next(folder for folder in file.absolute().parents if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise CcmError(f"There is no log yet and none can be made: {there} is not writable; CCM_HOME can name another.")
    return f"There is no log yet; the first start makes it in {file}."


def _facts() -> str:
    workspace = opening.current()
    if workspace.findings:
        raise workspace.facts_error()
    changes = len(workspace.overlay.standing)
    return f"{workspace.facts_dir} keeps every rule, with {changes} {'change' if changes == 1 else 'changes'} over it."


def _app(url: str) -> str:
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/_stcore/health", timeout=PATIENCE):
            return f"{url} answers."
    except ValueError:
        raise CcmError(f"'{url}' is no address; write it as http://127.0.0.1:8501.") from None
    except (urllib.error.URLError, OSError) as error:
        raise CcmError(f"{url} does not answer: {getattr(error, 'reason', error)}.") from None
