"""Facts as files: CSV text of a fact file, and a patch that brings the overlay into the repository."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ccm_data import raw
from ccm_data.errors import CcmError
from ccm_data.overlay.model import Overlay, Row
from ccm_data.overlay.rows import columns, key_of

FOLDER = "ccm_data/facts"


def text(file: str, rows: Sequence[Row]) -> str:
    """The CSV text of a fact file, as the repository keeps it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns(file))
    writer.writerows([row.get(name) or "" for name in columns(file)] for row in rows)
    return out.getvalue()


def unified(directory: Path, overlay: Overlay) -> str:
    """The overlay as a unified diff of the fact files, for `git apply`; blank where nothing stands over them."""
    parts: list[str] = []
    for file in (*raw.FILES, *raw.SOURCE_FILES):
        shipped = raw.rows(directory, file)
        now = [row for row, _change in overlay.over(file, shipped)]
        old, new = (text(file, rows).splitlines(keepends=True) for rows in (shipped, now))
        path = f"{FOLDER}/{file}.csv"
        parts += difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(parts)


def between(before: Mapping[str, Sequence[Row]], after: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """One entry per row that differs between two sets of facts: file, key, before and after (None: not there)."""
    found: list[dict[str, Any]] = []
    for file in sorted(before.keys() | after.keys()):
        old = {key_of(file, row): row for row in before.get(file, ())}
        new = {key_of(file, row): row for row in after.get(file, ())}
        for key in sorted(old.keys() | new.keys()):
            first, second = old.get(key), new.get(key)
            if first != second:
                found.append({"file": file, "key": dict(key), "before": first, "after": second})
    return found


def facts_named(name: str, directory: Path, overlay: Overlay) -> dict[str, list[Row]]:
    """All rows by fact file: of a folder, of the facts as shipped (`shipped`), as they are (`now`), or after the change
    of a number. Raises CcmError for a name that is none of these."""
    folder, over = directory, Overlay()
    if name == "now":
        over = overlay
    elif name.isdigit():
        last = overlay.changes[-1].seq if overlay.changes else 0
        if int(name) > last:
            raise CcmError(f"There is no change {name}; the last one is {last}.")
        over = Overlay(tuple(change for change in overlay.changes if change.seq <= int(name)))
    elif name != "shipped":
        folder = Path(name)
        if not any((folder / f"{file}.csv").is_file() for file in raw.FILES):
            raise CcmError(
                f"{name!r} is no facts: possible are a folder that holds their CSV files, `shipped`, `now`, or the "
                "number of a change."
            )
    return {
        file: [{n: row.get(n) or "" for n in columns(file)} for row, _change in over.over(file, raw.rows(folder, file))]
        for file in (*raw.FILES, *raw.SOURCE_FILES)
        if (folder / f"{file}.csv").exists()
    }
