"""What differs between two snapshots, attribute by attribute, each change with the sources behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ccm_data.records import records

SOURCES = {
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
    "obstacles": ("stance_source_id",),
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

    The sources are those of the later value; of the earlier one where the later has none.
    """
    found = []
    for old, new in zip(_by_state(before), _by_state(after), strict=True):
        for attribute, columns in SOURCES.items():
            if old[attribute] != new[attribute]:
                found.append(
                    {
                        "iso3": new["iso3"],
                        "attribute": attribute,
                        "before": old[attribute],
                        "after": new[attribute],
                        "source_ids": _sources(new, columns) or _sources(old, columns),
                    }
                )
    return found


def _by_state(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = records(frame.sort_values("iso3"))
    for row in rows:
        row["support_source_ids"] = [act["source_id"] for act in row["support_acts"]]
    return rows


def _sources(row: dict[str, Any], columns: tuple[str, ...]) -> list[str]:
    ids: set[str] = set()
    for column in columns:
        value = row[column]
        ids.update(value if isinstance(value, list) else [value] if value else [])
    return sorted(ids)
