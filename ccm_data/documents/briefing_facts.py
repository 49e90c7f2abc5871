"""What the facts say in a briefing: one function per section, from rows of the statements under queries/documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from ccm_data import palette
from ccm_data.dates import words
from ccm_data.documents import wording
from ccm_data.documents.content import LONGEST, NO_SOURCE, Cell, Strip, Text, each, shorten
from ccm_data.vocab import (
    ActivityType,
    Category,
    MunitionsAttribute,
    Obstacle,
    Status,
    Treaty,
    Vote,
    VoteStage,
    codes,
    label,
)

PEERS = 4


def status(row: pd.Series[Any]) -> tuple[Text, ...]:
    """Status, notice of withdrawal, munitions profile."""
    lines = [Text(wording.status(row), tuple(row["status_source_ids"]))]
    if pd.notna(row["withdrawal_notified_date"]) and row["status"] == Status.STATE_PARTY:
        notice = f"Withdrawal notified on {words(row['withdrawal_notified_date'])}"
        lines.append(Text(notice, (row["withdrawal_source_id"],)))
    known = [term for term in MunitionsAttribute if pd.notna(row[term.value])]
    if known:
        profile = "; ".join(f"{t.label.lower()}: {row[t.value]} ({row[f'{t.value}_year']})" for t in known)
        lines.append(Text(profile, tuple(row[f"{t.value}_source_id"] for t in known), "Munitions:"))
    return tuple(lines)


def treaties(treaties: pd.DataFrame) -> tuple[Text, ...]:
    """What it signed and joined: this Convention and the Mine Ban Convention first."""
    rows = sorted(each(treaties), key=lambda r: codes(Treaty).index(r.treaty))
    close = [r for r in rows if r.treaty in (Treaty.CCM, Treaty.APMBC)]
    rest = [r for r in rows if r not in close]
    lines = [Text(wording.treaty(r), (r.source_id,), f"{label(Treaty, r.treaty)}:") for r in close]
    if rest:
        said = "; ".join(f"{r.treaty} {wording.treaty(r)}" for r in rest)
        lines.append(Text(said, tuple(r.source_id for r in rest), "Others:"))
    return tuple(lines)


def categories(row: pd.Series[Any]) -> tuple[Text, ...]:
    """The target categories it meets, with what shows each."""
    if not row["is_target"]:
        return (Text("State Party: not a target."),)
    shown = wording.evidence(row)
    met = tuple(Text(said, sources, f"{label(Category, code)}:") for code, (said, sources) in shown.items())
    return met or (Text("Meets none of the four."),)


def said(acts: pd.DataFrame) -> tuple[Text, ...]:
    """Its own words and steps, the latest first, and its presence at meetings."""
    own = acts[acts["kind"] != "observer"]
    lines = tuple(
        Text(shorten(a.summary, LONGEST) + _joint(a), (a.source_id,),
             f"{words(a.date, a.precision)}:")
        for a in each(own)
    )  # fmt: skip
    came = acts[acts["kind"] == "observer"]
    if came.empty:
        return lines
    last = came.iloc[0]
    times = "once" if len(came) == 1 else f"{len(came)} times"
    said = f"{times} on record, last {words(last['date'], last['precision'])}: {last['summary']}"
    return (*lines[:1], Text(said, (last["source_id"],), "At meetings of the Convention:"), *lines[1:])


def _joint(act: Any) -> str:
    """A remark where a text is not the state's alone, unless its summary says so."""
    joint = act.scope == "multilateral" and "multilateral" not in act.summary
    return " (joint text)" if joint else ""


def obstacles(acts: pd.DataFrame) -> Iterable[Text]:
    """Each obstacle it named, when it last did."""
    seen: set[str] = set()
    for act in each(acts):
        for code in act.obstacles:
            if code not in seen:
                seen.add(code)
                when = words(act.date, act.precision)
                yield Text(f"last named {when}", (act.source_id,), f"{label(Obstacle, code)}:")


