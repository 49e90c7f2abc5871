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


def marked(row: Row, said: Said) -> Said:
    """The same, marked as provisional where it rests on news nobody confirmed yet."""
    news = set(row["provisional_source_ids"])
    return replace(said, words=f"{said.words} ({PROVISIONAL})") if news & set(said.source_ids) else said


def ids(*given: Any) -> tuple[str, ...]:
    """Source ids from cells that hold one, several or none; each once."""
    flat = (one for cell in given for one in ([cell] if isinstance(cell, str) or not _several(cell) else cell))
    return tuple(dict.fromkeys(one for one in flat if isinstance(one, str)))


def _several(cell: Any) -> bool:
    return isinstance(cell, Iterable)


def status(row: Row) -> Said:
    """Status with the dates that make it."""
    match row["status"]:
        case Status.STATE_PARTY:
            how = label(TreatyAction, row["joined_by"]).lower()
            said = f"State Party since {words(row['joined_date'])} ({how})"
        case Status.WITHDRAWN:
            said = f"Withdrew, effective {words(row['withdrawal_effective_date'])}; joined {words(row['joined_date'])}"
        case Status.SIGNATORY:
            said = f"Signatory: signed {words(row['signature_date'])}, not ratified"
        case _:
            said = f"{Status.NOT_PARTY.label}, not a signatory"
    if row["status_provisional"]:
        said += f" ({PROVISIONAL}: not confirmed by the depositary)"
    return Said("Status", said, ids(row["status_source_ids"]))


def notice(row: Row) -> Said | None:
    """That a State Party has given notice of withdrawal; None when it has not."""
    if row["status"] != Status.STATE_PARTY or pd.isna(row["withdrawal_notified_date"]):
        return None
    when = words(row["withdrawal_notified_date"])
    said = f"Withdrawal notified on {when}"
    if pd.notna(row["withdrawal_effective_date"]):
        said += f", effective {words(row['withdrawal_effective_date'])}"
    return marked(row, Said("Notice", said, ids(row["withdrawal_source_id"])))


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


def munitions(row: Row, attributes: Iterable[MunitionsAttribute] = MunitionsAttribute) -> tuple[Said, ...]:
    """The munitions profile, each attribute with the year of its source; a missing one says so."""
    return tuple(
        Said(term.label, NO_SOURCE if pd.isna(row[term.value]) else _munitions(row, term),
             ids(row[f"{term.value}_source_id"]))
        for term in attributes
    )  # fmt: skip


def _munitions(row: Row, term: MunitionsAttribute) -> str:
    known = term is MunitionsAttribute.USED and isinstance(row["last_use"], str)
    last = f", last use {row['last_use']}" if known else ""
    return f"{label(MunitionsValue, row[term.value])} ({row[f'{term.value}_year']:.0f}{last})"


def together(parts: Iterable[Said], name: str) -> Said:
    """Several things in one line, each named."""
    held = tuple(parts)
    said = "; ".join(f"{one.name.lower()}: {one.words[:1].lower()}{one.words[1:]}" for one in held)
    return Said(name, said, ids(*(one.source_ids for one in held)))


def stage(row: Row) -> Said | None:
    """The highest step of the ladder it reached; None when none is recorded."""
    if pd.isna(row["stage"]):
        return None
    when = words(row["stage_date"], row["stage_precision"])
    return marked(row, Said("Stage reached", f"{rung(row['stage'])}, {when}", ids(row["stage_source_id"])))


def rung(stage: str) -> str:
    """A stage with its place on the ladder."""
    ladder = codes(Stage)
    return f"{label(Stage, stage)} (step {ladder.index(stage) + 1} of {len(ladder)})"


def promise(row: Row, as_of: date) -> Said | None:
    """Its latest promise to join with a date, and what became of it; None when it made none."""
    if pd.isna(row["promise_due"]):
        return None
    due = row["promise_due"].date()
    said = f"to join by {words(due)}: {row['promise_summary']} ({fate(row, as_of, row['promise_date'].date(), due)})"
    return marked(row, Said("Promise", said, ids(row["promise_source_id"])))


def fate(row: Row, as_of: date, made: date, due: date | None) -> str:
    """What has become of a promise to join, and its age."""
    if pd.notna(row["joined_date"]) and row["joined_date"].date() >= made:
        late = due and row["joined_date"].date() > due
        return f"joined {words(row['joined_date'])}{', after that day' if late else ''}"
    age = f"{(as_of - made).days:,} days old"
    return f"{age}, overdue by {(as_of - due).days:,} days" if due and due < as_of else f"{age}, open"


