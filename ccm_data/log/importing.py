"""From a spreadsheet to commands: which column is which, what each row would do, what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid5

from ccm_data.errors import CcmError
from ccm_data.log.fields import from_text
from ccm_data.log.model import FIELDS, Invalid, Record, known_states, parse
from ccm_data.log.revision import Command, Create, Edit, Entry, changes
from ccm_data.log.sheet import COLUMNS, OWN_FIELDS, STATE_FIELDS, Sheet
from ccm_data.log.store import Store

_NAMESPACE = UUID("5b0c2f0e-7a55-5c1d-8a0b-1a90f0ccb0d3")
_ALIASES = {
    "state": "iso3",
    "states": "iso3",
    "country": "iso3",
    "date": "start",
    "start_date": "start",
    "end_date": "end",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one activity of the sheet (its file rows in `numbers`) would do.

    `effect`: create, edit, same (nothing to do) or error, with one sentence per error.
    """

    numbers: tuple[int, ...]
    title: str
    effect: Literal["create", "edit", "same", "error"]
    errors: tuple[str, ...] = ()
    command: Command | None = None

    @property
    def told(self) -> list[str]:
        """The errors as `row N: what is wrong`."""
        return [f"row {self.numbers[0]}: {error}" for error in self.errors]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing is written before `commands` is saved."""

    mapping: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def errors(self) -> list[str]:
        """Every error, as `row N: what is wrong`."""
        return [error for row in self.rows for error in row.told]

    def commands(self, leave_out: Collection[int] = ()) -> list[Command]:
        """What to save. `leave_out` names file rows that the user gives up; CcmError while others have errors."""
        kept = [row for row in self.rows if not set(row.numbers) & set(leave_out)]
        if broken := [row.numbers[0] for row in kept if row.errors]:
            listed = ", ".join(map(str, broken[:20]))
            raise CcmError(f"Nothing is imported while rows have errors ({listed}); correct them or leave them out.")
        return [row.command for row in kept if row.command]


def guess_mapping(heads: Collection[str]) -> dict[str, str]:
    """Which column head means which field, by its name or its words; a head that means none is left out."""
    by_words = {_bare(FIELDS[column].label): column for column in COLUMNS if column in FIELDS}
    mapping: dict[str, str] = {}
    for head in heads:
        name = _bare(head)
        field = name if name in COLUMNS else _ALIASES.get(name) or by_words.get(name, "")
        if field and field not in mapping.values():
            mapping[head] = field
    return mapping


def _bare(head: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", head.lower()).strip("_")


def preview(store: Store, sheet: Sheet, mapping: Mapping[str, str] | None = None) -> Preview:
    """What the sheet would do to the log. `mapping` (head to field) defaults to the guess.

    Rows with one id are one activity. Rows without one are one each, with an id made of their content, so that the
    same file imported twice adds nothing. Several states may stand in one cell, parted by semicolons.
    """
    used = guess_mapping(sheet.heads) if mapping is None else mapping
    if unknown := [field for field in used.values() if field not in COLUMNS]:
        raise CcmError(f"'{unknown[0]}' is no field of an activity; possible are {', '.join(COLUMNS)}.")
    if doubled := [field for field in used.values() if list(used.values()).count(field) > 1]:
        raise CcmError(f"Two columns are mapped to {doubled[0]}; keep one.")
    if unknown := [head for head in used if head not in sheet.heads]:
        raise CcmError(f"{sheet.name} has no column '{unknown[0]}'.")
    return Preview(used, tuple(_judged(store, rows) for rows in _grouped(sheet, used)))


def _grouped(sheet: Sheet, mapping: Mapping[str, str]) -> Iterator[list[tuple[int, dict[str, str]]]]:
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    seen: dict[str, int] = {}
    for number, cells in enumerate(sheet.rows, start=sheet.first_row):
        row = {mapping[head]: cell.strip() for head, cell in zip(sheet.heads, cells, strict=True) if head in mapping}
        if not any(row.values()):
            continue
        if not row.get("id"):
            content = json.dumps(row, sort_keys=True)
            seen[content] = seen.get(content, 0) + 1
            row["id"] = str(uuid5(_NAMESPACE, f"{seen[content]} {content}"))
            row["version"] = ""
            groups[row["id"]] = [(number, row | {"new": "yes"})]
        else:
            groups.setdefault(row["id"].lower(), []).append((number, row))
    yield from groups.values()


def _judged(store: Store, rows: list[tuple[int, dict[str, str]]]) -> Row:
    numbers = tuple(number for number, _ in rows)
    first = rows[0][1]
    title = first.get("title", "")
    try:
        record, given = _record(rows), {name for name in first if name in OWN_FIELDS}
        held = _held(store, first["id"])
        if held is None:
            return Row(numbers, title, "create", command=Create(record, first["id"]))
        if first.get("new"):
            return Row(numbers, title, "same")  # imported before; what happened to it since is kept
        return _edit(
            numbers, record, given | ({"states"} if "iso3" in first else set()), held, first.get("version", "")
        )
    except Invalid as error:
        return Row(numbers, title, "error", error.findings)
    except CcmError as error:
        return Row(numbers, title, "error", (str(error).removesuffix("."),))


def _edit(numbers: tuple[int, ...], record: Record, given: set[str], held: Entry, version: str) -> Row:
    if held.deleted:
        raise CcmError(f"'{held.title}' was deleted by {held.author}; restore it first, or leave the row out.")
    wanted = {name: value for name, value in record.model_dump().items() if name in given}
    after = parse("activity", held.record.model_dump() | wanted)
    if not changes(held.record, after):
        return Row(numbers, held.title, "same")
    if not version.isdecimal():
        raise CcmError("version: is missing; export again to edit entries that are in the log")
    if int(version) != held.version:
        raise CcmError(f"{held.author} changed the entry since the export (version {held.version} now); export again")
    return Row(numbers, held.title, "edit", command=Edit(held.subject, held.version, wanted))


def _held(store: Store, subject: str) -> Entry | None:
    try:
        subject = str(UUID(subject))
    except ValueError:
        raise CcmError(f"id: '{subject[:60]}' is not the id of an entry; leave it blank for a new one") from None
    return store.find(subject)


def _record(rows: list[tuple[int, dict[str, str]]]) -> Record:
    first = rows[0][1]
    for number, row in rows[1:]:
        for name in OWN_FIELDS:
            if row.get(name) and row[name] != first.get(name):
                raise CcmError(f"row {number} has another {name} than row {rows[0][0]} of the same activity")
    values: dict[str, Any] = {
        name: from_text(field, first[name]) for name, field in OWN_FIELDS.items() if first.get(name)
    }
    values["states"] = [state for _, row in rows for state in _states(row)]
    return parse("activity", values)


def _states(row: dict[str, str]) -> Iterator[dict[str, Any]]:
    said = {
        name: from_text(field, row[name]) for name, field in STATE_FIELDS.items() if name != "iso3" and row.get(name)
    }
    named = [code for code in re.split(r"\s*[;\n]\s*", row.get("iso3", "")) if code]
    if said and not named:
        raise CcmError("iso3: is missing, though the row says what a state did")
    codes = {name.casefold(): code for code, name in known_states().items()}
    for name in named:
        yield {"iso3": codes.get(name.casefold(), name), **said}
