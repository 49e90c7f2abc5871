"""Sentences that several documents share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from ccm_data.dates import words
from ccm_data.documents.content import each
from ccm_data.vocab import (
    Category,
    Confidentiality,
    Stage,
    Status,
    TreatyAction,
    Vote,
    VoteStage,
    codes,
    label,
)
from ccm_data.workspace import Workspace

ASKS: dict[str, str] = {
    Status.SIGNATORY: "Complete the ratification it has signed for and deposit the instrument.",
    Status.NOT_PARTY: "Accede to the Convention; until then vote yes on the resolution.",
    Status.WITHDRAWN: "Reconsider, and accede again.",
    Status.STATE_PARTY: "State Party: share its experience of joining with its neighbours.",
}
"""What a coordinator asks of a state of each status."""

NAMES = {"philippines": "Philippines", "spain": "Spain", "new_zealand": "New Zealand"}

MARKINGS: dict[str, str] = {
    Confidentiality.PUBLIC: "Public: from public facts and public entries of the log",
    Confidentiality.PARTNERS: "For coordinators and partners only",
    Confidentiality.INTERNAL: "Internal: for the coordinators only",
}


def marking(max_confidentiality: str) -> str:
    """Who may read a document made for such readers."""
    return MARKINGS[max_confidentiality]


def status(row: pd.Series[Any]) -> str:
    """Status with the dates that make it."""
    if row["status"] == Status.STATE_PARTY:
        return f"State Party since {words(row['joined_date'])} ({label(TreatyAction, row['joined_by']).lower()})"
    if row["status"] == Status.WITHDRAWN:
        return f"Withdrew, effective {words(row['withdrawal_effective_date'])}; joined {words(row['joined_date'])}"
    if row["status"] == Status.SIGNATORY:
        return f"Signatory: signed {words(row['signature_date'])}, not ratified"
    return f"{Status.NOT_PARTY.label}, not a signatory"


def vote(row: pd.Series[Any]) -> str:
    """The latest vote with its basis."""
    basis = f"{label(VoteStage, row['vote_stage'])}, session {int(row['vote_session'])}, {words(row['vote_date'])}"
    return f"{label(Vote, row['vote'])} ({basis})"


def treaty(row: Any) -> str:
    """What a state did towards a treaty, with dates; `row` is one of queries/state/treaties.sql."""
    parts = []
    if pd.notna(row.signature_date):
        parts.append(f"signed {words(row.signature_date, row.signature_precision)}")
    if pd.notna(row.joined_date):
        parts.append(f"{label(TreatyAction, row.joined_by).lower()} {words(row.joined_date, row.joined_precision)}")
    elif parts:
        parts.append("not ratified")
    if pd.notna(row.withdrawal_effective_date):
        parts.append(f"withdrawal effective {words(row.withdrawal_effective_date)}" if not row.is_party else "")
    return ", ".join(filter(None, parts))


def evidence(row: pd.Series[Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each target category the state meets: what shows it, and the sources."""
    acts = row["support_acts"]
    latest = f"{words(acts[0]['date'], acts[0]['precision'])}: {acts[0]['summary']}" if len(acts) else ""
    more = f" (and {len(acts) - 1} more)" if len(acts) > 1 else ""
    shown: dict[str, tuple[str, tuple[str, ...]]] = {}
    for code in row["categories"]:
        match code:
            case Category.FIRST_COMMITTEE_YES:
                shown[code] = (vote(row), (row["vote_source_id"],))
            case Category.MINE_BAN_PARTY:
                how = label(TreatyAction, row["mine_ban_joined_by"]).lower()
                shown[code] = (f"{how} {words(row['mine_ban_joined_date'])}", (row["mine_ban_source_id"],))
            case Category.SIGNATORY:
                shown[code] = (f"signed {words(row['signature_date'])}", (row["signature_source_id"],))
            case Category.DECLARED_SUPPORT:
                shown[code] = (latest + more, tuple(act["source_id"] for act in acts[:1]))
    return shown


def rung(stage: str) -> str:
    """A stage with its place on the ladder."""
    ladder = codes(Stage)
    return f"{label(Stage, stage)} (step {ladder.index(stage) + 1} of {len(ladder)})"


def foot(workspace: Workspace, as_of: date) -> str:
    """What stands on each page: the day, and which facts are not known complete through it."""
    behind = [
        f"{row.file.removesuffix('.csv').replace('_', ' ')} {words(row.known_complete_through)}"
        for row in each(workspace.horizons)
        if row.known_complete_through.date() < as_of
    ]
    note = f" Known complete only through: {'; '.join(behind)}." if behind else ""
    return f"Facts as of {words(as_of)}. A blank or “no source” never means no.{note}"


def fate(row: pd.Series[Any], as_of: date, made: date, due: date | None) -> str:
    """What has become of a promise to join, and its age."""
    if pd.notna(row["joined_date"]) and row["joined_date"].date() >= made:
        late = due and row["joined_date"].date() > due
        return f"joined {words(row['joined_date'])}{', after that day' if late else ''}"
    age = f"{(as_of - made).days:,} days old"
    return f"{age}, overdue by {(as_of - due).days:,} days" if due and due < as_of else f"{age}, open"
