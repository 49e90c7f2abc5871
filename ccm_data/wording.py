"""What is said of a state, in one voice: the words and the sources of its status, categories, votes, acts and profile.

Pages, documents and the command say the same thing in the same words. A row is one of `Reading.states`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from ccm_data.dates import words
from ccm_data.languages import ENGLISH, Tongue
from ccm_data.vocab import (
    ActKind,
    Category,
    Confidentiality,
    MunitionsAttribute,
    MunitionsValue,
    Obstacle,
    PostKind,
    Stage,
    Stance,
    Status,
    Treaty,
    TreatyAction,
    Unaffected,
    Vote,
    VoteStage,
    codes,
    label,
)

NO_CONTACT = "No contact on record"
LOG_UNREAD = "the activity log cannot be read"
"""Stands where a contact, an owner or a next step would."""
LOG_UNREAD_HERE = (
    "Contacts, owners, next steps and what is reckoned from them are here those of the public record alone."
)
"""Said once on a page of facts whose log cannot be read."""
NO_SOURCE = "no source"
NO_OBSTACLE = "No obstacle recorded: a gap in the record, not a sign that there is none"
NO_MISSION = "No mission recorded: a gap in the record, not a sign that there is none"
NO_POST = "No post recorded: a gap in the record, not a sign that there is none"
OBSTACLES = "Obstacles it has named"
WEAPONS = (MunitionsAttribute.PRODUCER, MunitionsAttribute.STOCKPILER, MunitionsAttribute.CONTAMINATED)
"""The attributes of the munitions profile that a short view shows."""

Row = Any
"""A row of states, by column name."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing known about a state: what it is, the words for it, and the sources that show it."""

    name: str
    words: str
    source_ids: tuple[str, ...] = ()


ASKS: dict[str, str] = {
    Status.SIGNATORY: "Complete the ratification it has signed for and deposit the instrument.",
    Status.NOT_PARTY: "Accede to the Convention; until then vote yes on the resolution.",
    Status.WITHDRAWN: "Reconsider, and accede again.",
    Status.STATE_PARTY: "State Party: share its experience of joining with its neighbours.",
}
"""What a coordinator asks of a state of each status."""

CAN_DO: dict[str, str] = {
    Status.SIGNATORY: "Complete the ratification and deposit the instrument.",
    Status.NOT_PARTY: "Accede; until then vote yes on the resolution.",
    Category.FIRST_COMMITTEE_YES: "Follow the vote with accession.",
    Category.MINE_BAN_PARTY: "Join this Convention as well: the duties are much the same.",
    Category.DECLARED_SUPPORT: "Turn the declared support into ratification or accession.",
    Status.WITHDRAWN: "Reconsider, and accede again.",
    Status.STATE_PARTY: "Share the experience of joining with neighbours not yet party.",
}
"""The same to delegations in a room, by status and by target category."""

STATES_OF: dict[str, str] = {
    Status.STATE_PARTY: "States Parties",
    Status.SIGNATORY: "Signatories",
    Status.NOT_PARTY: "States not party",
    Status.WITHDRAWN: "Withdrawn",
}
"""The states of each status together."""

MARKINGS: dict[str, str] = {
    Confidentiality.PUBLIC: "Public: from public facts and public entries of the log",
    Confidentiality.PARTNERS: "For coordinators and partners only",
    Confidentiality.INTERNAL: "Internal: for the coordinators only",
}
"""Who may read a document made for such readers."""


PROVISIONAL = "provisional"


def counted(total: int, provisional: int) -> str:
    """A number of states, with those apart that rest on news nobody confirmed yet: 112 and 1 provisional."""
    return f"{total - provisional} and {provisional} {PROVISIONAL}" if provisional else str(total)


def and_provisional(provisional: int) -> str | None:
    """The second half of `counted`, for where the number stands alone; None where nothing is provisional."""
    return f"and {provisional} {PROVISIONAL}" if provisional else None


def status_label(row: Row) -> str:
    """The status in a word or two."""
    return label(Status, row["status"]) + (f" ({PROVISIONAL})" if row["status_provisional"] else "")


def named(row: Row) -> str:
    """The short name of a state, marked where its status is provisional."""
    return f"{row['name_short']} ({PROVISIONAL})" if row["status_provisional"] else str(row["name_short"])


def marked(row: Row, said: Said, t: Tongue = ENGLISH) -> Said:
    """The same, marked as provisional where it rests on news nobody confirmed yet."""
    news = set(row["provisional_source_ids"])
    return replace(said, words=f"{said.words} ({t.say(PROVISIONAL)})") if news & set(said.source_ids) else said


