"""Applying is checked, whole or not at all, repeatable, and safe beside others and under kills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ccm_data import opening
from ccm_data.errors import CcmError
from ccm_data.overlay.apply import apply, undo
from ccm_data.overlay.model import Change, ChangeKind, Overlay
from ccm_data.overlay.store import ChangeStore
from ccm_data.paths import ROOT
from tests.overlay.conftest import SHIPPED
from tests.overlay.made import act, change, deposit, op
from tests.thorough import tries


def test_a_change_is_stored_with_author_reason_and_time(changes: ChangeStore) -> None:
    assert changes.head() == 0
    stored = apply(changes, SHIPPED, change(act("KEN", "ratification", "2026-03-01", effective_date="2026-09-01")))
    assert stored is not None
    assert (stored.seq, stored.author, stored.reason) == (1, "Ana", "Seen")
    assert changes.overlay().changes == (stored,)
    assert changes.head() == 1


def test_the_same_again_changes_nothing(changes: ChangeStore) -> None:
    one = change(act("KEN", "ratification", "2026-03-01", effective_date="2026-09-01"))
    assert apply(changes, SHIPPED, one)
    assert apply(changes, SHIPPED, replace(one, id="another")) is None
    assert changes.head() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (change(act("KEN", "ratification", "2026-03-01"), author=" "), "A change of the facts needs the name of its"),
        (change(act("KEN", "ratification", "2026-03-01"), reason=""), "A change of the facts needs a reason"),
        (change(act("XXX", "ratification", "2026-03-01")), "treaty actions, iso3: 'XXX' is not the ISO 3166-1"),
        (change(act("KEN", "ratified", "2026-03-01")), "treaty actions, action: 'ratified' is not one of"),
        (change(act("KEN", "ratification", "2026-03-01", "nobody")), "nobody"),
        (change(act("NOR", "ratification", "2026-03-01")), "Norway joined CCM already on 2008-12-03"),
        (change(act("BRA", "ratification", "2026-03-01")), "Brazil has not signed CCM and cannot join it by"),
        (change(act("KEN", "ratification", "2031-03-01")), "2031-03-01 is later than"),
        (change(op("commitments", iso3="KEN", kind="declaration", date="2026-03-01")), "is blank, but is required"),
    ],
)  # fmt: skip
def test_what_would_break_a_rule_is_told_and_not_written(changes: ChangeStore, given: Change, told: str) -> None:
    with pytest.raises(CcmError) as error:
        apply(changes, SHIPPED, given)
    assert told in str(error.value)
    assert "(line" not in str(error.value)
    assert changes.overlay() == Overlay()


def test_undo_and_redo(changes: ChangeStore) -> None:
    stored = apply(changes, SHIPPED, deposit())
    assert stored is not None
    taken_back = undo(changes, SHIPPED, "1", "Ben", "It was a rumour")
    assert (taken_back.seq, taken_back.undoes, taken_back.reason) == (2, stored.id, "It was a rumour")
    assert changes.overlay().rows == {}
    with pytest.raises(CcmError, match="Change 1 was undone already, by Ben in change 2"):
        undo(changes, SHIPPED, "1", "Ben", "again")
    undo(changes, SHIPPED, "2", "Ana", "It was none")
    assert [c.seq for c in changes.overlay().standing] == [1]
    with pytest.raises(CcmError, match="There is no change '9' of the facts"):
        undo(changes, SHIPPED, "9", "Ana", "why not")


def test_an_undo_that_would_break_a_rule_is_refused(changes: ChangeStore) -> None:
    """A withdrawal stands on the joining before it."""
    apply(changes, SHIPPED, change(act("KEN", "ratification", "2025-03-01", effective_date="2025-09-01")))
    apply(changes, SHIPPED, change(act("KEN", "withdrawal", "2026-02-01", effective_date="2026-08-01")))
    with pytest.raises(CcmError, match="Kenya withdraws from CCM without being a party to it"):
        undo(changes, SHIPPED, "1", "Ana", "was none")
    assert changes.head() == 2


def test_two_at_a_time_stand_in_line(changes: ChangeStore) -> None:
    """Two sessions report the same joining under other days: the second is told that the state has joined."""
    given = [change(act("KEN", "ratification", f"2026-03-0{day}", effective_date="2026-09-01")) for day in (1, 2)]

    def attempt(one: Change) -> str:
        try:
            apply(changes, SHIPPED, one)
        except CcmError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(attempt, given))
    assert told[0] == ""
    assert "Kenya joined CCM already on 2026-03-0" in told[1]
    assert changes.head() == 1


def test_the_next_who_asks_sees_it(own_home_here: Path) -> None:
    today = date.today()
    before = opening.current()
    kenya = before.snapshot(today).table["iso3"].to_pylist().index("KEN")
    assert before.snapshot(today).table["status"][kenya].as_py() == "signatory"
    opening.apply(deposit())
    after = opening.current().snapshot(today).table
    seen = {name: after[name][kenya].as_py() for name in ("status", "status_provisional", "entry_into_force_date")}
    assert seen == {"status": "state_party", "status_provisional": True, "entry_into_force_date": date(2027, 5, 1)}
    day_before = opening.current().snapshot(date(2026, 11, 16)).table
    assert day_before["status"][kenya].as_py() == "signatory"
    opening.undo("1", "Ana", "was none")
    assert opening.current().digest == before.digest
    assert opening.current().snapshot(today).table.equals(before.snapshot(today).table)


def test_killed_writers_leave_whole_changes(tmp_path: Path) -> None:
    """Some die while they open the store, some while they write; what they told is there, nothing is there in part."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.overlay.writer"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=ROOT,
    )  # fmt: skip
    rng = random.Random(7)
    wrote = sum(_killed(server, tmp_path / f"{store}.sqlite", rng, tries(6, 25)) for store in range(8))
    server.communicate()
    assert wrote > tries(6, 60)  # of 48 or 200 killed after they wrote, not at their start


