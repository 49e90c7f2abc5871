"""Drafts of notes between missions: the note verbale that asks for a meeting, and the invitation to one.

They are written in the forms of courtesy of English, French and Spanish, from the coordinators in office to one state.
What nobody knows yet stands in square brackets, to be filled in: a reference, a day, a place, a name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ccm_data import wording
from ccm_data.documents import docx, letterhead, pdf
from ccm_data.documents.content import Document, Paragraph, Text
from ccm_data.documents.kind import Order
from ccm_data.documents.offices import Offices, offices
from ccm_data.errors import CcmError
from ccm_data.languages import Tongue, tongue
from ccm_data.reading import Reading
from ccm_data.vocab import Confidentiality, OfficeRole, PostKind, Status

MOST_STATES = 40


@dataclass(frozen=True)
class Note:
    """A draft to one state. paragraphs: its text. sources: what shows the facts in it, which no such note cites."""

    iso3: str
    state: str
    sender: str
    title: str
    paragraphs: tuple[str, ...]
    closing: str
    addressee: str
    sources: tuple[str, ...]
    has_mission: bool
    reading: Reading
    t: Tongue

    @property
    def reference(self) -> str:
        """The line of its reference."""
        return self.t.say("Ref.: [reference]")

    @property
    def place_and_date(self) -> str:
        """Where and when it is written."""
        return self.t.say("Geneva, [date]")

    @property
    def document(self) -> Document:
        """The note in the product's own layout."""
        lines = (*self.paragraphs, self.closing, self.place_and_date, self.addressee)
        return Document(
            title=self.title, subtitle=self.reference, marking="", as_of=self.reading.as_of,
            blocks=tuple(Paragraph(Text(line)) for line in lines), sources=(),
            foot=self.t.say("Draft. What stands in square brackets is to be filled in."), tongue=self.t, letter=True,
        )  # fmt: skip

    def on(self, template: bytes) -> bytes:
        """The note on the letterhead of a mission. Raises CcmError for a template that cannot be filled."""
        values = {
            "title": self.title, "reference": self.reference, "closing": self.closing, "sender": self.sender,
            "place_and_date": self.place_and_date, "addressee": self.addressee, "state": self.state,
        }  # fmt: skip
        return letterhead.filled(template, values, self.paragraphs)


@dataclass(frozen=True)
class Sender:
    """Who writes: how many missions, whose, as after "Permanent Mission"; none where nobody is known to hold the
    office."""

    count: int
    of: str

    @classmethod
    def in_office(cls, held: Offices, t: Tongue) -> Sender:
        """The coordinators on universalization."""
        states = held.holders[OfficeRole.UNIVERSALIZATION]
        if not states:
            return cls(0, t.say("of [sending State]"))
        return cls(len(states), t.listed(t.of(t.formal(iso3)) for iso3 in states))


@dataclass(frozen=True)
class Writing:
    """What a draft is written from: the row of its state, the sender and the language."""

    row: Any
    sender: Sender
    t: Tongue

    @property
    def of_state(self) -> str:
        """The state by its formal name, as after "Permanent Mission"."""
        return self.t.of(self.t.formal(self.row["iso3"]))

    @property
    def office(self) -> str:
        """Where the missions are."""
        return self.t.say("to the United Nations Office and other international organizations in Geneva")

    def many(self, one: str, several: str, **values: str) -> str:
        """A sentence of one mission, or of several."""
        t, sender = self.t, self.sender
        return t.many(one, several, max(sender.count, 1), of_senders=sender.of, of_state=self.of_state, **values)

    def greeting(self, honour: str) -> str:
        """The first sentence, up to what the sender has the honour to do."""
        return self.many(
            "The Permanent Mission {of_senders} {office} presents its compliments to the Permanent Mission {of_state} "
            "{office} and has the honour {honour}.",
            "The Permanent Missions {of_senders} {office} present their compliments to the Permanent Mission "
            "{of_state} {office} and have the honour {honour}.",
            office=self.office, honour=honour,
        )  # fmt: skip

    def closing(self) -> str:
        """The courtesy at the end."""
        return self.many(
            "The Permanent Mission {of_senders} avails itself of this opportunity to renew to the Permanent Mission "
            "{of_state} the assurances of its highest consideration.",
            "The Permanent Missions {of_senders} avail themselves of this opportunity to renew to the Permanent "
            "Mission {of_state} the assurances of their highest consideration.",
        )


def verbale(on: Writing) -> tuple[str, ...]:
    """The request for a bilateral meeting."""
    t, row = on.t, on.row
    told = [on.greeting(t.say("to refer to the Convention on Cluster Munitions"))]
    if row["status"] == Status.SIGNATORY:
        state, day = t.the(row["iso3"]), t.date(row["signature_date"])
        said = t.say("It is recalled with appreciation that the Convention was signed by {state} on {day}.",
                     state=state, day=day)  # fmt: skip
        told.append(said)
    return (
        *told,
        t.say("A bilateral meeting is proposed to exchange views on {subject} and on the assistance that is available.",
              subject=_subject(on)),
        t.say("The meeting could take place on [date] at [time] in [place]. The delegation would be led by [name and "
              "title]."),
        t.say("A reply to [name, telephone and e-mail address] by [date] would be appreciated."),
    )  # fmt: skip


