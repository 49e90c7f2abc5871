"""How a map colours the states: the same classes, colours and words on the screen, in pictures and in documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ccm_data import palette
from ccm_data.vocab import Category, Status, Term, Vote
from ccm_data.wording import NO_CONTACT

NEVER = "never"
NO_VOTE = "none"


class ColourBy(Term):
    """What the map's colours say."""

    STATUS = "status", "Status"
    CATEGORIES = "categories", "Target categories"
    VOTE = "vote", "Latest vote"
    CONTACT = "contact", "Last contact"


CONTACT_CLASSES = {90: "within 90 days", 365: "within a year", 730: "within two years", 36_500: "longer ago"}
"""Greatest number of days since the last contact, and its words."""


@dataclass(frozen=True)
class Scheme:
    """A class per state, by ISO code; per class a colour and words, in the legend's order.

    `matches` holds the states inside a filter, the others are drawn paler; `provisional` those whose class rests on
    news nobody confirmed yet, drawn hatched. A state without a class did not exist on the day and carries no status.
    """

    title: str
    classes: Mapping[str, str]
    colours: Mapping[str, str]
    words: Mapping[str, str]
    matches: frozenset[str]
    provisional: frozenset[str] = frozenset()

    @property
    def headline(self) -> str:
        """The title of a picture."""
        return f"Convention on Cluster Munitions: {self.title.lower()}"

    @property
    def outside(self) -> int:
        """How many states the filter leaves out."""
        return sum(iso3 not in self.matches for iso3 in self.classes)

    def fill(self, iso3: str, ground: str = palette.WATER) -> str:
        """The colour of a state on a ground."""
        if iso3 not in self.classes:
            return palette.on(ground, palette.NO_STATUS)
        colour = palette.on(ground, self.colours[self.classes[iso3]])
        return colour if iso3 in self.matches else palette.paler(colour, ground=ground)

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each class of the legend: states inside the filter, and all states."""
        found = dict.fromkeys(self.colours, (0, 0))
        for iso3, name in self.classes.items():
            inside, every = found[name]
            found[name] = (inside + (iso3 in self.matches), every + 1)
        return found


def scheme(
    by: str, states: pd.DataFrame, contact_days: Mapping[str, int] | None = None, no_contact: str = NO_CONTACT
) -> Scheme:
    """The scheme for states as `Reading.states` gives them; `contact_days` and `no_contact` as a reading says them."""
    match by:
        case ColourBy.CATEGORIES:
            classes, colours, words = _categories(states)
        case ColourBy.VOTE:
            classes, colours, words = _votes(states)
        case ColourBy.CONTACT:
            classes, colours, words = _contacts(states, contact_days or {}, no_contact)
        case _:
            classes = states["status"]
            colours = {term.value: palette.STATUS[term] for term in Status}
            words = {term.value: term.label for term in Status}
    return Scheme(
        TITLES[by], dict(zip(states["iso3"], classes, strict=True)), colours, words,
        frozenset(states.loc[states["matches"], "iso3"]), _provisional(by, states),
    )  # fmt: skip


def _provisional(by: str, states: pd.DataFrame) -> frozenset[str]:
    marked = states[states["provisional_source_ids"].map(len) > 0]
    match by:
        case ColourBy.VOTE:
            rests = [one["vote_source_id"] in one["provisional_source_ids"] for one in marked.to_dict("records")]
        case ColourBy.CATEGORIES:
            rests = [
                any(set(e["source_ids"]) & set(one["provisional_source_ids"]) for e in one["evidence"])
                for one in marked.to_dict("records")
            ]
        case _:
            rests = list(marked["status_provisional"])
    return frozenset(marked.loc[rests, "iso3"])


TITLES: dict[str, str] = {
    ColourBy.STATUS: "Status",
    ColourBy.CATEGORIES: "Target categories met",
    ColourBy.VOTE: "Latest vote on the General Assembly resolution",
    ColourBy.CONTACT: "Last contact, by the activity log and the public record",
}

_Parts = tuple["pd.Series[str]", dict[str, str], dict[str, str]]
_BEHIND = {Status.STATE_PARTY.value: palette.PARTY_BEHIND}
_PARTY = {Status.STATE_PARTY.value: Status.STATE_PARTY.label}


def _of_targets(classes: pd.Series[str], states: pd.DataFrame) -> pd.Series[str]:
    return classes.where(states["is_target"], Status.STATE_PARTY.value)


def _categories(states: pd.DataFrame) -> _Parts:
    numbers = {str(n): palette.SEQUENTIAL[n] for n in range(len(Category) + 1)}
    words = {n: f"{n} of {len(Category)} categories" for n in numbers}
    counted = states["category_count"].astype(int).astype(str)
    return _of_targets(counted, states), {**numbers, **_BEHIND}, {**words, **_PARTY}


def _votes(states: pd.DataFrame) -> _Parts:
    colours = {v.value: palette.VOTE[v] for v in (Vote.YES, Vote.ABSTAIN, Vote.NO)} | {NO_VOTE: palette.NO_VOTE}
    return states["vote"].fillna(NO_VOTE), colours, {**{v.value: v.label for v in Vote}, NO_VOTE: "No vote recorded"}


def _contacts(states: pd.DataFrame, days: Mapping[str, int], no_contact: str) -> _Parts:
    since = states["iso3"].map(pd.Series(days, dtype=float))
    names = list(CONTACT_CLASSES.values())
    classes = pd.cut(since, [-1, *CONTACT_CLASSES], labels=names).astype(object).where(since.notna(), NEVER)
    colours = dict(zip(names, palette.SEQUENTIAL[4:0:-1], strict=True)) | {NEVER: palette.QUIET}
    words = {name: f"Contact {name}" for name in names} | {NEVER: no_contact}
    return _of_targets(classes, states), {**colours, **_BEHIND}, {**words, **_PARTY}
