"""What grows when the data grow: revisions of the log, stored snapshots, years of votes.

    python -m tests.benchmarks.scale [--small]

Each is measured at growing sizes; printed are the medians of what pages ask, and the factor by which the time grew
from each size to the next. `--small` ends one size earlier.
"""

from __future__ import annotations

import csv
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

from ccm_data import paths, snapshot
from ccm_data.filters import StateFilter
from ccm_data.log import open_store
from ccm_data.workspace import Workspace
from tests.benchmarks import log_million

REVISIONS = (10_000, 100_000, 1_000_000)
SNAPSHOTS = (50, 500, 5_000)
YEARS = (10, 50)
LAST = 80  # session of the last recorded roll call, whose votes the years to come repeat
REPEATS = 15


@dataclass(frozen=True)
class Measured:
    """Median milliseconds of one question, by the size of the data."""

    of: str
    question: str
    times: dict[int, float]

    def line(self) -> str:
        """A row of a table in Markdown, with how much longer the largest takes than the smallest."""
        sizes = list(self.times)
        cells = " | ".join(f"{self.times[size]:,.1f}" for size in sizes)
        return f"| {self.question} | {cells} | × {self.times[sizes[-1]] / self.times[sizes[0]]:.1f} |"


def timed(ask: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median milliseconds, after one that does not count."""
    ask()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def _gathered(of: str, found: dict[int, dict[str, float]]) -> list[Measured]:
    questions = next(iter(found.values()))
    return [Measured(of, name, {size: one[name] for size, one in found.items()}) for name in questions]


def of_log(sizes: Sequence[int] = REVISIONS) -> list[Measured]:
    """The questions of the log's pages, by the number of revisions."""
    found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/activities.sqlite"
            log_million.seed(url, size)
            store = open_store(url)
            figures = log_million.measured(store)
            found[size] = {name: statistics.median(times) for name, times in figures.items()}
            store.close()
        print(f"log, {size:,} revisions: measured", flush=True)
    return _gathered("revisions of the log", found)


def of_snapshots(sizes: Sequence[int] = SNAPSHOTS) -> list[Measured]:
    """Opening a day, by the number of snapshots that are stored."""
    shipped = Workspace()
    held = shipped.snapshot(shipped.horizon)
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        cache, made = Path(folder), 0
        for size in sizes:
            for number in range(made, size):
                snapshot.write(replace(held.on(date(1990, 1, 1) + timedelta(number)), lasting=False), _kept(cache))
            made = size

            def fresh(day: date) -> Callable[[], object]:
                return lambda: Workspace(cache=cache).states(day)

            found[size] = {
                "a stored day, workspace opened anew": timed(fresh(date(1990, 1, 20))),
                "today, by the last fact's day": timed(fresh(date.today())),
                "which days are stored": timed(lambda: snapshot.stored_days(_kept(cache))),
            }
            print(f"snapshots, {size:,}: measured", flush=True)
    return _gathered("stored snapshots", found)


def _kept(cache: Path) -> Path:
    return Workspace(cache=cache).cache


def of_votes(sizes: Sequence[int] = YEARS) -> list[Measured]:
    """Opening facts and the pages of votes, by years of votes on the resolution."""
    found: dict[int, dict[str, float]] = {}
    for size in sizes:
        with _voting(size) as (facts, day):
            found[size] = _asked_of_votes(facts, day)
        print(f"votes, {size} years: measured", flush=True)
    return _gathered("years of votes", found)


def _asked_of_votes(facts: Path, day: date) -> dict[str, float]:
    workspace = Workspace(facts, cache=facts.parent / "cache")
    workspace.snapshot(day)
    asked = StateFilter(categories=("signatory",))
    return {
        "who voted how, every year": timed(lambda: workspace.frame("votes/grid", day)),
        "totals of each vote": timed(lambda: workspace.frame("votes/totals", day, since=date.min)),
        "changes of votes": timed(lambda: workspace.frame("votes/changes", day, since=date.min)),
        "states of a filter": timed(lambda: workspace.states(day, asked)),
        "facts read, checked before": timed(lambda: Workspace(facts, cache=facts.parent / "none").facts, 3),
        "a snapshot built": timed(lambda: snapshot.build(workspace.facts, day), 5),
    }


@contextmanager
def _voting(years: int) -> Iterator[tuple[Path, date]]:
    """Facts whose last roll call is repeated until there are so many years of votes, and the day after the last."""
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts"
        copytree(paths.PACKAGE / "facts", facts)
        held = _rows(facts / "unga_votes.csv")
        first = min(int(row["session"]) for row in held)
        later = range(LAST + 1, first + years)
        last = max(later, default=LAST)
        for name in ("unga_votes", "unga_vote_totals"):
            rows = _rows(facts / f"{name}.csv")
            repeated = [row for row in rows if int(row["session"]) == LAST]
            rows += [_in_session(row, session) for session in later for row in repeated]
            _write(facts / f"{name}.csv", rows)
        end = f"{1945 + last}-12-01"
        horizons = _rows(facts / "horizons.csv")
        for row in horizons:
            if row["file"].startswith("unga") and later:
                row["known_complete_through"] = end
        _write(facts / "horizons.csv", horizons)
        yield facts, date.fromisoformat(end) + timedelta(days=1)


def _in_session(row: dict[str, str], session: int) -> dict[str, str]:
    year = 1945 + session
    moved = {name: value.replace(f"/{LAST}/", f"/{session}/") for name, value in row.items()}
    return moved | {"session": f"{session}", "year": f"{year}", "vote_date": f"{year}{row['vote_date'][4:]}"}


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def table(measured: Sequence[Measured]) -> str:
    """Questions about one kind of data as a table in Markdown."""
    sizes = list(measured[0].times)
    heads = " | ".join(f"{size:,}" for size in sizes)
    head = f"| milliseconds by {measured[0].of} | {heads} | growth |\n{'|---' * (len(sizes) + 2)}|"
    return "\n".join([head, *(one.line() for one in measured)])


def main() -> int:
    """Measure and print. Returns the exit status."""
    small = "--small" in sys.argv[1:]
    cut = slice(0, -1 if small else None)
    for found in (of_log(REVISIONS[cut]), of_snapshots(SNAPSHOTS[cut]), of_votes(YEARS)):
        print(table(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
