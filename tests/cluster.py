"""A PostgreSQL server of the tests' own, that can be stopped and started again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest


def _binaries() -> Path:
    """Where PostgreSQL's programs are. Without them tests are skipped, with CI=true they fail."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if at := shutil.which("initdb"):
        return Path(at).parent
    if os.environ.get("CI") == "true":
        pytest.fail("CI tests the log on PostgreSQL too: install it, or set CCM_TEST_POSTGRES to a server's URL")
    pytest.skip("PostgreSQL is not installed")


class Cluster:
    """A throwaway server on a loopback port, running while the context lasts."""

    def __enter__(self) -> Self:
        self.binaries = _binaries()
        self.as_root = os.geteuid() == 0  # PostgreSQL refuses to run as root
        self.folder = Path(tempfile.mkdtemp(prefix="ccm-pg-"))
        if self.as_root:
            shutil.chown(self.folder, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = str(self.folder / "data")
        self._run("initdb", "-D", self.data, "-U", "ccm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder)
        Path(f"{self.folder}.log").unlink()

    @property
    def url(self) -> str:
        """Of a database in which others can be made."""
        return f"postgresql://ccm@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} "
        options += "-c max_connections=200 -c fsync=off"
        self._run("pg_ctl", "-D", self.data, "-w", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; whoever is connected is cut off."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if self.as_root else []
        # To a file, not a pipe: the server inherits it and would keep a pipe open.
        with Path(f"{self.folder}.log").open("a") as log:
            subprocess.run([*user, self.binaries / program, *arguments], check=True, stdout=log, stderr=log, cwd="/")
