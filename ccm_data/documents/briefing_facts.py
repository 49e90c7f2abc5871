"""What the facts say in a briefing: one function per section, from rows of the statements under queries/state."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pandas as pd

from ccm_data import wording
from ccm_data.call import Mark
from ccm_data.documents.content import LONGEST, Text, shorten, told
from ccm_data.languages import Tongue
from ccm_data.records import each
from ccm_data.vocab import ActKind, Category, MunitionsAttribute, MunitionsValue, Obstacle, Treaty, Vote, codes

PEERS = 4
TOLD = (MunitionsValue.YES, MunitionsValue.NO, MunitionsValue.FORMER, MunitionsValue.SUSPECTED)
"""What of the munitions profile stands in a briefing: an allegation has no room here for its explanation."""


def munitions(row: pd.Series[Any], t: Tongue) -> tuple[Text, ...]:
    """The munitions profile as far as a source says more than an allegation."""
    known = [term for term in MunitionsAttribute if row[term.value] in TOLD]
    return (told(wording.together(wording.munitions(row, known, t), ""), ""),) if known else ()


def treaties(treaties: pd.DataFrame, t: Tongue) -> tuple[Text, ...]:
    """What it signed and joined: this Convention and the Mine Ban Convention first."""
    rows = sorted(each(treaties), key=lambda r: codes(Treaty).index(r.treaty))
    close = [r for r in rows if r.treaty in (Treaty.CCM, Treaty.APMBC)]
    rest = [r for r in rows if r not in close]
    lines = [told(wording.treaty(r, t)) for r in close]
    if rest:
        acts = [(r.treaty, wording.treaty(r, t)) for r in rest]
        said = "; ".join(f"{code.replace('_', ' ')} {act.words}" for code, act in acts)
        lines.append(Text(said, wording.ids(*(act.source_ids for _, act in acts)), f"{t.say('Others')}:"))
    return tuple(lines)


def categories(row: pd.Series[Any], marks: tuple[Mark, ...], t: Tongue) -> tuple[Text, ...]:
    """The target categories it meets, in one line with the day of what shows each."""
    if not row["is_target"]:
        return (Text(t.say("State Party: not a target.")),)
    met = [one for one in marks if one.met]
    if not met:
        return (Text(t.say("Meets none of the four.")),)
    said = "; ".join(
        f"{t.term(Category, one.category)} ({t.date(one.day, one.precision)})" if one.day else
        t.term(Category, one.category) for one in met
    )  # fmt: skip
    return (Text(said, wording.ids(*(one.source_ids for one in met))),)


def said(acts: pd.DataFrame, t: Tongue) -> tuple[Text, ...]:
    """Its own words and steps, the latest first, and its presence at meetings."""
    own = acts[acts["kind"] != ActKind.OBSERVER]
    lines = tuple(
        Text(shorten(a.summary, LONGEST) + _joint(a, t), (a.source_id,), f"{t.date(a.date, a.precision)}:")
        for a in each(own)
    )
    came = acts[acts["kind"] == ActKind.OBSERVER]
    if came.empty:
        return lines
    last = came.iloc[0]
    times = t.many("once on record", "{number} times on record", len(came))
    when = t.say("last {day}", day=t.date(last["date"], last["precision"]))
    at = Text(f"{times}, {when}: {last['summary']}", (last["source_id"],), f"{t.say('At meetings of the Convention')}:")
    return (*lines[:1], at, *lines[1:])


def _joint(act: Any, t: Tongue) -> str:
    """A remark where a text is not the state's alone, unless its summary says so."""
    joint = act.scope == "multilateral" and "multilateral" not in act.summary
    return f" ({t.say('joint text')})" if joint else ""


def obstacles(acts: pd.DataFrame, t: Tongue) -> Iterable[Text]:
    """Each obstacle it named, when it last did."""
    seen: set[str] = set()
    for act in each(acts):
        for code in act.obstacles:
            if code not in seen:
                seen.add(code)
                when = t.say("last named {day}", day=t.date(act.date, act.precision))
                yield Text(when, (act.source_id,), f"{t.term(Obstacle, code)}:")


def stage(row: pd.Series[Any], t: Tongue) -> Iterable[Text]:
    """The highest step of the ladder it reached."""
    if reached := wording.stage(row, t):
        yield told(reached, "")


def peers(peers: pd.DataFrame, shares: pd.DataFrame, t: Tongue) -> tuple[Text, ...]:
    """Who joined near it, and how many in its organizations."""
    near = peers.head(PEERS)
    lines = []
    if len(near):
        joined = "; ".join(f"{t.state(p.peer)} ({t.date(p.joined_date)})" for p in each(near))
        lines.append(Text(joined, tuple(near["source_id"]), f"{t.say('Nearest and latest')}:"))
    if len(shares):
        of = (t.say("{organization}: {parties} of {members}", organization=s.name, parties=s.parties, members=s.members)
              for s in each(shares))  # fmt: skip
        sources = wording.ids(*shares["source_ids"])
        lines.append(Text("; ".join(of), sources, f"{t.say('States Parties among members')}:"))
    return tuple(lines)


def votes(votes: pd.DataFrame, t: Tongue) -> tuple[Text, ...]:
    """Its votes on the resolution in a sentence, the entry that counts for each session; equal years together."""
    counted = votes[votes["decides"]].sort_values("session")
    parts = []
    for vote, run in groupby(each(counted), key=lambda v: v.vote):
        years = [v.year for v in run]
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}"
        parts.append(f"{t.term(Vote, vote).lower()} {span}")
    if not parts:
        return ()
    said = "; ".join(parts)
    sources = counted.iloc[[0, -1]]["source_id"]
    return (Text(f"{said[0].upper()}{said[1:]}", wording.ids(sources)),)
