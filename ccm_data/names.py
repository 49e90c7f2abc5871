"""Names of the states of the facts, for code that needs nothing else of them."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from ccm_data.errors import CcmError


def state_names(folder: Path) -> dict[str, str]:
    """Short name of each state of a facts folder by ISO 3166-1 alpha-3 code; read again when the file was edited.

    Raises CcmError when the folder has none.
    """
    path = folder / "states.csv"
    return _names(path, *stamp(path))


def stamp(path: Path) -> tuple[int, int]:
    """What changes when a file is edited: its time in nanoseconds and its size in bytes. Raises CcmError without it."""
    try:
        found = path.stat()
    except OSError as error:
        raise CcmError(f"{path} cannot be read: {error.strerror}; CCM_FACTS names the folder of the facts.") from None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _names(path: Path, _changed: int, _size: int) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["name_short"] or row["name"] for row in csv.DictReader(file)}
