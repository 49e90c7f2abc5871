"""Two people, one entry: who changed what in between, and the choice per field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ccm_data.errors import CcmError
from ccm_data.log.model import Record, parse
from ccm_data.log.revision import Command, Create, Delete, Edit, Entry, Restore, changes, flat, unflat

Side = Literal["theirs", "yours"]

ENTRY = "entry"
"""The field name of a choice about the entry as a whole: one side deletes or restores it."""


@dataclass(frozen=True, slots=True)
class FieldClash:
    """One field that either side changed since the version both started from.

    `by` and `at` name the last person who changed it in between; blank when only you did.
    """

    field: str
    base: Any
    theirs: Any
    yours: Any
    by: str = ""
    at: str = ""

    @property
    def open(self) -> bool:
        """Whether a person must choose: both sides changed it, to different values."""
        return bool(self.by) and self.yours not in (self.base, self.theirs)


@dataclass(frozen=True, slots=True)
class Clash:
    """One command that met a newer version. `base` is what the writer saw, `theirs` what is stored now."""

    command: Edit | Delete | Restore
    base: Entry
    theirs: Entry
    fields: tuple[FieldClash, ...]

    def sentence(self) -> str:
        """Who changed what in between."""
        changed = [clash.field for clash in self.fields if clash.by and clash.field != ENTRY]
        what = "deleted it" if self.theirs.deleted else "changed " + ", ".join(changed or ["nothing that lasts"])
        return f"'{self.theirs.title}': {self.theirs.author} {what} at {self.theirs.at} (version {self.theirs.version})"


class Conflict(CcmError):
    """Nothing was saved: entries changed since the writer read them. `merge` turns choices into new commands."""

    def __init__(self, commands: Sequence[Command], clashes: Sequence[Clash]) -> None:
        self.commands = tuple(commands)
        self.clashes = tuple(clashes)
        told = "; ".join(clash.sentence() for clash in clashes)
        super().__init__(f"Nothing was saved, because entries changed since you read them: {told}. Choose per field.")


def edited(base: Entry, wanted: Mapping[str, Any]) -> Record:
    """The record of an entry with some fields replaced. Raises CcmError for what the model refuses."""
    return parse(base.kind, base.record.model_dump() | dict(wanted))


def clash(command: Edit | Delete | Restore, history: Sequence[Entry]) -> Clash:
    """The clash of a command with what happened after the version it expects. `history` is oldest first."""
    position = next((i for i, entry in enumerate(history) if entry.version == command.expected_version), None)
    theirs = history[-1]
    if position is None:
        raise CcmError(
            f"Entry {command.subject} has no version {command.expected_version}; the newest is {theirs.version}."
        )
    base = history[position]
    who: dict[str, tuple[str, str]] = {}
    for before, after in zip(history[position:], history[position + 1 :], strict=False):
        who |= {change.field: (after.author, after.at) for change in changes(before.record, after.record)}
    old, now = flat(base.record), flat(theirs.record)
    yours = flat(edited(base, command.changes)) if isinstance(command, Edit) else old
    fields = [
        FieldClash(name, old.get(name), now.get(name), yours.get(name), *_author(who, name, old, now))
        for name in dict.fromkeys((*old, *now, *yours))
        if not old.get(name) == now.get(name) == yours.get(name)
    ]
    if theirs.deleted or not isinstance(command, Edit):
        state, wish = ("deleted" if theirs.deleted else "changed"), type(command).__name__.lower()
        fields.insert(0, FieldClash(ENTRY, "", state, wish, theirs.author, theirs.at))
    return Clash(command, base, theirs, tuple(fields))


def _author(
    who: Mapping[str, tuple[str, str]], name: str, old: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[str, str]:
    return who[name] if old.get(name) != now.get(name) else ("", "")


def merge(conflict: Conflict, choices: Mapping[str, Mapping[str, Side]]) -> list[Command]:
    """The commands to save after a conflict, against the versions stored now.

    `choices` names a side per field, by entry id. A field that only one side changed defaults to that side; one that
    both changed needs a choice, else CcmError. So does ENTRY, when one side deletes or restores: `theirs` leaves the
    entry as it is stored, `yours` goes on (an edit then restores the entry first).
    """
    met = {clash.command.subject: clash for clash in conflict.clashes}
    merged: list[Command] = []
    for command in conflict.commands:
        if isinstance(command, Create) or command.subject not in met:
            merged.append(command)
        else:
            merged += _settled(met[command.subject], choices.get(command.subject, {}))
    return merged


def _settled(clash: Clash, choices: Mapping[str, Side]) -> list[Command]:
    sides: dict[str, Side] = {}
    for field in clash.fields:
        if field.open and field.field not in choices:
            raise CcmError(f"'{clash.theirs.title}': choose theirs or yours for {field.field}.")
        sides[field.field] = choices.get(field.field, "theirs" if field.by else "yours")
    version = clash.theirs.version
    if sides.get(ENTRY) == "theirs":
        return []
    if not isinstance(clash.command, Edit):
        return [replace(clash.command, expected_version=version)]
    values = flat(clash.theirs.record) | {
        field.field: field.yours for field in clash.fields if field.field != ENTRY and sides[field.field] == "yours"
    }
    record = unflat(clash.theirs.kind, values)
    restored: list[Command] = [Restore(clash.command.subject, version)] if clash.theirs.deleted else []
    return [*restored, Edit(clash.command.subject, version + len(restored), record.model_dump())]
