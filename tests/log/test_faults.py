"""Killed writers, full disks, many editors: what was acknowledged is there, and the chain verifies."""

from __future__ import annotations

import itertools
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Entry, Store, changes, open_store, verify
from ccm_data.log.schema import revision
from ccm_data.paths import ROOT
from tests.thorough import tries

MakeActivity = Callable[..., Activity]
HERE = Path(__file__).parent
EDITING_SECONDS = 10 if os.environ.get("CI") == "true" else 4


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, HERE / script, *arguments],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE,
    )  # fmt: skip


def killed(writer: subprocess.Popen[str], url: str, seconds: float, since: str) -> list[str]:
    """Kill a writer some time after it began (`pid`) or opened the log (`ready`); which entries it acknowledged."""
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write(url + "\n")
    writer.stdin.flush()
    acknowledged: list[str] = []
    for line in writer.stdout:
        match line.split():
            case ["pid", pid]:
                timer = threading.Timer(seconds, os.kill, (int(pid), signal.SIGKILL))
                if since == "pid":
                    timer.start()
            case ["ready"]:
                if since == "ready":
                    timer.start()
            case ["dead", by]:
                assert int(by) == signal.SIGKILL
                break
            case subjects:
                acknowledged += subjects
    return acknowledged


@pytest.mark.parametrize(("writers", "rounds"), [(1, tries(30, 150)), (2, tries(20, 75))])
def test_killed_writers_lose_nothing(tmp_path: Path, writers: int, rounds: int) -> None:
    url = f"sqlite:///{tmp_path / 'log.sqlite'}"
    store = open_store(url)
    rng = random.Random(writers)
    servers, pool = [start("writer.py") for _ in range(writers)], ThreadPoolExecutor(writers)
    acknowledged: set[str] = set()
    wrote, slow = 0, 1.0
    for count in range(rounds):
        waits = [rng.uniform(0.005, 0.060) * slow for _ in servers]
        since = "pid" if count % 4 == 0 else "ready"  # some die while they open the log
        told = set(itertools.chain(*pool.map(killed, servers, [url] * writers, waits, [since] * writers)))
        acknowledged |= told
        wrote += bool(told)
        if not told and since == "ready":  # a busy machine: the next one gets more time to begin to write
            slow = min(slow * 1.3, 20.0)
        with store.database.read() as connection:
            there = set(connection.scalars(select(revision.c.subject).where(revision.c.subject.in_(told))))
        assert there == told
        if count % 50 == 49:
            assert verify(store).problems == ()
    for server in servers:
        server.communicate()
    report = verify(store)
    assert report.ok, report.problems
    assert wrote > rounds / 3  # these were killed while they wrote, not while they started
    with store.database.read() as connection:
        sizes = select(func.count()).select_from(revision).group_by(revision.c.batch)
        assert set(connection.scalars(sizes)) == {3}  # no save is half there
    assert report.revisions >= 3 * len(acknowledged) / 2


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of 2 MB at the folder; where mounting is not allowed, a limit on the size of files."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    else:
        with file_limit():
            yield


@contextmanager
def file_limit() -> Iterator[None]:
    """No file may grow beyond 1 MB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(store: Store, made: Activity, acknowledged: list[Entry]) -> None:
    for _ in range(1000):
        acknowledged += store.save([Create(made), Create(made)], "Ana")


@pytest.mark.parametrize("limit", ["disk", "file"])
def test_a_full_disk_is_a_clear_error_and_loses_nothing(tmp_path: Path, activity: MakeActivity, limit: str) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    made = activity(summary="x" * 15_000)
    acknowledged: list[Entry] = []
    with small_disk(folder) if limit == "disk" else file_limit():
        store = open_store(f"sqlite:///{folder / 'log.sqlite'}")
        with pytest.raises(CcmError, match=r"disk .*nothing of this save was written, everything saved before is safe"):
            fill(store, made, acknowledged)
        assert len(acknowledged) > 10
        for _ in range(3):  # and again, and again: still an error, still nothing lost
            with pytest.raises(CcmError, match="disk"):
                store.save([Create(made) for _ in range(100)], "Ana")
        assert store.last_seq() == len(acknowledged)
        assert {entry.subject for entry in store.activities()} == {entry.subject for entry in acknowledged}
        assert verify(store).ok
        saved = [path.read_bytes() for path in sorted(folder.iterdir())]
        names = [path.name for path in sorted(folder.iterdir())]
        store.close()
    roomy = tmp_path / "roomy"
    roomy.mkdir()
    for name, data in zip(names, saved, strict=True):
        (roomy / name).write_bytes(data)
    again = open_store(f"sqlite:///{roomy / 'log.sqlite'}")
    assert verify(again).ok
    assert again.last_seq() == len(acknowledged)
    again.save([Create(made)], "Ana")  # with space, it goes on
    assert verify(again).revisions == len(acknowledged) + 1


def test_many_editors_lose_no_update_silently(store: Store, activity: MakeActivity) -> None:
    entries = store.save([Create(activity(title=f"Entry {number}")) for number in range(50)], "Ana")
    url = store.database.url.render_as_string(hide_password=False)
    processes = [start("editors.py", url, str(EDITING_SECONDS), "4", str(seed)) for seed in range(4)]
    outputs = [process.communicate(timeout=EDITING_SECONDS + 60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4
    told = [json.loads(output) for output in outputs]
    saved = {tuple(edit) for each in told for edit in each["saved"]}
    assert {kind for each in told for kind in each} == {"saved", "merged", "given up"}  # they did meet
    found = set()
    for entry in entries:
        history = store.history(entry.subject)
        for before, after in itertools.pairwise(history):
            found |= {(entry.subject, change.field, change.before, change.after) for change in changes(
                before.record, after.record)}  # fmt: skip
    assert found == saved  # each edit replaced what its editor had read, and none is missing
    assert store.last_seq() == 50 + len(saved) == 50 + sum(len(each["saved"]) for each in told)
    assert verify(store).ok
    print(f"{store.dialect}: {len(saved)} edits in {EDITING_SECONDS} s", *({**each, "saved": ""} for each in told))


def test_many_may_open_a_fresh_log_at_once(tmp_path: Path, activity: MakeActivity) -> None:
    for attempt in range(5):
        url = f"sqlite:///{tmp_path / f'fresh{attempt}.sqlite'}"
        failures: list[BaseException] = []
        barrier = threading.Barrier(8)

        def use(url: str = url, barrier: threading.Barrier = barrier, failures: list[BaseException] = failures) -> None:
            try:
                barrier.wait()
                open_store(url).save([Create(activity())], "Ana")
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
                failures.append(error)

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert verify(open_store(url)).revisions == 8


def test_readers_are_not_held_up_by_a_writer(store: Store, activity: MakeActivity) -> None:
    store.save([Create(activity())], "Ana")
    with store.database.write() as connection:
        connection.execute(select(revision.c.seq))
        began = time.monotonic()
        assert store.current().total == 1
        assert time.monotonic() - began < 2
