"""What a person may ask of the states: one row per condition, for page, address, command line and SQL."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ccm_data.errors import CcmError
from ccm_data.vocab import Category, Match, MunitionsValue, Region, Status, Term, UnGroup, codes, label

SMALL_STATE_POPULATION = 1_500_000
"""Default limit below which a state counts as small for model legislation (DESIGN section 3)."""


class Kind(Enum):
    """What a field holds, as its default shows."""

    SEVERAL = "any number of codes"
    CHOICE = "one code"
    FLAG = "true or false"
    NUMBER = "a whole number"
    TEXT = "any text"


@dataclass(frozen=True)
class Options:
    """What the facts make possible in a filter: the codes of the organizations."""

    orgs: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One condition of the filter, or what modifies one; a row of the table below."""

    name: str
    """Attribute of StateFilter and parameter of queries/states/filtered.sql."""
    default: Any
    """Asks nothing; its type makes the kind."""
    parameter: str
    """Parameter of the address and key of the widget."""
    label: str
    """Over the widget, and before the values in `describe`."""
    noun: str
    """One value in an error's sentence."""
    help: str
    """Beside the option of the command."""
    vocabulary: type[Term] | None = None
    """Of codes; None where the organizations of the facts are the codes."""
    option: str = ""
    """Of the command, where it is not called like the parameter."""
    modifies: str = ""
    """Name of the field that this one only sharpens: alone it asks nothing."""
    said: str = ""
    """The condition in words, with the filter's values in braces, where label and values would not do."""
    hint: str | None = None
    """Beside the widget."""
    empty: str = "Any"
    """In the widget while nothing is chosen."""
    spread: bool = False
    """Whether all codes are in sight at once."""
    folded: bool = False
    """Whether the widget stands in the part of the filter that opens on demand."""
    least: int = 1
    most: int = 10_000_000_000
    step: int = 1
    """Bounds of a number, and what one press of its button adds."""
    old: tuple[str, ...] = ()
    """Parameters that links sent before used instead."""

    @property
    def kind(self) -> Kind:
        """What the field holds."""
        if isinstance(self.default, tuple):
            return Kind.SEVERAL
        if isinstance(self.default, bool):
            return Kind.FLAG
        if isinstance(self.default, int):
            return Kind.NUMBER
        return Kind.CHOICE if self.vocabulary else Kind.TEXT

    def possible(self, options: Options) -> tuple[str, ...]:
        """The codes of a field that holds codes."""
        return tuple(codes(self.vocabulary)) if self.vocabulary else options.orgs

    def read(self, text: str, options: Options) -> Any:
        """The value that a text says, by code or in words. Raises CcmError naming it and what is possible."""
        match self.kind:
            case Kind.TEXT:
                return text
            case Kind.NUMBER:
                if (number := _whole(text)) is None or not self.least <= number <= self.most:
                    raise CcmError(
                        f"{text!r} is no {self.noun}; possible: whole numbers from {self.least} to {self.most}."
                    )
                return number
            case Kind.FLAG:
                known: dict[str, Any] = {"true": True, "false": False}
                value = known.get(text.lower())
            case _:
                known = {code: code for code in self.possible(options)}
                value = known.get(text) or self._code(text)
        if value is None:
            raise CcmError(f"{text!r} is not a known {self.noun}; possible: {', '.join(known)}.")
        return value

    def _code(self, words: str) -> str | None:
        return next((term.value for term in self.vocabulary or () if term.label == words), None)

    def code(self, value: Any) -> str:
        """One value as an address and a command write it."""
        return str(value).lower() if self.kind == Kind.FLAG else str(value)

    def words(self, value: Any) -> str:
        """One value as its widget shows it."""
        return label(self.vocabulary, value) if self.vocabulary else self.code(value)

    def check(self, value: Any, options: Options) -> Any:
        """A value as widgets and options give it, fit for the filter. Raises CcmError for what is not possible."""
        if self.kind == Kind.SEVERAL:
            return tuple(self.read(str(one), options) for one in value)
        return self.read(str(value).strip(), options)


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _row(default: Any, **about: Any) -> Any:
    return dataclasses.field(default=default, metadata=about)


