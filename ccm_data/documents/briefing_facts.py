"""What the facts say in a briefing: one function per section, from rows of the statements under queries/documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ccm_data import palette, wording
from ccm_data.dates import words
from ccm_data.documents.content import LONGEST, Cell, Row, Strip, Text, shorten, told
from ccm_data.records import each
from ccm_data.vocab import (
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


def munitions(row: pd.Series[Any]) -> tuple[Row, ...]:
    """The munitions profile as far as known; no section where nothing is."""
    known = [term for term in MunitionsAttribute if pd.notna(row[term.value])]
    said = wording.together(wording.munitions(row, known), "Munitions")
    return (Row("Munitions", (told(said, ""),)),) if known else ()


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
