"""What the log adds to a briefing: earlier contacts, and what the state said there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ccm_data import wording
from ccm_data.contacts import Contact
from ccm_data.documents.content import LONGEST, Text, shorten
from ccm_data.languages import Tongue
from ccm_data.vocab import ActivityType, Confidentiality, Obstacle

Contacts = Sequence[Contact]


def contacts(mine: Contacts, t: Tongue) -> tuple[Text, ...]:
    """Each contact: when, what and where, its outcome; those of the log with their confidentiality."""
    lines = []
    for contact in mine:
        entry, done = contact.entry, contact.entry.activity
        where = ", ".join(filter(None, [t.term(ActivityType, done.type), done.place]))
        level = "" if entry.origin == "facts" else f", {t.say('log')}, {t.term(Confidentiality, done.confidentiality)}"
        came = f". {t.say('Outcome')}: {shorten(done.outcome, LONGEST)}" if done.outcome else ""
        said = f"{shorten(done.title, LONGEST)} ({where}{level.lower()}){came}"
        lines.append(Text(said, entry.source_ids, f"{t.date(done.day, entry.precision)}:"))
    return tuple(lines)


def said(mine: Contacts, t: Tongue) -> Iterable[Text]:
    """Positions it stated."""
    for contact in mine:
        if contact.part.position:
            yield Text(shorten(contact.part.position, LONGEST), (), _when(contact, t))


def obstacles(mine: Contacts, t: Tongue) -> Iterable[Text]:
    """Obstacles it named."""
    for contact in mine:
        if contact.part.obstacles:
            named = ", ".join(t.term(Obstacle, code) for code in contact.part.obstacles)
            yield Text(named, (), _when(contact, t))


def stages(mine: Contacts, t: Tongue) -> Iterable[Text]:
    """Stages it reported."""
    for contact in mine:
        if contact.part.stage:
            yield Text(wording.rung(contact.part.stage, t), (), _when(contact, t))


def _when(contact: Contact, t: Tongue) -> str:
    return f"{t.date(contact.day)}, {t.say('log')}:"
