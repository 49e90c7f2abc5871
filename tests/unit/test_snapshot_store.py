"""Snapshots on disk: written whole or not at all, checked when read, rebuilt when damaged, never shown damaged."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ccm_data import factbase, paths, snapshot
from ccm_data.factbase import Factbase
from ccm_data.snapshot import CorruptSnapshot, Snapshot
from ccm_data.workspace import Workspace
from tests.thorough import tries

DAY = date(2019, 3, 1)
SHIPPED = paths.PACKAGE / "facts"
REBUILT = f"The stored snapshot of {DAY} was damaged and has been rebuilt from the facts."


@pytest.fixture
def built(facts: Factbase) -> Snapshot:
    return snapshot.build(facts, DAY)


@pytest.fixture
def stored(built: Snapshot, facts: Factbase, tmp_path: Path) -> Path:
    """The cache of a workspace that holds the day."""
    root = tmp_path / "cache" / facts.digest[:16]
    snapshot.write(built, root)
    return root


@pytest.fixture
def open_cached(facts: Factbase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Workspace]:
    """A workspace as in a new process, on this test's cache; the facts are read once for all."""
    monkeypatch.setattr(factbase, "load", lambda _directory, *_overlay, **_how: facts)
    return lambda: Workspace(facts_dir=SHIPPED, cache=tmp_path / "cache")


