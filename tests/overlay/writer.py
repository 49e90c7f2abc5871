"""A child per line of input that appends changes to the store named there until it is killed; it tells what it did."""

from __future__ import annotations

import os
import sys
import tempfile
from uuid import uuid4

from ccm_data.overlay.model import Change, ChangeKind
from ccm_data.overlay.store import ChangeStore
from tests.overlay.made import act


def append(store: ChangeStore) -> str:
    id = str(uuid4())
    ops = tuple(act(iso3, "ratification", "2026-03-01") for iso3 in ("KEN", "JAM", "HTI"))
    store.append(lambda _held: Change(id, ChangeKind.IMPORT, "Ana", id, ops), lambda _held: None)
    return id


def write(place: str) -> None:
    """Append for ever."""
    store = ChangeStore(place)
    os.write(1, b"ready\n")
    while True:
        os.write(1, f"{append(store)}\n".encode())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:  # what the first one imports, the children have
        warm = ChangeStore(f"{folder}/warm.sqlite")
        append(warm)
        warm.close()
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            os.write(1, f"pid {os.getpid()}\n".encode())
            write(line.strip())
        _, status = os.waitpid(child, 0)
        os.write(1, f"dead {os.WTERMSIG(status)}\n".encode())


if __name__ == "__main__":
    main()
