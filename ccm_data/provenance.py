"""Where a value comes from: the source, its date, the row of the facts, and who brought it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ccm_data import factfiles, raw
from ccm_data.overlay.model import Change, Floor, Row
from ccm_data.workspace import Workspace

ABOUT = ("iso3", "host", "sender", "president_iso3")
"""Columns that say which state a row is about."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of a value, and the rows about the state that cite it.

    facts: each row as the words of its fact file and its cells. brought_in: who, when and why, or that it was shipped.
    """

    title: str
    publisher: str
    day: str
    url: str
    note: str
    facts: tuple[tuple[str, Row], ...]
    brought_in: str


def of(workspace: Workspace, iso3: str, source_ids: Iterable[str]) -> tuple[Origin, ...]:
    """The origins of a value of a state, in the order of its sources; one without rows of the state of its own is
    general, as a list of members is. Raises FactsError for broken facts."""
    found = []
    known = workspace.sources
    wanted = [one for one in dict.fromkeys(source_ids) if one in known.index]
    rows = _citing(workspace, iso3, set(wanted))
    for one in wanted:
        source = known.loc[one]
        cited = [(words, row, change) for words, row, change in rows if one in row.values()]
        title, publisher, day, url, note = (
            str(source[name] or "") for name in ("title", "publisher", "source_date", "url", "note")
        )
        facts = tuple((words, _cells(row)) for words, row, _change in cited)
        who = "; ".join(dict.fromkeys(_who(change) for _words, _row, change in cited)) or Floor.SHIPPED.label
        found.append(Origin(title, publisher, day, url, note, facts, who))
    return tuple(found)


def _citing(workspace: Workspace, iso3: str, ids: set[str]) -> list[tuple[str, Row, Change | None]]:
    """The rows about the state that cite one of these sources."""
    return [
        (factfiles.words(file), row, change)
        for file in raw.FILES
        for row, change in workspace.held(file)
        if ids & set(row.values()) and iso3 in {row.get(name) for name in ABOUT}
    ]


def _cells(row: Row) -> Row:
    return {name: cell for name, cell in row.items() if cell and name != "line"}


def _who(change: Change | None) -> str:
    if change is None:
        return Floor.SHIPPED.label
    when = f" on {change.at:%Y-%m-%d}" if change.at else ""
    return f"{change.kind.label} by {change.author}{when}: {change.reason} (change {change.seq})"
