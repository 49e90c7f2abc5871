"""The facts as text: what a file on disk becomes, and how a change of it is noticed."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from ccm_data import paths
from ccm_data import raw as raw_facts

SHIPPED = paths.PACKAGE / "facts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "facts")
    return tmp_path / "facts"


def test_every_file_of_the_folder_is_known() -> None:
    assert {path.stem for path in SHIPPED.glob("*.csv")} == {*raw_facts.FILES, *raw_facts.SOURCE_FILES}


def test_an_edit_changes_signature_and_digest(folder: Path) -> None:
    before = raw_facts.signature(folder), raw_facts.digest(folder)
    file = folder / "meetings.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Oslo", "OSLO"), encoding="utf-8")  # of the same length
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))
    after = raw_facts.signature(folder), raw_facts.digest(folder)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_a_file_touched_but_not_changed_has_the_same_digest(folder: Path) -> None:
    before = raw_facts.signature(folder), raw_facts.digest(folder)
    os.utime(folder / "states.csv", ns=(1, 1))
    assert raw_facts.signature(folder) != before[0]
    assert raw_facts.digest(folder) == before[1]


def test_a_file_that_goes_or_a_folder_that_is_not_there_has_a_signature(folder: Path) -> None:
    before = raw_facts.signature(folder)
    (folder / "meetings.csv").unlink()
    assert raw_facts.signature(folder) != before
    assert ("meetings.csv", -1, -1) in raw_facts.signature(folder / "nowhere")


def test_the_signature_is_cheap(folder: Path) -> None:
    times = []
    for _ in range(20):
        start = time.perf_counter()
        raw_facts.signature(folder)
        times.append(time.perf_counter() - start)
    print(f"a signature takes {min(times) * 1000:.2f} ms")
    assert min(times) < 0.005