@dataclass(frozen=True)
class StateFilter:
    """Conditions that a state must all meet; an empty one asks nothing.

    To add one, write its row here and its clause in queries/states/filtered.sql: nothing else names them. Rows stand
    in the order of the page.
    """

    categories: tuple[str, ...] = _row(
        (), parameter="category", label="Target categories", noun="category", vocabulary=Category, spread=True,
        help="A target category; may be repeated.",
    )  # fmt: skip
    match: str = _row(
        Match.ANY.value, parameter="match", label="Combine categories", noun="way to combine categories",
        vocabulary=Match, modifies="categories", help="Any or all of them.",
    )  # fmt: skip
    text: str = _row(
        "", parameter="q", option="text", label="Name contains", noun="text", said="name contains “{text}”",
        help="Only states whose name contains this.",
    )  # fmt: skip
    without: tuple[str, ...] = _row(
        (), parameter="without", label="Without", noun="category to leave out", vocabulary=Category,
        empty="None left out", help="Leave out states of this category.",
    )  # fmt: skip
    statuses: tuple[str, ...] = _row(
        (), parameter="status", label="Status", noun="status", vocabulary=Status, help="Only states of this status.",
    )  # fmt: skip
    groups: tuple[str, ...] = _row(
        (), parameter="group", label="UN regional group", noun="UN regional group", vocabulary=UnGroup,
        help="Only states of this UN regional group.",
    )  # fmt: skip
    regions: tuple[str, ...] = _row(
        (), parameter="region", label="Region", noun="region", vocabulary=Region, help="Only states of this region.",
    )  # fmt: skip
    orgs: tuple[str, ...] = _row(
        (), parameter="org", label="Organization", noun="organization", help="Only members of this organization.",
    )  # fmt: skip
    producer: tuple[str, ...] = _row(
        (), parameter="producer", label="Production", noun="production status", vocabulary=MunitionsValue, folded=True,
        help="Only states of this production status.",
    )  # fmt: skip
    stockpiler: tuple[str, ...] = _row(
        (), parameter="stockpiler", label="Stockpile", noun="stockpile status", vocabulary=MunitionsValue, folded=True,
        help="Only states of this stockpile status.",
    )  # fmt: skip
    contaminated: tuple[str, ...] = _row(
        (), parameter="contaminated", label="Contamination", noun="contamination status", vocabulary=MunitionsValue,
        folded=True, help="Only states of this contamination status.",
    )  # fmt: skip
    unaffected: bool = _row(
        False, parameter="unaffected", label="Small unaffected states only", noun="answer on small unaffected states",
        said="small unaffected (population below {population_limit:,})", folded=True,
        hint="Not a producer, not a stockpiler, not contaminated, and below the population limit. "
        "A state for which a source is missing is left out.", help="Only small unaffected states.",
    )  # fmt: skip
    population_limit: int = _row(
        SMALL_STATE_POPULATION, parameter="limit", option="population-limit", label="Population limit",
        noun="population limit", modifies="unaffected", step=100_000, folded=True, help="Small below this.",
    )  # fmt: skip

    def parameters(self) -> dict[str, Any]:
        """The filter as bound SQL parameters."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(self).items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked (a limit or a way of matching alone asks nothing)."""
        return not _asked(self)


FIELDS = tuple(Field(row.name, row.default, **row.metadata) for row in dataclasses.fields(StateFilter))
"""The table: the rows of StateFilter, in its order."""


def by_parameter(parameter: str) -> Field | None:
    """The field that a parameter of the address sets; None for one that is not the filter's."""
    return next((field for field in FIELDS if parameter in (field.parameter, *field.old)), None)


def checked(given: Mapping[str, Any], options: Options) -> StateFilter:
    """The filter of values by field, as widgets or options give them. Raises CcmError for one that is not possible."""
    return StateFilter(**{field.name: field.check(given[field.name], options) for field in FIELDS})


def describe(wanted: StateFilter) -> str:
    """The filter in words, as plain text, for captions, exports and documents; blank when nothing is asked."""
    return "; ".join(_condition(field, wanted) for field in _asked(wanted))


def _asked(wanted: StateFilter) -> list[Field]:
    return [field for field in FIELDS if not field.modifies and getattr(wanted, field.name) != field.default]


def _condition(field: Field, wanted: StateFilter) -> str:
    if field.said:
        return field.said.format_map(dataclasses.asdict(wanted))
    values = getattr(wanted, field.name)
    joiner = " and " if field.name == "categories" and wanted.match == Match.ALL else ", "
    said = map(field.words, values if field.kind == Kind.SEVERAL else [values])
    return f"{field.label}: {joiner.join(said)}"
