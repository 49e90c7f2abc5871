"""How many people can look at the map at once, each changing its filter every few seconds.

    python -m tests.benchmarks.room
    python -m tests.benchmarks.room --viewers 50 --minutes 30
    python -m tests.benchmarks.room --at http://localhost:8501 --viewers 60

Starts the app, or uses a running one, and lets viewers (`viewer.Viewer`) enter; each presses target categories at
random, seeded, every five seconds, whether the answer to the last change is there or not. Prints for each number of
viewers the time from a change to the end of its answer (median, 95th percentile, longest), bytes of an answer, how much
of one core the server used, and its memory.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from ccm_data.vocab import Category
from tests.benchmarks.viewer import Answer, Viewer
from tests.e2e.server import running

EVERY = 5.0
"""Seconds between two changes of a viewer."""
WANTED = 1.0
"""Seconds within which 95 of 100 answers shall be complete."""
MB = 2**20
STEPS = (8, 16, 32, 60, 90, 120, 150)


@dataclass
class Room:
    """What was seen with a number of viewers. memory: MB of the server, after a tenth of the time, when everything was
    asked for once, and at the end. cores: share of one core."""

    viewers: int
    answers: list[Answer] = field(default_factory=list)
    memory: tuple[float, float] = (0.0, 0.0)
    cores: float = 0.0
    failed: list[str] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 answers were complete."""
        ordered = sorted(answer.seconds for answer in self.answers)
        return ordered[math.ceil(0.95 * len(ordered)) - 1]

    def row(self) -> str:
        """One row of a table in Markdown: viewers, changes, median, 95th percentile, longest, core, memory."""
        seconds = [answer.seconds * 1000 for answer in self.answers]
        times = f"{statistics.median(seconds):.0f} | {self.p95 * 1000:.0f} | {max(seconds):.0f}"
        first, last = self.memory
        return f"| {self.viewers} | {len(seconds)} | {times} | {self.cores:.0%} | {first:.0f} | {last:.0f} |"

    def line(self) -> str:
        """One row as it is printed."""
        seconds = [answer.seconds for answer in self.answers]
        first, last = self.memory
        return (
            f"{self.viewers:>8}{len(seconds):>9}{statistics.median(seconds) * 1000:>9.0f}{self.p95 * 1000:>9.0f}"
            f"{max(seconds) * 1000:>9.0f}{statistics.median(one.size for one in self.answers):>9,.0f}"
            f"{self.cores:>8.0%}{first:>9.0f}{last:>9.0f}"
        )


COLUMNS = {
    "viewers": 8, "changes": 9, "median": 9, "p95 ms": 9, "longest": 9, "bytes": 9, "core": 8, "MB": 9, "after": 9,
}  # fmt: skip
HEAD = "".join(f"{name:>{width}}" for name, width in COLUMNS.items())


async def watch(address: str, viewers: int, seconds: float, servers: list[psutil.Process]) -> Room:
    """Let viewers enter, and change filters for a while. Raises AssertionError where one saw an error."""
    room = Room(viewers)
    people = [Viewer(address) for _ in range(viewers)]
    for person in people:  # a room fills one after the other
        await person.enter()
    before, start = used(servers), time.monotonic()
    until = start + seconds
    looking = [_look(person, room, number, until) for number, person in enumerate(people)]
    first, *_ = await asyncio.gather(_memory_after(seconds / 10, servers), *looking)
    room.cores = (used(servers) - before) / (time.monotonic() - start)
    room.memory = (first, _memory(servers))
    for person in people:
        room.failed += person.failed
        await person.leave()
    assert not room.failed, room.failed[0]
    return room


async def _look(person: Viewer, room: Room, number: int, until: float) -> None:
    chosen = random.Random(number)
    labels = [term.label for term in Category]
    due = time.monotonic() + EVERY * chosen.random()
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        pressed = [label for label in labels if chosen.random() < 0.5]
        answer = await person.change("category", string_array_value=pressed)
        answer.seconds = time.monotonic() - due  # a late start is waiting too
        room.answers.append(answer)
        due += EVERY


async def _memory_after(seconds: float, servers: list[psutil.Process]) -> float:
    await asyncio.sleep(seconds)
    return _memory(servers)


def _memory(servers: list[psutil.Process]) -> float:
    return sum(server.memory_info().rss for server in servers if server.is_running()) / MB


def used(servers: list[psutil.Process]) -> float:
    """Seconds of processor time that these have taken so far."""
    return sum(sum(server.cpu_times()[:2]) for server in servers if server.is_running())  # nginx ends its helpers


def processes(url: str) -> list[psutil.Process]:
    """What listens on the port of a local address, with its children."""
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    found = {one.pid for one in psutil.net_connections() if one.status == "LISTEN" and one.laddr.port == port}
    parents = [psutil.Process(pid) for pid in found if pid]
    every = {one.pid: one for parent in parents for one in (parent, *parent.children(recursive=True))}
    return list(every.values())


def fill(
    url: str, path: str, numbers: list[int], seconds: float, until_slow: bool,
    servers: list[psutil.Process] | None = None,
) -> list[Room]:  # fmt: skip
    """Rooms of growing size at one server, printed as they end; with `until_slow` none after the first too slow.

    servers: the processes to measure, else those that listen at the address.
    """
    servers, rooms = servers or processes(url), []
    print(HEAD, flush=True)
    for number in numbers:
        rooms.append(asyncio.run(watch(url + path, number, seconds, servers)))
        print(rooms[-1].line(), flush=True)
        if until_slow and rooms[-1].p95 > WANTED:
            break
    return rooms


def main() -> int:
    """Measure and print. Returns the exit status."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("--viewers", type=int, nargs="*", default=[], help="numbers of viewers, else growing ones")
    asked.add_argument("--minutes", type=float, default=0.5, help="how long each number stays")
    asked.add_argument("--path", default="/map?meeting=on", help="what they look at")
    asked.add_argument("--at", default="", help="the address of a running app, instead of one started here")
    given = asked.parse_args()
    numbers, slow = given.viewers or list(STEPS), not given.viewers
    if given.at:
        fill(given.at, given.path, numbers, given.minutes * 60, slow)
        return 0
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as server:
        fill(server.url, given.path, numbers, given.minutes * 60, slow)
    return 0


if __name__ == "__main__":
    sys.exit(main())
