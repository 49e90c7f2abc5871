"""What the activity log holds: activities, plan items and campaigns, frozen and valid from the start."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
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
from ccm_data.log.text import line, plain
from ccm_data.paths import facts_dir
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Obstacle, Role, Stage

STORED = {"stored": True}
"""Validation context of what was valid when it was written: a state may have left the facts since."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CENT = Decimal("0.01")


@lru_cache(maxsize=4)
def _read_states(folder: Path) -> dict[str, str]:
    with (folder / "states.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["name_short"] or row["name"] for row in csv.DictReader(file)}


def known_states() -> dict[str, str]:
    """Short name of every state of the facts by ISO 3166-1 alpha-3 code."""
    return _read_states(facts_dir())


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


Line = Annotated[str, AfterValidator(line)]
Text = Annotated[str, AfterValidator(plain)]
Title = Annotated[str, AfterValidator(line), Field(min_length=1)]
Names = Annotated[
    tuple[Annotated[str, AfterValidator(_name), Field(min_length=1)], ...],
    AfterValidator(_names),
    Field(max_length=50),
]
Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(lambda value: None if value in (None, "") else _day(value))]
Amount = Annotated[
    Decimal,
    Field(ge=0, le=Decimal(10) ** 12),
    AfterValidator(_money),
    PlainSerializer(str, when_used="json"),
]
Identity = Annotated[str, AfterValidator(_identity)]
Iso3 = Annotated[str, AfterValidator(_state)]


class Value(BaseModel):
    """A frozen value; fields it does not know are refused, so that a mistyped one is not lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class StateEntry(Value):
    """One state's part in an activity, and what it said there."""

    iso3: Iso3
    role: Role = Role.TARGET
    position: Text = ""
    obstacles: Annotated[tuple[Obstacle, ...], AfterValidator(_names)] = ()
    promise: Text = ""
    promise_due: OptionalDay = None
    stage: Stage | None = None

    @property
    def said(self) -> bool:
        """Whether the state said anything that is recorded."""
        return bool(self.position or self.obstacles or self.promise or self.promise_due or self.stage)


class Link(Value):
    """A document by its web address."""

    url: Annotated[str, AfterValidator(_url)]
    title: Line = ""


class Activity(Value):
    """One activity: a day, or a period when `end` is given, with any number of states.

    `due_date` is that of `next_step`, or of the activity itself while it is planned. `follows` is the id of the
    activity that this one follows up, `plan_item` of the plan item it serves. Amounts are in the campaign's currency.
    """

    start: Day
    end: OptionalDay = None
    type: ActivityType
    status: ActivityStatus
    title: Title
    place: Line = ""
    implementers: Names = ()
    partners: Names = ()
    states: Annotated[tuple[StateEntry, ...], Field(max_length=250)] = ()
    channel: Line = ""
    summary: Text = ""
    outcome: Text = ""
    documents: Annotated[tuple[Link, ...], Field(max_length=50)] = ()
    next_step: Text = ""
    owner: Line = ""
    due_date: OptionalDay = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    follows: Identity = ""
    campaign: Line = ""
    plan_item: Identity = ""
    budget: Amount | None = None
    cost: Amount | None = None

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
    """One line of a campaign's work plan. Blank implementers: those of the campaign."""

    campaign: Title
    title: Title
    type: ActivityType
    start: Day
    end: Day
    due_date: OptionalDay = None
    implementers: Names = ()
    partners: Names = ()
    budget: Amount | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _in_order(self.start, self.end)
        return self


class Campaign(Value):
    """A campaign, known by its name. `target` is the number of new States Parties it aims at."""

    name: Title
    baseline: Day
    end: Day
    target: Annotated[int, Field(ge=0, le=197)]
    report_due: OptionalDay = None
    coordinators: Names = ()
    implementers: Names = ()
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    note: Text = ""

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
