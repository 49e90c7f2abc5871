"""One roll call as proposed facts: a row for each state's vote and one for the totals, which must agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from ccm_data.errors import CcmError
from ccm_data.importers.model import Proposed, Row, Whole
from ccm_data.vocab import Vote, VoteStage

TITLE = "Implementation of the Convention on Cluster Munitions"
"""The resolution that the facts follow from session to session."""
SOURCE_FILE = "sources_votes"
RESOLUTION = re.compile("A/RES/([0-9]{1,3})/[0-9]+")
DRAFT = re.compile(r"A/C\.1/([0-9]{1,3})/L\.[0-9]+(/Rev\.[0-9]+)?")
COUNTED = (Vote.YES, Vote.NO, Vote.ABSTAIN)

Totals = Mapping[Vote, int]
"""How many votes of each kind a source states; a kind that it is silent on is left out."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One state's vote, and the source's words for it."""

    vote: Vote
    text: str


@dataclass(slots=True)
class Call:
    """One roll call. `resolution` and `draft` are symbols, blank where the source has none; `name` names it in errors.

    votes: by ISO 3166-1 alpha-3 code. stated: what the source says that they add up to. complete: whether it says that
    no state is missing.
    """

    name: str
    stage: VoteStage
    session: int
    vote_date: date
    resolution: str
    draft: str
    url: str
    votes: dict[str, Cast] = field(default_factory=dict)
    stated: Totals = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    complete: bool = False

    @property
    def symbol(self) -> str:
        """The resolution, or the draft where the source knows no resolution yet."""
        return self.resolution or self.draft

    def cast(self, iso3: str, vote: Vote, text: str) -> None:
        """Add a state's vote. Raises CcmError for a state that has one."""
        if iso3 in self.votes:
            raise CcmError(
                f"{self.name} has {iso3} twice, as {self.votes[iso3].vote.label} and as {vote.label}; "
                "a state has one vote."
            )
        self.votes[iso3] = Cast(vote, " ".join(text.split()))

    def counted(self) -> Totals:
        """How many votes of each kind there are."""
        count = Counter(cast.vote for cast in self.votes.values())
        return {vote: count[vote] for vote in Vote}

    def check(self) -> None:
        """Raises CcmError when the votes do not add up to what is stated, or the day is none of the session."""
        counted = self.counted()
        if any(self.stated.get(vote, counted[vote]) != counted[vote] for vote in COUNTED):
            known = [vote for vote in COUNTED if vote in self.stated]
            raise CcmError(
                f"{self.name} states {_shown(self.stated, known)}, but its votes add up to {_shown(counted, known)}; "
                "nothing of it is imported."
            )
        if self.vote_date.year != self.session + 1945:
            raise CcmError(
                f"{self.name} is dated {self.vote_date}, but session {self.session} votes on it in "
                f"{self.session + 1945}."
            )

    def rows(self, source_id: str) -> list[Proposed]:
        """The totals and the votes, of that source. Raises CcmError as `check` does."""
        self.check()
        same = {"session": str(self.session), "year": str(self.vote_date.year), "stage": self.stage.value}
        if self.resolution:
            same["resolution"] = self.resolution
        day = {"vote_date": self.vote_date.isoformat()}
        counted = self.counted()
        totals: Row = same | ({"draft": self.draft} if self.draft else {}) | day | {
            vote.value: str(counted[vote]) for vote in COUNTED
        } | {"source_id": source_id}  # fmt: skip
        votes = [
            Proposed(
                "unga_votes",
                same | day | {"iso3": iso3, "vote": cast.vote.value, "source_id": source_id},
                cast.text,
            )
            for iso3, cast in sorted(self.votes.items())
        ]
        words = f"{self.symbol}, {self.vote_date.isoformat()}: {_shown(counted, list(COUNTED))}"
        return [Proposed("unga_vote_totals", totals, words), *votes]

    def whole(self) -> Whole:
        """That this roll call has a vote, or an absence, of each state that could vote."""
        return Whole("unga_votes", {"session": str(self.session), "stage": self.stage.value}, self.vote_date)


def _shown(totals: Totals, votes: list[Vote]) -> str:
    words = {Vote.YES: "in favour", Vote.NO: "against", Vote.ABSTAIN: "abstaining"}
    return ", ".join(f"{totals[vote]} {words[vote]}" for vote in votes)


def source_id(prefix: str, *symbols: str) -> str:
    """The id of a source that is about these documents, such as undl_A-RES-79-58."""
    return "_".join([prefix, *(re.sub("[^A-Za-z0-9_-]+", "-", symbol) for symbol in symbols)])


def web_address(name: str, url: str) -> str:
    """The address, without space around it. Raises CcmError for what is none."""
    url = url.strip()
    try:
        known = re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", url) and urlsplit(url).hostname
    except ValueError:
        known = None
    if not known:
        raise CcmError(f"{name} gives '{url[:80]}' as its address; possible is one that begins with https://.")
    return url


def day(name: str, text: str) -> date:
    """A date written YYYY-MM-DD. Raises CcmError for any other text."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise CcmError(f"{name} gives '{text[:40]}' as its date; possible is one written YYYY-MM-DD.") from None
    return found
