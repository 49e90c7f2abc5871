"""A fact dated after a day changes nothing that is shown for it, whatever is added, changed or deleted later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given, settings

from ccm_data import paths, snapshot
from ccm_data import raw as raw_facts
from ccm_data.dates import EARLIEST
from ccm_data.factbase import Factbase
from tests.thorough import sample, tries

Raw = dict[str, pa.Table]
Cells = list[dict[str, str | None]]

DATE = {
    "treaty_actions": "date",
    "unga_votes": "vote_date",
    "unga_vote_totals": "vote_date",
    "commitments": "date",
    "munitions_profile": "as_of",
    "memberships": "since",
    "meetings": "start_date",
    "outreach_events": "start_date",
    "posts": "as_of",
}
"""The column that dates a row. Rows of outreach_event_states are dated by the event, coordinators by the meeting that
opens their term; states, organizations and horizons are not dated."""

KEEP = {"line", "file", "event_id", "session", "year", "precision", *DATE.values()}
"""What changing a row leaves alone; its date may move, but only to another day after the as-of date."""

DAYS = sample([EARLIEST, date(2015, 11, 20), date(2021, 11, 30), date(2023, 12, 31)], 2)


@cache
def shipped() -> Raw:
    return raw_facts.read(paths.PACKAGE / "facts")  # not the fixture: strategies ask for it too


@cache
def rows_of(name: str) -> Cells:
    return shipped()[name].to_pylist()


@cache
def known_from(name: str) -> list[str | None]:
    """ISO day from which each row is known; None for one that is not dated."""
    rows = rows_of(name)
    if name == "munitions_profile":
        return [f"{row['as_of']}-12-31" for row in rows]
    if name == "posts":  # from the last day that the date can mean
        ends = {4: "-12-31", 7: "-31", 10: ""}
        return [row["as_of"] + ends[len(row["as_of"])] for row in rows]
    if name == "unga_vote_totals":  # a committee's vote of unknown day counts from the plenary's of its session
        plenary = {row["session"]: row["vote_date"] for row in rows if row["stage"] == "plenary"}
        return [row["vote_date"] or plenary[row["session"]] for row in rows]
    if name in DATE:
        return [row[DATE[name]] for row in rows]
    if name == "outreach_event_states":
        starts = {row["event_id"]: row["start_date"] for row in rows_of("outreach_events")}
        return [starts[row["event_id"]] for row in rows]
    if name == "coordinators":
        starts = {row["code"]: row["start_date"] for row in rows_of("meetings")}
        return [starts[row["from_meeting"]] for row in rows]
    raise KeyError(name)


def later(name: str, day: date) -> list[int]:
    """Which rows of the file are dated after the day."""
    return [i for i, known in enumerate(known_from(name)) if known and known > day.isoformat()]


def replaced(name: str, rows: Cells) -> Raw:
    return {**shipped(), name: pa.Table.from_pylist(rows, schema=shipped()[name].schema)}


def deleted(name: str, day: date, chosen: list[int]) -> Raw:
    gone = set(chosen)
    return replaced(name, [row for i, row in enumerate(rows_of(name)) if i not in gone])


def changed(name: str, day: date, chosen: list[int], seed: int = 0) -> Raw:
    """In each chosen row, cells take what another row of the file says, and the date moves to another later day."""
    random = np.random.default_rng(seed)
    rows = list(rows_of(name))
    columns = [c for c in shipped()[name].column_names if c not in KEEP]
    for i in chosen:
        row = rows[i] = dict(rows[i])
        for column in columns:
            if random.random() < 0.7:
                row[column] = rows[random.integers(len(rows))][column]
        if name in DATE and row[DATE[name]]:
            moved = day + timedelta(int(random.integers(1, 2000)))
            row[DATE[name]] = str(max(moved.year, day.year + 1)) if name == "munitions_profile" else moved.isoformat()
    return replaced(name, rows)


def added(name: str, day: date, chosen: list[int], seed: int = 0) -> Raw:
    """Copies of rows, whatever their day, dated after the day and given to other states."""
    random = np.random.default_rng(seed)
    rows = rows_of(name)
    new = []
    for i in chosen:
        row = dict(rows[i])
        moved = day + timedelta(int(random.integers(1, 2000)))
        row[DATE[name]] = str(max(moved.year, day.year + 1)) if name == "munitions_profile" else moved.isoformat()
        if "iso3" in row:
            row["iso3"] = rows[random.integers(len(rows))]["iso3"]
        if name == "treaty_actions" and row["effective_date"]:
            row["effective_date"] = (moved + timedelta(180)).isoformat()
        if "event_id" in row:
            row["event_id"] += f"-{i}"
        new.append(row)
    return replaced(name, rows + new)


@pytest.fixture(scope="module")
def same(fresh: Callable, opened: Callable) -> Callable[[Raw, date], None]:
    """Fails when the snapshot of the day from these facts differs from that of the shipped ones."""

    def check(raw: Raw, day: date) -> None:
        table = snapshot.build(opened(raw), day).table
        for column in table.column_names:
            assert table[column].equals(fresh(day)[column]), f"{column} on {day} changed"

    return check


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", [*DATE, "outreach_event_states", "coordinators"])
def test_every_later_fact_deleted_or_changed(same: Callable, name: str, day: date) -> None:
    chosen = later(name, day)
    assert chosen or (name == "posts" and day.year == 2023), "choose an earlier day"  # no post is dated later
    same(deleted(name, day, chosen), day)
    same(changed(name, day, chosen), day)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", list(DATE))
def test_later_facts_added(same: Callable, name: str, day: date) -> None:
    size = shipped()[name].num_rows
    same(added(name, day, list(range(0, size, max(1, size // 200)))), day)


@given(
    name=st.sampled_from(list(DATE)),
    day=st.dates(EARLIEST, date(2025, 11, 30)),
    how=st.sampled_from([deleted, changed, added]),
    data=st.data(),
)
@settings(max_examples=tries(8, 25))
def test_any_later_fact_on_any_day(same: Callable, name: str, day: date, how: Callable, data: st.DataObject) -> None:
    possible = list(range(shipped()[name].num_rows)) if how is added else later(name, day)
    if not possible:
        return
    chosen = data.draw(st.lists(st.sampled_from(possible), min_size=1, max_size=8, unique=True), label="rows")
    seed = {} if how is deleted else {"seed": data.draw(st.integers(0, 2**32 - 1), label="seed")}
    same(how(name, day, chosen, **seed), day)


READS = [n for n in DATE if n not in ("unga_vote_totals", "meetings")]
"""Files that the snapshot reads."""


@pytest.mark.parametrize("name", [*READS, "outreach_event_states"])
def test_the_changes_do_reach_a_later_snapshot(name: str, fresh: Callable, opened: Callable) -> None:
    day, end = date(2015, 11, 20), date(2026, 2, 3)
    chosen = later(name, day)
    for raw in (deleted(name, day, chosen), changed(name, day, chosen)):
        assert not snapshot.build(opened(raw), end).table.equals(fresh(end))


STATEMENTS = [
    "state/treaties", "state/votes", "state/acts", "state/memberships", "state/timeline", "votes/totals", "votes/grid",
    "changes/parties_by_year",
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("how", [deleted, changed])
def test_what_pages_ask_of_the_facts_of_a_day_stays_too(
    facts: Factbase, opened: Callable, day: date, how: Callable
) -> None:
    raw = shipped()
    for name in [*DATE, "outreach_event_states"]:
        raw = {**raw, name: how(name, day, later(name, day))[name]}
    altered = opened(raw)
    for statement in STATEMENTS:
        asked = {"as_of": day, "iso3s": ["LTU", "NGA", "KHM"], "since": date.min}
        before, after = (base.frame(statement, asked) for base in (facts, altered))
        keys = list(before.columns)
        pd.testing.assert_frame_equal(ordered(before, keys), ordered(after, keys))


def ordered(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return frame.sort_values(keys, key=lambda cells: cells.astype(str), ignore_index=True)


@given(seed=st.integers(0, 2**32 - 1), day=st.dates(EARLIEST, date(2026, 2, 3)))
@example(seed=0, day=date(2022, 5, 28))
@example(seed=0, day=date(2011, 5, 28))
@example(seed=1, day=date(2026, 2, 3))
@settings(max_examples=tries(2, 5))
def test_the_order_of_rows_in_the_files_decides_nothing(
    fresh: Callable, opened: Callable, seed: int, day: date
) -> None:
    random = np.random.default_rng(seed)
    mixed = {name: table.take(pa.array(random.permutation(table.num_rows))) for name, table in shipped().items()}
    table, plain = snapshot.build(opened(mixed), day).table, fresh(day)
    for column in plain.column_names:
        before, after = plain[column].to_pylist(), table[column].to_pylist()
        if column == "support_acts":  # acts of one day have no order among themselves
            before, after = ([sorted(acts, key=str) for acts in cells] for cells in (before, after))
        assert before == after, column
