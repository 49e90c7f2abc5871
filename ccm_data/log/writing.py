"""From commands to revisions: what one save adds to the journal. Works inside the writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from ccm_data import clock
from ccm_data.errors import CcmError
from ccm_data.log import projection
from ccm_data.log.conflict import Clash, Conflict, clash, edited
from ccm_data.log.model import Record, kind_of, parse
from ccm_data.log.plan import preloaded
from ccm_data.log.projection import CHUNK, chunked, entry_of, newest_entries
from ccm_data.log.revision import Action, Command, Create, Delete, Edit, Entry, Restore, changes, digest, payload_of
from ccm_data.log.schema import current, revision

GENESIS = "0" * 64
"""What the first revision has in the place of a previous hash."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who saves, why, and which save it takes back (None: none)."""

    name: str
    reason: str
    undoes: str | None = None


class Save:
    """One save in the making: commands are applied one after the other, then written together."""

    def __init__(self, connection: Connection, author: Author) -> None:
        self.connection = connection
        self.author = author
        self.batch = str(uuid4())
        head = connection.execute(
            select(revision.c.seq, revision.c.hash).order_by(revision.c.seq.desc()).limit(1)
        ).first()
        self.seq: int = head.seq if head else 0
        self.hash: str = head.hash if head else GENESIS
        self.start = self.seq
        self.at = clock.stamp()  # the order is the number's: a clock that was ahead once leaves later stamps alone
        self.base: dict[str, Entry] = {}  # as this save found them
        self.held: dict[str, Entry] = {}  # with what it changed so far
        self.rows: list[dict[str, Any]] = []
        self.written: dict[str, Entry] = {}

    def load(self, subjects: Iterable[str]) -> None:
        """Read the newest versions of these entries; those not stored come from the preloaded plan, if it has them."""
        wanted = sorted(set(subjects))
        found = {subject: preloaded()[subject] for subject in wanted if subject in preloaded()}
        for chunk in chunked(wanted, CHUNK):
            found |= {row.subject: entry_of(row) for row in self.connection.execute(newest_entries(chunk))}
        self.base |= found
        self.held |= found

    def apply(self, commands: Sequence[Command]) -> list[Entry]:
        """The entries as they will be. Raises Conflict with every clash, or CcmError; then nothing is written."""
        self.load(command.subject for command in commands)
        clashes: list[Clash] = []
        entries: list[Entry] = []
        for command in commands:
            outcome = self._create(command) if isinstance(command, Create) else self._change(command)
            (clashes if isinstance(outcome, Clash) else entries).append(outcome)  # type: ignore[arg-type]
        if clashes:
            raise Conflict(commands, clashes)
        self._check_references()
        return entries

    def write(self) -> None:
        """Add the revisions to the journal and bring the projection along."""
        for chunk in chunked(self.rows, CHUNK):
            self.connection.execute(insert(revision), chunk)
        new = {subject: entry for subject, entry in self.written.items() if entry.number > self.start}
        projection.put(self.connection, new.values(), fresh=True)
        projection.put(self.connection, [entry for subject, entry in self.written.items() if subject not in new])

    def add(self, held: Entry | None, subject: str, action: Action, record: Record) -> Entry:
        """The next revision of an entry."""
        self.seq += 1
        row: dict[str, Any] = {
            "seq": self.seq, "id": str(uuid4()), "kind": kind_of(record), "subject": subject,
            "version": held.version + 1 if held else 1, "action": action, "at": self.at, "author": self.author.name,
            "reason": self.author.reason, "batch": self.batch, "undoes": self.author.undoes,
            "payload": payload_of(record), "prev_hash": self.hash,
        }  # fmt: skip
        row["hash"] = self.hash = digest(row)
        self.rows.append(row)
        entry = Entry(
            kind=row["kind"], subject=subject, version=row["version"], record=record, action=action, at=self.at,
            author=row["author"], reason=row["reason"], seq=self.seq, number=(held and held.number) or self.seq,
            batch=self.batch, hash=self.hash,
        )  # fmt: skip
        self.held[subject] = self.written[subject] = entry
        return entry

    def history(self, subject: str) -> list[Entry]:
        """All versions of an entry, oldest first, with those of this save."""
        return versions(self.connection, subject)

    def _create(self, command: Create) -> Entry:
        try:
            subject = str(UUID(command.subject))
        except ValueError:
            raise CcmError(f"'{command.subject[:60]}' is not an id; it must be a UUID, or be left out.") from None
        record = parse(kind_of(command.record), command.record.model_dump())
        held = self.held.get(subject)
        if held is None:
            return self.add(None, subject, "create", record)
        if held.version == 1 and held.author == self.author.name and held.record == record:
            return held  # the same save sent twice
        raise CcmError(f"An entry with the id {subject} exists already ('{held.title}'); edit it instead.")

    def _change(self, command: Edit | Delete | Restore) -> Entry | Clash:
        held = self.held.get(command.subject)
        if held is None:
            raise CcmError(f"There is no entry with the id '{command.subject[:60]}'.")
        if isinstance(command, Edit):
            record = edited(held, command.changes)
            if not held.deleted and not changes(held.record, record):
                return held
        if held.version != command.expected_version:
            return clash(command, self.history(command.subject))
        match command:
            case Edit() if held.deleted:
                raise CcmError(f"'{held.title}' is deleted; restore it before you edit it.")
            case Edit():
                return self.add(held, held.subject, "edit", record)
            case Delete() if held.deleted:
                return held
            case Delete():
                return self.add(held, held.subject, "delete", held.record)
        return self._restore(held, command.version)

    def _restore(self, held: Entry, version: int | None) -> Entry:
        if version is None:
            if not held.deleted:
                raise CcmError(f"'{held.title}' is not deleted; name the version to bring back.")
            return self.add(held, held.subject, "restore", held.record)
        earlier = {entry.version: entry for entry in self.history(held.subject)}
        if version not in earlier:
            raise CcmError(f"'{held.title}' has no version {version}; possible are {min(earlier)} to {max(earlier)}.")
        return self.add(held, held.subject, "restore", earlier[version].record)

    def _check_references(self) -> None:
        """What a record newly names must exist: the followed activity, the plan item, the campaign."""
        named = [
            (entry, field, value)
            for entry in self.written.values()
            for field in ("follows", "plan_item", "campaign", "name")
            if (value := getattr(entry.record, field, "")) and not entry.deleted and value != self._was(entry, field)
        ]
        self.load(value for _, field, value in named if field in ("follows", "plan_item") and value not in self.held)
        campaigns = campaign_names(self.connection, self.written) if named else {}
        for entry, field, value in named:
            if field == "campaign" and value not in campaigns.values():
                possible = ", ".join(sorted(campaigns.values()))
                raise CcmError(f"'{entry.title}': there is no campaign '{value}'; possible are {possible}.")
            if field == "name" and (entry.subject in self.base or list(campaigns.values()).count(value) > 1):
                raise CcmError(f"A campaign keeps its name and shares it with none; create one that is not '{value}'.")
            if field in ("follows", "plan_item"):
                kind = {"follows": "activity", "plan_item": "plan_item"}[field]
                if value == entry.subject or value not in self.held or self.held[value].kind != kind:
                    raise CcmError(f"'{entry.title}': {field} names {value}, which is no other {kind} of the log.")

    def _was(self, entry: Entry, field: str) -> str:
        base = self.base.get(entry.subject)
        return str(getattr(base.record, field)) if base and not base.deleted else ""