def ids(*given: Any) -> tuple[str, ...]:
    """Source ids from cells that hold one, several or none; each once."""
    flat = (one for cell in given for one in ([cell] if isinstance(cell, str) or not _several(cell) else cell))
    return tuple(dict.fromkeys(one for one in flat if isinstance(one, str)))


def _several(cell: Any) -> bool:
    return isinstance(cell, Iterable)


def status(row: Row, t: Tongue = ENGLISH) -> Said:
    """Status with the dates that make it."""
    match row["status"]:
        case Status.STATE_PARTY:
            how = t.term(TreatyAction, row["joined_by"]).lower()
            said = t.say("State Party since {day} ({how})", day=t.date(row["joined_date"]), how=how)
        case Status.WITHDRAWN:
            said = t.say(
                "Withdrew, effective {day}; joined {joined}", day=t.date(row["withdrawal_effective_date"]),
                joined=t.date(row["joined_date"]),
            )  # fmt: skip
        case Status.SIGNATORY:
            said = t.say("Signatory: signed {day}, not ratified", day=t.date(row["signature_date"]))
        case _:
            said = t.say("State not party, not a signatory")
    if row["status_provisional"]:
        said += f" ({t.say('provisional: not confirmed by the depositary')})"
    return Said(t.say("Status"), said, ids(row["status_source_ids"]))


def notice(row: Row, t: Tongue = ENGLISH) -> Said | None:
    """That a State Party has given notice of withdrawal; None when it has not."""
    if row["status"] != Status.STATE_PARTY or pd.isna(row["withdrawal_notified_date"]):
        return None
    when = t.date(row["withdrawal_notified_date"])
    if pd.isna(row["withdrawal_effective_date"]):
        said = t.say("Withdrawal notified on {day}", day=when)
    else:
        effective = t.date(row["withdrawal_effective_date"])
        said = t.say("Withdrawal notified on {day}, effective {effective}", day=when, effective=effective)
    return marked(row, Said(t.say("Notice"), said, ids(row["withdrawal_source_id"])), t)


def vote(row: Row) -> Said:
    """The latest vote with its basis, or that none is recorded."""
    if pd.isna(row["vote"]):
        return Said("Latest vote on the resolution", "No vote recorded")
    said = vote_with_basis(row["vote"], row["vote_stage"], row["vote_session"], row["vote_date"])
    return marked(row, Said("Latest vote on the resolution", said, ids(row["vote_source_id"])))


def vote_with_basis(vote: str, stage: str, session: float, day: Any) -> str:
    """A vote with the body, the session and the day it was cast."""
    return f"{label(Vote, vote)} ({vote_basis(stage, session)}, {words(day)})"


def vote_basis(stage: str, session: float) -> str:
    """The body and the session of a vote."""
    return f"{label(VoteStage, stage)}, session {int(session)}"


def categories(row: Row) -> tuple[Said, ...]:
    """For each target category the state meets: what shows it (macros/category_evidence)."""
    return tuple(
        marked(row, Said(label(Category, e["category"]), e["words"], ids(e["source_ids"]))) for e in row["evidence"]
    )


def mine_ban(row: Row) -> Said:
    """Where it stands towards the Mine Ban Convention."""
    if pd.notna(row["mine_ban_withdrawal_effective_date"]):
        said = f"Withdrawal effective {words(row['mine_ban_withdrawal_effective_date'])}"
    elif pd.notna(row["mine_ban_joined_date"]):
        said = f"State Party since {words(row['mine_ban_joined_date'], row['mine_ban_joined_precision'])}"
    else:
        said = "Not party"
    return marked(row, Said("Mine Ban Convention", said, ids(row["mine_ban_source_id"])))


def munitions(
    row: Row, attributes: Iterable[MunitionsAttribute] = MunitionsAttribute, t: Tongue = ENGLISH
) -> tuple[Said, ...]:
    """The munitions profile, each attribute with the year of its source; a missing one says so."""
    return tuple(
        Said(t.say(term.label), t.say(NO_SOURCE) if pd.isna(row[term.value]) else _munitions(row, term, t),
             ids(row[f"{term.value}_source_id"]))
        for term in attributes
    )  # fmt: skip


def _munitions(row: Row, term: MunitionsAttribute, t: Tongue) -> str:
    value, year = t.term(MunitionsValue, row[term.value]), f"{row[f'{term.value}_year']:.0f}"
    if term is MunitionsAttribute.USED and isinstance(row["last_use"], str):
        return t.say("{value} ({year}, last use {last})", value=value, year=year, last=row["last_use"])
    return f"{value} ({year})"


def together(parts: Iterable[Said], name: str) -> Said:
    """Several things in one line, each named."""
    held = tuple(parts)
    said = "; ".join(f"{one.name.lower()}: {one.words[:1].lower()}{one.words[1:]}" for one in held)
    return Said(name, said, ids(*(one.source_ids for one in held)))


