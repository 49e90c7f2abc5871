"""What a person may ask of the 197 states; one filter for map, table, command line and URL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from ccm_data.errors import CcmError
from ccm_data.vocab import Category, Match, MunitionsValue, Region, Status, Term, UnGroup, codes

SMALL_STATE_POPULATION = 1_500_000
"""Default limit below which a state counts as small for model legislation (DESIGN section 3)."""


@dataclass(frozen=True)
class StateFilter:
    """Conditions that a state must all meet; an empty one asks nothing.

    `categories` combine by `match`; a state with any category of `without` is left out. `population_limit` is the
    size below which a state counts as small. Field names are the parameters of queries/states/filtered.sql.
    """

    categories: tuple[str, ...] = ()
    match: str = Match.ANY.value
    without: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()
    producer: tuple[str, ...] = ()
    stockpiler: tuple[str, ...] = ()
    contaminated: tuple[str, ...] = ()
    unaffected: bool = False
    population_limit: int = SMALL_STATE_POPULATION
    text: str = ""

    def parameters(self) -> dict[str, Any]:
        """The filter as bound SQL parameters."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked (a limit or a way of matching alone asks nothing)."""
        plain = StateFilter(match=self.match, population_limit=self.population_limit)
        return self == plain


@dataclass(frozen=True)
class Options:
    """What is possible for each list field of a filter; organizations come from the facts."""

    orgs: tuple[str, ...]
    fixed: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "categories": tuple(codes(Category)),
            "without": tuple(codes(Category)),
            "statuses": tuple(codes(Status)),
            "groups": tuple(codes(UnGroup)),
            "regions": tuple(codes(Region)),
            "producer": tuple(codes(MunitionsValue)),
            "stockpiler": tuple(codes(MunitionsValue)),
            "contaminated": tuple(codes(MunitionsValue)),
        }
    )

    def of(self, name: str) -> tuple[str, ...]:
        """The possible values of a list field."""
        return self.orgs if name == "orgs" else self.fixed[name]


WORDS = {
    "categories": "category",
    "without": "category to leave out",
    "statuses": "status",
    "groups": "UN regional group",
    "regions": "region",
    "orgs": "organization",
    "producer": "production status",
    "stockpiler": "stockpile status",
    "contaminated": "contamination status",
}


def check(name: str, values: Iterable[str], options: Options) -> tuple[str, ...]:
    """The values of a list field if all are possible. Raises CcmError naming the wrong one and the possible ones."""
    possible = options.of(name)
    values = tuple(values)
    for value in values:
        if value not in possible:
            raise CcmError(f"{value!r} is not a known {WORDS[name]}; possible: {', '.join(possible)}.")
    return values


def words(name: str) -> type[Term] | None:
    """The vocabulary whose words a list field shows; None for organizations, which the facts name."""
    return {
        "categories": Category,
        "without": Category,
        "statuses": Status,
        "groups": UnGroup,
        "regions": Region,
        "producer": MunitionsValue,
        "stockpiler": MunitionsValue,
        "contaminated": MunitionsValue,
    }.get(name)
