"""What the log adds to a briefing: earlier contacts, and what the state said there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ccm_data import wording
from ccm_data.contacts import Contact
from ccm_data.dates import words
from ccm_data.documents.content import LONGEST, Text, shorten
from ccm_data.vocab import ActivityType, Confidentiality, Obstacle, Role, label

Contacts = Sequence[Contact]


def contacts(mine: Contacts) -> tuple[Text, ...]:
    """Each contact: when, what, where, the state's role; those of the log with their confidentiality."""
    lines = []
    for contact in mine:
        entry, done = contact.entry, contact.entry.activity
        role = label(Role, contact.part.role).lower()
        where = ", ".join(filter(None, [label(ActivityType, done.type), done.place, role]))
        level = "" if entry.origin == "facts" else f", log, {label(Confidentiality, done.confidentiality).lower()}"
        came = f". Outcome: {shorten(done.outcome, LONGEST)}" if done.outcome else ""
        said = f"{shorten(done.title, LONGEST)} ({where}{level}){came}"
        lines.append(Text(said, entry.source_ids, f"{words(done.day, entry.precision)}:"))
    return tuple(lines)


def said(mine: Contacts) -> Iterable[Text]:
    """Positions it stated."""
    for contact in mine:
        if contact.part.position:
            yield Text(shorten(contact.part.position, LONGEST), (), _when(contact))


def obstacles(mine: Contacts) -> Iterable[Text]:
    """Obstacles it named."""
    for contact in mine:
        if contact.part.obstacles:
            yield Text(", ".join(label(Obstacle, code) for code in contact.part.obstacles), (), _when(contact))


def stages(mine: Contacts) -> Iterable[Text]:
    """Stages it reported."""
    for contact in mine:
        if contact.part.stage:
            yield Text(wording.rung(contact.part.stage), (), _when(contact))


def _when(contact: Contact) -> str:
    return f"{words(contact.day)}, log:"
