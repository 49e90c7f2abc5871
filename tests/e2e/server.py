"""The app as a person starts it, in a process of its own on a free port, with its own home folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ccm_data.paths import ROOT

STARTS_WITHIN = 60  # seconds
STREAMLIT = ("-m", "streamlit", "run")
WATCH = Path(__file__).parent / "watch"


@dataclass(frozen=True)
class Server:
    """A running app: its address, its output, and every place outside the machine it tried to reach."""

    url: str
    log: Path
    outside: Path

    def asked_outside(self) -> list[str]:
        """What the server process itself asked outside the machine; empty when it kept to itself."""
        return self.outside.read_text(encoding="utf-8").splitlines() if self.outside.exists() else []


def free_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_ports(count: int) -> int:
    """The first of so many loopback ports in a row that nothing listens on."""
    while True:
        first = free_port()
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue


@contextmanager
def running(
    home: Path, script: Path = ROOT / "app.py", port: int = 0, by: Sequence[str] = STREAMLIT, **environment: str
) -> Iterator[Server]:
    """Start a script by Streamlit, wait until it is healthy, stop it at the end. Raises RuntimeError if it does not.

    port: the one to listen on, as after a restart; 0 takes a free one. by: what Python starts the script with.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    server = Server(f"http://localhost:{port}", home / "server.log", home / "outside.log")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CCM_", "STREAMLIT_"))}
    kept |= {"CCM_HOME": str(home), "PYTHONPATH": str(WATCH), "WATCH_OUTSIDE": str(server.outside), **environment}
    command = [sys.executable, *by, str(script)]
    options = ["--server.port", str(port), "--server.fileWatcherType", "none"]
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command + options, cwd=ROOT, env=kept, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        _wait_healthy(process, server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_healthy(process: subprocess.Popen[bytes], server: Server) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start:\n{server.log.read_text(encoding='utf-8', errors='replace')}")
