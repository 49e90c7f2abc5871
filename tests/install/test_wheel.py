"""Installed as users install: a wheel, outside the checkout, does all that the checkout does."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document

from ccm_data import __version__, geometry
from ccm_data.paths import ROOT
from tests.install.conftest import Installed

STARTS_WITHIN = 60  # seconds
OPTIONS = ("--server.fileWatcherType=none",)
BESIDE = ("pages", "queries", "static")


def test_the_wheel_holds_what_the_checkout_holds_and_nothing_private(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as pack:
        held = set(pack.namelist())
    files = [path for folder in BESIDE for path in (ROOT / folder).rglob("*") if path.is_file()]
    beside = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    beside |= {"app.py", ".streamlit/config.toml"}
    assert {f"ccm_data/dashboard/{name}" for name in beside} == {n for n in held if n.startswith("ccm_data/dashboard/")}
    data = [path for path in (ROOT / "ccm_data").rglob("*.*") if path.suffix in (".csv", ".toml", ".parquet", ".typ")]
    assert len(data) > 40
    kept = {path.relative_to(ROOT).as_posix() for path in data if ".tmp" not in path.name}
    assert kept <= held
    assert "ccm_data/py.typed" in held
    assert not [name for name in held if "secrets" in name or name.endswith(".pyc") or name.endswith("50m.json")]


def test_the_checkout_is_not_seen(installed: Installed) -> None:
    program = "import ccm_data, sys; print(ccm_data.__file__, *sys.path, sep='\\n')"
    module, *searched = installed.run("python", "-c", program).splitlines()
    assert Path(module).is_relative_to(installed.programs.parent)
    assert str(ROOT) not in searched


def test_version_facts_and_states(installed: Installed) -> None:
    assert installed.run("ccm", "--version") == f"ccm {__version__}\n"
    assert installed.run("ccm", "facts", "check").endswith(" rows: no errors\n")
    assert len(json.loads(installed.run("ccm", "states", "--format", "json"))["states"]) == 197


def test_a_briefing_in_word(installed: Installed) -> None:
    out = installed.elsewhere / "KEN.docx"
    assert installed.run("ccm", "brief", "KEN", "--out", str(out)) == f"Written: {out}\n"
    assert any("Kenya" in paragraph.text for paragraph in Document(str(out)).paragraphs)


def test_a_page_runs(installed: Installed) -> None:
    program = (
        "from streamlit.testing.v1 import AppTest\n"
        "from ccm_data.paths import APP\n"
        "app = AppTest.from_file(str(APP), default_timeout=60).run().switch_page('pages/map.py').run()\n"
        "print([error.message for error in app.exception], len(app.title) > 0)"
    )
    assert installed.run("python", "-W", "ignore", "-c", program) == "[] True\n"


@contextmanager
def serving(installed: Installed, port: int) -> Iterator[Path]:
    """`ccm app` on this port, and the file of its output."""
    output = installed.home / "server.log"
    with output.open("wb") as stream:
        server = subprocess.Popen(
            [installed.programs / "ccm", "app", "--port", str(port), "--home", "served", "--", *OPTIONS],
            cwd=installed.elsewhere, env=installed.environment, stdout=stream, stderr=stream, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        until = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                if server.poll() is not None or time.monotonic() > until:
                    pytest.fail(f"The app did not start:\n{output.read_text(encoding='utf-8')}")
                time.sleep(0.1)
        yield output
    finally:
        server.terminate()
        server.wait(10)


def test_the_app_serves_its_shapes(installed: Installed) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shapes = geometry.load()
    with serving(installed, port) as output:
        with urllib.request.urlopen(f"http://localhost:{port}/{shapes.url}", timeout=10) as answer:
            assert answer.status == 200
            assert answer.read() == shapes.path.read_bytes()  # served only as the shipped config.toml asks for it
        first = output.read_text(encoding="utf-8").splitlines()[0]
    facts = next((installed.programs.parent / "lib").glob("python*")) / "site-packages" / "ccm_data" / "facts"
    assert first.endswith(f"INFO ccm_data.cli.app: ccm {__version__}: facts in {facts}, activity log in served")
