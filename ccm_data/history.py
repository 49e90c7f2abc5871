"""The public record: the outreach events of a facts folder, in the shape of the log's entries."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from ccm_data.log.public import public_history as entries_of
from ccm_data.log.revision import Entry
from ccm_data.names import stamp
from ccm_data.paths import facts_dir

_FILES = ("outreach_events.csv", "outreach_event_states.csv")


def public_history(folder: Path | None = None) -> list[Entry]:
    """The outreach events of a facts folder (the configured one by default), the latest first.

    Read again when one of its files was edited. Raises CcmError when one is missing or holds what cannot be.
    """
    where = folder or facts_dir()
    return list(_read(where, tuple(stamp(where / name) for name in _FILES)))


@lru_cache(maxsize=4)
def _read(folder: Path, _stamps: tuple[tuple[int, int], ...]) -> tuple[Entry, ...]:
    events, parts = (_rows(folder / name) for name in _FILES)
    return tuple(entries_of(events, parts))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
