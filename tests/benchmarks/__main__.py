"""All benchmarks in one run; what they find is written as docs/performance.md.

    python -m tests.benchmarks [--minutes M] [--small]

`--minutes`: how long the fifty viewers stay whose server is watched for growth; 30 by default. `--small` leaves out the
largest log and the most snapshots. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path

import altair as alt
import pandas as pd
import psutil
import vl_convert

from ccm_data import palette
from ccm_data.paths import ROOT
from ccm_data.vocab import Category
from tests.benchmarks import room, scale, side_by_side
from tests.benchmarks.viewer import Viewer
from tests.e2e.server import free_port, running

WRITTEN = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "performance.svg"
PACKAGES = ("streamlit", "duckdb", "pandas", "pyarrow", "pydeck", "altair", "plotly", "dash")
CLICKS = 60
PAIR = [60, 150, 200]
"""Viewers of two processes."""
STAY = 50
"""Viewers who stay, to see whether the server grows."""
GB = 2**30


def machine() -> str:
    """What was measured on, and with which versions."""
    cpu = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), platform.machine())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{date.today():%-d %B %Y}, {os.cpu_count()} cores ({cpu}), {psutil.virtual_memory().total / GB:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}, Chromium drawing by software."
    )


def _cpuinfo() -> Iterator[str]:
    info = Path("/proc/cpuinfo")
    yield from info.read_text(encoding="utf-8").splitlines() if info.exists() else ()


async def clicks(url: str) -> tuple[float, float, float, int]:
    """One viewer alone, each time another filter: median milliseconds of the answer, milliseconds of one core by
    change, median bytes and messages."""
    viewer, servers = Viewer(url), room.processes(url)
    labels = [term.label for term in Category]
    await viewer.enter()
    filters = [[labels[place] for place in range(len(labels)) if number >> place & 1] for number in range(16)] * 4
    before, answers = room.used(servers), []
    for pressed in filters[:CLICKS]:
        answers.append(await viewer.change("category", string_array_value=pressed))
    cost = (room.used(servers) - before) / CLICKS
    await viewer.leave()
    return (
        statistics.median(one.seconds for one in answers) * 1000, cost * 1000,
        statistics.median(one.size for one in answers), int(statistics.median(one.messages for one in answers)),
    )  # fmt: skip


@contextmanager
def many(home: Path, workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """So many processes behind nginx: the address, and every process of theirs. Raises RuntimeError without nginx."""
    port = free_port()
    words = ["serve", "--workers", f"{workers}", "--port", f"{port}"]
    environment = {**os.environ, "CCM_HOME": str(home)}
    with subprocess.Popen([sys.executable, "-m", "ccm_data.cli", *words], env=environment, cwd=ROOT) as process:
        try:
            while not _answers(port):
                if process.poll() is not None:
                    raise RuntimeError("ccm serve did not start; its own words are above")
                time.sleep(0.2)
            own = psutil.Process(process.pid)
            yield f"http://localhost:{port}", [own, *own.children(recursive=True)]
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def command(*words: str) -> float:
    """Median seconds of a command, with its start."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "ccm_data.cli", *words], check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _rooms(rooms: list[room.Room]) -> str:
    columns = ("viewers", "changes", "median, ms", "95 of 100 within, ms", "longest, ms", "of one core",
               "MB after a tenth of the time", "MB at the end")  # fmt: skip
    head = f"| {' | '.join(columns)} |"
    return "\n".join([head, "|---" * 8 + "|", *(one.row() for one in rooms)])


def plot(measured: list[scale.Measured]) -> str:
    """How long each question takes by the size of the data, both in powers of ten, one panel a kind of data."""
    rows = [
        {"of": one.of, "question": one.question, "size": size, "ms": ms}
        for one in measured
        for size, ms in one.times.items()
    ]
    lines = (
        alt.Chart(pd.DataFrame(rows), width=230, height=200)
        .mark_line(point=True, color=palette.STATUS["state_party"])
        .encode(
            x=alt.X("size:Q", scale=alt.Scale(type="log"), title=None),
            y=alt.Y("ms:Q", scale=alt.Scale(type="log"), title="milliseconds"),
            detail="question:N",
            column=alt.Column("of:N", title=None),
        )
        .resolve_scale(x="independent")
    )
    return str(vl_convert.vegalite_to_svg(lines.to_dict()))


def main() -> int:
    """Measure everything and write it down. Returns the exit status."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--small", action="store_true")
    given = asked.parse_args()
    cut = slice(0, -1 if given.small else None)
    beside = side_by_side.compare()
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as server:
        asyncio.run(clicks(f"{server.url}/map"))  # warm
        alone = {path: asyncio.run(clicks(server.url + path)) for path in ("/map", "/map?meeting=on")}
        rooms = room.fill(server.url, "/map?meeting=on", list(room.STEPS), 30, until_slow=True)
    with tempfile.TemporaryDirectory() as home, many(Path(home), 2) as (url, both):
        pair = room.fill(url, "/map?meeting=on", PAIR, 30, until_slow=False, servers=both)
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as server:
        (stayed,) = room.fill(server.url, "/map?meeting=on", [STAY], given.minutes * 60, until_slow=False)
    grown = [scale.of_log(scale.REVISIONS[cut]), scale.of_snapshots(scale.SNAPSHOTS[cut]), scale.of_votes()]
    PICTURE.write_text(plot([one for part in grown for one in part]), encoding="utf-8")
    told = TEXT.format(
        machine=machine(),
        alone="\n".join(
            f"| `{path}` | {ms:.0f} | {core:.0f} | {size:,.0f} | {messages} |"
            for path, (ms, core, size, messages) in alone.items()
        ),
        rooms=_rooms(rooms),
        pair=_rooms(pair),
        stayed=_rooms([stayed]),
        minutes=f"{given.minutes:g}",
        beside=side_by_side.table(beside),
        states=f"{command('states'):.2f}",
        grown="\n\n".join(scale.table(part) for part in grown),
        picture=PICTURE.name,
    )
    WRITTEN.write_text(told, encoding="utf-8")
    print(f"Written: {WRITTEN.relative_to(ROOT)}")
    return 0


TEXT = """# How fast it is

Written by `python -m tests.benchmarks` (the extra `bench`); nothing here is typed by hand, and nothing is a promise:
run it on your own machine. Measured on {machine}

## A change of the filter

One viewer alone chooses other target categories on the map: until the server's answer is complete, what it costs of
one core, and what it sends.

| page | milliseconds | of one core, ms | bytes | messages |
|---|---|---|---|---|
{alone}

What changes is computed once for all who look at the same (`ccm_data.mapping.seen`); what the browser has is named by
its hash and not sent again (`.streamlit/config.toml`).

## A room of viewers

Everybody looks at the map in meeting mode, in one server process, and changes the filter every five seconds. The
viewers speak Streamlit's own protocol (`tests/benchmarks/viewer.py`); they share the machine with the server.

{rooms}

Two processes behind nginx (`ccm serve --workers 2`), memory and time of all its processes together:

{pair}

Fifty viewers who stay for {minutes} minutes:

{stayed}

## Beside the usual ways to build it

The same shapes, states, colours and filter as plainly as each tool allows (`tests/benchmarks/rivals/`), in one run, in
the same Chromium. In brackets how many times this app's figure it is.

{beside}

## The command

`ccm states` takes {states} seconds, with its start.

## Growth

![How the time grows with the data]({picture})

{grown}
"""


if __name__ == "__main__":
    sys.exit(main())
