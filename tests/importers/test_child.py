"""Files that would fill or hang the program: each is one sentence, and only the child that read it grew."""

from __future__ import annotations

import io
import json
import os
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest

from ccm_data.documents import letterhead, pptx_look
from ccm_data.errors import CcmError
from ccm_data.importers import child, untc, votes
from ccm_data.importers.table import read_sheet
from tests.importers.books import book, packed, parts

GROWTH = 100
"""MB by which reading a bomb may raise this process: the file, its copy for the child and what the child says."""
PAGE = Path(__file__).parent / "pages" / "ccm.xml"


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize(
    ("reader", "given", "sentence"),
    [
        (bytearray, 5 * 10**9, "takes more than 1,000 MB of memory, so it was not read"),
        (time.sleep, 60.0, "took more than 2 seconds and was ended"),
        (os.abort, None, "ended the process that read it, so nothing was taken from it"),
        (json.loads, "[" * 10**6, "has things within things deeper than is read"),
    ],
)
def test_each_end_of_a_child_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, reader: Callable[..., Any], given: Any, sentence: str
) -> None:
    monkeypatch.setattr(child, "SECONDS", 2.0 if reader is time.sleep else 30.0)
    before = peak()
    for _ in range(2):  # the second time it is known
        with pytest.raises(CcmError, match=sentence):
            child.run(reader, *(() if given is None else (given,)))
    assert peak() - before < GROWTH


def test_what_a_child_reads_is_what_the_reader_reads_and_is_kept() -> None:
    given = PAGE.read_bytes()
    found = child.run(untc.parse, given, "CCM")
    assert found == untc.parse(given, "CCM")
    assert child.run(untc.parse, given, "CCM") is found


def workbook_bomb() -> bytes:
    """A cell in the last corner of a sheet."""
    held = parts(book(["a"], ["b"]))
    (name,) = [one for one in held if "worksheets/sheet1" in one]
    return packed(held | {name: held[name].replace(b'r="A2"', b'r="XFD1048576"')})


def deep_marc() -> bytes:
    return b"<record>" * 50_000


def laughs() -> bytes:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{"".join(lines)}]><x>&a9;</x>'.encode()


def office_bomb(made: Any, name: str) -> bytes:
    """A template whose one part holds ten million elements."""
    out, bomb = io.BytesIO(), io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as copy, zipfile.ZipFile(out) as whole:
        for part in whole.namelist():
            data = whole.read(part)
            if part == name:
                end = data.rindex(b"</")
                data = data[:end] + b"<x/>" * 10_000_000 + data[end:]
            copy.writestr(part, data)
    return bomb.getvalue()


BOMBS: dict[str, tuple[Callable[..., Any], Callable[[], tuple[Any, ...]], str]] = {
    "a cell at XFD1048576": (read_sheet, lambda: ("a.xlsx", workbook_bomb()), "at most 5,000,000 cells"),
    "100,000 columns": (read_sheet, lambda: ("a.csv", b"a," * 100_000), "has 100,001 columns; at most 1,000 are read"),
    "billion laughs": (untc.parse, lambda: (laughs(), "CCM"), "The file holds no table of participants"),
    "laughs in MARC": (votes.parse, lambda: (laughs(),), "declares a document type"),
    "deep XML": (votes.parse, lambda: (deep_marc(),), "nested more than 256 deep"),
    "a letterhead": (
        letterhead.tried, lambda: (office_bomb(docx.Document(), "word/document.xml"),), "template|memory|ended",
    ),
    "a deck": (
        pptx_look.tried, lambda: (office_bomb(pptx.Presentation(), "ppt/presentation.xml"),), "template|memory|ended",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_sentence_and_this_process_does_not_grow(name: str) -> None:
    reader, made, sentence = BOMBS[name]
    given = made()
    before, began = peak(), time.monotonic()
    with pytest.raises(CcmError, match=sentence) as refused:
        child.run(reader, *given)
    assert "\n" not in str(refused.value)
    assert peak() - before < GROWTH, "this process did not grow"
    print(f"{name}: {refused.value} ({time.monotonic() - began:.1f} s, {peak() - before:.0f} MB)")