def stage(row: Row, t: Tongue = ENGLISH) -> Said | None:
    """The highest step of the ladder it reached; None when none is recorded."""
    if pd.isna(row["stage"]):
        return None
    when = t.date(row["stage_date"], row["stage_precision"])
    said = Said(t.say("Stage reached"), f"{rung(row['stage'], t)}, {when}", ids(row["stage_source_id"]))
    return marked(row, said, t)


def rung(stage: str, t: Tongue = ENGLISH) -> str:
    """A stage with its place on the ladder."""
    ladder = codes(Stage)
    step = t.say("step {step} of {steps}", step=ladder.index(stage) + 1, steps=len(ladder))
    return f"{t.term(Stage, stage)} ({step})"


def promise(row: Row, as_of: date) -> Said | None:
    """Its latest promise to join with a date, and what became of it; None when it made none."""
    if pd.isna(row["promise_due"]):
        return None
    due = row["promise_due"].date()
    said = f"to join by {words(due)}: {row['promise_summary']} ({fate(row, as_of, row['promise_date'].date(), due)})"
    return marked(row, Said("Promise", said, ids(row["promise_source_id"])))


def fate(row: Row, as_of: date, made: date, due: date | None, t: Tongue = ENGLISH) -> str:
    """What has become of a promise to join, and its age."""
    if pd.notna(row["joined_date"]) and row["joined_date"].date() >= made:
        day = t.date(row["joined_date"])
        late = due and row["joined_date"].date() > due
        return t.say("joined {day}, after that day", day=day) if late else t.say("joined {day}", day=day)
    age = t.many("{number} day old", "{number} days old", (as_of - made).days)
    if due and due < as_of:
        late_by = t.many("overdue by {number} day", "overdue by {number} days", (as_of - due).days)
        return f"{age}, {late_by}"
    return f"{age}, {t.say('open')}"


def act(row: Row) -> Said:
    """One act (queries/state/acts.sql, or one of `support_acts`): its kind and date, and what it was."""
    return Said(
        f"{label(ActKind, row['kind'])}, {words(row['date'], row['precision'])}", row["summary"], ids(row["source_id"])
    )


def treaty(row: Any, t: Tongue = ENGLISH) -> Said:
    """What a state did towards a treaty, with dates; `row` is one of queries/state/treaties.sql, by attribute."""
    parts = []
    if pd.notna(row.signature_date):
        parts.append(t.say("signed {day}", day=t.date(row.signature_date, row.signature_precision)))
    if pd.notna(row.joined_date):
        parts.append(f"{t.term(TreatyAction, row.joined_by).lower()} {t.date(row.joined_date, row.joined_precision)}")
    elif parts:
        parts.append(t.say("not ratified"))
    if pd.notna(row.withdrawal_effective_date) and not row.is_party:
        parts.append(t.say("withdrawal effective {day}", day=t.date(row.withdrawal_effective_date)))
    return Said(t.term(Treaty, row.treaty), ", ".join(parts), ids(row.source_id))


def posts(row: Row, senders: Mapping[str, str], t: Tongue = ENGLISH) -> tuple[Said, ...]:
    """Embassies of these senders (name by ISO code) in the state, or accredited to it, that a source shows."""
    return tuple(
        marked(
            row,
            Said(f"{senders[post['sender']]}, {t.term(PostKind, post['kind']).lower()}", _post(post, t),
                 ids(post["source_id"])),
            t,
        )
        for post in row["posts"]
        if post["sender"] in senders and post["present"] is not False
    )  # fmt: skip


def _post(post: Mapping[str, Any], t: Tongue) -> str:
    """Where a post is and how to reach it; that it is shown, when no more is known."""
    told = [post[name] for name in ("city", "phone", "email", "website", "note") if post[name]]
    return ", ".join(told) or t.say("shown by a source")


def for_meeting(said: Iterable[Said]) -> list[Said]:
    """What may stand on a shared screen: no obstacle, no promise that may be overdue, no allegation without room to
    explain it."""
    accusing = {"Promise", OBSTACLES, "Small unaffected state", *(term.label for term in MunitionsAttribute)}
    return [one for one in said if one.name not in accusing]


