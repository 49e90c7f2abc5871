"""What differs between two snapshots, attribute by attribute, each change with the sources behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ccm_data.records import records

Row = dict[str, Any]

EXISTS = ("exists_source_id",)
SOURCES = {
    "exists_from": EXISTS,
    "status": ("status_source_ids",),
    "signature_date": ("signature_source_id",),
    "joined_date": ("joined_source_id",),
    "entry_into_force_date": ("joined_source_id",),
    "withdrawal_notified_date": ("withdrawal_source_id",),
    "withdrawal_effective_date": ("withdrawal_source_id",),
    "categories": ("vote_source_id", "mine_ban_source_id", "signature_source_id", "support_source_ids"),
    "vote": ("vote_source_id",),
    "mine_ban_joined_date": ("mine_ban_source_id",),
    "mine_ban_withdrawal_effective_date": ("mine_ban_source_id",),
    "last_act_date": ("support_source_ids", "stance_source_id"),
    "stage": ("stage_source_id",),
    "promise_due": ("promise_source_id",),
    "stance": ("stance_source_id",),
    "obstacles": ("obstacle_source_ids",),
    "producer": ("producer_source_id",),
    "stockpiler": ("stockpiler_source_id",),
    "contaminated": ("contaminated_source_id",),
    "used": ("used_source_id",),
    "organizations": ("organization_source_ids",),
    "treaties_joined": ("treaties_source_ids",),
    "outreach_events": ("last_outreach_source_id",),
}
"""Attributes that are compared, and the columns that hold their sources."""


def changes(before: pd.DataFrame, after: pd.DataFrame) -> list[dict[str, Any]]:
    """One entry per state and attribute that differs: iso3, attribute, before, after, source_ids.

    The sources are those of the later value; of the earlier one where the later has none; else of the state's
    existence. A state that did not exist on one of the days has nothing then: no status, no category.
    """
    old_rows, new_rows = _by_state(before), _by_state(after)
    found = []
    for iso3 in sorted(old_rows.keys() | new_rows.keys()):
        old = old_rows.get(iso3) or _nothing(new_rows[iso3])
        new = new_rows.get(iso3) or _nothing(old)
        for attribute, columns in SOURCES.items():
            if old[attribute] != new[attribute]:
                found.append(
                    {
                        "iso3": iso3,
                        "attribute": attribute,
                        "before": old[attribute],
                        "after": new[attribute],
                        "source_ids": _sources(new, columns)
                        or _sources(old, columns)
                        or _sources(new, EXISTS)
                        or _sources(old, EXISTS),
                    }
                )
    return found


def _by_state(frame: pd.DataFrame) -> dict[str, Row]:
    rows = records(frame)
    for row in rows:
        row["support_source_ids"] = [act["source_id"] for act in row["support_acts"]]
        row["obstacle_source_ids"] = [one["source_id"] for one in row["obstacles_named"]]
    return {row["iso3"]: row for row in rows}


def _nothing(row: Row) -> Row:
    """The row of a state that does not exist, in the types of another day's row."""
    empty: dict[type, Any] = {list: [], int: 0}
    return {name: empty.get(type(value)) for name, value in row.items()}


def _sources(row: Row, columns: tuple[str, ...]) -> list[str]:
    ids: set[str] = set()
    for column in columns:
        value = row[column]
        ids.update(value if isinstance(value, list) else [value] if value else [])
    return sorted(ids)
