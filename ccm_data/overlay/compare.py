"""What an import proposes, beside the facts as they are: added, changed, in conflict, in question."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from ccm_data.errors import CcmError
from ccm_data.importers.model import Parsed, Proposed
from ccm_data.overlay.model import Change, ChangeKind, Floor, Op, Row, Through
from ccm_data.overlay.rows import columns, key_of, whose
from ccm_data.treaty_rules import effective
from ccm_data.vocab import Precision, Term, TreatyAction

Held = tuple[Row, Change | None]
Rows = Callable[[str], Sequence[Held]]
"""The rows of a fact file as they are, each with the change that set it (None: shipped)."""


class Verdict(Term):
    """What a proposed row is to the facts."""

    ADDED = "added", "New"
    CHANGED = "changed", "More exact, or confirmed"
    CONFLICT = "conflict", "Differs from the facts"


@dataclass(frozen=True, slots=True)
class Item:
    """One row that an import would bring in.

    row: as it would stand in the facts. was: the row of the facts that it would replace, None for none. said: what
    differs, in words. text: the source's own words.
    """

    verdict: Verdict
    file: str
    row: Row
    was: Row | None
    said: str
    text: str

    @property
    def iso3(self) -> str:
        """The state it is about; blank for none."""
        return whose(self.row)

    def ops(self) -> Iterator[Op]:
        """What it does to the facts."""
        key = key_of(self.file, self.row)
        if self.was is not None and key_of(self.file, self.was) != key:
            yield Op(self.file, key_of(self.file, self.was), None)
        yield Op(self.file, key, self.row)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must look into: the facts and the source cannot both be right, and nothing is proposed."""

    iso3: str
    said: str
    row: Row
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that an import would do. `same` counts the rows that say what the facts say already."""

    parsed: Parsed
    items: tuple[Item, ...]
    questions: tuple[Question, ...]
    same: int

    def of(self, verdict: Verdict) -> list[Item]:
        """The items of one verdict."""
        return [item for item in self.items if item.verdict is verdict]

    def as_json(self) -> dict[str, Any]:
        """The stable JSON of `ccm import … --format json`: each entry with iso3 and the proposed row."""
        names = {Verdict.ADDED: "added", Verdict.CHANGED: "changed", Verdict.CONFLICT: "conflicts"}
        told: dict[str, Any] = {
            name: [
                {"iso3": i.iso3, "file": i.file, "row": dict(i.row), "was": i.was and dict(i.was), "text": i.text}
                for i in self.of(verdict)
            ]
            for verdict, name in names.items()
        }
        told["questions"] = [
            {"iso3": q.iso3, "question": q.said, "row": dict(q.row), "text": q.text} for q in self.questions
        ]
        return told | {
            "new": len(told["added"]), "same": self.same,
            "source_file": self.parsed.source_file, "source": dict(self.parsed.source),
            "through": [[t.file, t.scope, t.day] for t in self.through], "notes": list(self.parsed.notes),
        }  # fmt: skip

    @property
    def through(self) -> tuple[Through, ...]:
        """How far the facts are complete once the whole table is taken over; empty for a part."""
        whole = self.parsed.whole
        return (Through(whole.file, whole.where.get("treaty", ""), whole.day.isoformat()),) if whole else ()

    def change(self, id: str, author: str, reason: str, accepted: Collection[int] | None = None) -> Change:
        """The change that takes over these items (by place; by default all but the conflicts), and the source.

        A whole table counts as compared, which moves the horizon, when no new row of it is left out.
        """
        taken = [
            item
            for place, item in enumerate(self.items)
            if (item.verdict is not Verdict.CONFLICT if accepted is None else place in accepted)
        ]
        ops = [op for item in taken for op in item.ops()]
        if any(item.row.get("source_id") == self.parsed.source.get("source_id") for item in taken):
            source = {name: self.parsed.source.get(name, "") for name in columns(self.parsed.source_file)}
            ops.insert(0, Op(self.parsed.source_file, key_of(self.parsed.source_file, source), source))
        complete = all(item in taken for item in self.of(Verdict.ADDED))
        return Change(id, ChangeKind.IMPORT, author, reason, tuple(ops), self.through if complete else ())


def change_from_json(given: Mapping[str, Any], id: str, author: str, reason: str) -> Change:
    """The change of what `as_json` gave and a person looked through: rows under `added` and `changed` are taken over,
    those under `conflicts` are not. The horizon moves only when none of the rows that were new was taken out.
    Raises CcmError for JSON of another shape."""
    try:
        items = [
            Item(Verdict.CHANGED, one["file"], dict(one["row"]), one.get("was"), "", one.get("text", ""))
            for name in ("added", "changed")
            for one in given[name]
        ]
        source, source_file = dict(given["source"]), str(given["source_file"])
        whole = len(given["added"]) >= int(given["new"])
        through = tuple(Through(*map(str, one)) for one in given["through"]) if whole else ()
        ops = [op for item in items for op in item.ops()]
        if source:
            told = {name: str(source.get(name, "")) for name in columns(source_file)}
            ops.insert(0, Op(source_file, key_of(source_file, told), told))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CcmError(
            f"The file is not what `ccm import … --dry-run --format json` prints ({type(error).__name__}: {error})."
        ) from None
    return Change(id, ChangeKind.IMPORT, author, reason, tuple(ops), through)


def compare(parsed: Parsed, rows: Rows) -> Comparison:
    """Each proposed row beside the rows of the facts."""
    parsed = _with_resolutions(parsed, rows)
    items: list[Item] = []
    rows = cache(rows)  # one object per row, by which it is known again below
    held = {name: _by_key(name, rows(name)) for name in {one.file for one in parsed.rows}}
    met: set[int] = set()  # rows of the facts that the source speaks of
    same = 0
    for one in parsed.rows:
        found = _judge(one, held[one.file], met)
        if found is None:
            same += 1
        else:
            items.append(found)
    questions = [*_left(parsed, rows), *_unlisted(parsed, rows, met)]
    return Comparison(parsed, tuple(items), tuple(questions), same)


def _with_resolutions(parsed: Parsed, rows: Rows) -> Parsed:
    """A committee's record does not name the resolution it led to: the totals of the session's plenary do."""
    if all(one.row.get("resolution") or one.file not in _VOTES for one in parsed.rows):
        return parsed
    known = {row["session"]: row["resolution"] for row, _change in rows("unga_vote_totals")}
    filled = []
    for one in parsed.rows:
        if one.file in _VOTES and not one.row.get("resolution"):
            resolution = known.get(one.row.get("session", ""))
            if resolution is None:
                raise CcmError(
                    "The record names no resolution, and the facts know none of session "
                    f"{one.row.get('session')}; bring in the plenary's vote first."
                )
            one = replace(one, row={**one.row, "resolution": resolution})
        filled.append(one)
    return replace(parsed, rows=tuple(filled))


_VOTES = ("unga_votes", "unga_vote_totals")

Index = Mapping[tuple[tuple[str, str], ...], list[Held]]


def _by_key(file: str, rows: Sequence[Held]) -> Index:
    found: dict[tuple[tuple[str, str], ...], list[Held]] = {}
    for row, change in rows:
        for key in {key_of(file, row), _act(file, row)}:
            found.setdefault(key, []).append((row, change))
    return found


def _act(file: str, row: Row) -> tuple[tuple[str, str], ...]:
    """A coarser key: the same step of the same state, whatever its day or the name of its instrument."""
    if file != "treaty_actions":
        return key_of(file, row)
    step = row["action"]
    if step in (TreatyAction.SIGNATURE, TreatyAction.SUCCESSION_TO_SIGNATURE):
        step = "signing"
    elif step != TreatyAction.WITHDRAWAL:
        step = "joining"
    return (("treaty", row["treaty"]), ("iso3", row["iso3"]), ("step", step))


def _judge(one: Proposed, held: Index, met: set[int]) -> Item | None:
    exact = held.get(key_of(one.file, one.row))
    near = exact or held.get(_act(one.file, one.row))
    if not near:
        return Item(Verdict.ADDED, one.file, _whole(one.file, one.row), None, "not in the facts", one.text)
    was, change = _nearest(near, one.row)
    met.add(id(was))
    differs = {
        name: (was.get(name) or "", cell)
        for name, cell in one.row.items()
        if cell and name not in _ABOUT_THE_SOURCE and (was.get(name) or "") != cell
    }
    awaited = change is not None and change.floor is Floor.PROVISIONAL
    if not differs and not awaited:
        return None
    said = "; ".join(f"{name.replace('_', ' ')}: {old or 'blank'} → {new}" for name, (old, new) in differs.items())
    if awaited:
        said = f"confirms news of {change.author}{'; ' + said if said else ''}" if change else said
    filled = all(not old for old, _new in differs.values())
    exacter = "date" in differs and _within(was) and one.row["date"].startswith(_within(was))
    verdict = Verdict.CHANGED if awaited or filled or exacter else Verdict.CONFLICT
    row = _whole(one.file, {**was, **{n: c for n, c in one.row.items() if c}}, differs)
    return Item(verdict, one.file, row, was, said, one.text)


_ABOUT_THE_SOURCE = ("source_id", "note")


def _nearest(near: Sequence[Held], row: Row) -> Held:
    """Of several acts of one step (a state may leave and join again) the one nearest in time."""
    day = row.get("date", "")
    if not day or len(near) == 1:
        return near[0]
    return min(near, key=lambda held: abs(date.fromisoformat(held[0]["date"]).toordinal() - _ordinal(day)))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _within(row: Row) -> str:
    """The year or month to which a row's date is known; blank when it is known to the day."""
    return {"year": row.get("date", "")[:4], "month": row.get("date", "")[:7]}.get(row.get("precision", ""), "")


