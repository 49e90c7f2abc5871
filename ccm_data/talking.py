"""What can be said in a meeting with a state: talking points and answers, from talking_points.toml and the facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pandas as pd

from ccm_data.languages import ENGLISH, Tongue
from ccm_data.records import each
from ccm_data.vocab import Category, Obstacle, Stance, Status, Vote
from ccm_data.wording import Said, ids

SUBJECTS = ("own", "peers", "help")
"""Of what talking points are made, in this order: the state's own words and votes, those who joined, help on offer."""

WELCOME = (Stance.INTENDS_TO_JOIN, Stance.SUPPORTS_NORM, Stance.CONSIDERS)
"""Stances worth recalling to a state."""

NEAR = 3
"""States Parties near it that a sentence names."""

Row = Any
"""A row of states, by column name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one thing that sentences name: its words by placeholder, and its sources."""

    words: Mapping[str, str]
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """If they say this: the obstacle with the year in which the state last named it, and what can be answered."""

    said: Said
    answer: str


@cache
def sentences() -> Mapping[str, Any]:
    """The reviewed sentences, by subject."""
    return tomllib.loads(Path(__file__).with_name("talking_points.toml").read_text(encoding="utf-8"))


def points(known: Sequence[Known], t: Tongue = ENGLISH) -> tuple[Said, ...]:
    """One talking point for each subject of which something can be said, with the sources of all it names."""
    held = {name: one for one in known for name in one.words}
    found = []
    for subject in SUBJECTS:
        rule = sentences()[subject]
        said: dict[frozenset[str], str] = {}
        for sentence in rule["say"]:
            names = frozenset(_names(sentence))
            told = any(names & earlier for earlier in said)  # the same thing in fewer words
            if names <= held.keys() and not told and len(said) < rule["most"]:
                said[names] = t.say(sentence, **{name: held[name].words[name] for name in names})
        if said:
            shown = [held[name].source_ids for names in said for name in sorted(names)]
            found.append(Said(subject, " ".join(said.values()), ids(*shown)))
    return tuple(found)


def answers(row: Row, t: Tongue = ENGLISH) -> tuple[Answer, ...]:
    """An answer to each obstacle that the state named, the latest first."""
    named = sorted(row["obstacles_named"], key=lambda one: one["date"], reverse=True)
    return tuple(
        Answer(
            Said(f"{t.term(Obstacle, one['code'])} ({one['date'].year})", "", ids(one["source_id"])),
            t.say(sentences()["answers"][one["code"]]),
        )
        for one in named
    )  # fmt: skip


def known(
    row: Row, acts: pd.DataFrame, votes: pd.DataFrame, peers: pd.DataFrame, shares: pd.DataFrame,
    rules: Sequence[Any], offered: Sequence[str], t: Tongue = ENGLISH,
) -> tuple[Known, ...]:  # fmt: skip
    """What the facts hold of a target for these sentences; frames hold the rows of queries/state of that name.

    rules: its next best actions, best first. offered: who offers the first of them.
    """
    if not row["is_target"]:
        return ()
    return (*_own(row, acts, votes, t), *_peers(peers, shares, t), *_help(rules, offered, t))


def _own(row: Row, acts: pd.DataFrame, votes: pd.DataFrame, t: Tongue) -> Iterator[Known]:
    if pd.notna(row["promise_due"]) and pd.Timestamp(row["promise_due"]) >= pd.Timestamp(row["as_of"]):
        when = t.date(row["promise_date"], row["promise_precision"])
        yield Known({"promised": when, "promise": _inside(row["promise_summary"])}, ids(row["promise_source_id"]))
    welcome = [act for act in each(acts) if act.stance in WELCOME and act.scope == "unilateral"]
    if welcome:
        act = welcome[0]
        yield Known({"when": t.date(act.date, act.precision), "said": _inside(act.summary)}, ids(act.source_id))
    yield from _votes(votes, t)
    if row["status"] == Status.SIGNATORY:
        years = (pd.Timestamp(row["as_of"]) - pd.Timestamp(row["signature_date"])).days // 365
        day = t.date(row["signature_date"])
        if years > 1:
            yield Known({"signed": day, "years": t.number(years)}, ids(row["signature_source_id"]))
    if Category.MINE_BAN_PARTY in row["categories"]:
        day = t.date(row["mine_ban_joined_date"], row["mine_ban_joined_precision"])
        yield Known({"mine_ban": day}, ids(row["mine_ban_source_id"]))


def _votes(votes: pd.DataFrame, t: Tongue) -> Iterator[Known]:
    counted = votes[votes["decides"]].sort_values("vote_date") if len(votes) else votes
    yes = counted[counted["vote"] == Vote.YES] if len(counted) else counted
    if len(yes) and len(yes) == len(counted):
        first, last = yes.iloc[0], yes.iloc[-1]
        said = {"count": t.number(len(yes)), "since": f"{first['year']}", "day": t.date(last["vote_date"])}
        if len(yes) > 1:
            yield Known(said, ids(first["source_id"], last["source_id"]))
            return
    if len(yes) and counted.iloc[-1]["vote"] == Vote.YES:
        yield Known({"voted": t.date(yes.iloc[-1]["vote_date"])}, ids(yes.iloc[-1]["source_id"]))


def _peers(peers: pd.DataFrame, shares: pd.DataFrame, t: Tongue) -> Iterator[Known]:
    near = peers[peers["near"] != ""].head(NEAR) if len(peers) else peers
    if len(near):
        said = t.listed([f"{t.state(one.peer)} ({t.date(one.joined_date)})" for one in each(near)])
        yield Known({"peers": said}, ids(near["source_id"]))
    if len(shares):
        most = shares.sort_values(["parties", "members"], ascending=[False, True]).iloc[0]
        if 2 * most["parties"] > most["members"]:
            words = {"parties": t.number(most["parties"]), "members": t.number(most["members"])}
            yield Known({**words, "organization": most["name"]}, ids(most["source_ids"]))


def _help(rules: Sequence[Any], offered: Sequence[str], t: Tongue) -> Iterator[Known]:
    if rules:
        sources = ids(rules[0].source_ids)
        yield Known({"tool": _inside(t.say(rules[0].tool))}, sources)
        if offered:
            yield Known({"offered": ", ".join(offered)}, sources)


def _inside(text: str) -> str:
    """A recorded sentence as part of another."""
    return text[:1].lower() + text[1:].rstrip(".") if text[1:2].islower() else text.rstrip(".")


def _names(sentence: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]