def _subject(on: Writing) -> str:
    match on.row["status"]:
        case Status.SIGNATORY:
            return on.t.say("the ratification of the Convention")
        case Status.STATE_PARTY:
            return on.t.say("the universalization of the Convention")
        case _:
            return on.t.say("the accession {of_state} to the Convention", of_state=on.t.of(on.t.the(on.row["iso3"])))


def invited(on: Writing) -> tuple[str, ...]:
    """The invitation to a workshop or a regional meeting."""
    t = on.t
    return (
        on.greeting(t.say("to invite a representative of its Government to [title of the workshop or regional meeting] "
                          "on the Convention on Cluster Munitions, to be held in [city and venue] on [dates]")),
        t.say("The meeting is to exchange experience of ratification and accession, of national legislation and of the "
              "cooperation and assistance that the Convention provides for."),
        t.say("The draft programme is enclosed. The working languages will be [languages]. Travel and accommodation "
              "[are covered by / are to be covered by]."),
        t.say("Please send the name and title of the representative by [date] to [name, telephone and e-mail "
              "address]."),
    )  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A kind of note: its name in files, its title, what it says."""

    name: str
    title: Callable[[Tongue], str]
    write: Callable[[Writing], tuple[str, ...]]


NOTE_VERBALE = Form("note-verbale", lambda t: t.say("Note verbale"), verbale)
INVITATION = Form("invitation", lambda t: t.say("Invitation"), invited)


def notes(reading: Reading, iso3s: Sequence[str], t: Tongue, form: Form) -> list[Note]:
    """Drafts to up to 40 states, in the given order, from public facts whoever asks.

    Raises CcmError for none or too many, an unknown state, and one that would write to itself.
    """
    given = reading.for_audience(Confidentiality.PUBLIC)
    wanted = list(dict.fromkeys(given.workspace.iso3(code, given.as_of) for code in iso3s))
    if not 1 <= len(wanted) <= MOST_STATES:
        raise CcmError(f"Drafts are made to 1 to {MOST_STATES} states at once; {len(wanted)} were asked for.")
    states = given.states().set_index("iso3", drop=False)
    held = offices(given)
    if own := [held.names[code] for code in wanted if code in held.holders[OfficeRole.UNIVERSALIZATION]]:
        raise CcmError(f"{', '.join(own)}: a coordinator in office, who writes the note and does not get it.")
    sender = Sender.in_office(held, t)
    return [_note(given, Writing(states.loc[code], sender, t), form) for code in wanted]


def _note(reading: Reading, on: Writing, form: Form) -> Note:
    t, row = on.t, on.row
    signed = form is NOTE_VERBALE and row["status"] == Status.SIGNATORY
    missions = [post for post in row["posts"] if post["kind"] == PostKind.MISSION]
    return Note(
        iso3=str(row["iso3"]), state=t.the(row["iso3"]), title=form.title(t), paragraphs=form.write(on),
        sender=t.many("Permanent Mission {of_senders}", "Permanent Missions {of_senders}", max(on.sender.count, 1),
                      of_senders=on.sender.of),
        closing=on.closing(), addressee=t.say("Permanent Mission {of_state}", of_state=on.of_state) + f" {on.office}",
        sources=wording.ids(row["signature_source_id"]) if signed else (),
        has_mission=not any(post["present"] is False for post in missions), reading=reading, t=t,
    )  # fmt: skip


def made(reading: Reading, order: Order, form: Form) -> tuple[bytes, str]:
    """The file of an order, and what to know before it is sent, in sentences. Raises CcmError (`notes`)."""
    drafts = notes(reading, order.iso3s, tongue(order.language), form)
    if order.format == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for note in drafts:
                archive.writestr(f"{form.name}-{note.iso3}.docx", _word(note, order.template))
        return out.getvalue(), told(drafts)
    if order.format == "pdf":
        if order.template is not None:
            raise CcmError("A letterhead is filled as Word; ask for Word, or leave the template out.")
        return pdf.render([note.document for note in drafts]), told(drafts)
    if order.template is not None and len(drafts) > 1:
        raise CcmError("On a letterhead each note is a file of its own; ask for single notes in a zip.")
    content = _word(drafts[0], order.template) if len(drafts) == 1 else docx.render([one.document for one in drafts])
    return content, told(drafts)


def _word(note: Note, template: bytes | None) -> bytes:
    return docx.render(note.document) if template is None else note.on(template)


def told(drafts: Sequence[Note]) -> str:
    """What to know before drafts are sent: what is open, what shows the facts in them, who has no mission in Geneva."""
    reading = drafts[0].reading
    held = offices(reading)
    said = ["Fill in what stands in square brackets."]
    if not held.holders[OfficeRole.UNIVERSALIZATION]:
        said.append("No coordinator on universalization is on record for the day: the sender is left open.")
    if sources := wording.ids(*(note.sources for note in drafts)):
        titles = reading.workspace.sources.loc[list(sources), "title"]
        said.append(f"Days of signature are by: {'; '.join(titles)}.")
    if absent := [held.names[note.iso3] for note in drafts if not note.has_mission]:
        said.append(f"On record as without a mission in Geneva: {', '.join(absent)}.")
    return " ".join(said)
