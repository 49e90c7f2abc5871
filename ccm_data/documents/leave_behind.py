"""The leave-behind: one page for the interlocutor, of public facts only, in the language that the state works in.

It says what the Convention asks, where the state stands, what joining takes, who helps and which neighbours joined. It
knows no order of states, obstacle, promise or contact, and reads nothing of the log. What has no source is left out;
what the Convention says names its article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ccm_data import wording
from ccm_data.documents import docx, pdf
from ccm_data.documents.content import Block, Bullets, Document, Heading, Paragraph, Text, numbered
from ccm_data.documents.offices import Offices, offices
from ccm_data.errors import CcmError
from ccm_data.factfiles import CONVENTION
from ccm_data.languages import Tongue
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.vocab import (
    ActKind,
    Confidentiality,
    Language,
    OfficeRole,
    PostKind,
    Precision,
    Status,
    Treaty,
    Unaffected,
    Vote,
    VoteStage,
)

MOST_STATES = 40
FIRST = "1."
"""What stands before the first of the numbered steps."""
BLANK = {Language.FRENCH: "\u00a0"}
"""French sets a blank before colon and semicolon, at which no line breaks."""
ROOM = ((False, 6), (True, 6), (True, 3))
"""Layouts to try until one fills a single page: whether compact, and how many neighbours and contacts it names."""


@dataclass(frozen=True)
class LeaveBehind:
    """What a leave-behind says of one state, before it is laid out."""

    reading: Reading
    iso3: str
    t: Tongue
    row: Any
    votes: pd.DataFrame
    acts: pd.DataFrame
    peers: pd.DataFrame
    offices: Offices

    def name(self, iso3: str) -> str:
        """A state as lists of the United Nations name it."""
        return self.offices.name(self.t, iso3)

    # -- what the Convention asks

    def asks(self) -> tuple[Text, ...]:
        """What the Convention asks of a State Party, each with its article."""
        t = self.t
        return (
            Text(t.say("Never to use, develop, produce, acquire, stockpile or transfer cluster munitions, nor to help "
                       "anyone do so (Article 1).")),
            Text(t.say("To destroy stocks within eight years and to clear contaminated areas within ten; both periods "
                       "can be extended (Articles 3 and 4).")),
            Text(t.say("To assist victims. Every State Party has the right to seek and receive assistance in meeting "
                       "its obligations (Articles 5 and 6).")),
            Text(t.say("To report each year and to take the national measures that the Convention needs (Articles 7 "
                       "and 9).")),
        )  # fmt: skip

    # -- where the state stands

    def standing(self) -> Iterator[Text]:
        """Its status, its votes, the Mine Ban Convention, its presence at meetings; what has no source is left out."""
        t, row = self.t, self.row
        yield Text(self._status(), wording.ids(row["status_source_ids"]), self._head(t.term(Treaty, Treaty.CCM)))
        if pd.notna(row["vote"]):
            head = self._head(t.say("General Assembly resolution"))
            yield self._marked(Text(self._vote(), wording.ids(row["vote_source_id"]), head))
        if pd.notna(row["mine_ban_source_id"]) and (said := self._mine_ban()):
            sources = wording.ids(row["mine_ban_source_id"])
            yield self._marked(Text(said, sources, self._head(t.term(Treaty, Treaty.APMBC))))
        came = self.acts[self.acts["kind"] == ActKind.OBSERVER] if len(self.acts) else self.acts
        if len(came):
            last = came.iloc[0]
            said = t.many(
                "{number} attendance on record, {when}.", "{number} attendances on record, the latest {when}.",
                len(came), when=t.date(last["date"], last["precision"]),
            )  # fmt: skip
            yield Text(said, (last["source_id"],), self._head(t.say("Meetings and workshops on the Convention")))

    def _head(self, name: str) -> str:
        return f"{name}{BLANK.get(self.t.language, '')}:"

    def _joined(self, parts: Iterable[str]) -> str:
        return f"{BLANK.get(self.t.language, '')}; ".join(parts)

    def _marked(self, text: Text) -> Text:
        news = set(self.row["provisional_source_ids"])
        mark = self.t.say("(provisional)")
        return Text(f"{text.text} {mark}", text.sources, text.strong) if news & set(text.sources) else text

    def _status(self) -> str:
        t, row = self.t, self.row
        match row["status"]:
            case Status.SIGNATORY:
                said = t.say("Signed on {day}; ratification is still to come.", day=t.date(row["signature_date"]))
            case Status.WITHDRAWN:
                said = t.say(
                    "Joined on {day}; withdrawal in effect since {end}.",
                    day=t.date(row["joined_date"]), end=t.date(row["withdrawal_effective_date"]),
                )  # fmt: skip
            case _:
                said = t.say("Not signed; accession is open to all States.")
        if row["status_provisional"]:
            said = f"{said} {t.say('(provisional: not confirmed by the depositary)')}"
        return said

    def _vote(self) -> str:
        t, row = self.t, self.row
        say: dict[str, Callable[[str, str], str]] = {
            Vote.YES: lambda body, day: t.say("Latest vote in favour, {body}, {day}", body=body, day=day),
            Vote.ABSTAIN: lambda body, day: t.say("Latest vote an abstention, {body}, {day}", body=body, day=day),
            Vote.NO: lambda body, day: t.say("Latest vote against, {body}, {day}", body=body, day=day),
            Vote.ABSENT: lambda body, day: t.say("Absent from the latest vote, {body}, {day}", body=body, day=day),
        }
        plenary = row["vote_stage"] == VoteStage.PLENARY
        body = t.say("plenary") if plenary else t.say("First Committee")
        said = say[row["vote"]](body, t.date(row["vote_date"]))
        counted = self._counted()
        yes = int((counted["vote"] == Vote.YES).sum())
        if yes == 0:
            return f"{said}."
        more = t.many(
            "in favour in {yes} of {number} session since {year}.",
            "in favour in {yes} of {number} sessions since {year}.",
            len(counted), yes=t.number(yes), year=int(counted["year"].min()),
        )  # fmt: skip
        return self._joined((said, more))

    def _counted(self) -> pd.DataFrame:
        return self.votes[self.votes["decides"]] if len(self.votes) else self.votes

    def _mine_ban(self) -> str:
        t, row = self.t, self.row
        if pd.notna(row["mine_ban_withdrawal_effective_date"]):
            return t.say("Withdrawal in effect since {day}.", day=t.date(row["mine_ban_withdrawal_effective_date"]))
        if pd.notna(row["mine_ban_joined_date"]):
            when = t.date(row["mine_ban_joined_date"], row["mine_ban_joined_precision"])
            if row["mine_ban_joined_precision"] == Precision.DAY:  # other languages set an article before a day alone
                return t.say("State Party since {day}; its obligations are much the same.", day=when)
            return t.say("State Party since {month}; its obligations are much the same.", month=when)
        return ""

    # -- what joining takes

    def steps(self) -> Iterator[Text]:
        """The steps of ratification for a signatory, of accession for every other state, in order."""
        t = self.t
        if self.row["status"] == Status.SIGNATORY:
            first = t.say("Decide to ratify, with the approval of parliament where the constitution asks for it.")
            second = t.say("Draw up the instrument of ratification, signed by the Head of State, the Head of "
                           "Government or the Minister for Foreign Affairs.")  # fmt: skip
        else:
            first = t.say("Decide to accede, with the approval of parliament where the constitution asks for it; no "
                          "signature comes first (Article 16).")  # fmt: skip
            second = t.say("Draw up the instrument of accession, signed by the Head of State, the Head of Government "
                           "or the Minister for Foreign Affairs.")  # fmt: skip
        third = t.say("Deposit it with the Secretary-General of the United Nations, the Depositary (Article 22).")
        fourth = t.say("The Convention enters into force for the State on the first day of the sixth month after the "
                       "deposit (Article 17).")  # fmt: skip
        for number, said in enumerate((first, second, third, fourth), 1):
            yield Text(said, (), f"{number}.")
        if self.row["small_unaffected"] == Unaffected.YES:
            yield Text(t.say("For a small State without stocks, production or contamination a short law is enough: "
                             "model legislation is at hand."), self._unaffected_sources())  # fmt: skip

    def _unaffected_sources(self) -> tuple[str, ...]:
        names = ("producer", "stockpiler", "contaminated", "population")
        return wording.ids(*(self.row[f"{name}_source_id"] for name in names))

    # -- who helps

    def helpers(self) -> Iterator[Text]:
        """Who offers help: the ISU and the ICRC, the coalition where the campaign counts it, who holds an office."""
        t = self.t
        isu, icrc = t.say("Implementation Support Unit (ISU)"), t.say("International Committee of the Red Cross (ICRC)")
        url = CONVENTION.removeprefix("https://").rstrip("/")
        yield Text(t.say("questions on the Convention, on joining and on reporting; {url}", url=url), (),
                   self._head(isu))  # fmt: skip
        yield Text(t.say("ratification kit, model instruments and model legislation."), (), self._head(icrc))
        if "CMC" in self.reading.campaign.implementers:
            yield Text(t.say("exchange with parliament and civil society."), (),
                       self._head(t.say("Cluster Munition Coalition (CMC)")))  # fmt: skip
        heads = {
            OfficeRole.UNIVERSALIZATION: t.say("Coordinators on universalization"),
            OfficeRole.NATIONAL_IMPLEMENTATION: t.say("Coordination on national implementation"),
            OfficeRole.PRESIDENCY: t.say("Presidency of the Convention"),
        }
        for office, head in heads.items():
            if held := self.offices.holders[office]:
                names = t.listed(self.name(iso3) for iso3 in held)
                yield Text(f"{names}.", self.offices.sources[office], self._head(head))

    # -- neighbours, contacts

    def neighbours(self, most: int) -> tuple[Text, ...]:
        """The latest joiners of its own subregion, with the day of their deposit."""
        near = self.peers[self.peers["near"] != ""].head(most) if len(self.peers) else self.peers
        if near.empty:
            return ()
        said = self._joined(f"{self.name(one.peer)} ({self.t.date(one.joined_date)})" for one in each(near))
        return (Text(f"{said}.", wording.ids(near["source_id"])),)

    def contacts(self, most: int) -> tuple[Text, ...]:
        """How to reach the coordinators on universalization: their embassies here, their missions in Geneva."""
        senders = self.offices.holders[OfficeRole.UNIVERSALIZATION]
        states = self.reading.states()
        theirs = states.loc[states["iso3"].isin(senders), "posts"]
        geneva = [post for posts in theirs for post in posts if post["kind"] == PostKind.MISSION]
        here = [post for post in self.row["posts"] if post["kind"] != PostKind.MISSION and post["sender"] in senders]
        lines = [self._post(post) for post in (*here, *geneva) if post["present"] is not False]
        return tuple(line for line in lines if line)[:most]

    def _post(self, post: Any) -> Text | None:
        t = self.t
        reach = ", ".join(post[name] for name in ("phone", "email", "website") if post[name])
        if not reach:
            return None
        kinds = {
            PostKind.MISSION: lambda: t.say("Permanent Mission in Geneva"),
            PostKind.EMBASSY: lambda: t.say("Embassy"),
            PostKind.ACCREDITED: lambda: t.say("Embassy accredited from abroad"),
        }
        head = f"{self.name(post['sender'])}, {kinds[post['kind']]()}"
        return Text(reach, wording.ids(post["source_id"]), self._head(head))

    # -- laid out

    def sections(self, most: int) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """The sections in their order, each with what it says; one without anything is left out."""
        t = self.t
        of_state = t.of(t.the(self.iso3))
        parts = (
            (t.say("What the Convention asks"), self.asks()),
            (t.say("Status {of_state}", of_state=of_state), tuple(self.standing())),
            (t.say("What joining takes"), tuple(self.steps())),
            (t.say("Who helps"), tuple(self.helpers())),
            (t.say("States of the region that have joined"), self.neighbours(most)),
            (t.say("Contacts of the coordinators"), self.contacts(most)),
        )
        return ((head, said) for head, said in parts if said)

    @cached_property
    def document(self) -> Document:
        """The leave-behind on one page."""
        for compact, most in ROOM:
            made = self._laid_out(compact, most)
            if pdf.pages(made) == 1:
                return made
        raise CcmError(f"The leave-behind for {self.name(self.iso3)} does not fit on one page.")

    def _laid_out(self, compact: bool, most: int) -> Document:
        t, given = self.t, self.reading
        blocks: list[Block] = []
        for head, said in self.sections(most):
            blocks.append(Heading(head, 2))
            if said[0].strong == FIRST:
                blocks += [Paragraph(one) for one in said]
            else:
                blocks.append(Bullets(said))
        return Document(
            title=t.term(Treaty, Treaty.CCM),
            subtitle=t.say("Aide-mémoire addressed {to_state}", to_state=t.to(t.the(self.iso3))),
            marking=t.say("Public facts only"), as_of=given.as_of, blocks=tuple(blocks),
            sources=numbered(blocks, given.workspace.sources, given.as_of),
            foot=wording.public_facts(given.as_of, given.workspace.horizon, t), compact=compact, tongue=t,
        )  # fmt: skip


def leave_behinds(
    reading: Reading, iso3s: Sequence[str], t: Tongue, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[LeaveBehind]:
    """Leave-behinds of up to 40 states that are not party, in the given order, laid out, for the public whoever asks.

    Raises CcmError for none or too many, an unknown state, and a State Party.
    """
    given = reading.for_audience(Confidentiality.PUBLIC)
    wanted = list(dict.fromkeys(given.workspace.iso3(code, given.as_of) for code in iso3s))
    if not 1 <= len(wanted) <= MOST_STATES:
        raise CcmError(f"Leave-behinds are made for 1 to {MOST_STATES} states at once; {len(wanted)} were asked for.")
    states = given.states().set_index("iso3", drop=False)
    if joined := [str(states.loc[code, "name"]) for code in wanted if states.loc[code, "status"] == Status.STATE_PARTY]:
        raise CcmError(f"A leave-behind is for states that have not joined; {', '.join(joined)}: State Party.")
    frames = {name: given.about(name, wanted) for name in ("votes", "acts", "peers")}
    held = offices(given)
    made = []
    for number, code in enumerate(wanted, 1):
        votes, acts, peers = (frame[frame["iso3"] == code] for frame in frames.values())
        note = LeaveBehind(given, code, t, states.loc[code], votes, acts, peers, held)
        _ = note.document  # laying out is the slow part
        made.append(note)
        progress(number, len(wanted))
    return made


def combined(notes: Sequence[LeaveBehind], style: str) -> bytes:
    """One file, each leave-behind on a page of its own: Word (`docx`) or PDF."""
    documents = [note.document for note in notes]
    return docx.render(documents) if style == "docx" else pdf.render(documents)
