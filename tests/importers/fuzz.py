"""Every importer against damaged and made-up input: only a sentence may come of it.

python -m tests.importers.fuzz --seconds 60
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ccm_data.errors import CcmError
from ccm_data.importers import sheet, untc, votes
from ccm_data.importers.table import read_sheet
from tests.importers.books import book, packed, parts
from tests.importers.given import BULK, COMMITTEE, PLENARY, RELEASE, VOTES_SHEET, pasted, record

SLOW = 20.0
"""Seconds after which an import counts as blocked."""
SCRAPS = (
    b"<", b">", b"</record>", b"<a>", b"&amp;", b"&x;", b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"<!--",
    b'"', b"'", b",", b";",
    b"\n", b"\r", b"\x00", b"\xff", b"\xc2\xa0", b"\xe2\x80\x8b", b"-\n", b"In favour:", b"Against:", b"Absent",
    b":", b"(", b")",
    b" and ", b"Fiji", b"Mali", b"1 in favour to none against, with 2 abstentions", b"XFD1048576",
    b"99999999999999999999",
    b"-1",
    b"A/RES/79/58", b"A/C.1/79/L.25", b"AFG", b"Y", b"N", b"X", b"2024-02-30", b"0001-01-01", b"\xef\xbb\xbf", b"=1+1",
    "\u0660\u0661".encode(), "İı".encode(), b"http://[", b'r="A1"', b't="s"', b'count="9"',
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """An importer as a function of bytes alone, and what it is known to read."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


TABLE = book(
    ["iso3", "attribute", "value", "as_of", "source_id"],
    ["Fiji", "producer", "no", 2020, "S-1"],
    ["MLI", "used", "yes", 2021, "S-2"],
)
SUBJECTS: dict[str, Subject] = {
    "votes": Subject(votes.parse, (BULK, record(PLENARY), record(COMMITTEE))),
    "rollcall": Subject(lambda data: pasted(_text(data)), (RELEASE.encode(),)),
    "sheet csv": Subject(lambda data: sheet.parse("a.csv", data, "unga_votes", None), (VOTES_SHEET,)),
    "sheet xlsx": Subject(lambda data: sheet.parse("a.xlsx", data, "munitions_profile", None), (TABLE,)),
    "log sheet": Subject(lambda data: read_sheet("a.xlsx", data), (TABLE,)),
    "untc": Subject(
        lambda data: untc.parse(data, "CCM"),
        tuple((Path(__file__).parent / "pages" / name).read_bytes() for name in ("ccm.html", "ccm.xml")),
    ),
}


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """The seed with some of it overwritten, cut, doubled or replaced by scraps; of a workbook, mostly its parts."""
    if seed[:2] == b"PK" and chance.random() < 0.8:
        held = parts(seed)
        name = chance.choice(sorted(held))
        return packed(held | {name: damaged(held[name], chance)})
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((0, 1, 2, 10, 100)))
        kind = chance.randrange(5)
        if kind == 0:
            data[at:to] = chance.choice(SCRAPS)
        elif kind == 1:
            del data[at:to]
        elif kind == 2:
            data[at:at] = data[at:to] * chance.choice((1, 2, 300))
        elif kind == 3:
            data[at:to] = chance.randbytes(to - at)
        else:
            data[at:at] = chance.choice(SCRAPS) * chance.choice((1, 3, 300))
    return bytes(data)


def held(subject: Subject, data: bytes) -> str:
    """The sentence that refuses the input, or blank where it was read. Any other error comes through."""
    try:
        subject.run(data)
    except CcmError as error:
        return str(error)
    return ""


def fuzz(name: str, seconds: float, seed: int) -> int:
    """Fuzz one importer for so long and print what happened; the number of inputs that it did not hold to."""
    subject, chance = SUBJECTS[name], random.Random(seed)
    end, runs, read, faults, slowest = time.monotonic() + seconds, 0, 0, 0, 0.0
    while (begun := time.monotonic()) < end:
        data = damaged(chance.choice(subject.seeds), chance) if chance.random() < 0.95 else chance.randbytes(200)
        runs += 1
        try:
            sentence = held(subject, data)
            read += not sentence
            if sentence and ("\n" in sentence or len(sentence) > 5_000):
                raise AssertionError(f"not one sentence: {sentence[:200]!r}")
        except Exception:  # noqa: BLE001 - what is looked for
            faults += 1
            print(f"{name}: {data[:300]!r}\n{traceback.format_exc()}", file=sys.stderr)
        took = time.monotonic() - begun
        slowest = max(slowest, took)
        faults += took > SLOW
    print(f"{name}: {runs:,} inputs, {read:,} read, {faults} faults; slowest {slowest:.1f} s")
    return faults


def main() -> None:
    """Fuzz every importer; exit with 1 when one did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for each importer")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sys.exit(1 if sum(fuzz(name, given.seconds, given.seed) for name in SUBJECTS) else 0)


if __name__ == "__main__":
    main()
