"""1,000,000 seeded revisions: how long the log page's queries take, and that memory stays flat.

    python tests/benchmarks/log_million.py [--revisions N] [--file FILE]

The revisions are those of a quarter as many activities, each created and then edited until the number is reached. Exit
status 1 when a median is over the limit, or the memory of the process grows by more than GROWTH_MB while it asks.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from ccm_data.log import Create, Filter, Store, open_store, overdue, parse, summary_by_state
from ccm_data.log.model import known_states
from ccm_data.log.projection import CHUNK, chunked, rebuild
from ccm_data.log.revision import digest, payload_of
from ccm_data.log.schema import revision
from ccm_data.log.views import contacts, coverage
from ccm_data.log.writing import GENESIS
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Stage, codes

LIMIT_MS = 100
GROWTH_MB = 50
TODAY = date(2026, 6, 30)
EVERYTHING = Confidentiality.INTERNAL
WORDS = [f"{a}{b}" for a in ("min", "reg", "par", "tre", "for", "sup", "cab", "leg") for b in (
    "istry", "ional", "liament", "aty", "eign", "port", "inet", "islation", "ation", "ister", "ing", "ed", "al", "ive",
)]  # fmt: skip


def _activity(rng: random.Random, iso3s: list[str]) -> dict[str, Any]:
    start = date(2012, 1, 1) + timedelta(days=rng.randrange(5_200))
    states = [
        {"iso3": iso3, "stage": rng.choice([None] * 9 + codes(Stage))}
        for iso3 in rng.sample(iso3s, rng.choice((1, 1, 2)))
    ]
    return {
        "start": start,
        "type": rng.choice(codes(ActivityType)),
        "status": rng.choices(codes(ActivityStatus), (1, 8, 1))[0],
        "title": "Bilateral: " + " ".join(rng.choices(WORDS, k=4)),
        "place": rng.choice(("Geneva", "New York", "Nairobi", "Suva")),
        "states": states,
        "summary": " ".join(rng.choices(WORDS, k=40)),
        "next_step": rng.choice(("", "", "Send the toolkit")),
        "owner": f"Owner {rng.randrange(12)}",
        "due_date": start + timedelta(days=30),
        "campaign": "10MSP",
        "confidentiality": rng.choice(codes(Confidentiality)),
    }


def revisions(count: int, seed: int = 3) -> Iterator[dict[str, Any]]:
    """Rows of `log_revision` with a valid hash chain."""
    rng, iso3s = random.Random(seed), sorted(known_states())
    held: list[tuple[str, dict[str, Any], int]] = []
    entries, head = max(1, count // 4), GENESIS
    began = datetime(2012, 1, 1, tzinfo=UTC)
    for seq in range(1, count + 1):
        if seq <= entries:
            subject, values, version = str(UUID(int=rng.getrandbits(128))), _activity(rng, iso3s), 1
            held.append((subject, values, version))
        else:
            index = rng.randrange(entries)
            subject, values, version = (
                held[index][0],
                held[index][1] | {"outcome": " ".join(rng.choices(WORDS, k=8))},
                held[index][2] + 1,
            )
            held[index] = (subject, values, version)
        at = (began + timedelta(minutes=7 * seq)).isoformat(timespec="microseconds")
        row = {
            "seq": seq,
            "id": str(UUID(int=rng.getrandbits(128))),
            "kind": "activity",
            "subject": subject,
            "version": version,
            "action": "create" if version == 1 else "edit",
            "at": at.replace("+00:00", "Z"),
            "author": f"Author {rng.randrange(20)}",
            "reason": "",
            "batch": str(UUID(int=rng.getrandbits(128))),
            "undoes": None,
            "payload": payload_of(parse("activity", values)),
            "prev_hash": head,
        }
        row["hash"] = head = digest(row)
        yield row


def seed(url: str, count: int) -> None:
    """Fill an empty store."""
    store = open_store(url)
    for chunk in chunked(revisions(count), 20 * CHUNK):
        with store.database.write() as connection:
            connection.execute(insert(revision), chunk)
    with store.database.write() as connection:
        rebuild(connection)


def measured(store: Store) -> dict[str, list[float]]:
    """Milliseconds of each query, many times over."""
    iso3s = sorted(known_states())
    rng = random.Random(1)
    new = parse("activity", _activity(rng, iso3s))
    asked: dict[str, Callable[[], object]] = {
        "open the page": lambda: store.current(),
        "open the page, public only": lambda: store.current(Filter(max_confidentiality=Confidentiality.PUBLIC)),
        "filter by state and type": lambda: store.current(
            Filter(iso3s=(rng.choice(iso3s),), types=(ActivityType.BILATERAL_GENEVA,))
        ),
        "search, one common word": lambda: store.current(Filter(text=rng.choice(WORDS))),
        "search, two words": lambda: store.current(Filter(text=" ".join(rng.sample(WORDS, 2)))),
        "search, state and beginning": lambda: store.current(Filter(text=f"fiji {rng.choice(WORDS)[:4]}")),
        "coverage of all states": lambda: coverage(store, iso3s, as_of=TODAY, days=90, max_confidentiality=EVERYTHING),
        "coverage, in the campaign, public": lambda: coverage(
            store, iso3s, as_of=TODAY, days=90, max_confidentiality=Confidentiality.PUBLIC, campaign="10MSP"
        ),
        "summary by state": lambda: summary_by_state(
            store, as_of=TODAY, max_confidentiality=EVERYTHING, campaign="10MSP"
        ),
        "overdue of one owner": lambda: overdue(
            store, today=date(2013, 1, 1), max_confidentiality=EVERYTHING, owner="Owner 3", limit=200
        ),
        "contacts of one state": lambda: contacts(
            store, [rng.choice(iso3s)], as_of=date(2013, 1, 1), max_confidentiality=EVERYTHING
        ),
        "as the log was known in 2015, first": lambda: next(store.as_of(date(2015, 6, 30))),
        "last revision": lambda: store.last_seq(),
        "save a new entry": lambda: store.save([Create(new)], "benchmark"),
    }
    figures: dict[str, list[float]] = {}
    for name, ask in asked.items():
        ask()
        for _ in range(21):
            began = time.perf_counter()
            ask()
            figures.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    return figures


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Seed (unless the file has revisions already), measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--revisions", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or Path(folder) / "activities.sqlite"
        store = open_store(url := f"sqlite:///{file}")
        if not store.last_seq():
            began = time.perf_counter()
            # In a process of its own, whose memory is not that of the queries.
            seeding = multiprocessing.get_context("spawn").Process(target=seed, args=(url, options.revisions))
            seeding.start()
            seeding.join()
            took, size = time.perf_counter() - began, file.stat().st_size / 2**20
            print(f"seeded {store.last_seq():,} revisions in {took:.0f} s, {size:.0f} MB", flush=True)
        measured(store)
        before = _memory_mb()
        figures = measured(store)
        grown = _memory_mb() - before
        for name, times in figures.items():
            print(f"{name:36} median {statistics.median(times):7.1f} ms   worst {max(times):7.1f} ms")
        print(f"memory {before:.0f} MB, grown by {grown:.1f} MB")
        store.close()
    named = ("open", "search", "coverage")
    slow = [name for name, times in figures.items() if name.startswith(named) and statistics.median(times) > LIMIT_MS]
    if slow or grown > GROWTH_MB:
        print("over the limit: " + ", ".join(slow or ["memory"]), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
