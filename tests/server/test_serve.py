"""`ccm serve` as an operator meets it: its log, what dies and comes back, its end, its refusals."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.driver import eventually
from tests.e2e.server import STARTS_WITHIN, free_ports


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ccm_data.cli", *arguments]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CCM_", "STREAMLIT_"))}
    return kept | {"CCM_HOME": str(home)} | more


@contextmanager
def serving(home: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    log = home / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command("serve", "--port", str(port), "--", "--server.fileWatcherType=none"),
            env=environment(home, CCM_LOG_FORMAT="json"), stdout=subprocess.DEVNULL, stderr=stream,
        )  # fmt: skip
    try:
        yield process, log
    finally:
        process.terminate()
        process.wait(20)


def test_what_dies_comes_back_and_all_ends_together(tmp_path: Path) -> None:
    port = free_ports(3)
    with serving(tmp_path, port) as (process, log):

        def said(words: str) -> list[str]:
            return re.findall(words, log.read_text(encoding="utf-8"))

        eventually(lambda: said("Ready on") or process.poll() is not None, "the start", STARTS_WITHIN)
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).read() == b"ok"
        pids = [int(pid) for pid in said(r"started as process (\d+)")]
        assert len(pids) == 3
        for pid in (pids[0], pids[2]):  # a worker and nginx
            os.kill(pid, signal.SIGKILL)
        eventually(lambda: len(said(r"started as process (\d+)")) == 5, "both are started again", STARTS_WITHIN)

        def answers() -> bool:
            try:
                return [
                    urllib.request.urlopen(f"http://127.0.0.1:{port + number}/_stcore/health", timeout=1).status
                    for number in range(3)
                ] == [200] * 3
            except OSError:
                return False

        eventually(answers, "all three answer again", STARTS_WITHIN)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert [pid for pid in map(int, said(r"started as process (\d+)")) if Path(f"/proc/{pid}").exists()] == []
    for number in range(3):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port + number)) != 0
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if not line.startswith("20")]
    assert {"time", "level", "logger", "message", "pid"} <= set(lines[0])
    assert "ccm_data" in {line["logger"].split(".")[0] for line in lines}
    assert len({line["pid"] for line in lines}) == 4  # the supervisor and three that ran the app
    assert lines[-1]["message"] == "Stopped"


def test_a_port_that_is_taken_and_a_missing_nginx_are_sentences(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            command("serve", "--port", str(port - 1)), env=environment(tmp_path), capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert done.stderr.startswith("ccm: Port ")
    hidden = command("serve", "--port", str(free_ports(3)))
    hidden[1:3] = ["-c", "import shutil; shutil.which = lambda *_, **__: None; from ccm_data.cli import main; main()"]
    done = subprocess.run(hidden, env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (
        2, "ccm: nginx is not installed; install it (`apt-get install nginx`), or use --workers 1.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--address", "0.0.0.0"], "say it with --host"),
        (["--address", "everywhere"], "'everywhere' is no address"),
        (["--workers", "1", "--certificate", __file__, "--key", __file__], "TLS is nginx's"),
    ],
)
def test_what_cannot_be_served_is_a_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = subprocess.run(
        command("serve", *arguments), env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert sentence in done.stderr
