"""Public history: the outreach events of the facts, in the shape of the log's entries, read-only."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from ccm_data.log.model import parse
from ccm_data.log.revision import Entry
from ccm_data.paths import facts_dir
from ccm_data.vocab import ActivityStatus, Confidentiality, Role

_RANK: dict[str, int] = {Role.HOST: 0, Role.CHAMPION: 1, Role.TARGET: 2, Role.PARTICIPANT: 3}


def public_history(folder: Path | None = None) -> list[Entry]:
    """The outreach events of a facts folder (the configured one by default), the latest first.

    Each entry has `origin` facts, the event's id as its subject, its `source_ids`, and its `precision` where the day
    is not known. A state with two roles in one event has the first of host, champion, target, participant.
    """
    return list(_read(folder or facts_dir()))


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[Entry, ...]:
    roles: dict[str, dict[str, str]] = {}
    sources: dict[str, list[str]] = {}
    for row in _rows(folder / "outreach_event_states.csv"):
        held = roles.setdefault(row["event_id"], {})
        held[row["iso3"]] = min(held.get(row["iso3"], row["role"]), row["role"], key=lambda role: _RANK[role])
        sources.setdefault(row["event_id"], []).append(row["source_id"])
    entries = [
        _entry(event, roles.get(event["event_id"], {}), sources.get(event["event_id"], []))
        for event in _rows(folder / "outreach_events.csv")
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.activity.start, entry.subject), reverse=True))


def _entry(event: dict[str, str], roles: dict[str, str], sources: list[str]) -> Entry:
    values = {
        "start": event["start_date"],
        "end": event["end_date"] if event["end_date"] != event["start_date"] else None,
        "type": event["type"],
        "status": ActivityStatus.DONE,
        "title": event["title"],
        "place": event["place"],
        "partners": [name.strip() for name in event["partners"].split(";") if name.strip()],
        "states": [{"iso3": iso3, "role": role} for iso3, role in roles.items()],
        "summary": event["summary"],
        "confidentiality": Confidentiality.PUBLIC,
    }
    named = dict.fromkeys([event["source_id"], *sources])
    return Entry(
        kind="activity",
        subject=event["event_id"],
        version=0,
        record=parse("activity", values),
        origin="facts",
        source_ids=tuple(name for name in named if name),
        precision=event["precision"],
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
