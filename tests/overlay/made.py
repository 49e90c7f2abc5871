"""Changes that tests make."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from ccm_data.overlay.model import Change, ChangeKind, Op
from ccm_data.overlay.news import NewsKind, news
from ccm_data.overlay.rows import columns, key_of

TODAY = date(2026, 11, 24)


def op(file: str, **cells: str) -> Op:
    row = {name: cells.get(name, "") for name in columns(file)}
    return Op(file, key_of(file, row), row)


def act(iso3: str, action: str, day: str, source_id: str = "untc_2026_02_03", treaty: str = "CCM", **more: str) -> Op:
    return op(
        "treaty_actions",
        treaty=treaty,
        iso3=iso3,
        action=action,
        date=day,
        precision="day",
        source_id=source_id,
        **more,
    )


def change(*ops: Op, kind: ChangeKind = ChangeKind.IMPORT, author: str = "Ana", reason: str = "Seen") -> Change:
    return Change(str(uuid4()), kind, author, reason, ops)


def deposit(iso3: str = "KEN", day: str = "2026-11-17", action: str = "ratification") -> Change:
    """News of a deposit."""
    cells = {"treaty": "CCM", "iso3": iso3, "action": action, "date": day, "precision": "day"}
    return news(NewsKind.TREATY, cells, "Ministry of Foreign Affairs", "https://mfa.example/news", "Ana", TODAY)
