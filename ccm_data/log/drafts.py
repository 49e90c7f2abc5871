"""New activities from little: a quick entry, a copy, a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ccm_data.errors import CcmError
from ccm_data.log.model import Activity, StateEntry, known_states, parse
from ccm_data.log.revision import Create
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
