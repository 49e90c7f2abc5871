"""New activities from little: a quick entry, a contact with what was promised, a copy, a series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ccm_data.errors import CcmError
from ccm_data.log.model import Activity, PlanItem, StateEntry, known_states, parse
from ccm_data.log.revision import Create, Entry
from ccm_data.vocab import ActivityStatus, ActivityType

_NAMED = 3
"""States that a made title names before it counts the rest."""

_KEPT = (
    "type", "title", "place", "implementers", "partners", "channel", "owner",
    "confidentiality", "campaign", "plan_item",
)  # fmt: skip


def made_title(type: ActivityType, iso3s: Sequence[str]) -> str:
    """A title from type and states, as `Bilateral in Geneva: Fiji, Nauru`."""
    names = [known_states().get(iso3, iso3) for iso3 in iso3s]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{type.label}: {', '.join(names[:_NAMED])}{more}" if names else type.label


def quick(type: ActivityType, iso3s: Sequence[str], start: date, status: ActivityStatus, **values: Any) -> Activity:
    """An activity from states, type, date and status; `values` may set any other field. CcmError as for `parse`."""
    made = {"title": made_title(type, iso3s), "states": [{"iso3": iso3} for iso3 in iso3s]}
    return _activity(made | values | {"type": type, "start": start, "status": status})


def contact(
    type: ActivityType,
    iso3s: Sequence[str],
    start: date | None,
    status: ActivityStatus,
    *,
    promise: str = "",
    promise_due: date | None = None,
    promised_by: Sequence[str] = (),
    **values: Any,
) -> Activity:
    """A quick entry with one promise in it. A promise is that of the only state, else of those in `promised_by`.

    Raises CcmError for what is missing or cannot be, in one sentence.
    """
    if not iso3s:
        raise CcmError("Name at least one state, or open the full form for an activity without any.")
    if start is None:
        raise CcmError("The date is missing; choose the day of the activity.")
    promise = promise.strip()
    if (promise or promise_due) and status != ActivityStatus.DONE:
        raise CcmError("Only what was done holds a promise; set the status to done, or take the promise out.")
    if promise_due and not promise:
        raise CcmError("A promise has a day but no words; write what was promised, or take the day out.")
    givers = set(iso3s if len(iso3s) == 1 else promised_by)
    if promise and not givers & set(iso3s):
        raise CcmError("Say which of the states made the promise.")
    said: dict[str, Any] = {"promise": promise, "promise_due": promise_due}
    states = [{"iso3": iso3, **(said if iso3 in givers else {})} for iso3 in iso3s]
    return quick(type, iso3s, start, status, states=states, **values)


def proposed_item(items: Iterable[Entry], type: ActivityType, day: date | None) -> str:
    """Id of the plan item that an activity seems to serve: of its type, its time holding the day; of several the
    shortest. Blank where none does."""
    found = [
        (item.end - item.start, entry.subject)
        for entry in items
        if isinstance(item := entry.record, PlanItem) and item.type == type and day and item.start <= day <= item.end
    ]
    return min(found)[1] if found else ""


def duplicate(activity: Activity, start: date, **values: Any) -> Activity:
    """A planned copy on another day: what, where, who and with which states, without what came of it."""
    kept = {name: getattr(activity, name) for name in _KEPT}
    kept["states"] = [StateEntry.model_construct(iso3=s.iso3, role=s.role).model_dump() for s in activity.states]
    return _activity(kept | {"status": ActivityStatus.PLANNED, "start": start} | values)


def series(activity: Activity, iso3s: Sequence[str]) -> list[Create]:
    """One such activity per state, each with the state in its title and as its only state."""
    if not iso3s:
        raise CcmError("A series needs states; name at least one.")
    names: Mapping[str, str] = known_states()
    return [
        Create(
            _activity(
                activity.model_dump()
                | {"title": f"{activity.title}: {names.get(iso3, iso3)}", "states": [{"iso3": iso3}]}
            )
        )
        for iso3 in dict.fromkeys(iso3s)
    ]


def _activity(values: Mapping[str, Any]) -> Activity:
    made = parse("activity", values)
    assert isinstance(made, Activity)
    return made