def _killed(server: subprocess.Popen[str], place: Path, rng: random.Random, rounds: int) -> int:
    """Kill so many writers of one store, and look at what they left; how many had written."""
    assert server.stdin
    assert server.stdout
    told: list[str] = []
    wrote, slow = 0, 1.0
    for count in range(rounds):
        server.stdin.write(f"{place}\n")
        server.stdin.flush()
        mine: list[str] = []
        for line in server.stdout:
            match line.split():
                case ["pid", pid]:
                    timer = threading.Timer(rng.uniform(0.002, 0.05) * slow, os.kill, (int(pid), signal.SIGKILL))
                    if count % 4 == 0:
                        timer.start()
                case ["ready"]:
                    if count % 4:
                        timer.start()
                case ["dead", by]:
                    assert int(by) == signal.SIGKILL
                    break
                case [id]:
                    mine.append(id)
        told += mine
        wrote += bool(mine)
        slow = min(slow * 1.3, 8.0) if not mine and count % 4 else max(1.0, slow / 1.3)
    held = ChangeStore(place).overlay().changes
    assert [c.seq for c in held] == list(range(1, len(held) + 1))
    assert set(told) <= {c.id for c in held}
    assert len(held) <= len(told) + rounds  # at most one more for each kill: written, and killed before it was told
    assert {len(c.ops) for c in held} == {3}
    return wrote


def test_a_page_after_a_change_is_quick_enough_to_wait_for(own_home_here: Path) -> None:
    """What the next view needs is there without checking all rules again."""
    opening.current().snapshot(date.today())
    opening.apply(deposit())
    mark = [path.name for path in opening.current().cache.iterdir() if path.name.startswith("sound-")]
    assert len(mark) == 1
    begun = time.perf_counter()
    opening.current().snapshot(date.today())
    print(f"seen after {time.perf_counter() - begun:.2f} s")


def test_the_kinds_of_changes_are_those_of_the_list() -> None:
    assert {kind.value for kind in ChangeKind} == {
        "import", "news", "confirmation", "correction", "acknowledgement", "undo",
    }  # fmt: skip
