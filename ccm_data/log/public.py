"""Public history: outreach events of the facts, in the shape of the log's entries, read-only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ccm_data.log.model import parse
from ccm_data.log.revision import Entry
from ccm_data.vocab import ActivityStatus, Confidentiality, Role

Row = Mapping[str, str | None]

_RANK: dict[str | None, int] = {Role.HOST: 0, Role.CHAMPION: 1, Role.TARGET: 2, Role.PARTICIPANT: 3}


def public_history(events: Iterable[Row], parts: Iterable[Row]) -> list[Entry]:
    """The entries of some outreach events, the latest first; `parts` has a row per event, state and role.

    Each entry has `origin` facts, the event's id as its subject, its `source_ids`, and its `precision` where the day
    is not known. A state with two roles in one event has the first of host, champion, target, participant. Raises
    CcmError for an event that is no possible activity.
    """
    roles: dict[str | None, dict[str | None, str | None]] = {}
    sources: dict[str | None, list[str | None]] = {}
    for row in parts:
        held = roles.setdefault(row["event_id"], {})
        held[row["iso3"]] = min(held.get(row["iso3"], row["role"]), row["role"], key=lambda role: _RANK[role])
        sources.setdefault(row["event_id"], []).append(row["source_id"])
    entries = [_entry(each, roles.get(each["event_id"], {}), sources.get(each["event_id"], [])) for each in events]
    return sorted(entries, key=lambda entry: (entry.activity.start, entry.subject), reverse=True)


def _entry(event: Row, roles: Mapping[str | None, str | None], sources: list[str | None]) -> Entry:
    values = {
        "start": event["start_date"],
        "end": event["end_date"] if event["end_date"] != event["start_date"] else None,
        "type": event["type"],
        "status": ActivityStatus.DONE,
        "title": event["title"],
        "place": event["place"] or "",
        "partners": [name.strip() for name in (event["partners"] or "").split(";") if name.strip()],
        "states": [{"iso3": iso3, "role": role} for iso3, role in roles.items()],
        "summary": event["summary"] or "",
        "confidentiality": Confidentiality.PUBLIC,
    }
    named = dict.fromkeys([event["source_id"], *sources])
    return Entry(
        kind="activity",
        subject=event["event_id"] or "",
        version=0,
        record=parse("activity", values),
        origin="facts",
        source_ids=tuple(name for name in named if name),
        precision=event["precision"] or "day",
    )