def test_round_trip(built: Snapshot, tmp_path: Path) -> None:
    file = snapshot.write(built, tmp_path)
    assert file == tmp_path / "as_of=2019-03-01" / "states.parquet"
    back = snapshot.read(tmp_path, DAY)
    assert back == built
    assert back.table.schema == built.table.schema
    assert snapshot.stored_days(tmp_path) == [DAY]
    manifest = json.loads((file.parent / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["as_of"], manifest["rows"], manifest["facts"]) == ("2019-03-01", 197, built.facts)


def test_writing_again_replaces_and_leaves_nothing_behind(built: Snapshot, tmp_path: Path) -> None:
    first = snapshot.write(built, tmp_path).read_bytes()
    assert snapshot.write(built, tmp_path).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["as_of=2019-03-01"]


def test_no_snapshot_is_none(tmp_path: Path) -> None:
    assert snapshot.read(tmp_path, DAY) is None
    assert snapshot.stored_days(tmp_path / "nowhere") == []


STEPS = [(os, "fsync", 1), (os, "fsync", 2), (os, "replace", 1), (os, "replace", 2), (pq, "write_table", 1)]


@pytest.mark.parametrize("before", [True, False], ids=["over an earlier one", "for the first time"])
@pytest.mark.parametrize(("module", "name", "call"), STEPS, ids=[f"{n} {c}" for _m, n, c in STEPS])
def test_a_write_that_fails_between_two_steps_leaves_a_whole_snapshot_or_none(
    facts: Factbase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool, module: object, name: str, call: int
) -> None:
    old = Snapshot(DAY, "earlier facts", snapshot.build(facts, date(2012, 1, 1)).table)
    new = snapshot.build(facts, DAY)
    if before:
        snapshot.write(old, tmp_path)
    real, calls = getattr(module, name), []

    def fail(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == call:
            raise OSError("No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, fail)
    if name == "replace" and call == 2 and not before:
        snapshot.write(new, tmp_path)  # nothing to put aside: there is no second step
    else:
        with pytest.raises(OSError, match="No space left"):
            snapshot.write(new, tmp_path)
    monkeypatch.undo()
    left = snapshot.read(tmp_path, DAY)
    assert left in ([None, old, new] if before else [None, new])
    assert all(not path.name.startswith(".as_of") for path in tmp_path.iterdir())
    snapshot.write(new, tmp_path)
    assert snapshot.read(tmp_path, DAY) == new


def truncate(place: Path) -> None:
    content = (place / "states.parquet").read_bytes()
    (place / "states.parquet").write_bytes(content[: len(content) // 2])


def empty(place: Path) -> None:
    (place / "states.parquet").write_bytes(b"")


def flip(place: Path) -> None:
    content = bytearray((place / "states.parquet").read_bytes())
    content[len(content) // 3] ^= 0x10
    (place / "states.parquet").write_bytes(content)


def no_parquet(place: Path) -> None:
    (place / "states.parquet").unlink()


def no_manifest(place: Path) -> None:
    (place / "manifest.json").unlink()


def half_manifest(place: Path) -> None:
    text = (place / "manifest.json").read_text(encoding="utf-8")
    (place / "manifest.json").write_text(text[:40], encoding="utf-8")


def manifest_of_no_object(place: Path) -> None:
    (place / "manifest.json").write_text("[1]", encoding="utf-8")


def manifest_of_no_text(place: Path) -> None:
    (place / "manifest.json").write_bytes(b"\xff\xfe\x00")


def nothing_inside(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


def a_file_in_its_place(place: Path) -> None:
    shutil.rmtree(place)
    place.write_bytes(b"states")


def another_day(place: Path) -> None:
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    (place / "manifest.json").write_text(json.dumps({**manifest, "as_of": "2018-03-01"}), encoding="utf-8")


def other_rows(place: Path) -> None:
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    (place / "manifest.json").write_text(json.dumps({**manifest, "rows": manifest["rows"] - 1}), encoding="utf-8")


DAMAGES = [
    truncate, empty, flip, no_parquet, no_manifest, half_manifest, manifest_of_no_object, manifest_of_no_text,
    nothing_inside, a_file_in_its_place, another_day, other_rows,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_is_found_rebuilt_with_a_warning_and_never_shown(
    built: Snapshot, stored: Path, open_cached: Callable[[], Workspace], damage: Callable[[Path], None]
) -> None:
    damage(snapshot.folder(stored, DAY))
    with pytest.raises(CorruptSnapshot, match=REBUILT):
        snapshot.read(stored, DAY)
    shown = open_cached().snapshot(DAY)
    assert shown.warning == REBUILT
    assert shown.table.equals(built.table)
    assert snapshot.read(stored, DAY) == built
    assert open_cached().snapshot(DAY).warning is None


@pytest.mark.parametrize("damage", [truncate, flip, no_manifest])
def test_a_damaged_shipped_snapshot_is_rebuilt_into_the_cache(
    facts: Factbase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(factbase, "load", lambda _directory, *_overlay, **_how: facts)
    day = date(2021, 11, 30)
    shutil.copytree(snapshot.folder(paths.SNAPSHOTS, day), snapshot.folder(tmp_path / "shipped", day))
    damage(snapshot.folder(tmp_path / "shipped", day))
    workspace = Workspace(SHIPPED, tmp_path / "shipped", tmp_path / "cache")
    shown = workspace.snapshot(day)
    assert shown.warning == f"The stored snapshot of {day} was damaged and has been rebuilt from the facts."
    assert shown.table.equals(snapshot.build(facts, day).table)
    assert snapshot.stored_days(workspace.cache) == [day]


def test_any_byte_of_the_parquet_file_counts(stored: Path) -> None:
    file = snapshot.folder(stored, DAY) / "states.parquet"
    whole = file.read_bytes()
    dice = random.Random(2008)
    for place in dice.sample(range(len(whole)), tries(30, 60)):
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        file.write_bytes(changed)
        with pytest.raises(CorruptSnapshot):
            snapshot.read(stored, DAY)


def test_no_byte_of_the_manifest_makes_wrong_rows_appear(
    built: Snapshot, stored: Path, open_cached: Callable[[], Workspace]
) -> None:
    file = snapshot.folder(stored, DAY) / "manifest.json"
    whole = file.read_bytes()
    dice = random.Random(2010)
    for place in dice.sample(range(len(whole)), tries(5, 12)):
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(7)
        file.write_bytes(changed)
        shown = open_cached().snapshot(DAY)
        assert shown.table.equals(built.table)
        assert shown.warning in (None, REBUILT)


def test_a_snapshot_of_other_facts_is_not_shown(
    built: Snapshot, facts: Factbase, tmp_path: Path, open_cached: Callable[[], Workspace]
) -> None:
    wrong = snapshot.build(facts, date(2010, 1, 1)).table
    snapshot.write(Snapshot(DAY, "0" * 64, wrong), tmp_path / "cache" / facts.digest[:16])
    shown = open_cached().snapshot(DAY)
    assert (shown.warning, shown.facts) == (None, facts.digest)
    assert shown.table.equals(built.table)


def test_a_snapshot_of_another_schema_is_rebuilt(
    built: Snapshot, stored: Path, open_cached: Callable[[], Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "SCHEMA_VERSION", snapshot.SCHEMA_VERSION + 1)
    assert snapshot.read(stored, DAY) is None
    assert open_cached().snapshot(DAY).table.equals(built.table)


def test_a_cached_snapshot_is_read_without_opening_the_facts(stored: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(factbase, "load", lambda _directory, *_overlay, **_how: pytest.fail("the facts were opened"))
    workspace = Workspace(facts_dir=SHIPPED, cache=tmp_path / "cache")
    assert workspace.snapshot(DAY).warning is None
    assert len(workspace.states(DAY)) == 197


def test_without_a_place_to_keep_them_snapshots_are_still_shown(
    built: Snapshot, facts: Factbase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factbase, "load", lambda _directory, *_overlay, **_how: facts)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    workspace = Workspace(facts_dir=SHIPPED, cache=tmp_path / "file" / "cache")
    shown = workspace.snapshot(DAY)
    assert shown.table.equals(built.table)
    assert shown.warning == f"Snapshots cannot be kept in {workspace.cache}; each is built anew."


def test_two_processes_that_build_the_same_day_both_succeed(
    built: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def overtaken(source: Path, target: Path) -> None:
        monkeypatch.undo()
        snapshot.write(built, tmp_path)
        real(source, target)

    monkeypatch.setattr(os, "replace", overtaken)
    snapshot.write(built, tmp_path)
    assert snapshot.read(tmp_path, DAY) == built
    assert [path.name for path in tmp_path.iterdir()] == ["as_of=2019-03-01"]


class TestShipped:
    """The committed snapshots."""

    DAYS = (*snapshot.SHIPPED_DAYS, date(2026, 2, 3), date(2026, 6, 2))

    def test_the_days_that_the_issue_names_the_horizon_and_the_last_facts_day_are_there(
        self, workspace: Workspace
    ) -> None:
        named = {date(2010, 8, 1), date(2021, 11, 30), date(2022, 8, 30)} | {date(y, 12, 31) for y in range(2010, 2026)}
        assert set(snapshot.SHIPPED_DAYS) == named
        assert set(snapshot.stored_days(paths.SNAPSHOTS)) == named | {workspace.horizon, date(2026, 6, 2)}

    @pytest.mark.parametrize("day", DAYS, ids=str)
    def test_it_is_whole_and_says_what_the_facts_say_now(
        self, facts: Factbase, fresh: Callable[[date], pa.Table], day: date
    ) -> None:
        shipped = snapshot.read(paths.SNAPSHOTS, day)
        assert shipped is not None
        assert shipped.facts == facts.digest, "run `ccm snapshot build --all`"
        assert shipped.table.equals(fresh(day))
        assert shipped.lasting == (day == date(2026, 6, 2))
        assert shipped.table.num_rows == 197 - (day < date(2011, 7, 9))
        assert shipped.table["iso3"].to_pylist() == sorted(set(shipped.table["iso3"].to_pylist()))

    def test_types(self, workspace: Workspace) -> None:
        schema = workspace.snapshot(workspace.horizon).table.schema
        assert [schema.field(name).type for name in ("as_of", "joined_date", "vote_date")] == [pa.date32()] * 3
        assert schema.field("is_target").type == pa.bool_()
        assert schema.field("population").type == pa.int64()
        assert pa.types.is_list(schema.field("categories").type)
        assert pa.types.is_struct(schema.field("support_acts").type.value_type)


class TestLasting:
    """A snapshot after whose day no fact begins to count serves every later day."""

    LAST = date(2026, 6, 2)

    def test_it_says_of_a_later_day_what_the_facts_say(
        self, facts: Factbase, fresh: Callable[[date], pa.Table]
    ) -> None:
        last = snapshot.read(paths.SNAPSHOTS, self.LAST)
        assert last is not None
        for day in (self.LAST + timedelta(days=1), date(2030, 12, 31)):
            assert last.on(day).as_of == day
            assert last.on(day).table.equals(fresh(day))

    def test_a_day_before_has_one_of_its_own(self, facts: Factbase) -> None:
        """Hungary leaves the Rome Statute on the last fact's day: the day before is another."""
        before = snapshot.build(facts, self.LAST - timedelta(days=1))
        assert not before.lasting
        assert not before.on(self.LAST).table.equals(snapshot.build(facts, self.LAST).table)

    def test_today_is_read_without_opening_the_facts_and_keeps_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            factbase, "load", lambda _directory, *_overlay, **_how: pytest.fail("the facts were opened")
        )
        workspace = Workspace(facts_dir=SHIPPED, cache=tmp_path / "cache")
        day = max(date.today(), self.LAST + timedelta(days=1))
        shown = workspace.snapshot(day)
        assert (shown.as_of, shown.warning) == (day, None)
        assert set(shown.table["as_of"].to_pylist()) == {day}
        assert not workspace.cache.exists()

    def test_one_that_is_of_other_facts_or_damaged_serves_no_later_day(
        self, facts: Factbase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(factbase, "load", lambda _directory, *_overlay, **_how: facts)
        day, shipped = date(2027, 1, 1), tmp_path / "shipped"
        wrong = snapshot.build(facts, date(2010, 1, 1)).table
        snapshot.write(Snapshot(self.LAST, "0" * 64, wrong, lasting=True), shipped)
        right = snapshot.build(facts, day).table
        assert Workspace(SHIPPED, shipped, tmp_path / "one").snapshot(day).table.equals(right)
        snapshot.write(snapshot.build(facts, self.LAST), shipped)
        truncate(snapshot.folder(shipped, self.LAST))
        assert Workspace(SHIPPED, shipped, tmp_path / "two").snapshot(day).table.equals(right)


def test_facts_that_passed_their_checks_are_not_checked_again_and_changed_ones_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ccm_data import validation

    checked: list[int] = []
    real = validation.findings
    monkeypatch.setattr(validation, "findings", lambda raw: checked.append(1) or real(raw))
    folder = tmp_path / "facts"
    shutil.copytree(SHIPPED, folder)
    assert Workspace(facts_dir=folder, cache=tmp_path / "cache").findings == []
    assert checked == [], "a shipped snapshot was built from them"
    bare = tmp_path / "no snapshots"
    for _process in range(2):
        assert Workspace(facts_dir=folder, shipped=bare, cache=tmp_path / "other").findings == []
    assert len(checked) == 1
    file = folder / "treaty_actions.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("CCM,LTU,withdrawal,", "CCM,XKX,withdrawal,"), "utf-8")
    for _process in range(2):
        assert Workspace(facts_dir=folder, cache=tmp_path / "cache").findings
    assert len(checked) == 3, "broken facts are checked each time"


def test_any_other_day_is_built_well_under_a_second(facts: Factbase) -> None:
    times = []
    for day in (date(2009, 2, 3), date(2016, 5, 6), date(2024, 7, 8)):
        start = time.perf_counter()
        assert snapshot.build(facts, day).table.num_rows in (196, 197)
        times.append(time.perf_counter() - start)
    print(f"a snapshot is built in {sorted(times)[1] * 1000:.0f} ms")
    assert min(times) < 1
