"""What is needed for one call to one state: where it stands, why now, what to ask, who calls and where, what was said.

The state's page, the panel beside the map and the briefing show it in this order; the desk takes the first calls of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from ccm_data import contacts, talking, wording
from ccm_data.contacts import ORIGINS, Contact, StateContacts
from ccm_data.languages import ENGLISH, Tongue
from ccm_data.ranking.actions import is_fresh
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.talking import Answer
from ccm_data.vocab import ActivityType, ActKind, Category, Confidentiality, OfficeRole
from ccm_data.wording import Said, ids

Row = Any
"""A row of states, by column name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether a state meets a target category; the day is that of what shows it, None where nothing does."""

    category: Category
    met: bool
    words: str
    day: date | None = None
    precision: str = "day"
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said or done on a day: `when` is the day as exact as known, `origin` log or public record.

    title: what it was. said: what the state said there, blank where nobody wrote it down. entry: that of the log.
    """

    day: date
    when: str
    title: str
    said: str
    origin: str
    source_ids: tuple[str, ...] = ()
    entry: str = ""

    @property
    def words(self) -> str:
        """What it was and what was said."""
        return ": ".join(filter(None, (self.title, self.said)))


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: what the state said, by when (None: no day), and what has become of it."""

    told: Told
    due: date | None
    fate: str
    overdue: bool

    def standing(self, t: Tongue = ENGLISH) -> str:
        """By when, and what has become of it."""
        return f"{t.say('by {day}', day=t.date(self.due))}; {self.fate}" if self.due else self.fate


@dataclass(frozen=True, slots=True)
class Step:
    """The open next step of the log: what, whose, by when (None: no day)."""

    what: str
    owner: str
    due: date | None
    overdue: bool

    def words(self, t: Tongue = ENGLISH) -> str:
        """What is to be done, by whom and by when."""
        due = t.say("by {day}", day=t.date(self.due)) if self.due else ""
        who = ", ".join(filter(None, (self.owner, due, t.say("overdue") if self.overdue else "")))
        return f"{self.what} ({who})" if who else self.what


@dataclass(frozen=True, slots=True)
class Call:
    """What is needed for a call to a state on the day of a reading, as far as its audience may read.

    why: the first reason in about five words. reasons: why now, by the rules of the next best action. obstacles: what
    the state named as holding it back. ask: what is asked of every state of this status. steps: the next best actions,
    best first. points: what to say, by the reviewed sentences. answers: what to reply to its obstacles. callers and
    places: who calls and where. last: the last contact. statement: what the state said last. promises: the latest
    first. A blank or None means that nothing is on record.
    """

    iso3: str
    name: str
    status: Said
    notice: Said | None
    marks: tuple[Mark, ...]
    why: str
    reasons: tuple[Said, ...]
    obstacles: Said | None
    ask: str
    steps: tuple[Said, ...]
    points: tuple[Said, ...]
    answers: tuple[Answer, ...]
    callers: tuple[Said, ...]
    places: tuple[Said, ...]
    last: Told | None
    statement: Told | None
    promises: tuple[Promise, ...]
    next_step: Step | None

    def on_shared_screen(self) -> Call:
        """What may stand before other delegations: no ranking, obstacle, promise or contact."""
        return replace(
            self, why="", reasons=(), obstacles=None, steps=(), points=(), answers=(), last=None, statement=None,
            promises=(), next_step=None, callers=tuple(one for one in self.callers if one.name != OWNER),
        )  # fmt: skip


OWNER = "Owner of the next step"
CHAMPION = "Champion, the nearest recent joiner"
IN_OFFICE = "Coordinators on universalization in office"
NOBODY = "nobody on record"
NO_CONTACT = f"{wording.NO_CONTACT}."


def call(reading: Reading, iso3: str) -> Call:
    """The call to one state; for public readers without ranking, obstacle, promise and contact.

    With broken facts what the facts alone tell is left out: acts, neighbours and who is in office. Raises CcmError for
    a code that is no state's of the day.
    """
    code = reading.workspace.iso3(iso3, reading.as_of)
    found = calls(reading, [code])[code]
    return found.on_shared_screen() if reading.audience == Confidentiality.PUBLIC else found


def first_calls(reading: Reading, count: int) -> list[Call]:
    """The first targets in their order, without those in fresh contact, of whom nobody asks twice (actions.toml).

    None for public readers, who see no ranking.
    """
    if reading.audience == Confidentiality.PUBLIC:
        return []
    days = reading.contact_days()
    wanted = [iso3 for iso3 in reading.targets()["iso3"] if not is_fresh(days.get(iso3))][:count]
    return list(calls(reading, wanted).values())


def calls(reading: Reading, iso3s: Sequence[str], t: Tongue = ENGLISH) -> dict[str, Call]:
    """The calls to these states by their codes, all that the reading's audience may read; see `call`.

    In another language only what is recorded as text, such as a summary or a promise, stays as it was written.
    """
    states = reading.states().set_index("iso3", drop=False)
    about = {name: _about(reading, name, iso3s) for name in ("acts", "peers", "votes", "organizations")}
    activities, ahead, actions = reading.activities(iso3s), reading.contacts_by_state(), reading.actions()
    senders, in_office = _coordinators(reading, t)
    found = {}
    for iso3 in iso3s:
        row: Row = states.loc[iso3]
        acts, peers, votes, shares = (rows.get(iso3, NOTHING) for rows in about.values())
        mine = contacts.of_state(iso3, activities)
        rules = list(each(actions[actions["iso3"] == iso3]))
        step = next_step(ahead.get(iso3), reading.log_day)
        known = talking.known(row, acts, votes, peers, shares, rules, rules[0].offered_by if rules else (), t)
        found[iso3] = Call(
            iso3=iso3, name=str(row["name_short"]), status=wording.status(row, t), notice=wording.notice(row, t),
            marks=marks(row),
            why=t.say(rules[0].short) if rules else "",
            reasons=tuple(
                wording.marked(row, Said(t.say(rule.short), t.say(rule.why), rule.source_ids), t) for rule in rules
            ),
            obstacles=wording.obstacles(row, t) if len(row["obstacles"]) else None,
            ask=t.say(wording.ASKS[row["status"]]),
            steps=tuple(
                Said(t.term(ActivityType, rule.activity), f"{t.say(rule.tool)}.{wording.offered(rule.offered_by, t)}")
                for rule in rules
            ),
            points=talking.points(known, t), answers=talking.answers(row, t),
            callers=tuple(_callers(row, step, in_office, peers, t)),
            places=(wording.mission(row, t), *wording.posts(row, senders, t)),
            last=_told(mine[0], t) if mine else None,
            statement=_statement(acts, mine, t),
            promises=promises(row, acts, mine, reading, t),
            next_step=step,
        )  # fmt: skip
    return found


NOTHING = pd.DataFrame()


def _about(reading: Reading, name: str, iso3s: Sequence[str]) -> dict[str, pd.DataFrame]:
    if reading.workspace.findings:
        return {}
    return {str(iso3): rows for iso3, rows in reading.about(name, iso3s).groupby("iso3", sort=False)}


def marks(row: Row) -> tuple[Mark, ...]:
    """The target categories of a state outside the Convention, met or not; none for a State Party."""
    if not row["is_target"]:
        return ()
    shown = {one["category"]: one for one in row["evidence"]}
    said = dict(zip(shown, wording.categories(row), strict=True))
    return tuple(
        Mark(one, True, said[one].words, shown[one]["day"], shown[one]["precision"], said[one].source_ids)
        if one in shown
        else _not_met(row, one)
        for one in Category
    )


def _not_met(row: Row, category: Category) -> Mark:
    """What is known of a category that is not met."""
    match category:
        case Category.FIRST_COMMITTEE_YES:
            said, day = wording.vote(row), row["vote_date"]
        case Category.MINE_BAN_PARTY:
            said, day = wording.mine_ban(row), row["mine_ban_withdrawal_effective_date"]
        case Category.SIGNATORY:
            return Mark(category, False, "Not a signatory")
        case _:
            return Mark(category, False, "None recorded")
    known = None if pd.isna(day) else pd.Timestamp(day).date()
    return Mark(category, False, said.words, known, source_ids=said.source_ids)


def _coordinators(reading: Reading, t: Tongue) -> tuple[dict[str, str], Said]:
    """Whose posts count, by ISO code, and who coordinates universalization on the day, by office or campaign."""
    held = NOTHING if reading.workspace.findings else reading.in_office(OfficeRole.UNIVERSALIZATION)
    names = reading.offers.get(OfficeRole.UNIVERSALIZATION, ())
    codes = reading.states().set_index("name_short")["iso3"]
    senders = {str(codes[name]): t.state(str(codes[name])) for name in names if name in codes.index}
    listed = [t.state(str(codes[name])) if name in codes.index else name for name in names]
    sources = ids(held["source_id"]) if len(held) else ()
    return senders, Said(t.say(IN_OFFICE), ", ".join(listed) or t.say(NOBODY), sources)


def _callers(row: Row, step: Step | None, in_office: Said, peers: pd.DataFrame, t: Tongue) -> Iterator[Said]:
    """The owner of the next step, the coordinators in office, and the champion: the nearest recent joiner."""
    if step and step.owner:
        yield Said(t.say(OWNER), step.owner)
    yield in_office
    if row["is_target"] and len(peers):
        near = peers.iloc[0]
        shared = [*(t.say(one) for one in filter(None, [near["near"]])), *near["shared_organizations"]]
        said = t.say(
            "{state}, joined {day}; shares {shared}", state=t.state(near["peer"]), day=t.date(near["joined_date"]),
            shared=", ".join(shared),
        )  # fmt: skip
        yield Said(t.say(CHAMPION), said, (near["source_id"],))


def _told(contact: Contact, t: Tongue) -> Told:
    entry, log = contact.entry, contact.origin == "log"
    return Told(
        contact.day, t.date(contact.day, entry.precision), entry.title, contact.said, ORIGINS[contact.origin],
        entry.source_ids, entry.subject if log else "",
    )  # fmt: skip


def _act(act: Any, t: Tongue) -> Told:
    when = t.date(act.date, act.precision)
    return Told(act.date.date(), when, t.term(ActKind, act.kind), act.summary, ORIGINS["facts"], (act.source_id,))


def _statement(acts: pd.DataFrame, mine: Sequence[Contact], t: Tongue) -> Told | None:
    """The latest that the state itself said or did; being at a meeting says nothing."""
    own = [_act(act, t) for act in each(acts) if act.kind != ActKind.OBSERVER][:1]
    said = [_told(contact, t) for contact in mine if contact.part.position][:1]
    return max([*said, *own], key=lambda one: one.day, default=None)


def promises(
    row: Row, acts: pd.DataFrame, mine: Sequence[Contact], reading: Reading, t: Tongue = ENGLISH
) -> tuple[Promise, ...]:
    """Its promises, the latest first: of the public record those to join by a day, of the log all."""
    found = [
        _promise(row, replace(_act(act, t), title=""), act.promise_due.date(), reading.as_of, t)
        for act in each(acts) if pd.notna(act.promise_due)
    ]  # fmt: skip
    for contact in mine:
        part = contact.part
        if part.promise or part.promise_due:
            told = replace(_told(contact, t), title="", said=part.promise)
            found.append(_promise(row, told, part.promise_due, reading.log_day, t))
    return tuple(sorted(found, key=lambda one: one.told.day, reverse=True))


def _promise(row: Row, told: Told, due: date | None, day: date, t: Tongue) -> Promise:
    kept = pd.notna(row["joined_date"]) and row["joined_date"].date() >= told.day
    return Promise(told, due, wording.fate(row, day, told.day, due, t), bool(due and due < day and not kept))


def next_step(held: StateContacts | None, log_day: date) -> Step | None:
    """The open next step of a state in the log."""
    if held is None or not held.next_step:
        return None
    return Step(held.next_step, held.owner, held.due, bool(held.due and held.due < log_day))
