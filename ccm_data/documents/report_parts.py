"""The parts of a progress report: each turns the rows of a statement into a table or into sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from ccm_data import wording
from ccm_data.dates import words
from ccm_data.documents.content import Block, Paragraph, Table, Text, shorten
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

Rows = dict[str, pd.DataFrame]
CHANGES = {
    "joined": "Joined",
    "signed": "Signed",
    "left": "Withdrawal in effect",
    "gave notice": "Notice of withdrawal",
}
LONG = 300


def names(rows: pd.DataFrame) -> str:
    """The states of these rows as a list in words."""
    return _listed(list(rows["name_short"]))


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    """The sources of these rows, from `source_id` or `source_ids`."""
    if "source_ids" in rows:
        return tuple(dict.fromkeys(one for ids in rows["source_ids"] for one in ids))
    return tuple(one for one in dict.fromkeys(rows["source_id"]) if isinstance(one, str))


def standing(result: dict[str, int], start: date, end: date) -> Table:
    """States Parties, signatories and targets on the first and the last day."""
    lines = [("States Parties", "parties"), ("Signatories", "signatories"), ("Target states", "targets")]
    return Table(
        Text("", (), "Where the Convention stands"), ("", f"As of {words(start)}", f"As of {words(end)}"),
        tuple(
            (name, str(result[f"{key}_before"]),
             wording.counted(result[f"{key}_after"], result.get(f"{key}_provisional", 0)))
            for name, key in lines
        ), (2, 1, 1),
    )  # fmt: skip


def status_changes(rows: pd.DataFrame, period: str) -> Table:
    """Who signed, joined, gave notice and left, when."""
    return Table(
        Text(period, _sources(rows), "Changes of status,"), ("Date", "State", "Change", "Act"),
        tuple(
            (words(r.day), r.name_short, CHANGES[r.what] + (f" ({wording.PROVISIONAL})" if r.provisional else ""),
             label(TreatyAction, r.action))
            for r in each(rows)
        ),
        (1, 1.5, 1, 1), "No state changed its status.",
    )  # fmt: skip


def categories(rows: pd.DataFrame, start: date, end: date) -> Table:
    """Targets in each category on both days; a state may be in several."""
    return Table(
        Text("a state may be in several", (), "Targets by category:"),
        ("Category", f"As of {words(start)}", f"As of {words(end)}"),
        tuple((label(Category, r.category), str(r.before), str(r.after)) for r in each(rows)), (2, 1, 1),
    )  # fmt: skip


def activity_counts(rows: Rows, period: str) -> Iterable[Block]:
    """Activities by type, region and implementer."""
    done = rows["activities"]
    own = int((done["origin"] == "log").sum())
    said = f"{len(done)} activities are on record for {period}: {own} in the log, {len(done) - own} public events."
    yield Paragraph(Text(said, _sources(done)))
    kinds, regions = rows["activities_by_type"], rows["activities_by_region"]
    counted = ("Activities", "States reached", "Targets among them")
    yield Table(
        Text(period, (), "Activities by type,"), ("Type", *counted),
        tuple((label(ActivityType, r.type), *_counts(r)) for r in each(kinds)), (2, 1, 1, 1),
    )  # fmt: skip
    yield Table(
        Text(f"{period}; one with several regions counts in each", (), "Activities by region,"), ("Region", *counted),
        tuple((r.region, *_counts(r)) for r in each(regions)), (2, 1, 1, 1),
    )  # fmt: skip
    yield Table(
        Text(f"{period}; a joint one counts for each", (), "Activities by implementer or host,"),
        ("Implementer", "Activities"),
        tuple((r.name, str(r.activities)) for r in each(rows["activities_by_implementer"])), (3, 1),
    )  # fmt: skip


def _counts(row: Any) -> tuple[str, str, str]:
    return str(row.activities), str(row.states), str(row.targets)


def bilaterals(rows: pd.DataFrame, period: str) -> Table:
    """Bilaterals, one row per state met."""
    return Table(
        Text(period, _sources(rows), "Bilaterals,"), ("Date", "State", "Meeting", "Position or outcome"),
        tuple(
            (words(r.day, r.precision), r.name_short, ", ".join(filter(None, [r.title, r.place])),
             shorten(r.position or r.outcome or "", LONG))
            for r in each(rows)
        ), (1, 1, 2, 2), "No bilateral is on record.",
    )  # fmt: skip


def workshops(rows: pd.DataFrame, period: str) -> Table:
    """Regional workshops and meetings with the states recorded there."""
    return Table(
        Text(f"{period}; states that a source or the log names", _sources(rows), "Regional workshops and meetings,"),
        ("Date", "Meeting", "States", "Targets", "Targets by name"),
        tuple(
            (words(r.day, r.precision), ", ".join(filter(None, [r.title, r.place])), str(r.states), str(r.targets),
             ", ".join(r.target_names))
            for r in each(rows)
        ), (1, 2, 0.6, 0.6, 3), "No regional workshop is on record.",
    )  # fmt: skip


def positions(rows: pd.DataFrame, period: str) -> Table:
    """What states said in activities of the log."""
    return Table(
        Text(period, (), "Positions reported in the log,"), ("Date", "State", "Position", "Stage", "Obstacles"),
        tuple(
            (words(r.day), r.name_short, shorten(r.position, LONG), wording.rung(r.stage) if r.stage else "",
             ", ".join(label(Obstacle, one) for one in r.obstacles))
            for r in each(rows)
        ), (1, 1, 3, 1, 1), "No position is on record in the log.",
    )  # fmt: skip


def obstacles(rows: pd.DataFrame, end: date) -> Table:
    """What targets have named as holding them back."""
    return Table(
        Text(f"as of {words(end)}; public acts of any date, the log's of this period", (), "Obstacles targets named,"),
        ("Obstacle", "Targets", "In public acts", "In the log", "Which"),
        tuple(
            (label(Obstacle, r.obstacle), str(r.states), str(r.in_facts), str(r.in_log), ", ".join(r.names))
            for r in each(rows)
        ), (1.6, 0.7, 0.8, 0.7, 4), "No obstacle is on record.",
    )  # fmt: skip


def promises(rows: pd.DataFrame, period: str, end: date) -> Iterable[Block]:
    """Promises to join made and kept in the period, and those overdue at its end."""
    made, kept, late = rows[rows["made_now"]], rows[rows["kept_now"]], rows[rows["fate"] == "overdue"]
    said = f"{period}: {len(made)} made, {len(kept)} kept; {len(late)} overdue as of {words(end)}."
    yield Paragraph(Text(said, (), "Promises to join,"))
    shown = rows[rows["made_now"] | rows["kept_now"] | (rows["fate"] == "overdue")]
    yield Table(
        Text(f"as of {words(end)}", _sources(shown), "Promises made or kept in the period, or overdue,"),
        ("Made", "State", "By", "Promise", "Now"),
        tuple(
            (words(r.made, r.precision), r.name_short, words(r.due), shorten(r.summary, LONG), r.fate)
            for r in each(shown)
        ), (1, 1, 1, 3, 0.7), "No promise is on record.",
    )  # fmt: skip


def votes(totals: pd.DataFrame, changes: pd.DataFrame, period: str) -> Iterable[Block]:
    """The votes of the period on the resolution, and who changed."""
    yield Table(
        Text(period, _sources(totals), "Votes on the General Assembly resolution,"),
        ("Year", "Body", "Resolution", "Date", "Yes", "No", "Abstained"),
        tuple(
            (str(r.year), label(VoteStage, r.stage), r.resolution, words(r.vote_date),
             *map(_figure, (r.yes, r.no, r.abstain)))
            for r in each(totals)
        ), (0.6, 1.3, 1.1, 1.4, 0.5, 0.5, 0.8), "No vote was taken.",
    )  # fmt: skip
    yield Table(
        Text(f"{period}, against the latest recorded vote before", _sources(changes), "Votes that changed,"),
        ("Year", "State", "From", "To", "Body"),
        tuple(
            (str(r.year), r.name_short, label(Vote, r.previous), label(Vote, r.vote), label(VoteStage, r.stage))
            for r in each(changes)
        ), (0.6, 2, 1, 1, 1), "No recorded vote changed.",
    )  # fmt: skip


def _figure(value: Any) -> str:
    return "" if pd.isna(value) else str(int(value))


def statements(rows: pd.DataFrame, period: str) -> Table:
    """What states outside the Convention declared or did."""
    return Table(
        Text(period, _sources(rows), "Statements and steps of states outside the Convention,"),
        ("Date", "State", "Kind", "What", "Category 4"),
        tuple(
            (words(r.date, r.precision), r.name_short, label(ActKind, r.kind), shorten(r.summary, LONG),
             "counts" if r.counts_for_category_4 else "")
            for r in each(rows)
        ), (1, 1, 1, 3, 0.6), "No statement is on record.",
    )  # fmt: skip


def withdrawals(rows: pd.DataFrame, period: str) -> Paragraph:
    """Withdrawals and notices in a sentence."""
    left = rows[rows["action"] == "withdrawal"]
    told = "; ".join(f"{r.name_short}: {CHANGES[r.what].lower()} {words(r.day)}" for r in each(left))
    return Paragraph(Text(told or "none.", _sources(left), f"Withdrawals, {period}:"))


def challenges(rows: Rows, result: dict[str, int], period: str, end: date) -> Iterable[Text]:
    """What stands in the way, as counted."""
    row, day = rows["challenges"].iloc[0], words(end)
    late = rows["promises"][rows["promises"]["fate"] == "overdue"]
    yield Text(f"{row['without_contact']} of {row['targets']} targets took part in no recorded activity, {period}.")
    if row["signatories"]:
        yield Text(
            f"{row['signatories']} signatories have not ratified as of {day}; the longest has waited "
            f"{row['longest_wait']} years."
        )
    if len(late):
        yield Text(f"{len(late)} promises to join are overdue as of {day}: {_unique(late)}.", _sources(late))
    if len(row["approved"]):
        approved = _listed(list(row["approved"]))
        yield Text(f"Approved at home but not deposited as of {day}: {approved}.")
    if result["withdrew"]:
        yield Text(f"{result['withdrew']} withdrew, {period}.")
    yield Text(
        f"In their latest recorded vote as of {day}, {row['abstaining']} targets abstained and "
        f"{row['opposed']} voted no."
    )
    for found in each(rows["obstacles"].head(3)):
        yield Text(f"{label(Obstacle, found.obstacle)}: named by {found.states} targets as of {day}.")


def questions(rows: Rows, result: dict[str, int], target: int) -> Iterable[Text]:
    """Questions that the figures raise; the coordinators choose and add."""
    row = rows["challenges"].iloc[0]
    late = rows["promises"][rows["promises"]["fate"] == "overdue"]
    if result["joined"] < target:
        missing = target - result["joined"]
        yield Text(f"What would bring the {missing} new States Parties that are still missing to the target?")
    if len(row["approved"]):
        yield Text(f"Who can help {_listed(list(row['approved']))} to deposit what is approved at home?")
    if len(late):
        yield Text(f"How can States Parties help those whose promise is overdue ({_unique(late)})?")
    if row["without_contact"]:
        yield Text(f"Who can reach the {row['without_contact']} targets that no activity has reached?")
    if result["withdrew"]:
        yield Text("How can States Parties uphold the norm after a withdrawal, and prevent others?")
    for found in each(rows["obstacles"].head(1)):
        named = label(Obstacle, found.obstacle).lower()
        yield Text(f"What answers the obstacle named most often ({named})?")


def _unique(rows: pd.DataFrame) -> str:
    return _listed(list(dict.fromkeys(rows["name_short"])))


def targets(rows: pd.DataFrame, end: date) -> Table:
    """Annex: every target with the categories it meets."""
    marks = [term.value for term in Category]
    return Table(
        Text(f"as of {words(end)}", (), "Annex 1. Target states by category,"),
        ("State", "Status", *(term.label for term in Category)),
        tuple(
            (r["name_short"], wording.status_label(r), *("yes" if mark in r["categories"] else "" for mark in marks))
            for r in rows.to_dict("records")
        ), (2, 1.4, 1, 1, 1, 1),
    )  # fmt: skip


def activities(rows: pd.DataFrame, period: str, max_confidentiality: str) -> Table:
    """Annex: the activities behind the counts."""
    public = max_confidentiality == Confidentiality.PUBLIC
    shown = "public entries only" if public else f"entries up to {label(Confidentiality, max_confidentiality).lower()}"
    return Table(
        Text(f"{period}, {shown}", _sources(rows), "Annex 2. Activities,"),
        ("Date", "Type", "Title and place", "States"),
        tuple(
            (words(r.day, r.precision), label(ActivityType, r.type), ", ".join(filter(None, [r.title, r.place])),
             ", ".join(r.states))
            for r in each(rows)
        ), (1, 1.2, 2.4, 3), "No activity is on record.",
    )  # fmt: skip
