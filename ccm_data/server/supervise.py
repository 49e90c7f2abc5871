"""Processes of the app behind nginx: started, restarted when one dies, stopped together."""

from __future__ import annotations

import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ccm_data.errors import CcmError
from ccm_data.server.nginx import Proxy, Worker

LOGGER = logging.getLogger(__name__)

STARTS_WITHIN, STOPS_WITHIN = 60.0, 10.0
"""Seconds that a process may take to answer for the first time, and to end once asked to."""
SHORT_LIFE, LONGEST_PAUSE = 10.0, 30.0
"""Seconds: what dies sooner than the one is started again after a pause, twice as long each time up to the other."""


@dataclass
class Child:
    """One process that is kept running. pause: seconds to wait before it is started again; due: when that is."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        """Start it, in a process group of its own: a key pressed in the terminal is for the supervisor alone."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=os.environ | self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        LOGGER.info("%s started as process %d", self.name, self.process.pid)

    def mourn(self) -> None:
        """Note that it died, and when it is to be started again."""
        assert self.process
        code, now = self.process.returncode, time.monotonic()
        self.bury()
        self.process = None
        died_young = now - self.began < SHORT_LIFE
        self.pause = min(LONGEST_PAUSE, max(1.0, 2 * self.pause)) if died_young else 0.0
        self.due = now + self.pause
        how = f"by signal {-code}" if code < 0 else f"with status {code}"
        LOGGER.warning("%s died %s; it is started again in %.0f s", self.name, how, self.pause)

    def bury(self) -> None:
        """End what it left behind: nginx that is killed leaves processes that keep its port."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def serve(proxy: Proxy, options: Sequence[str]) -> None:
    """Run the workers of a proxy on this machine and nginx before them until SIGTERM or SIGINT.

    `options` go to each worker's `streamlit run`. Raises CcmError when nginx is missing, a port is taken, or what was
    started does not answer; then nothing is left running.
    """
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    if program is None:
        raise CcmError("nginx is not installed; install it (`apt-get install nginx`), or use --workers 1.")
    for place in (Worker(*_parts(proxy.listen)), *proxy.workers):
        _refuse_taken(place)
    with tempfile.TemporaryDirectory(prefix="ccm-serve-") as name, _signals() as wait:
        folder = Path(name)
        folder.chmod(0o755)  # nginx changes to a user of its own when it is started by root
        children = [
            Child(f"Worker {number}", _worker(place, options), {"STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"})
            for number, place in enumerate(proxy.workers, start=1)
        ]
        front = Child("nginx", _nginx(program, folder, replace(proxy, folder=folder)))
        try:
            for child in children:
                child.start()
            if not all(_answers(child, place, wait) for child, place in zip(children, proxy.workers, strict=True)):
                return
            front.start()
            if not _listens(front, proxy.listen, wait):
                return
            LOGGER.info("Ready on %s", proxy.listen)
            _keep(children := [front, *children], wait)
        finally:
            _stop([front, *(child for child in children if child is not front)])


def _worker(place: Worker, options: Sequence[str]) -> list[str]:
    own = ["app", "--port", str(place.port), "--", f"--server.address={place.host}", *options]
    return [sys.executable, "-m", "ccm_data.cli", *own]


def _nginx(program: str, folder: Path, proxy: Proxy) -> list[str]:
    settings = folder / "nginx.conf"
    settings.write_text(proxy.settings(), encoding="utf-8")
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(settings)]
    tried = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True, check=False)
    if tried.returncode:
        told = tried.stderr.strip().splitlines()[0] if tried.stderr.strip() else "no reason given"
        raise CcmError(f"nginx refuses its settings: {told}.")
    return [*command, "-g", "daemon off;"]


def _parts(listen: str) -> tuple[str, int]:
    address, _, port = listen.rpartition(":")
    return address.strip("[]"), int(port)


def _refuse_taken(place: Worker) -> None:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise CcmError(f"Port {place.port} of {place.host} cannot be used ({error.strerror}); --port names "
                           "another, and the workers take those that follow it.") from None  # fmt: skip


@contextmanager
def _signals() -> Iterator[Wait]:
    """Lets the supervisor sleep until something happens: a child's end, or a signal to stop."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for end in (ours, theirs):
            end.setblocking(False)
        before = {number: signal.signal(number, _noted) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)}
        old = signal.set_wakeup_fd(theirs.fileno())
        try:
            yield Wait(ours)
        finally:
            signal.set_wakeup_fd(old)
            for number, handler in before.items():
                signal.signal(number, handler)


def _noted(_number: int, _frame: object) -> None:
    """A handler, so that the signal is written where the supervisor waits."""


class Wait:
    """Waits for signals. `stopping` once one said to stop."""

    def __init__(self, heard: socket.socket) -> None:
        self._heard = heard
        self.stopping = False

    def __call__(self, seconds: float | None) -> None:
        """Until a signal comes, at most so long."""
        select.select([self._heard], [], [], seconds)
        with suppress(BlockingIOError):
            self.stopping |= bool({signal.SIGTERM, signal.SIGINT} & set(self._heard.recv(4096)))


def _answers(child: Child, place: Worker, wait: Wait) -> bool:
    """Whether a worker answers; False once the supervisor is to stop. Raises CcmError when it dies or is too slow."""
    until = time.monotonic() + STARTS_WITHIN
    while not wait.stopping:
        assert child.process
        if child.process.poll() is not None or time.monotonic() > until:
            raise CcmError(f"{child.name} did not start; its own words are above.")
        try:
            urllib.request.urlopen(f"http://{place}/_stcore/health", timeout=2).close()
            return True
        except (urllib.error.URLError, OSError):
            wait(0.1)
    return False


def _listens(front: Child, listen: str, wait: Wait) -> bool:
    """Whether nginx takes connections; False once the supervisor is to stop. Raises CcmError when it dies."""
    while not wait.stopping:
        assert front.process
        if front.process.poll() is not None:
            raise CcmError(f"{front.name} did not start; its own words are above.")
        with suppress(OSError), socket.create_connection(_parts(listen), timeout=1):
            return True
        wait(0.05)
    return False


def _keep(children: Sequence[Child], wait: Wait) -> None:
    """Start again what dies, until the supervisor is to stop."""
    while not wait.stopping:
        for child in children:
            if child.process and child.process.poll() is not None:
                child.mourn()
            if child.process is None and child.due <= time.monotonic():
                child.start()
        due = [child.due for child in children if child.process is None]
        wait(max(0.0, min(due) - time.monotonic()) if due else None)


def _stop(children: Sequence[Child]) -> None:
    """End all: asked first, made to when they do not."""
    running = [(child, child.process) for child in children if child.process and child.process.poll() is None]
    for _child, process in running:
        process.terminate()
    until = time.monotonic() + STOPS_WITHIN
    for child, process in running:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            LOGGER.warning("%s did not end within %.0f s and is killed", child.name, STOPS_WITHIN)
            process.kill()
            process.wait()
        child.bury()
    if running:
        LOGGER.info("Stopped")
