"""The command in this process, as `ccm` runs it, on facts that are opened once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ccm_data import cli, factbase, paths
from ccm_data.factbase import Factbase
from ccm_data.overlay.model import Overlay


class Done(NamedTuple):
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def ccm(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], facts: Factbase) -> Callable[..., Done]:
    """Run `ccm` with these arguments; what --facts and --home set is forgotten after the test."""
    for variable in ("CCM_FACTS", "CCM_HOME"):
        monkeypatch.setenv(variable, os.environ.get(variable, ""))  # so that it is put back
    load = factbase.load
    shipped = paths.PACKAGE / "facts"

    def opened_once(folder: Path, overlay: Overlay | None = None, **how: bool) -> Factbase:
        return facts if folder == shipped and not (overlay and overlay.digest) else load(folder, overlay, **how)

    monkeypatch.setattr(factbase, "load", opened_once)

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["ccm", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        code = left.value.code
        return Done(code if isinstance(code, int) else 0, out, err)

    return run


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Done]:
    """Run `ccm` in a process of its own, in another folder, with a home of its own."""

    def run(*arguments: str, **environment: str) -> Done:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CCM_")}
        done = subprocess.run(
            [sys.executable, "-c", "from ccm_data.cli import main; main()", *arguments],
            capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60, encoding="utf-8",
            env={**kept, "CCM_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1", **environment},
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return run
