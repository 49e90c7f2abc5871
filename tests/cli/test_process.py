"""The command in a process of its own: environment, options, exit status, nothing on the wrong stream."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ccm_data import paths


@pytest.fixture(scope="module")
def other_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts in which Vanuatu deposited ten days later."""
    folder = tmp_path_factory.mktemp("other") / "facts"
    shutil.copytree(paths.PACKAGE / "facts", folder)
    file = folder / "treaty_actions.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("CCM,VUT,accession,2025-09-05", "CCM,VUT,accession,2025-09-15"), encoding="utf-8")
    return folder


def parties(answer: str) -> int:
    return Counter(state["status"] for state in json.loads(answer)["states"])["state_party"]


ASKED = ("states", "--as-of", "2025-09-10", "--format", "json")


def test_facts_and_home_by_option_and_by_environment(process: Callable, other_facts: Path, tmp_path: Path) -> None:
    shipped = process(*ASKED, CCM_HOME=str(tmp_path / "one"))
    assert (shipped.status, shipped.err, parties(shipped.out)) == (0, "", 112)
    assert list((tmp_path / "one" / "snapshots").glob("*/as_of=2025-09-10/states.parquet"))

    by_environment = process(*ASKED, CCM_FACTS=str(other_facts), CCM_HOME=str(tmp_path / "two"))
    assert (by_environment.status, by_environment.err, parties(by_environment.out)) == (0, "", 111)

    by_option = process(*ASKED, "--facts", str(other_facts), "--home", str(tmp_path / "three"), CCM_FACTS="/nowhere")
    assert (by_option.status, by_option.err, parties(by_option.out)) == (0, "", 111)
    assert list((tmp_path / "three" / "snapshots").glob("*/as_of=2025-09-10/states.parquet"))
    assert not (tmp_path / "home").exists()


def test_bad_input_leaves_one_line_and_no_traceback(process: Callable) -> None:
    done = process("state", "XXX")
    assert (done.status, done.out) == (2, "")
    assert done.err == "ccm: 'XXX' is no ISO 3166-1 alpha-3 code of one of the 197 states, such as KEN.\n"


def test_accents_reach_the_terminal(process: Callable) -> None:
    done = process("state", "CIV", "--as-of", "2021-11-30")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Côte d")


def test_a_home_that_cannot_be_written_to_is_said_and_stops_nothing(process: Callable, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = process("states", "--as-of", "2019-03-01", "--format", "json", "--home", str(tmp_path / "file" / "home"))
    assert done.status == 0
    assert len(json.loads(done.out)["states"]) == 197
    assert done.err.startswith("ccm: Snapshots cannot be kept in ")
    assert done.err.count("\n") == 1