def versions(connection: Connection, subject: str) -> list[Entry]:
    """All versions of an entry, oldest first, version 0 when it is preloaded. CcmError when there is none."""
    rows = connection.execute(
        select(revision, projection.first.c.seq.label("number"))
        .join(projection.first, (projection.first.c.subject == revision.c.subject) & (projection.first.c.version == 1))
        .where(revision.c.subject == subject)
        .order_by(revision.c.version)
    ).all()
    found = [preloaded()[subject]] if subject in preloaded() else []
    found += [entry_of(row) for row in rows]
    if not found:
        raise CcmError(f"There is no entry with the id '{subject[:60]}'.")
    return found


def campaign_names(connection: Connection, written: Mapping[str, Entry]) -> dict[str, str]:
    """Name by id of the campaigns there are: preloaded, stored or just being written, unless deleted."""
    stored = select(current.c.subject, current.c.title, current.c.deleted).where(current.c.kind == "campaign")
    names = {entry.subject: entry.title for entry in preloaded().values() if entry.kind == "campaign"}
    names |= {row.subject: "" if row.deleted else row.title for row in connection.execute(stored)}
    names |= {e.subject: "" if e.deleted else e.title for e in written.values() if e.kind == "campaign"}
    return {subject: name for subject, name in names.items() if name}