def stage(row: pd.Series[Any]) -> Iterable[Text]:
    """The highest step of the ladder it reached."""
    if pd.notna(row["stage"]):
        when = words(row["stage_date"], row["stage_precision"])
        yield Text(f"{wording.rung(row['stage'])}, {when}", (row["stage_source_id"],))


def promises(row: pd.Series[Any], acts: pd.DataFrame, as_of: date) -> tuple[Text, ...]:
    """Its promises to join and what became of them."""
    return tuple(
        Text(
            f"{shorten(act.summary, LONGEST)} (to join by {words(act.promise_due)}; "
            f"{wording.fate(row, as_of, act.date.date(), act.promise_due.date())})",
            (act.source_id,), f"{words(act.date, act.precision)}:",
        )
        for act in each(acts[acts["promise_due"].notna()])
    )  # fmt: skip


def peers(row: pd.Series[Any], peers: pd.DataFrame, shares: pd.DataFrame) -> tuple[Text, ...]:
    """Who joined near it, and how many in its organizations."""
    near = peers.head(PEERS)
    lines = []
    if len(near):
        joined = "; ".join(f"{p.name_short} ({words(p.joined_date)})" for p in each(near))
        lines.append(Text(joined, tuple(near["source_id"]), "Nearest and latest:"))
    if len(shares):
        said = "; ".join(f"{s.name}: {s.parties} of {s.members}" for s in each(shares))
        lines.append(Text(said, tuple(row["organization_source_ids"]), "States Parties among members:"))
    return tuple(lines)


def ask(row: pd.Series[Any], actions: pd.DataFrame) -> tuple[Text, ...]:
    """What to ask for, and the next best actions."""
    lines = [Text(wording.ASKS[row["status"]])]
    for step in each(actions[actions["iso3"] == row["iso3"]]):
        by = f" Offered by {', '.join(step.offered_by)}." if len(step.offered_by) else ""
        lines.append(Text(f"{step.tool}. {step.why}{by}", (), f"{label(ActivityType, step.activity)}:"))
    return tuple(lines)


def callers(row: pd.Series[Any], peers: pd.DataFrame, coordinators: pd.DataFrame) -> tuple[Text, ...]:
    """The champion, the nearest recent joiner; and the coordinators in office."""
    lines = []
    if row["is_target"] and len(peers):
        champion = peers.iloc[0]
        shared = [*filter(None, [champion["near"]]), *champion["shared_organizations"]]
        said = f"{champion['name_short']}, joined {words(champion['joined_date'])}; shares {', '.join(shared)}"
        lines.append(Text(said, (champion["source_id"],), "Champion, the nearest recent joiner:"))
    names = ", ".join(coordinators["name_short"]) or NO_SOURCE
    lines.append(Text(names, tuple(coordinators["source_id"]), "Coordinators on universalization in office:"))
    return tuple(lines)


def votes(votes: pd.DataFrame) -> Strip:
    """Its votes on the resolution as a strip."""
    cells = tuple(
        Cell(str(v.year), label(Vote, v.vote), label(VoteStage, v.stage), palette.VOTE[v.vote]) for v in each(votes)
    )
    said = "in each session the First Committee roll call where one is recorded, else the plenary one"
    caption = Text(said if cells else NO_SOURCE, tuple(votes["source_id"]), "Votes on the General Assembly resolution:")
    return Strip(caption, cells)


def embassies(row: pd.Series[Any]) -> tuple[Text, ...]:
    """Embassies of the coordinators that a source shows; nothing when none does."""
    known = {place: bool(pd.notna(row[f"{place}_embassy"]) and row[f"{place}_embassy"]) for place in wording.NAMES}
    shown = [wording.NAMES[place] for place, there in known.items() if there]
    rest = [wording.NAMES[place] for place, there in known.items() if not there]
    if not shown:
        return ()
    said = f"In its capital: {', '.join(shown)}" + (f"; no source for {', '.join(rest)}" if rest else "")
    return (Text(said, tuple(row[f"{place}_source_id"] for place, there in known.items() if there)),)
