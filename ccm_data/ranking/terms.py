"""The closed vocabularies of the ranking: codes as stored, words as shown."""

from __future__ import annotations

from ccm_data.vocab import Term


class Tier(Term):
    """A state's chance of joining against the mean of all states outside on the same day (specification.toml)."""

    LIKELY = "likely", "Likely"
    POSSIBLE = "possible", "Possible"
    UNLIKELY = "unlikely", "Unlikely"


class Band(Term):
    """A state's place in the order, as people use one: whom to call first, whom then."""

    FIRST = "first", "First five"
    NEXT = "next", "Next ten"
    THEN = "then", "Next twenty"
    OTHERS = "others", "The others"


class Method(Term):
    """How states outside the Convention are ordered."""

    PRIORITY = "priority", "Priority score"
    LIKELIHOOD = "likelihood", "Likelihood of joining"


class Component(Term):
    """What the priority score adds up; each is between 0 and 1, higher calls for contact sooner."""

    SIGNATURE = "signature", "Signature"
    VOTE = "vote", "Latest vote"
    VOTE_TREND = "vote_trend", "Vote trend"
    MINE_BAN = "mine_ban", "Mine Ban Convention"
    SUPPORT = "support", "Declared support"
    STAGE = "stage", "Ratification stage"
    PROMISE = "promise", "Promise"
    ENGAGEMENT = "engagement", "Recent engagement"
    PEERS = "peers", "Neighbours in the Convention"
    TREATIES = "treaties", "Other humanitarian treaties"
    MUNITIONS = "munitions", "Few obstacles in munitions"
    GAIN = "gain", "Humanitarian gain"
    SMALL = "small", "Small state"
    LAST_CONTACT = "last_contact", "Time since last contact"


class Steadiness(Term):
    """How often a state stays at the top when the weights vary."""

    ALWAYS = "always", "Always"
    OFTEN = "often", "Often"
    ONLY_IF = "only_if", "Only if"
    NEVER = "never", "Never"
