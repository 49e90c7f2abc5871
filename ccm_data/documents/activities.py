"""The activities and the work plan of a reading as the tables that statements under queries/documents read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from ccm_data.log import Entry, PlanItem

ACTIVITIES = pa.schema([
    ("id", pa.string()), ("origin", pa.string()), ("type", pa.string()), ("status", pa.string()),
    ("start", pa.date32()), ("day", pa.date32()), ("precision", pa.string()), ("title", pa.string()),
    ("place", pa.string()), ("implementers", pa.list_(pa.string())), ("partners", pa.list_(pa.string())),
    ("outcome", pa.string()), ("source_ids", pa.list_(pa.string())), ("confidentiality", pa.string()),
])  # fmt: skip
"""One row per activity; `day` is its last day."""

PARTS = pa.schema([
    ("id", pa.string()), ("iso3", pa.string()), ("role", pa.string()), ("position", pa.string()),
    ("obstacles", pa.list_(pa.string())), ("stage", pa.string()), ("promise", pa.string()),
    ("promise_due", pa.date32()),
])  # fmt: skip
"""One row per activity and state that took part."""

PLAN = pa.schema([
    ("place", pa.int32()), ("type", pa.string()), ("title", pa.string()), ("start", pa.date32()), ("end", pa.date32()),
    ("implementers", pa.list_(pa.string())),
])  # fmt: skip
"""One row per item of a campaign's work plan, in the plan's order."""


def plan(items: Iterable[PlanItem], implementers: Iterable[str]) -> dict[str, pa.Table]:
    """The work plan as the table `plan`; an item that names no implementer is carried by the campaign's."""
    usual = list(implementers)
    rows = [
        {"place": place, "type": item.type.value, "title": item.title, "start": item.start, "end": item.end,
         "implementers": list(item.implementers) or usual}
        for place, item in enumerate(items)
    ]  # fmt: skip
    return {"plan": pa.Table.from_pylist(rows, PLAN)}


def tables(entries: Iterable[Entry]) -> dict[str, pa.Table]:
    """The entries as the tables `activities` and `parts`."""
    activities: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    for entry in entries:
        told = entry.activity.model_dump(mode="python")
        activities.append({
            **{name: told[name] for name in ("start", "title", "place", "outcome")},
            "id": entry.subject, "origin": entry.origin, "type": str(told["type"].value), "day": entry.activity.day,
            "status": str(told["status"].value), "precision": entry.precision,
            "implementers": list(told["implementers"]), "partners": list(told["partners"]),
            "source_ids": list(entry.source_ids), "confidentiality": entry.activity.confidentiality.value,
        })  # fmt: skip
        parts += [
            {
                "id": entry.subject, "iso3": part.iso3, "role": part.role.value, "position": part.position,
                "obstacles": [one.value for one in part.obstacles], "stage": part.stage.value if part.stage else None,
                "promise": part.promise, "promise_due": part.promise_due,
            }
            for part in entry.activity.states
        ]  # fmt: skip
    return {
        "activities": pa.Table.from_pylist(activities, ACTIVITIES),
        "parts": pa.Table.from_pylist(parts, PARTS),
    }
