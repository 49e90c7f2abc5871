"""Frames as plain records for JSON: missing is null, dates are ISO text, lists are lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def plain(value: Any) -> Any:
    """One cell as JSON takes it."""
    if isinstance(value, str | bool | int | None):
        return value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple) or getattr(value, "ndim", None):
        return [plain(item) for item in value]
    if _missing(value):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _missing(value: Any) -> bool:
    """Whether it is NaN, NaT or NA; told without the import of pandas, which not every command needs."""
    return type(value).__name__ == "NAType" or bool(value != value)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary per row."""
    names = list(frame.columns)
    return [{n: plain(v) for n, v in zip(names, row, strict=True)} for row in frame.itertuples(index=False)]


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, each with its columns as attributes."""
    return iter(frame.itertuples(index=False))


STATE_KEYS = (
    "iso3", "name", "status", "status_provisional", "categories", "status_since", "signature_date", "joined_date",
    "joined_by", "entry_into_force_date", "withdrawal_effective_date", "is_target", "un_group", "region", "subregion",
    "organizations", "mine_ban_joined_date", "support_acts", "stage", "promise_date", "promise_due", "obstacles",
    "producer", "stockpiler", "contaminated", "used", "small_unaffected", "population", "treaties_joined",
)  # fmt: skip


def status_told(row: Mapping[Any, Any]) -> str:
    """The status of a state as a table on the command line shows it: its code, marked where it is provisional."""
    return f"{row['status']} (provisional)" if row["status_provisional"] else str(row["status"])


def state(row: dict[str, Any]) -> dict[str, Any]:
    """One state in the stable JSON shape of `ccm states` and `ccm targets` (DESIGN section 5)."""
    vote = None
    if row["vote"]:
        vote = {
            "vote": row["vote"],
            "stage": row["vote_stage"],
            "session": row["vote_session"],
            "date": row["vote_date"],
            "resolution": row["vote_resolution"],
        }
    return {**{key: row[key] for key in STATE_KEYS}, "latest_vote": vote}
