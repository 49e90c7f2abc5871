"""Stores to test with: a fresh one per test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url

from ccm_data.log import Activity, Store, migrate_store, open_store
from ccm_data.log.model import parse


@pytest.fixture(autouse=True)
def _no_shared_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CCM_DATABASE_URL", raising=False)
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a server on which databases can be made: `CCM_TEST_POSTGRES`, else a throwaway cluster."""
    if given := os.environ.get("CCM_TEST_POSTGRES"):
        yield given
        return
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(binaries[-1].parent) if binaries else os.path.dirname(shutil.which("initdb") or "")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("CI tests the log on PostgreSQL too: install it, or set CCM_TEST_POSTGRES to a server's URL")
        pytest.skip("PostgreSQL is not installed")
    yield from _cluster(Path(found))


def _cluster(binaries: Path) -> Iterator[str]:
    as_root = os.geteuid() == 0  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="ccm-pg-"))
    if as_root:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if as_root else []
        # To a file, not a pipe: the server inherits it and would keep a pipe open.
        with (folder.parent / f"{folder.name}.log").open("a") as log:
            subprocess.run([*user, binaries / program, *arguments], check=True, stdout=log, stderr=log, cwd="/")

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "ccm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200"
    run("pg_ctl", "-D", data, "-w", "-o", options, "start")
    try:
        yield f"postgresql://ccm@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh store's URL, on either backend."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'log.sqlite'}"
        return
    server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    name = f"ccm_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    fresh = server.set(database=name).render_as_string(hide_password=False)
    migrate_store(fresh)
    yield fresh
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A fresh store, on either backend."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Store]:
    """A fresh store on SQLite."""
    opened = open_store(f"sqlite:///{tmp_path / 'log.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def activity() -> Callable[..., Activity]:
    """Make an activity: a bilateral with Fiji unless told otherwise."""

    def make(**values: Any) -> Activity:
        usual = {
            "start": date(2022, 2, 1), "type": "bilateral_geneva", "status": "done", "title": "Bilateral with Fiji",
            "states": [{"iso3": "FJI"}],
        }  # fmt: skip
        made = parse("activity", usual | values)
        assert isinstance(made, Activity)
        return made

    return make
