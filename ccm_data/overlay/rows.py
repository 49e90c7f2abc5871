"""What tells one row of a fact file from another, and whose row it is: read from the declared columns."""

from __future__ import annotations

from functools import cache

from ccm_data.overlay.model import Key, Row


@cache
def key_columns(file: str) -> tuple[str, ...]:
    """The columns that make the key of a fact file, in its order (roles `key` and `unique` of its schema)."""
    from ccm_data.validation.schemas import schemas  # imports pandera, which is slow

    roles = {name: column.metadata or {} for name, column in schemas(()).get(file).columns.items()}  # type: ignore[union-attr]
    whole = tuple(name for name, held in roles.items() if held.get("key"))
    return whole or tuple(name for name, held in roles.items() if held.get("unique"))[:1]


@cache
def columns(file: str) -> tuple[str, ...]:
    """All columns of a fact file, in its order."""
    from ccm_data.validation.schemas import schemas

    return tuple(schemas(())[file].columns)


def key_of(file: str, row: Row) -> Key:
    """The key of one row."""
    return tuple((name, row.get(name) or "") for name in key_columns(file))


def whose(row: Row) -> str:
    """The state a row is about, as ISO 3166-1 alpha-3; blank where it is about none."""
    return row.get("iso3") or row.get("host") or ""