def _whole(file: str, row: Row, differs: Collection[str] = ("date",)) -> Row:
    """All cells of a row; the day on which an act takes effect is derived where treaty_rules has a rule."""
    cells = {name: row.get(name) or "" for name in columns(file)}
    if file == "treaty_actions" and ("date" in differs or not cells["effective_date"]):
        derived = effective(cells["treaty"], cells["action"], date.fromisoformat(cells["date"]))
        cells["effective_date"] = derived.isoformat() if derived else ""
    return cells


def _left(parsed: Parsed, rows: Rows) -> Iterator[Question]:
    """States that the source shows as having left, without a withdrawal in the facts."""
    if not parsed.withdrawn:
        return
    treaty = parsed.whole.where.get("treaty", "") if parsed.whole else ""
    gone = {
        row["iso3"]
        for row, _change in rows("treaty_actions")
        if row["action"] == TreatyAction.WITHDRAWAL and treaty in ("", row["treaty"])
    }
    for one in parsed.withdrawn:
        if one.iso3 not in gone:
            said = "shown in square brackets, as having withdrawn; the facts hold no withdrawal"
            yield Question(one.iso3, said, {"treaty": treaty, "iso3": one.iso3}, one.text)


def _latest(row: Row) -> date:
    """The last day on which an act may have been: its own, or the last of the month or year to which it is known."""
    day = date.fromisoformat(row["date"])
    if row["precision"] == Precision.YEAR:
        return day.replace(month=12, day=31)
    if row["precision"] == Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def _unlisted(parsed: Parsed, rows: Rows, met: Collection[int]) -> Iterator[Question]:
    """Rows of the facts that a whole table does not show."""
    whole = parsed.whole
    if whole is None:
        return
    left = {one.iso3 for one in parsed.withdrawn}
    for row, _change in rows(whole.file):
        if any(row.get(name) != cell for name, cell in whole.where.items()) or _latest(row) > whole.day:
            continue
        if row["action"] == TreatyAction.WITHDRAWAL:  # a page shows it as brackets, once it has taken effect
            if row["iso3"] not in left and row["effective_date"] and row["effective_date"] <= whole.day.isoformat():
                said = f"the facts hold a withdrawal of {row['date']}; the source lists the state without brackets"
                yield Question(row["iso3"], said, row, "")
        elif id(row) not in met:
            yield Question(row["iso3"], f"{row['action']} of {row['date']} is in the facts, not in the source", row, "")
