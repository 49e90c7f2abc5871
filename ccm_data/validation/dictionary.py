"""The dictionary of the facts: every column, what its cells may hold, and what it is to other columns. Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandera.pandas as pandera

from ccm_data import factfiles
from ccm_data.validation.schemas import schemas

ROLES = {
    "key": "part of the key",
    "unique": "tells one row from another",
    "source": "names a source",
    "dated": "a day of the row",
    "precise_by": "as exact as {}",
    "refers_to": "a key of {}",
    "not_before": "not before {}",
    "needed_by": "needed with {}",
}
_LONGEST = 160


def markdown() -> str:
    """One table per fact file, in the order of factfiles.FACT_FILES; the files of sources are one."""
    held = schemas(())
    parts = []
    for one in factfiles.FACT_FILES:
        head = f"### {one.words}: `{one.name}.csv`\n\n{one.row}\n\n"
        parts.append(head + "\n".join(_table(held[one.name])))
    for head, name in (
        ("### Horizons: `horizons.csv`\n\nHow far one fact file goes.", "horizons"),
        ("### Sources: `sources_*.csv`\n\nOne source.", "sources_treaties"),
    ):
        parts.append("\n".join((head, "", *_table(held[name]))))
    return "\n\n".join(parts) + "\n"


def _table(schema: pandera.DataFrameSchema) -> Iterator[str]:
    yield "| column | what a cell holds | blank | role |"
    yield "|---|---|---|---|"
    for name, column in schema.columns.items():
        blank = "no source" if column.nullable else "never"
        yield f"| `{name}` | {_holds(column)} | {blank} | {_roles(column.metadata or {})} |"


def _holds(column: pandera.Column) -> str:
    said = [str(check.error).removeprefix("is not ") for check in column.checks or () if _is_rule(check)]
    told = "; ".join(dict.fromkeys(said)) or "text"
    return (told if len(told) <= _LONGEST else told[: _LONGEST - 1].rsplit(", ", 1)[0] + ", …").replace("|", "/")


def _is_rule(check: Any) -> bool:
    return str(check.error or "").startswith("is not ")


def _roles(held: dict[str, Any]) -> str:
    return "; ".join(ROLES[role].format(f"`{what}`") for role, what in held.items() if what)