def profile(row: Row, as_of: date) -> list[Said]:
    """What is known of a state beside the call to it (ccm_data/call.py), each attribute once; a missing one says so."""
    found: list[Said | None] = []
    if not row["is_target"]:  # the marks of a target say these
        if pd.notna(row["signature_date"]):
            found.append(Said("Signed", words(row["signature_date"]), ids(row["signature_source_id"])))
        found += [vote(row), mine_ban(row), promise(row, as_of), obstacles(row) if len(row["obstacles"]) else None]
    found += [marked(row, act(one)) for one in row["support_acts"]]
    if pd.notna(row["stance"]):
        said = f"{label(Stance, row['stance'])}, {words(row['stance_date'], row['stance_precision'])}"
        found.append(Said("Latest stance", said, ids(row["stance_source_id"])))
    found += [
        *munitions(row),
        Said("Small unaffected state", label(Unaffected, row["small_unaffected"]),
             ids(row["producer_source_id"], row["stockpiler_source_id"], row["contaminated_source_id"],
                 row["population_source_id"])),
        Said("Population", _number(row["population"], row["population_year"]), ids(row["population_source_id"])),
        Said("UN regional group", row["un_group"] if pd.notna(row["un_group"]) else "", ids(row["un_group_source_id"])),
        Said("Region", f"{row['region']}, {row['subregion']}", ids(row["identity_source_id"])),
        Said("Least developed country", "Yes" if row["ldc"] else "No", ids(row["ldc_source_id"])),
        Said("Small island developing state", "Yes" if row["sids"] else "No", ids(row["identity_source_id"])),
        Said("Party to other treaties", ", ".join(row["treaties_joined"]), ids(row["treaties_source_ids"])),
    ]  # fmt: skip
    return [one for one in found if one is not None]


def _number(value: Any, year: Any) -> str:
    return f"{int(value):,} ({int(year)})" if pd.notna(value) else ""


def mission(row: Row, t: Tongue = ENGLISH) -> Said:
    """The state's own mission in Geneva, where a source shows it."""
    own = [post for post in row["posts"] if post["kind"] == PostKind.MISSION]
    told = (", ".join(filter(None, (post["city"], post["phone"], post["email"]))) for post in own)
    said = "; ".join(one or t.say("Yes") for one in told) or t.say(NO_MISSION)
    return marked(row, Said(t.say("Mission in Geneva"), said, ids(*(post["source_id"] for post in own))), t)


def obstacles(row: Row, t: Tongue = ENGLISH) -> Said:
    """The obstacles that the state named, each with the year in which it last did."""
    named = row["obstacles_named"]
    said = ", ".join(f"{t.term(Obstacle, one['code'])} ({one['date'].year})" for one in named)
    return marked(row, Said(t.say(OBSTACLES), said or t.say(NO_OBSTACLE), ids(*(one["source_id"] for one in named))), t)


def offered(names: Iterable[str], t: Tongue = ENGLISH) -> str:
    """Who offers a tool, as a sentence to add; blank when nobody is known to."""
    listed = ", ".join(names)
    return f" {t.say('Offered by {names}.', names=listed)}" if listed else ""


def days_read(as_of: date, log_day: date, t: Tongue = ENGLISH) -> str:
    """The two days of a reading, as every document prints them."""
    return t.say(
        "Facts as of {day}; activity log read through {log_day}.", day=t.date(as_of), log_day=t.date(log_day)
    )  # fmt: skip


def known_through(as_of: date, horizons: pd.DataFrame, t: Tongue = ENGLISH) -> str:
    """Which facts are not known complete through a day, the latest known first; blank when all are."""
    behind: dict[date, list[str]] = {}
    for row in horizons.to_dict("records"):
        if (day := row["known_complete_through"].date()) < as_of:
            scope = row["scope"] if isinstance(row["scope"], str) else ""
            name = t.say(row["file"].removesuffix(".csv").replace("_", " "))
            behind.setdefault(day, []).append(f"{name} ({t.say(scope)})" if scope else name)
    told = "; ".join(f"{', '.join(names)} {t.date(day)}" for day, names in sorted(behind.items(), reverse=True))
    return t.say("Known complete only through: {told}.", told=told) if told else ""


def acts_known_through(as_of: date, horizon: date, t: Tongue = ENGLISH) -> str:
    """Through which day the acts that make a status are known complete; blank when that is the as-of day or later."""
    said = t.say("Treaty acts are known complete only through {day}.", day=t.date(horizon))
    return said if horizon < as_of else ""


def public_facts(as_of: date, horizon: date, t: Tongue = ENGLISH) -> str:
    """What stands on each page of what is for everybody."""
    said = t.say("Public facts as of {day}.", day=t.date(as_of))
    return " ".join(filter(None, (said, acts_known_through(as_of, horizon, t))))


def foot(as_of: date, log_day: date, horizons: pd.DataFrame, t: Tongue = ENGLISH) -> str:
    """What stands on each page: both days, and which facts are not known complete through the first."""
    blank, known = t.say("A blank or “no source” never means no."), known_through(as_of, horizons, t)
    return " ".join(filter(None, (days_read(as_of, log_day, t), blank, known)))
