"""What may stand in an address: of each parameter the default, the codes, and the sentence for what is unknown.

A parameter is named like the key of its widget. Codes are written, old words are understood. To put a widget into the
address, add its row to `OTHERS`; a filter of states has its row in ccm_data/filters.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ccm_data import campaign as campaigns
from ccm_data import dates, filters, planner, targets
from ccm_data.errors import CcmError
from ccm_data.filters import Field, Kind
from ccm_data.log import Campaign, Store
from ccm_data.ranking import weights
from ccm_data.ranking.terms import Method
from ccm_data.scheme import ColourBy
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Term
from ccm_data.workspace import Workspace
from pages.components import choices, meeting
from pages.components.log.days import LIMITS

PERIOD = "period"
"""Code of the period that stands for a campaign; it has another name on another day."""


@dataclass(frozen=True)
class Scene:
    """What values are read against: the facts, the day, the campaigns of the day, and the chosen one among them."""

    workspace: Workspace
    as_of: date
    possible: tuple[Campaign, ...]
    campaign: Campaign

    @property
    def usual(self) -> Campaign:
        """The campaign on which pages open on the day."""
        return campaigns.holding(self.as_of, self.possible)

    @property
    def period(self) -> str:
        """Name of the period that stands for a campaign on the day."""
        return self.possible[-1].name


def scene(workspace: Workspace, store: Store, day: date) -> Scene:
    """The scene of a day, with the campaign on which pages open."""
    possible = campaigns.possible(store, workspace, day, meeting.audience())
    return Scene(workspace, day, possible, campaigns.holding(day, possible))


@dataclass(frozen=True)
class Parameter:
    """One parameter of the address. `read` raises CcmError for what is not possible, and names what is."""

    name: str
    default: Callable[[Scene], Any]
    read: Callable[[str, Scene], Any]
    write: Callable[[Any, Scene], str] = lambda value, _: str(value)
    several: bool = False
    """Whether its value is a list, written as the parameter repeated."""
    page: str = ""
    """The one page it acts on, where it does not go along to others; blank for a parameter of all pages."""


def every() -> dict[str, Parameter]:
    """All parameters by name; the day and the campaign first, which others are read against."""
    return {one.name: one for one in (DAY, CAMPAIGN, *map(_of, filters.FIELDS), *OTHERS)}


def renamed(name: str) -> str:
    """The name that a parameter of a link sent before has today."""
    field = filters.by_parameter(name)
    return field.parameter if field else name


def _of(field: Field) -> Parameter:
    several = field.kind == Kind.SEVERAL
    default = list(field.default) if several else field.default
    return Parameter(
        field.parameter, lambda _: default, lambda text, at: field.read(text, at.workspace.options),
        lambda value, _: field.code(value), several,
    )  # fmt: skip


def _one_of(
    name: str, noun: str, known: Mapping[str, Any], default: Any, said: Mapping[str, str] | None = None,
    several: bool = False,
) -> Parameter:  # fmt: skip
    """A choice: values by code. `said`: their words by code, where the values themselves are no words."""
    codes = {value: code for code, value in known.items()}
    words = said or {code: str(value) for code, value in known.items()}

    def read(text: str, _: Scene) -> Any:
        folded = text.strip().casefold()
        for code, value in known.items():
            if folded in (code.casefold(), words[code].casefold()):
                return value
        raise CcmError(f"{text!r} is not a known {noun}; possible: {', '.join(known)}.")

    return Parameter(
        name, default if callable(default) else lambda _: default, read, lambda value, _: codes[value],
        several,
    )  # fmt: skip


def _term(name: str, noun: str, vocabulary: type[Term], default: Any, several: bool = False) -> Parameter:
    known = {term.value: term for term in vocabulary}
    return _one_of(name, noun, known, default, {code: term.label for code, term in known.items()}, several)


def _number(name: str, noun: str, default: int | None, least: int, most: int) -> Parameter:
    def read(text: str, _: Scene) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise CcmError(f"{text!r} is no {noun}; possible: whole numbers from {least} to {most}.")
        return int(text)

    return Parameter(name, lambda _: default, read)


def _flag(name: str, noun: str, default: bool) -> Parameter:
    return _one_of(name, noun, {"true": True, "false": False}, default)


def _log_day(name: str) -> Parameter:
    def read(text: str, _: Scene) -> date:
        return dates.parse_day(text, LIMITS["min_value"], LIMITS["max_value"])

    return Parameter(name, lambda _: None, read)


def _state(text: str, at: Scene) -> str:
    table = at.workspace.snapshot(at.workspace.latest).table
    by_name = dict(zip(table["name_short"].to_pylist(), table["iso3"].to_pylist(), strict=True))
    return by_name.get(text) or at.workspace.iso3(text, at.workspace.latest)


def _campaign(text: str, at: Scene) -> str:
    if text == PERIOD:
        return at.period
    return campaigns.find(text, at.possible, quote=meeting.audience() is Confidentiality.INTERNAL).name


def _weights(text: str, _: Scene) -> str:
    weights.from_url(text)
    return text


DAY = Parameter("as_of", lambda at: at.workspace.latest, lambda text, at: dates.parse_as_of(text, at.workspace.latest))
CAMPAIGN = Parameter(
    "campaign", lambda at: at.usual.name, _campaign, lambda name, at: PERIOD if name == at.period else name
)
OTHERS = (
    Parameter("state", lambda _: None, _state),
    _term("colour", "way to colour the map", ColourBy, ColourBy.STATUS),
    _one_of("view", "view of the map", choices.named(choices.VIEWS), choices.VIEWS[0]),
    _one_of("summary_by", "body to sum up by", {code: code for code in choices.BODIES}, "group", choices.BODIES),
    _term("order", "order of states", Method, lambda _: targets.default_method()),
    _one_of(
        "preset", "set of weights", {code: code for code in (*weights.presets(), "custom")}, weights.DEFAULT,
        {**{code: preset.name for code, preset in weights.presets().items()}, "custom": "Own weights"},
    ),
    Parameter("weights", lambda _: weights.to_text(weights.presets()["balanced"].values), _weights),
    _one_of("show", "choice of states", {code: code for code in choices.VOTERS}, "targets", choices.VOTERS),
    _one_of("changes_view", "view of changes", choices.named(choices.CHANGES_VIEWS), choices.CHANGES_VIEWS[0]),
    Parameter(
        "from_day",
        lambda at: min(at.campaign.baseline, at.as_of),
        lambda text, at: dates.parse_day(text, dates.EARLIEST, at.as_of),
    ),
    _number("workshops", "number of workshops", 3, 1, planner.MOST_WORKSHOPS),
    _one_of("kinds", "kind of audience", {code: code for code in planner.KINDS}, list(planner.KINDS), planner.KINDS,
            several=True),
    _term("weigh", "weight of targets", planner.Weigh, planner.Weigh.CHANCE),
    _number("most_targets", "number of targets", None, 1, 1000),
    _flag("across_regions", "answer on bodies across regions", False),
    _one_of("data_view", "view of the data", choices.named(choices.DATA_VIEWS), choices.DATA_VIEWS[0]),
    _one_of("plan_view", "view of the work plan", choices.named(choices.PLAN_VIEWS), choices.PLAN_VIEWS[0]),
    _one_of("log_view", "view of the log", choices.named(choices.LOG_VIEWS), choices.LOG_VIEWS[0]),
    _term("log_type", "type of activity", ActivityType, [], several=True),
    _term("log_status", "status of an activity", ActivityStatus, [], several=True),
    _log_day("log_since"),
    _log_day("log_until"),
    _term("log_seen", "circle of readers", Confidentiality, None),
    _one_of("log_scope", "scope of the log", dict(zip(("campaign", "all"), choices.LOG_SCOPES, strict=True)),
            choices.LOG_SCOPES[0]),
    _flag("log_public", "answer on the public record", True),
    _flag("log_deleted", "answer on deleted entries", False),
    _number("log_ahead", "number of days", 30, 0, 3650),
    _number("log_days", "number of days", 90, 1, 3650),
    replace(_one_of("new", "kind of new entry", {"contact": "contact", "plan": "plan"}, None), page="log"),
    Parameter("entry", lambda _: "", lambda text, _: text),
)  # fmt: skip
