"""Changes of the facts, and the overlay that the standing ones come to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pyarrow as pa

from ccm_data.raw import FLOORS
from ccm_data.vocab import Term

Row = Mapping[str, str]
"""Cells of one row as text by column, a blank as ""."""
Key = tuple[tuple[str, str], ...]
"""What tells one row of a fact file from the others: its key columns with their cells, in the file's order."""


class ChangeKind(Term):
    """What somebody did to the facts."""

    IMPORT = "import", "Import"
    NEWS = "news", "News"
    CONFIRMATION = "confirmation", "Confirmation"
    CORRECTION = "correction", "Correction"
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledged finding"
    UNDO = "undo", "Undo"


class Floor(Term):
    """Where a fact stands: the upper wins by key."""

    SHIPPED = "shipped", "Shipped with the program"
    OVERLAY = "overlay", "Brought in by users"
    CORRECTED = "corrected", "Corrected by users"
    PROVISIONAL = "provisional", "Provisional: not confirmed by the depositary"


@dataclass(frozen=True, slots=True)
class Op:
    """One row of a fact file as it shall be; None takes the row with this key out."""

    file: str
    key: Key
    row: Row | None

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "key": [list(cell) for cell in self.key],
            "row": None if self.row is None else dict(self.row),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Op:
        return cls(given["file"], tuple((name, cell) for name, cell in given["key"]), given["row"])


@dataclass(frozen=True, slots=True)
class Through:
    """A table was compared in whole: rows of a fact file, all or of one treaty, are complete through a day (ISO)."""

    file: str
    scope: str
    day: str


@dataclass(frozen=True, slots=True)
class Change:
    """One act of one person on the facts; it never changes. `undoes` and `confirms` name earlier changes by id.

    about: the finding that an acknowledgement is about, else blank.
    """

    id: str
    kind: ChangeKind
    author: str
    reason: str
    ops: tuple[Op, ...] = ()
    through: tuple[Through, ...] = ()
    undoes: str = ""
    confirms: str = ""
    about: str = ""
    seq: int = 0
    at: datetime | None = None

    @property
    def floor(self) -> Floor:
        """Where the rows of this change stand."""
        own = {ChangeKind.NEWS: Floor.PROVISIONAL, ChangeKind.CORRECTION: Floor.CORRECTED}
        return own.get(self.kind, Floor.OVERLAY)

    @property
    def content(self) -> str:
        """What the change does, as JSON: equal content, the same change."""
        return json.dumps({
            "kind": self.kind.value, "ops": [op.as_json() for op in self.ops],
            "through": [[t.file, t.scope, t.day] for t in self.through],
            "undoes": self.undoes, "confirms": self.confirms, "about": self.about,
        }, sort_keys=True, ensure_ascii=False)  # fmt: skip


