"""Next best action: the open rules of actions.toml applied to a state on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from ccm_data.errors import CcmError
from ccm_data.vocab import ActivityType, Stage
from ccm_data.wording import ids

STALE = 180  # days after which a contact no longer counts as fresh
ATTENDED_YEARS = 3
APPROVED = (Stage.PARLIAMENT_APPROVED, Stage.ASSENTED)


@dataclass(frozen=True)
class Rule:
    """One rule: conditions by name, the action they call for, the offices and organizations that may offer it, and why:
    in a sentence, and in about five words."""

    id: str
    when: Mapping[str, Any]
    activity: ActivityType
    tool: str
    offered_by: tuple[str, ...]
    short: str
    why: str


def parse(text: str) -> tuple[Rule, ...]:
    """Rules from TOML text, in order. Raises CcmError for an unknown condition or activity."""
    rules = []
    for entry in tomllib.loads(text)["rule"]:
        if unknown := entry["when"].keys() - CONDITIONS.keys():
            raise CcmError(f"Rule {entry['id']}: no condition {min(unknown)!r}; possible: {', '.join(CONDITIONS)}.")
        activity = next((known for known in ActivityType if known == entry["activity"]), None)
        if activity is None:
            raise CcmError(f"Rule {entry['id']}: there is no activity type {entry['activity']!r}.")
        fields = {**entry, "activity": activity, "offered_by": tuple(entry["offered_by"])}
        rules.append(Rule(**fields))
    return tuple(rules)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules the project ships."""
    return parse(Path(__file__).with_name("actions.toml").read_text(encoding="utf-8"))


def next_actions(
    snapshot: pd.DataFrame,
    as_of: date,
    last_contact: pd.Series[Any] | None = None,
    at_most: int = 3,
    offers: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """One row per state outside the Convention and action, best first: iso3, order, rule, activity, tool, offered_by,
    short, why, source_ids (of the facts that the rule's conditions rest on).

    `snapshot` holds the states of the day; `last_contact` days since the last contact by ISO code; `offers` who holds
    each office and which organizations take part: one that it lacks is offered by nobody. An activity and tool that
    several rules call for stand once.
    """
    known = offers or {}
    rows = []
    for cells in snapshot[snapshot["is_target"].astype(bool)].to_dict("records"):
        state = {str(name): value for name, value in cells.items()}
        days = None if last_contact is None else last_contact.get(state["iso3"])
        found = matching({**state, "as_of": as_of, "contact_days": days})
        rows += [
            (
                state["iso3"],
                place,
                rule.id,
                rule.activity.value,
                rule.tool,
                [name for one in rule.offered_by for name in known.get(one, ())],
                rule.short,
                rule.why,
                shown_by(state, rule),
            )
            for place, rule in enumerate(found[:at_most], 1)
        ]
    names = ["iso3", "order", "rule", "activity", "tool", "offered_by", "short", "why", "source_ids"]
    return pd.DataFrame(rows, columns=names)


def matching(state: Mapping[str, Any], among: tuple[Rule, ...] | None = None) -> list[Rule]:
    """The rules that hold for a state's row with `as_of` and `contact_days`, each activity and tool once."""
    found: dict[tuple[str, str], Rule] = {}
    for rule in among or rules():
        if all(CONDITIONS[name](state, wanted) for name, wanted in rule.when.items()):
            found.setdefault((rule.activity, rule.tool), rule)
    return list(found.values())


def shown_by(state: Mapping[str, Any], rule: Rule) -> tuple[str, ...]:
    """The sources of what a rule's conditions read in a state's row; none for the day's month and for contacts."""
    return ids(*(SOURCES[name](state, wanted) for name, wanted in rule.when.items() if name in SOURCES))


def is_fresh(days: float | None) -> bool:
    """Whether a contact so many days ago is fresh: what was agreed then is kept to, and nobody asks twice."""
    return days is not None and days <= STALE


def approved_not_deposited(snapshot: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The alert: one row per state outside that has approved joining: iso3, name, stage, stage_date, days since."""
    rows = snapshot[snapshot["is_target"].astype(bool) & snapshot["stage"].isin(APPROVED)]
    days = (pd.Timestamp(as_of) - pd.to_datetime(rows["stage_date"])).dt.days
    return rows[["iso3", "name", "stage", "stage_date"]].assign(days=days).sort_values("days", ascending=False)


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def _one_of(column: str) -> Callable[[Mapping[str, Any], Any], bool]:
    return lambda state, wanted: _known(state[column]) and state[column] in wanted


def _any_of(column: str) -> Callable[[Mapping[str, Any], Any], bool]:
    return lambda state, wanted: any(value in wanted for value in state[column])


def _years_since(state: Mapping[str, Any], column: str) -> float | None:
    known = state[column]
    return (pd.Timestamp(state["as_of"]) - pd.Timestamp(known)).days / 365.25 if _known(known) else None


def _signatory_years(state: Mapping[str, Any], least: float) -> bool:
    age = _years_since(state, "signature_date")
    return age is not None and age >= least


def _promise(state: Mapping[str, Any], wanted: str) -> bool:
    late = _years_since(state, "promise_due")
    return late is not None and wanted == ("overdue" if late > 0 else "open")


def _contact(state: Mapping[str, Any], wanted: list[str]) -> bool:
    days = state["contact_days"]
    return ("none" if not _known(days) else "fresh" if is_fresh(days) else "stale") in wanted


def _attended(state: Mapping[str, Any], wanted: bool) -> bool:
    years = _years_since(state, "last_attendance_date")
    return (years is not None and years <= ATTENDED_YEARS) is wanted


def _unaffected(state: Mapping[str, Any], wanted: bool) -> bool:
    return all(state[name] in ("no", "former") for name in ("producer", "stockpiler", "contaminated")) is wanted


CONDITIONS: dict[str, Callable[[Mapping[str, Any], Any], bool]] = {
    **{name: _one_of(name) for name in ("status", "stage", "vote", "stance", "contaminated", "stockpiler", "producer")},
    "obstacle": _any_of("obstacles"),
    "category": _any_of("categories"),
    "unaffected": _unaffected,
    "population_below": lambda state, limit: _known(state["population"]) and state["population"] < limit,
    "signatory_years": _signatory_years,
    "promise": _promise,
    "contact": _contact,
    "months": lambda state, months: state["as_of"].month in months,
    "attended": _attended,
}
"""How each condition of a rule is tested."""

_MUNITIONS = ("producer", "stockpiler", "contaminated")


def _cited(name: str) -> Callable[[Mapping[str, Any], Any], Any]:
    return lambda state, wanted: state[f"{name}_source_id"]


SOURCES: dict[str, Callable[[Mapping[str, Any], Any], Any]] = {
    **{name: _cited(name) for name in ("stage", "vote", "stance", "promise", *_MUNITIONS)},
    "status": lambda state, wanted: state["status_source_ids"],
    "signatory_years": _cited("signature"),
    "population_below": _cited("population"),
    "unaffected": lambda state, wanted: [state[f"{name}_source_id"] for name in _MUNITIONS],
    "obstacle": lambda state, wanted: [one["source_id"] for one in state["obstacles_named"] if one["code"] in wanted],
    "category": lambda state, wanted: ids(*(e["source_ids"] for e in state["evidence"] if e["category"] in wanted)),
}
"""Where the sources of each condition's facts stand in a state's row."""
