"""Sentences on what changed in a period, what stands in the way, and what follows from it.

Each function is a rule: it says a sentence where the rows behind it hold something to say, and nothing where they do
not.
A recommendation names the evidence it stands on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ccm_data.dates import words
from ccm_data.documents.content import Text
from ccm_data.documents.report_found import Found, inside, names, sources
from ccm_data.languages import ENGLISH
from ccm_data.ranking.actions import rules
from ccm_data.records import each
from ccm_data.vocab import Category, Obstacle, Stance, Vote, VoteStage, label
from ccm_data.wording import counted, ids

Said = Iterable[Text]
MOST_OBSTACLES = 3


def result(found: Found) -> Said:
    """Who joined and who withdrew, and the balance; for a period later than what is known, that it is not known."""
    told = _changes(found, "joined", "left")
    if later := unknown(found):
        yield Text(later)
        return
    yield Text(f"The period brought {summary(found)}", sources(told))


def unknown(found: Found) -> str:
    """That the result is not known, as a sentence, for a period later than what is known of status; else blank."""
    through = found.known.through("status")
    if through > found.start or len(_changes(found, "joined", "left")):
        return ""
    known = f"status is known through {words(through)}"
    return f"Whether a state joined or withdrew in the period is not known: {known}."


def summary(found: Found) -> str:
    """The result in one sentence, with the names."""
    row = found.result
    joined, left = (names(_changes(found, what)) for what in ("joined", "left"))
    many = "State Party" if row["joined"] == 1 else "States Parties"
    return (
        f"{counted(row['joined'], row['joined_provisional'])} new {many} "
        f"between {words(found.start)} and {words(found.end)}"
        f"{f' ({joined} joined)' if joined else ''}; {row['withdrew']} withdrew"
        f"{f' ({left} left)' if left else ''}; net {row['net']:+d}."
    )


def known_through(found: Found) -> str:
    """Through which day the result is known, as a sentence; blank where that is the whole period."""
    through = found.known.through("status")
    return f"Known through {words(through)}." if through < found.end else ""


def standing(found: Found) -> Said:
    """How many States Parties and signatories there were at both ends."""
    row = found.result
    parties = counted(row["parties_after"], row["parties_provisional"])
    signatories = counted(row["signatories_after"], row["signatories_provisional"])
    yield Text(
        f"The Convention went from {row['parties_before']} to {parties} States Parties and from "
        f"{row['signatories_before']} to {signatories} signatories ({found.known.short('status')}).",
        sources(found.rows["status_changes"]),
    )


def each_change(found: Found) -> Said:
    """Each joining, signature and notice, with its day."""
    for row in each(found.rows["status_changes"]):
        act = _DID[row.what].format(act=row.action.replace("_", " "))
        provisional = " (provisional: not confirmed by the depositary)" if row.provisional else ""
        yield Text(f"{row.name_short} {act} on {words(row.day)}{provisional}.", ids(row.source_id))


_DID = {
    "joined": "deposited its instrument of {act}",
    "signed": "signed",
    "gave notice": "gave notice of withdrawal",
    "left": "ceased to be a State Party",
}


def votes(found: Found) -> Said:
    """The last vote of the period on the resolution, by its published totals."""
    rows = found.rows["totals"]
    if len(rows):
        last = rows.iloc[-1]
        when = f"On {words(last['vote_date'])}" if words(last["vote_date"]) else f"In session {last['session']}"
        said = [f"{int(last[vote])} {what}" for vote, what in _VOTED.items() if pd.notna(last[vote])]
        yield Text(
            f"{when}, in the last vote on the General Assembly resolution that is on record "
            f"({inside(label(VoteStage, last['stage']))}; {found.known.short('totals')}), {ENGLISH.listed(said)}.",
            ids(last["source_id"]),
        )


_VOTED = {"yes": "states voted yes", "no": "voted no", "abstain": "abstained"}


def vote_changes(found: Found) -> Said:
    """Who turned to yes and who turned away from it, against the vote before; the votes that count state by state."""
    rows = found.rows["changes"]
    for to_yes, verb in ((True, "Changed to a yes"), (False, "Changed from yes")):
        turned = rows[(rows["vote"] == Vote.YES) if to_yes else (rows["previous"] == Vote.YES)]
        turned = turned[turned["vote"] != turned["previous"]].sort_values(["year", "name_short"])
        cast = [row for row in each(turned) if Vote.ABSENT not in (row.vote, row.previous)]
        if cast:
            listed = ENGLISH.listed(f"{row.name_short} ({row.year})" for row in cast)
            yield Text(f"{verb}: {listed}.", ids(*(row.source_id for row in cast)))


def declarations(found: Found) -> Said:
    """How many statements and steps are on record, and who said that it means to join."""
    rows = found.rows["statements"]
    if len(rows):
        states = rows["iso3"].nunique()
        many = ENGLISH.many("{number} statement or step", "{number} statements and steps", len(rows))
        by = ENGLISH.many("{number} state", "{number} states", states)
        yield Text(
            f"{many} of {by} outside the Convention {'is' if len(rows) == 1 else 'are'} on record "
            f"({found.known.short('declarations')}).",
            sources(rows),
        )
    meant = rows[rows["stance"] == Stance.INTENDS_TO_JOIN]
    if len(meant):
        yield Text(
            f"Among them is the stated intention to join of {names(meant.sort_values('name_short'))}.", sources(meant)
        )


def promises(found: Found) -> Said:
    """Promises to join that were made and kept in the period."""
    rows = found.rows["promises"]
    made, kept = rows[rows["made_now"]], rows[rows["kept_now"]]
    if len(made) or len(kept):
        by = f" ({names(kept)})" if len(kept) else ""
        yield Text(
            f"Promises to join{found.shown}: {len(made)} made, {len(kept)} kept{by}.",
            sources(rows[rows["made_now"] | rows["kept_now"]]),
        )


def without_contact(found: Found) -> Said:
    """How many targets no activity on record names, where the period is one that the record covers or tells of."""
    row = found.numbers
    if row["without_contact"] and _covered(found):
        yield Text(
            f"{row['without_contact']} of {row['targets']} targets are named in no activity of the period"
            f"{found.shown} (public record {found.known.short('public record')})."
        )


def signatories(found: Found) -> Said:
    """Who signed and has not ratified, and for how long."""
    row = found.numbers
    if row["signatories"]:
        many = ENGLISH.many("{number} signatory has", "{number} signatories have", row["signatories"])
        wait = ENGLISH.many("{number} year", "{number} years", row["longest_wait"])
        yield Text(
            f"{many} not ratified ({found.known.short('status')}); the longest has waited {wait}.",
            ids(row["signatory_source_ids"]),
        )


def approved(found: Found) -> Said:
    """Who has approved joining at home and has not deposited."""
    row = found.numbers
    if len(row["approved"]):
        yield Text(
            f"Approved at home but not deposited: {ENGLISH.listed(row['approved'])}.", ids(row["approved_source_ids"])
        )


def withdrawn(found: Found) -> Said:
    """Withdrawals that took effect or were notified."""
    rows = _changes(found, "left", "gave notice")
    if len(rows):
        told = "; ".join(
            f"{name} ({', '.join(f'{_WITHDREW[row.what]} {words(row.day)}' for row in each(of_state))})"
            for name, of_state in rows.groupby("name_short", sort=False)
        )
        yield Text(f"The norm was weakened by withdrawal: {told}.", sources(rows))


_WITHDREW = {"gave notice": "notified on", "left": "in effect on"}


def not_yes(found: Found) -> Said:
    """How many targets abstained or voted no in their latest recorded vote."""
    row = found.numbers
    told = [f"{row['abstaining']} targets abstained"] if row["abstaining"] else []
    told += [f"{row['opposed']} voted no"] if row["opposed"] else []
    if told:
        yield Text(
            f"In their latest recorded vote {' and '.join(told)} (votes {found.known.short('votes')}).",
            ids(row["vote_source_ids"]),
        )


def obstacles(found: Found) -> Said:
    """The obstacles that most targets have named, with the years in which they did."""
    told = [
        f"{inside(label(Obstacle, row.obstacle))} ({ENGLISH.many('{number} target', '{number} targets', row.states)}, "
        f"{_years(row)})"
        for row in _named(found)
    ]
    if told:
        yield Text(
            f"By what is on record{found.shown}, the obstacles named most often are {ENGLISH.listed(told)}; "
            f"some statements are old (declarations {found.known.short('declarations')}).",
            ids(*(row.source_ids for row in _named(found))),
        )


def help_to_deposit(found: Found) -> Said:
    """For those approved at home: only the instrument is missing."""
    row = found.numbers
    if len(row["approved"]):
        yield Text(
            "joining is approved there, and only the instrument is missing.", ids(row["approved_source_ids"]),
            f"Help {ENGLISH.listed(row['approved'])} to deposit:",
        )  # fmt: skip


def ask_signatories(found: Found) -> Said:
    """For signatories: ratification."""
    row = found.numbers
    if row["signatories"]:
        yield Text(
            f"{ENGLISH.listed(row['signatory_names'])} signed and have not ratified "
            f"({found.known.short('status')}).",
            ids(row["signatory_source_ids"]), "Ask the signatories, in their capitals, to complete ratification:",
        )  # fmt: skip


def answer_obstacles(found: Found) -> Said:
    """For the obstacles named most often: the tool that the rules of next best action hold against them."""
    for rule in rules():
        met = [row for row in _named(found) if row.obstacle in rule.when.get("obstacle", ())]
        if met:
            named = ENGLISH.listed(f"{inside(label(Obstacle, row.obstacle))} ({row.states})" for row in met)
            yield Text(
                f"by what is on record{found.shown}, targets have named {named}.",
                ids(*(row.source_ids for row in met)),
                f"Offer this: {rule.tool};",
            )  # fmt: skip


def turn_votes(found: Found) -> Said:
    """For states that vote yes and are not party."""
    voted = [row.after for row in each(found.rows["categories"]) if row.category == Category.FIRST_COMMITTEE_YES]
    if voted and voted[0]:
        many = ENGLISH.many("{number} state not party", "{number} states not party", voted[0])
        yield Text(
            f"{many} voted yes in the latest recorded vote (votes {found.known.short('votes')}).",
            sources(found.rows["totals"].tail(1)), "Turn votes into adherence:",
        )  # fmt: skip


def reach_others(found: Found) -> Said:
    """For targets that no activity names."""
    row = found.numbers
    if row["without_contact"] and _covered(found):
        yield Text(
            f"{row['without_contact']} of {row['targets']} are named in no activity of the period{found.shown}.",
            (), "Share out the targets not yet reached among coordinators and partners:",
        )  # fmt: skip


def uphold(found: Found) -> Said:
    """After a withdrawal: the norm needs a voice."""
    rows = _changes(found, "left", "gave notice")
    if len(rows):
        yield Text(f"{names(rows)} withdrew or gave notice.", sources(rows),
                   "Uphold the norm together, and speak early with States Parties in doubt:")  # fmt: skip


def _covered(found: Found) -> bool:
    return len(found.rows["activities"]) > 0 or found.known.through("public record") > found.start


def _named(found: Found) -> list[Any]:
    """The obstacles named most often, without the rest that has no name."""
    rows = found.rows["obstacles"]
    return list(each(rows[rows["obstacle"] != Obstacle.OTHER].head(MOST_OBSTACLES)))


def _years(row: Any) -> str:
    return str(row.last_year) if row.first_year == row.last_year else f"{row.first_year} to {row.last_year}"


def _changes(found: Found, *what: str) -> pd.DataFrame:
    rows = found.rows["status_changes"]
    return rows[rows["what"].isin(what)]