def act(row: Row) -> Said:
    """One act (queries/state/acts.sql, or one of `support_acts`): its kind and date, and what it was."""
    return Said(
        f"{label(ActKind, row['kind'])}, {words(row['date'], row['precision'])}", row["summary"], ids(row["source_id"])
    )


def treaty(row: Any) -> Said:
    """What a state did towards a treaty, with dates; `row` is one of queries/state/treaties.sql, by attribute."""
    parts = []
    if pd.notna(row.signature_date):
        parts.append(f"signed {words(row.signature_date, row.signature_precision)}")
    if pd.notna(row.joined_date):
        parts.append(f"{label(TreatyAction, row.joined_by).lower()} {words(row.joined_date, row.joined_precision)}")
    elif parts:
        parts.append("not ratified")
    if pd.notna(row.withdrawal_effective_date) and not row.is_party:
        parts.append(f"withdrawal effective {words(row.withdrawal_effective_date)}")
    return Said(label(Treaty, row.treaty), ", ".join(parts), ids(row.source_id))


def posts(row: Row, senders: Mapping[str, str]) -> tuple[Said, ...]:
    """Embassies of these senders (name by ISO code) in the state, or accredited to it, that a source shows."""
    return tuple(
        marked(
            row,
            Said(
                f"{senders[post['sender']]}, {label(PostKind, post['kind']).lower()}",
                _post(post),
                ids(post["source_id"]),
            ),
        )
        for post in row["posts"]
        if post["sender"] in senders and post["present"] is not False
    )


def _post(post: Mapping[str, Any]) -> str:
    """Where a post is and how to reach it; that it is shown, when no more is known."""
    told = [post[name] for name in ("city", "phone", "email", "website", "note") if post[name]]
    return ", ".join(told) or "shown by a source"


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


def mission(row: Row) -> Said:
    """The state's own mission in Geneva, where a source shows it."""
    own = [post for post in row["posts"] if post["kind"] == PostKind.MISSION]
    said = "; ".join(", ".join(filter(None, (post["city"], post["phone"], post["email"]))) or "Yes" for post in own)
    return marked(row, Said("Mission in Geneva", said or NO_MISSION, ids(*(post["source_id"] for post in own))))


def obstacles(row: Row) -> Said:
    """The obstacles that the state named, each with the year in which it last did."""
    named = row["obstacles_named"]
    said = ", ".join(f"{label(Obstacle, one['code'])} ({one['date'].year})" for one in named)
    return marked(row, Said(OBSTACLES, said or NO_OBSTACLE, ids(*(one["source_id"] for one in named))))


def offered(names: Iterable[str]) -> str:
    """Who offers a tool, as a sentence to add; blank when nobody is known to."""
    listed = ", ".join(names)
    return f" Offered by {listed}." if listed else ""


def days_read(as_of: date, log_day: date) -> str:
    """The two days of a reading, as every document prints them."""
    return f"Facts as of {words(as_of)}; activity log read through {words(log_day)}."


def known_through(as_of: date, horizons: pd.DataFrame) -> str:
    """Which facts are not known complete through a day, the latest known first; blank when all are."""
    behind: dict[date, list[str]] = {}
    for row in horizons.to_dict("records"):
        if (day := row["known_complete_through"].date()) < as_of:
            scope = row["scope"] if isinstance(row["scope"], str) else ""
            name = row["file"].removesuffix(".csv").replace("_", " ")
            behind.setdefault(day, []).append(f"{name} of the {scope}" if scope else name)
    told = "; ".join(f"{', '.join(names)} {words(day)}" for day, names in sorted(behind.items(), reverse=True))
    return f"Known complete only through: {told}." if told else ""


def acts_known_through(as_of: date, horizon: date) -> str:
    """Through which day the acts that make a status are known complete; blank when that is the as-of day or later."""
    return f"Treaty acts are known complete only through {words(horizon)}." if horizon < as_of else ""


def public_facts(as_of: date, horizon: date) -> str:
    """What stands on each page of what is for everybody."""
    return " ".join(filter(None, (f"Public facts as of {words(as_of)}.", acts_known_through(as_of, horizon))))


def foot(as_of: date, log_day: date, horizons: pd.DataFrame) -> str:
    """What stands on each page: both days, and which facts are not known complete through the first."""
    known = known_through(as_of, horizons)
    return " ".join(filter(None, (days_read(as_of, log_day), f"A blank or “{NO_SOURCE}” never means no.", known)))
