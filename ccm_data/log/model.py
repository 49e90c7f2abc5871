"""What the activity log holds: activities, plan items and campaigns, frozen and valid from the start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from ccm_data.errors import CcmError
from ccm_data.log.fields import Kind, ModelField, Shown, fields
from ccm_data.log.text import line, plain
from ccm_data.names import state_names
from ccm_data.paths import facts_dir
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Obstacle, Opening, Role, Stage

STORED = {"stored": True}
"""Validation context of what was valid when it was written: a state may have left the facts since."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CENT = Decimal("0.01")


def known_states() -> dict[str, str]:
    """Short name of every state of the facts by ISO 3166-1 alpha-3 code."""
    return state_names(facts_dir())


def _state(code: str, info: ValidationInfo) -> str:
    code = code.strip().upper()
    if not info.context and code not in known_states():
        raise ValueError(f"'{line(code)}' is no state of the facts; possible are ISO 3166-1 alpha-3 codes, like FJI")
    return code


def _day(value: object) -> object:
    if isinstance(value, str):
        if not _DAY.fullmatch(value.strip()):
            raise ValueError(f"'{line(value[:40])}' is not a date; write YYYY-MM-DD")
        value = date.fromisoformat(value.strip())
    elif not isinstance(value, date):
        raise ValueError(f"'{value}' is not a date; write YYYY-MM-DD")
    if not 1900 <= value.year <= 2200:
        raise ValueError(f"{value} is out of range; possible are the years 1900 to 2200")
    return value


def _name(text: str) -> str:
    if ";" in text:
        raise ValueError("holds a semicolon, which separates names; write one name")
    return line(text)


def _names(value: object) -> object:
    return tuple(dict.fromkeys(value)) if isinstance(value, (list, tuple)) else value


def _url(text: str) -> str:
    url = line(text)
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in url:
        raise ValueError(f"'{url[:60]}' is not a web address; possible are http:// and https://")
    return url


