"""What the facts say in a briefing: one function per section, from rows of the statements under queries/documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from ccm_data import palette, wording
from ccm_data.dates import words
from ccm_data.documents.content import LONGEST, Cell, Strip, Text, shorten, told
from ccm_data.records import each
from ccm_data.vocab import (
    ActivityType,
    MunitionsAttribute,
    Obstacle,
    Treaty,
    Vote,
    VoteStage,
    codes,
    label,
)
from ccm_data.wording import NO_SOURCE

PEERS = 4


def status(row: pd.Series[Any]) -> tuple[Text, ...]:
    """Status, notice of withdrawal, munitions profile as far as known."""
    lines = [told(wording.status(row), "")]
    if notice := wording.notice(row):
        lines.append(told(notice, ""))
    known = [term for term in MunitionsAttribute if pd.notna(row[term.value])]
    if known:
        lines.append(told(wording.together(wording.munitions(row, known), "Munitions")))
    return tuple(lines)


def treaties(treaties: pd.DataFrame) -> tuple[Text, ...]:
    """What it signed and joined: this Convention and the Mine Ban Convention first."""
    rows = sorted(each(treaties), key=lambda r: codes(Treaty).index(r.treaty))
    close = [r for r in rows if r.treaty in (Treaty.CCM, Treaty.APMBC)]
    rest = [r for r in rows if r not in close]
    lines = [told(wording.treaty(r)) for r in close]
    if rest:
        acts = [(r.treaty, wording.treaty(r)) for r in rest]
        said = "; ".join(f"{code} {act.words}" for code, act in acts)
        lines.append(Text(said, wording.ids(*(act.source_ids for _, act in acts)), "Others:"))
    return tuple(lines)


def categories(row: pd.Series[Any]) -> tuple[Text, ...]:
    """The target categories it meets, with what shows each."""
    if not row["is_target"]:
        return (Text("State Party: not a target."),)
    return tuple(map(told, wording.categories(row))) or (Text("Meets none of the four."),)


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
    if reached := wording.stage(row):
        yield told(reached, "")


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
        by = wording.offered(step.offered_by)
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
    """Its votes on the resolution as a strip, the entry that counts for each session, the earliest first."""
    counted = votes[votes["decides"]].sort_values("session")
    cells = tuple(
        Cell(str(v.year), label(Vote, v.vote), label(VoteStage, v.stage), palette.VOTE[v.vote]) for v in each(counted)
    )
    said = "in each session the First Committee vote where one is recorded, else the plenary one"
    caption = Text(
        said if cells else NO_SOURCE, tuple(counted["source_id"]), "Votes on the General Assembly resolution:"
    )
    return Strip(caption, cells)


def embassies(row: pd.Series[Any], coordinators: pd.DataFrame) -> tuple[Text, ...]:
    """Posts of the coordinators in office in its capital that a source shows; nothing when none does."""
    return tuple(
        map(told, wording.posts(row, dict(zip(coordinators["iso3"], coordinators["name_short"], strict=True))))
    )