@dataclass(frozen=True)
class Overlay:
    """All changes ever made, in their order, and what those that stand come to."""

    changes: tuple[Change, ...] = ()

    @cached_property
    def undone_by(self) -> dict[str, Change]:
        """Which change undid which, by the id of the undone one. An undone undo counts no more."""
        found: dict[str, Change] = {}
        for change in reversed(self.changes):
            if change.undoes and change.id not in found:
                found.setdefault(change.undoes, change)
        return found

    @cached_property
    def standing(self) -> tuple[Change, ...]:
        """The changes that nobody undid, undos themselves left out."""
        return tuple(c for c in self.changes if c.id not in self.undone_by and c.kind is not ChangeKind.UNDO)

    @cached_property
    def rows(self) -> dict[tuple[str, Key], tuple[Row | None, Change]]:
        """Each row that a standing change sets or takes out, and the last of them that does."""
        return {(op.file, op.key): (op.row, change) for change in self.standing for op in change.ops}

    @cached_property
    def digest(self) -> str:
        """Equal digest, equal rows over the shipped facts; blank where nothing stands over them."""
        if not self.rows and not self._through:
            return ""
        said = [[f, list(k), row and dict(row), c.floor.value, c.seq] for (f, k), (row, c) in self.rows.items()]
        return hashlib.sha256(json.dumps([said, sorted(self._through.items())], sort_keys=True).encode()).hexdigest()

    @cached_property
    def _through(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in (through for change in self.standing for through in change.through):
            name = f"{each.file} {each.scope}".strip()
            found[name] = max(each.day, found.get(name, ""))
        return found

    def change(self, id: str) -> Change | None:
        """The change with this id, or with this number in the list of changes; None where there is none."""
        return next((c for c in self.changes if id in (c.id, str(c.seq))), None)

    def awaiting(self) -> tuple[Change, ...]:
        """News that stands and that nothing confirmed yet: its fact is still its own, whatever became of its source."""
        last = {change.id for (file, _key), (_row, change) in self.rows.items() if not file.startswith("sources_")}
        return tuple(c for c in self.standing if c.kind is ChangeKind.NEWS and c.id in last)

    # -- over the shipped rows

    def over(self, file: str, rows: Sequence[Row]) -> list[tuple[Row, Change | None]]:
        """The rows of a fact file with the standing changes in their place, new ones at the end.

        The second of each pair is the change that set the row; None for a shipped one.
        """
        mine = {key: held for (name, key), held in self.rows.items() if name == file}
        if file == "horizons":
            return [(row, None) for row in self._horizons(rows)]
        if not mine:
            return [(row, None) for row in rows]
        columns = {tuple(name for name, _cell in key) for key in mine}
        found: list[tuple[Row, Change | None]] = []
        for row in rows:
            keys = [tuple((name, row.get(name) or "") for name in names) for names in columns]
            hit = next((mine.pop(key) for key in keys if key in mine), None)
            if hit is None:
                found.append((row, None))
            elif hit[0] is not None:
                found.append((hit[0], hit[1]))
        return found + [(row, change) for row, change in mine.values() if row is not None]

    def _horizons(self, rows: Sequence[Row]) -> list[Row]:
        """The horizons, moved by whole tables that were compared; single rows are as late as the day they came in."""
        lifted: dict[str, str] = {}
        for (file, _key), (row, change) in self.rows.items():
            if row is not None and change.at is not None:
                name = f"{file}.csv"
                lifted[name] = max(lifted.get(name, ""), change.at.date().isoformat())
        found: list[Row] = []
        for row in rows:
            file, known = row["file"], row["known_complete_through"]
            known = max(known, self._through.get(file.removesuffix(".csv"), ""))
            single = max(row.get("single_entries_through") or "", lifted.get(file, ""))
            moved = {"known_complete_through": known, "single_entries_through": single if single > known else ""}
            found.append({**row, **moved})
        known_files = {row["file"]: row for row in found}
        for name, day in sorted(self._through.items()):
            file, _, scope = name.partition(" ")
            if scope and (whole := known_files.get(f"{file}.csv")) and day > whole["known_complete_through"]:
                note = f"{scope} compared in whole with the depositary's page"
                own = {name: cell for name, cell in whole.items() if name != "line"}
                if own["single_entries_through"] <= day:  # no single entry is later than the whole table
                    own["single_entries_through"] = ""
                found.append({**own, "scope": scope, "known_complete_through": day, "note": note})
        return found


def merged(raw: Mapping[str, pa.Table], overlay: Overlay) -> dict[str, pa.Table]:
    """The facts as text with the overlay's rows in their place (see `raw.read`), and the table `floors`."""
    found = dict(raw)
    floors: list[dict[str, Any]] = []
    touched = {file for file, _key in overlay.rows} | ({"horizons"} if overlay.digest else set())
    for file in touched & found.keys():
        table = found[file]
        columns = [name for name in table.column_names if name not in _OWN or (name == "file" and file == "horizons")]
        shipped = [
            {**{n: cell or "" for n, cell in row.items()}, "line": str(line)}
            for row, line in zip(table.select(columns).to_pylist(), table["line"].to_pylist(), strict=True)
        ]
        last = max(table["line"].to_pylist(), default=1)
        lines: list[int] = []
        rows = overlay.over(file, shipped)
        for row, change in rows:
            last += change is not None or "line" not in row
            lines.append(int(row["line"]) if change is None and "line" in row else last)
            if change is not None:
                floors.append(
                    {"file": f"{file}.csv", "line": lines[-1], "seq": change.seq, "floor": change.floor.value}
                )
        cells: dict[str, Any] = {
            name: pa.array([row.get(name) or None for row, _change in rows], pa.string()) for name in columns
        }
        cells["line"] = pa.array(lines, pa.int32())
        cells.setdefault("file", pa.array([f"{file}.csv"] * len(rows), pa.string()))
        found[file] = pa.table(cells)
    found["floors"] = pa.Table.from_pylist(floors, FLOORS)
    return found


_OWN = ("line", "file")


def newest(changes: Iterable[Change]) -> list[Change]:
    """The latest first."""
    return sorted(changes, key=lambda change: change.seq, reverse=True)