def _identity(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        raise ValueError(f"'{line(text[:60])}' is not the id of an entry") from None


def _money(value: Decimal) -> Decimal:
    if value != value.quantize(_CENT):
        raise ValueError(f"{value} has more than two decimals")
    return value.quantize(_CENT) + 0  # no negative zero


Line = Annotated[str, AfterValidator(line), Kind.LINE]
Text = Annotated[str, AfterValidator(plain), Kind.TEXT]
Title = Annotated[str, AfterValidator(line), Field(min_length=1), Kind.LINE]
Names = Annotated[
    tuple[Annotated[str, AfterValidator(_name), Field(min_length=1)], ...],
    AfterValidator(_names),
    Field(max_length=50),
    Kind.NAMES,
]
Day = Annotated[date, BeforeValidator(_day), Kind.DAY]
OptionalDay = Annotated[
    date | None, BeforeValidator(lambda value: None if value in (None, "") else _day(value)), Kind.DAY
]
Amount = Annotated[
    Decimal,
    Field(ge=0, le=Decimal(10) ** 12),
    AfterValidator(_money),
    PlainSerializer(str, when_used="json"),
    Kind.AMOUNT,
]
Identity = Annotated[str, AfterValidator(_identity), Kind.IDENTITY]
Iso3 = Annotated[str, AfterValidator(_state), Kind.STATE]


class Value(BaseModel):
    """A frozen value; fields it does not know are refused, so that a mistyped one is not lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class StateEntry(Value):
    """One state's part in an activity, and what it said there."""

    iso3: Annotated[Iso3, Shown("State", "ISO 3166-1 alpha-3 code of a state of the facts.")]
    role: Annotated[Role, Shown("Role", "What the state was in this activity.")] = Role.TARGET
    position: Annotated[Text, Shown("Position", "What it said about joining.")] = ""
    obstacles: Annotated[
        tuple[Obstacle, ...], AfterValidator(_names), Shown("Obstacles", "What it named as in the way.")
    ] = ()
    promise: Annotated[Text, Shown("Promise", "What it said it would do.")] = ""
    promise_due: Annotated[OptionalDay, Shown("Promised by", "The day by which it said it would.")] = None
    stage: Annotated[Stage | None, Shown("Stage reached", "The stage of ratification it says it has reached.")] = None

    @property
    def said(self) -> bool:
        """Whether the state said anything that is recorded."""
        return bool(self.position or self.obstacles or self.promise or self.promise_due or self.stage)


class Link(Value):
    """A document by its web address."""

    url: Annotated[str, AfterValidator(_url), Kind.LINE, Shown("Address", "http:// or https://.")]
    title: Annotated[Line, Shown("Title", "What it is called.")] = ""


class Activity(Value):
    """One activity: a day, or a period when `end` is given, with any number of states."""

    start: Annotated[Day, Shown("First day", "The day, or the first one of a period.")]
    end: Annotated[OptionalDay, Shown("Last day", "Of a period; none for a single day.")] = None
    type: Annotated[ActivityType, Shown("Type", "What sort of activity it is.")]
    status: Annotated[ActivityStatus, Shown("Status", "Whether it is still to come.")]
    title: Annotated[Title, Shown("Title", "What it is called in every list.")]
    place: Annotated[Line, Shown("Place", "Where it takes place.")] = ""
    implementers: Annotated[Names, Shown("Implementers", "Who does it.")] = ()
    partners: Annotated[Names, Shown("Partners", "Who takes part beside the implementers and the states.")] = ()
    states: Annotated[
        tuple[StateEntry, ...], Field(max_length=250), Kind.STATES, Shown("States", "Each state once, with its part.")
    ] = ()
    channel: Annotated[Line, Shown("Channel", "By what way: a call, a note, a meeting.")] = ""
    summary: Annotated[Text, Shown("Summary", "What was said.")] = ""
    outcome: Annotated[Text, Shown("Outcome", "What came of it.")] = ""
    documents: Annotated[
        tuple[Link, ...], Field(max_length=50), Kind.LINKS,
        Shown("Documents", "One per line: web address, then its title."),
    ] = ()  # fmt: skip
    next_step: Annotated[Text, Shown("Next step", "What is to be done after it.")] = ""
    owner: Annotated[Line, Shown("Owner", "Who sees to it, and to the next step.")] = ""
    due_date: Annotated[
        OptionalDay, Shown("Due date", "Of the next step, or of the activity itself while it is planned.")
    ] = None
    confidentiality: Annotated[
        Confidentiality, Shown("Who may see it", "The team alone, partners too, or the public.")
    ] = Confidentiality.INTERNAL
    follows: Annotated[Identity, Shown("Follows", "Id of the activity that this one follows up.")] = ""
    campaign: Annotated[Line, Shown("Campaign", "Name of the campaign it belongs to.")] = ""
    plan_item: Annotated[Identity, Shown("Plan item", "Id of the item of the work plan that it serves.")] = ""
    budget: Annotated[Amount | None, Shown("Budget", "What it may cost, in the campaign's currency.")] = None
    cost: Annotated[Amount | None, Shown("Cost", "What it has cost, in the campaign's currency.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _in_order(self.start, self.end)
        seen: set[str] = set()
        for state in self.states:
            if state.iso3 in seen:
                raise ValueError(f"{state.iso3} is listed twice; one activity lists a state once")
            seen.add(state.iso3)
        return self

    @property
    def day(self) -> date:
        """The last day of the activity: the day of its contacts."""
        return self.end or self.start


class PlanItem(Value):
    """One line of a campaign's work plan."""

    campaign: Annotated[Title, Shown("Campaign", "Name of the campaign it belongs to.")]
    title: Annotated[Title, Shown("Title", "What is to be done.")]
    type: Annotated[ActivityType, Shown("Type", "What sort of activity it is.")]
    start: Annotated[Day, Shown("First day", "Of the time in which it is to be done.")]
    end: Annotated[Day, Shown("Last day", "Of the time in which it is to be done.")]
    due_date: Annotated[OptionalDay, Shown("Due date", "By when it must be done, if that is not its last day.")] = None
    implementers: Annotated[Names, Shown("Implementers", "Who does it; blank: those of the campaign.")] = ()
    partners: Annotated[Names, Shown("Partners", "Who takes part beside the implementers.")] = ()
    budget: Annotated[Amount | None, Shown("Budget", "What it may cost, in the campaign's currency.")] = None
    note: Annotated[Text, Shown("Note", "Anything else.")] = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _in_order(self.start, self.end)
        return self


class Campaign(Value):
    """A campaign, known by its name."""

    name: Annotated[Title, Shown("Name", "What it is known by, such as 14MSP; it never changes.")]
    baseline: Annotated[Day, Shown("Baseline", "The day from which progress is counted.")]
    end: Annotated[Day, Shown("Last day", "The day on which it ends.")]
    target: Annotated[int, Field(ge=0, le=197), Kind.COUNT, Shown("Target", "New States Parties that it aims at.")]
    report_due: Annotated[OptionalDay, Shown("Report due", "The day on which its progress report is due.")] = None
    coordinators: Annotated[Names, Shown("Coordinators", "Who leads it.")] = ()
    implementers: Annotated[Names, Shown("Implementers", "Who does what it plans.")] = ()
    currency: Annotated[
        str, Field(pattern=r"^([A-Z]{3})?$"), Kind.LINE, Shown("Currency", "Three letters, such as CHF, or blank.")
    ] = ""
    opens: Annotated[Opening, Shown("Opens", "When pages open on it by themselves.")] = Opening.BY_PERIOD
    confidentiality: Annotated[
        Confidentiality, Shown("Who may see it", "The team alone, partners too, or the public.")
    ] = Confidentiality.INTERNAL
    note: Annotated[Text, Shown("Note", "Anything else.")] = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _in_order(self.baseline, self.end)
        return self


Record = Activity | PlanItem | Campaign
KINDS: dict[str, type[Activity] | type[PlanItem] | type[Campaign]] = {
    "activity": Activity,
    "plan_item": PlanItem,
    "campaign": Campaign,
}
FIELDS: dict[str, ModelField] = {**fields(Campaign), **fields(PlanItem), **fields(StateEntry), **fields(Activity)}
"""Every field of the log by its name: one that several records have means the same in each."""


def _in_order(start: date, end: date | None) -> None:
    if end and end < start:
        raise ValueError(f"the end {end} is before the start {start}; possible is {start} or later")


class Invalid(CcmError):
    """A record that cannot be: `findings` holds one `field: reason` per broken field."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(findings) + ".")


def kind_of(record: Record) -> str:
    """The kind a record is stored as."""
    return next(kind for kind, model in KINDS.items() if isinstance(record, model))


def parse(kind: str, data: Mapping[str, Any], *, stored: bool = False) -> Record:
    """A record from plain values (JSON or Python). Raises CcmError with one sentence per broken field."""
    if kind not in KINDS:
        raise CcmError(f"'{kind}' is no kind of entry; possible are {', '.join(KINDS)}.")
    try:
        return KINDS[kind].model_validate(data, context=STORED if stored else None)
    except ValidationError as error:
        raise Invalid(tuple(dict.fromkeys(sentences(error)))) from error


def sentences(error: ValidationError) -> list[str]:
    """What is wrong, one `field: reason` per finding."""
    return [_sentence(finding) for finding in error.errors()]


def _sentence(finding: Any) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in finding["loc"])
    given, reason = finding["input"], str(finding["msg"]).removeprefix("Value error, ")
    match finding["type"]:
        case "missing":
            reason = "is missing"
        case "extra_forbidden":
            reason = "is not a field that the log knows"
        case "enum":
            reason = f"'{str(given)[:60]}' is unknown; possible are {finding['ctx']['expected']}"
        case "string_too_short" | "too_short":
            reason = "must not be blank"
        case "too_long":
            reason = f"has {finding['ctx']['actual_length']} entries; at most {finding['ctx']['max_length']} are kept"
        case "string_type" | "tuple_type":
            reason = "must be text" if finding["type"] == "string_type" else "must be a list"
        case "decimal_parsing" | "decimal_type" | "finite_number" | "decimal_not_finite":
            reason = f"'{str(given)[:40]}' is not an amount; write a number like 1250.00"
    return f"{where}: {reason}" if where else reason
