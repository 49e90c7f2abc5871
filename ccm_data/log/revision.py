"""The journal's unit, the revision; what readers get, the entry; what writers ask for, the commands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from ccm_data import clock
from ccm_data.errors import CcmError
from ccm_data.log.model import Activity, Record, parse

Action = Literal["create", "edit", "delete", "restore"]


COVERED = (
    "seq", "id", "kind", "subject", "version", "action", "at", "author", "reason",
    "batch", "undoes", "payload", "prev_hash",
)  # fmt: skip


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no blanks. What the hash chain covers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def payload_of(record: Record) -> str:
    """A record as the journal keeps it."""
    return canonical(record.model_dump(mode="json"))


LATER: Mapping[str, tuple[str, ...]] = {"campaign": ("opens", "confidentiality")}
"""Fields by kind that came after the first version: what was written before lacks them and stays as it was written."""


def in_form(kind: str, payload: str) -> bool:
    """Whether a payload is what the journal keeps of its record. Raises CcmError or ValueError for what is none."""
    values = json.loads(payload)
    whole = parse(kind, values, stored=True).model_dump(mode="json")
    lacking = {name for name in LATER.get(kind, ()) if name not in values}
    return payload == canonical({name: value for name, value in whole.items() if name not in lacking})


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over a revision's canonical JSON without its own hash; `prev_hash` makes it a chain."""
    return hashlib.sha256(canonical({key: row[key] for key in COVERED}).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry at one of its versions.

    `number` counts entries in the order of their creation. `action`, `at` (UTC), `author` and `reason` are those
    of this version. `origin` is `log`, `facts` (public history: read-only, with its `source_ids`, and its `precision`
    when that is not the day) or `plan` (preloaded, version 0: not yet written by anybody). A deleted entry keeps its
    last record.
    """

    kind: str
    subject: str
    version: int
    record: Record
    action: str = ""
    at: str = ""
    author: str = ""
    reason: str = ""
    seq: int = 0
    number: int = 0
    batch: str = ""
    hash: str = ""
    origin: Literal["log", "facts", "plan"] = "log"
    source_ids: tuple[str, ...] = ()
    precision: str = "day"

    @property
    def deleted(self) -> bool:
        """Whether this version says that the entry is deleted."""
        return self.action == "delete"

    @property
    def ahead(self) -> bool:
        """Whether this version is stamped after the present: a clock was ahead when it was written."""
        return self.at > clock.stamp()

    @property
    def activity(self) -> Activity:
        """The record of an activity. Raises CcmError for other kinds."""
        if not isinstance(self.record, Activity):
            raise CcmError(f"Entry {self.subject} is a {self.kind.replace('_', ' ')}, not an activity.")
        return self.record

    @property
    def title(self) -> str:
        """What the entry is called."""
        return str(getattr(self.record, "title", "") or getattr(self.record, "name", ""))

    def as_json(self) -> dict[str, Any]:
        """The entry as one flat JSON object: its own fields, then those of the record."""
        names = ("kind", "number", "version", "deleted", "action", "at", "author", "reason", "origin")
        own: dict[str, Any] = {"id": self.subject} | {name: getattr(self, name) for name in names}
        if self.origin == "facts":
            own |= {"source_ids": list(self.source_ids), "precision": self.precision}
        return own | self.record.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class Create:
    """A new entry. The id is made by the writer, so that a save that is sent twice is stored once."""

    record: Record
    subject: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, slots=True)
class Edit:
    """New values for some fields of the entry as it was at `expected_version`; the others stay."""

    subject: str
    expected_version: int
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delete:
    """Take an entry out of the current view."""

    subject: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring back a deleted entry, or an earlier `version` of an entry."""

    subject: str
    expected_version: int
    version: int | None = None


Command = Create | Edit | Delete | Restore


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two records; None on a side where it is absent. States differ one by one."""

    field: str
    before: Any
    after: Any


def flat(record: Record) -> dict[str, Any]:
    """A record's JSON values by field, with each state a field of its own (`states.FJI`)."""
    values = record.model_dump(mode="json")
    return values | {f"states.{state['iso3']}": state for state in values.pop("states", ())}


def unflat(kind: str, values: Mapping[str, Any]) -> Record:
    """The opposite of `flat`; a state with the value None is left out."""
    plain = {name: value for name, value in values.items() if not name.startswith("states.")}
    if kind == "activity":
        plain["states"] = [value for name, value in values.items() if name.startswith("states.") and value is not None]
    return parse(kind, plain, stored=True)


def changes(before: Record | None, after: Record) -> list[Change]:
    """The fields in which two records differ, in the record's own order; for a first version, all that are filled."""
    old, new = (flat(before) if before else {}), flat(after)
    names = [name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name)]
    return [Change(name, old.get(name), new.get(name)) for name in names if before or new[name] not in ("", [])]
