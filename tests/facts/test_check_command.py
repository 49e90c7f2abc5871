"""`ccm facts check`: what it prints and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ccm_data import paths
from ccm_data.cli.facts import facts

BROKEN = (
    "treaty_actions.csv:{line}: iso3: 'XKX' is not the ISO 3166-1 alpha-3 code of one of the 197 states in states.csv"
)


def shipped_rows() -> int:
    """Lines of all facts files but the headers; no shipped cell has a line break."""
    files = (paths.PACKAGE / "facts").glob("*.csv")
    return sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in files)


def test_sound_facts() -> None:
    result = CliRunner().invoke(facts, ["check"], env={"CCM_FACTS": str(paths.PACKAGE / "facts")})
    assert result.output == f"20 files, {shipped_rows()} rows: no errors\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("output", ["table", "json"])
def test_broken_facts(facts_copy: Any, output: str) -> None:
    line = facts_copy.change("treaty_actions", "CCM,KEN,signature", iso3="XKX")
    result = CliRunner().invoke(facts, ["check", "--format", output], env={"CCM_FACTS": str(facts_copy.folder)})
    expected = BROKEN.format(line=line)
    if output == "json":
        assert json.loads(result.output) == {"files": 20, "rows": shipped_rows(), "findings": [expected]}
    else:
        assert result.output == expected + "\n"
    assert result.exit_code == 1


def test_missing_file(facts_copy: Any) -> None:
    (facts_copy.folder / "meetings.csv").unlink()
    result = CliRunner().invoke(facts, ["check"], env={"CCM_FACTS": str(facts_copy.folder)})
    assert result.output == "meetings.csv:1: file: is missing from the facts folder\n"
    assert result.exit_code == 1


def test_no_folder(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    run = subprocess.run(
        [sys.executable, "-c", "from ccm_data.cli import main; main()", "facts", "check"],
        capture_output=True, text=True, check=False, env={**os.environ, "CCM_FACTS": str(missing)},
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr == (
        f"ccm: The facts folder {missing} is not a folder; name one that holds the facts' CSV files.\n"
    )
