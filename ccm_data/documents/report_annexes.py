"""The annexes of a progress report: each turns the rows of a statement into a table, which says how far it is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ccm_data import wording
from ccm_data.dates import words
from ccm_data.documents.content import Table, Text, shorten
from ccm_data.documents.report_found import LOG, Found, sources
from ccm_data.languages import ENGLISH
from ccm_data.records import each
from ccm_data.vocab import (
    ActivityType,
    ActKind,
    Category,
    Confidentiality,
    Obstacle,
    TreatyAction,
    Vote,
    VoteStage,
    label,
)

CHANGES = {
    "joined": "Joined",
    "signed": "Signed",
    "left": "Withdrawal in effect",
    "gave notice": "Notice of withdrawal",
}
LONG = 300
RECORD = ("public record", LOG)
"""What shows activities: the public record and the log."""


def standing(found: Found) -> Table:
    """States Parties, signatories and targets on the first and the last day."""
    lines = [("States Parties", "parties"), ("Signatories", "signatories"), ("Target states", "targets")]
    result, known = found.result, found.known
    return Table(
        _title(found, "Where the Convention stands", (), "status"),
        ("", known.day(found.start, "status"), known.day(found.end, "status")),
        tuple(
            (name, str(result[f"{key}_before"]),
             wording.counted(result[f"{key}_after"], result.get(f"{key}_provisional", 0)))
            for name, key in lines
        ), (2, 1, 1),
    )  # fmt: skip


def status_changes(found: Found) -> Table:
    """Who signed, joined, gave notice and left, when."""
    rows = found.rows["status_changes"]
    return Table(
        _title(found, "Changes of status", sources(rows), "status"), ("Date", "State", "Change", "Act"),
        tuple(
            (words(r.day), r.name_short, CHANGES[r.what] + (f" ({wording.PROVISIONAL})" if r.provisional else ""),
             label(TreatyAction, r.action))
            for r in each(rows)
        ),
        (1, 1.5, 1, 1), "No state changed its status.",
    )  # fmt: skip


def categories(found: Found) -> Table:
    """Targets in each category on both days; a state may be in several."""
    return Table(
        _title(found, "Targets by category (a state may be in several)", (), "status", "votes", "declarations"),
        ("Category", "First day", "Last day"),
        tuple((label(Category, r.category), str(r.before), str(r.after)) for r in each(found.rows["categories"])),
        (2, 1, 1),
    )  # fmt: skip


def votes(found: Found) -> Table:
    """The votes of the period on the resolution."""
    rows = found.rows["totals"]
    return Table(
        _title(found, "Votes on the General Assembly resolution", sources(rows), "totals"),
        ("Year", "Body", "Resolution", "Date", "Yes", "No", "Abstained"),
        tuple(
            (str(r.year), label(VoteStage, r.stage), r.resolution, words(r.vote_date),
             *map(_figure, (r.yes, r.no, r.abstain)))
            for r in each(rows)
        ), (0.6, 1.3, 1.1, 1.4, 0.5, 0.5, 0.8), "No vote is on record.",
    )  # fmt: skip


def vote_changes(found: Found) -> Table:
    """Who changed its vote."""
    rows = found.rows["changes"]
    return Table(
        _title(found, "Votes that changed, against the latest recorded vote before", sources(rows), "votes"),
        ("Year", "State", "From", "To", "Body"),
        tuple(
            (str(r.year), r.name_short, label(Vote, r.previous), label(Vote, r.vote), label(VoteStage, r.stage))
            for r in each(rows)
        ), (0.6, 2, 1, 1, 1), "No recorded vote changed.",
    )  # fmt: skip


def statements(found: Found) -> Table:
    """What states outside the Convention declared or did."""
    rows = found.rows["statements"]
    return Table(
        _title(found, "Statements and steps of states outside the Convention", sources(rows), "declarations"),
        ("Date", "State", "Kind", "What", "Category 4"),
        tuple(
            (words(r.date, r.precision), r.name_short, label(ActKind, r.kind), shorten(r.summary, LONG),
             "counts" if r.counts_for_category_4 else "")
            for r in each(rows)
        ), (1, 1, 1, 3, 0.6), "No statement is on record.",
    )  # fmt: skip


def promises(found: Found) -> Table:
    """Promises to join that were made or kept in the period; what is overdue stands in the internal annex alone."""
    rows = found.rows["promises"]
    shown = rows[rows["made_now"] | rows["kept_now"]]
    return Table(
        _title(found, "Promises to join, made or kept in the period", sources(shown), "declarations", LOG),
        ("Made", "State", "By", "Promise", "Joined"),
        tuple(
            (words(r.made, r.precision), r.name_short, words(r.due), shorten(r.summary, LONG),
             words(r.joined_date) if r.fate == "kept" else "")
            for r in each(shown)
        ), (1, 1, 1, 3, 1), found.none("promise"),
    )  # fmt: skip


def obstacles(found: Found) -> Table:
    """What targets have named as holding them back."""
    rows = found.rows["obstacles"]
    return Table(
        _title(found, "Obstacles that targets named, in public acts of any date and the log's of this period",
               sources(rows), "declarations", LOG),
        ("Obstacle", "Targets", "In public acts", "In the log", "Which"),
        tuple(
            (label(Obstacle, r.obstacle), str(r.states), _several(found, r.in_facts, public=True),
             _several(found, r.in_log), ", ".join(r.names))
            for r in each(rows)
        ), (1.6, 0.7, 0.8, 0.7, 4), found.none("obstacle"),
    )  # fmt: skip


def positions(found: Found) -> Table:
    """What states said in activities of the log."""
    return Table(
        _title(found, "Positions reported in the log", (), LOG), ("Date", "State", "Position", "Stage", "Obstacles"),
        tuple(
            (words(r.day), r.name_short, shorten(r.position, LONG), wording.rung(r.stage) if r.stage else "",
             ", ".join(label(Obstacle, one) for one in r.obstacles))
            for r in each(found.rows["positions"])
        ), (1, 1, 3, 1, 1), found.none("position"),
    )  # fmt: skip


def by_type(found: Found) -> Table:
    """Activities by type, with who implemented them."""
    return Table(
        _title(found, "Activities by type", (), *RECORD),
        ("Type", "Activities", "States named", "Not party", "Implementers"),
        tuple(
            (label(ActivityType, r.type), *_counts(r), ", ".join(r.implementers))
            for r in each(found.rows["activities_by_type"])
        ), (2, 1, 1, 1, 2), found.none("activity"),
    )  # fmt: skip


def by_region(found: Found) -> Table:
    """Activities by region."""
    return Table(
        _title(found, "Activities by region (one with several regions counts in each)", (), *RECORD),
        ("Region", "Activities", "States named", "Not party"),
        tuple((r.region, *_counts(r)) for r in each(found.rows["activities_by_region"])), (2, 1, 1, 1),
        found.none("state", "is named in an activity"),
    )  # fmt: skip


def by_implementer(found: Found) -> Table:
    """Activities of the log by who implemented them."""
    return Table(
        _title(found, "Activities by implementer, as the log names them (a joint one counts for each)", (), LOG),
        ("State or organization", "Activities"),
        tuple((r.name, str(r.activities)) for r in each(found.rows["activities_by_implementer"])), (3, 1),
        found.none("implementer", "is named"),
    )  # fmt: skip


def by_host(found: Found) -> Table:
    """Activities by the state that hosted them."""
    return Table(
        _title(found, "Activities by host (one with several hosts counts for each)", (), *RECORD),
        ("State", "Activities"),
        tuple((r.name, str(r.activities)) for r in each(found.rows["activities_by_host"])), (3, 1),
        found.none("host", "is named"),
    )  # fmt: skip


def bilaterals(found: Found) -> Table:
    """Bilaterals, one row per state met."""
    rows = found.rows["bilaterals"]
    return Table(
        _title(found, "Bilaterals", sources(rows), *RECORD), ("Date", "State", "Meeting", "Position or outcome"),
        tuple(
            (words(r.day, r.precision), r.name_short, _titled(r), shorten(r.position or r.outcome or "", LONG))
            for r in each(rows)
        ), (1, 1, 2, 2), found.none("bilateral"),
    )  # fmt: skip


def workshops(found: Found) -> Table:
    """Regional workshops and meetings with the states recorded there."""
    rows = found.rows["workshops"]
    return Table(
        _title(found, "Regional workshops and meetings, with the states that a source or the log names", sources(rows),
               *RECORD),
        ("Date", "Meeting", "States", "Targets", "Targets by name"),
        tuple(
            (words(r.day, r.precision), _titled(r), _named(r.states), _named(r.targets), ", ".join(r.target_names))
            for r in each(rows)
        ), (1, 2, 0.6, 0.6, 3), found.none("regional workshop"),
    )  # fmt: skip


def activities(found: Found) -> Table:
    """The activities behind the counts."""
    rows, audience = found.rows["activities"], found.reading.audience
    public = audience == Confidentiality.PUBLIC
    shown = "public entries only" if public else f"entries up to {label(Confidentiality, audience).lower()}"
    return Table(
        _title(found, f"Activities, {shown}", sources(rows), *RECORD), ("Date", "Type", "Title and place", "States"),
        tuple(
            (words(r.day, r.precision), label(ActivityType, r.type), _titled(r), ", ".join(r.states))
            for r in each(rows)
        ), (1, 1.2, 2.4, 3), found.none("activity"),
    )  # fmt: skip


def targets(found: Found) -> Table:
    """Every target with the categories it meets."""
    marks = [term.value for term in Category]
    return Table(
        _title(found, "Target states by category on the last day", (), "status", "votes", "declarations"),
        ("State", "Status", *(term.label for term in Category)),
        tuple(
            (r["name_short"], wording.status_label(r), *("yes" if mark in r["categories"] else "" for mark in marks))
            for r in found.rows["targets"].to_dict("records")
        ), (2, 1.4, 1, 1, 1, 1),
    )  # fmt: skip


def overdue(found: Found) -> Table:
    """For the coordinators alone: of each state the promise it made last, where its day has passed and it has not
    joined; not those that fell due before the years that promises.sql counts."""
    rows = found.rows["promises"]
    late = rows[rows["pressing"]]
    return Table(
        _title(found, "Overdue promises, internal", sources(late), "declarations", LOG),
        ("State", "Made", "Promised by", "Promise", "Age"),
        tuple(
            (r.name_short, words(r.made, r.precision), words(r.due), shorten(r.summary, LONG),
             wording.fate({"joined_date": None}, found.end, r.made.date(), r.due.date()))
            for r in each(late)
        ), (1, 1, 1, 3, 1.2), "No promise is overdue.",
    )  # fmt: skip


def work_plan(found: Found) -> Table:
    """The items of the campaign's work plan by type, and how many activities of the type are on record."""
    return Table(
        _title(found, "Work plan", (), *RECORD), ("Type", "Items", "Implementers", "Activities on record"),
        tuple(
            (label(ActivityType, r.type), "; ".join(r.titles), ", ".join(dict.fromkeys(r.implementers)),
             _several(found, r.done))
            for r in each(found.rows["plan_types"])
        ), (1.4, 3, 2, 0.8), "The period has no work plan.",
    )  # fmt: skip


ANNEXES = {
    "The Convention": (standing, status_changes, categories),
    "Votes and statements": (votes, vote_changes, statements, promises, obstacles, positions),
    "Activities": (work_plan, by_type, by_region, by_implementer, by_host, bilaterals, workshops, activities),
    "Target states": (targets,),
}
"""The tables of the annexes by their heading."""


def _title(found: Found, name: str, shown_by: Iterable[str], *what: str) -> Text:
    """The title of a table: what it holds, for which days, through which day each thing behind it is known."""
    return Text(f"{found.period}; {found.known.words(*what)}", tuple(shown_by), f"{name}:")


def _titled(row: Any) -> str:
    return ", ".join(filter(None, [row.title, row.place]))


def _counts(row: Any) -> tuple[str, str, str]:
    return str(row.activities), _named(row.states), str(row.targets) if row.states else ""


def _named(number: int) -> str:
    """A number of states that are named; none named is no statement that there were none."""
    return ENGLISH.number(number) if number else ""


def _several(found: Found, number: int, public: bool = False) -> str:
    """A number; a zero that the reader's rights may have made is left blank."""
    return str(number) if number or public or not found.hidden else ""


def _figure(value: Any) -> str:
    return "" if pd.isna(value) else str(int(value))
