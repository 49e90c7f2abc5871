"""Stores to test with: a fresh one per test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from sqlalchemy import create_engine, make_url

from ccm_data.log import Activity, Store, migrate_store, open_store
from ccm_data.log.model import parse
from ccm_data.log.text import line as plain_line
from ccm_data.vocab import ActivityStatus, ActivityType, Confidentiality, Obstacle, Role, Stage, codes


@pytest.fixture(autouse=True)
def _no_shared_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CCM_DATABASE_URL", raising=False)
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes the URL of one more fresh store, on either backend."""
    made: list[str] = []
    if request.param == "sqlite":

        def file() -> str:
            made.append(f"sqlite:///{tmp_path / f'log{len(made)}.sqlite'}")
            return made[-1]

        yield file
        return
    server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")

    def database() -> str:
        made.append(f"ccm_{uuid.uuid4().hex}")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {made[-1]}")
        fresh = server.set(database=made[-1]).render_as_string(hide_password=False)
        migrate_store(fresh)
        return fresh

    yield database
    with engine.connect() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def new_store(new_url: Callable[[], str]) -> Iterator[Callable[[], Store]]:
    """Makes one more fresh store, on either backend."""
    opened: list[Store] = []

    def make() -> Store:
        opened.append(open_store(new_url()))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """A fresh store, on either backend."""
    return new_store()


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


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "+1",
    "'=already led",
    "''=twice led",
    "'tis plain",
    "\u202egnp.exe",
    "_x0041_ _x005F_",
    "a;b, \"quoted\" 'single'",
    "line one\nline two",
    "Ω ≈ ç √ 中文 العربية 🌍",
    "DROP TABLE log_revision; --",
    "%s {x} $$ \\",
]


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest) -> str:
    """A text that somebody could try."""
    return str(request.param)


@pytest.fixture(scope="session")
def activity_values() -> st.SearchStrategy[dict[str, Any]]:
    """Values of activities that the model accepts, hostile text among them."""
    letters = st.characters(blacklist_categories=("Cc", "Cs", "Cn"))
    text = st.text(letters, max_size=60) | st.sampled_from(HOSTILE)
    line = st.text(letters, max_size=30) | st.sampled_from(HOSTILE)
    title = line.filter(lambda value: bool(plain_line(value)))
    name = line.filter(lambda value: ";" not in value and bool(plain_line(value)))
    days = st.dates(date(2015, 1, 1), date(2026, 12, 31))
    amount = st.none() | st.decimals(0, 10_000, places=2)
    state = st.fixed_dictionaries(
        {"iso3": st.sampled_from(["FJI", "VUT", "NRU", "TON", "KEN"])},
        optional={
            "role": st.sampled_from(codes(Role)),
            "position": text,
            "promise": text,
            "promise_due": st.none() | days,
            "stage": st.none() | st.sampled_from(codes(Stage)),
            "obstacles": st.lists(st.sampled_from(codes(Obstacle)), max_size=2, unique=True),
        },
    )
    link = st.fixed_dictionaries(
        {"url": st.sampled_from(["https://example.org/a?b=c;d", "http://x.test/%20"])}, optional={"title": line}
    )
    return st.fixed_dictionaries(
        {
            "start": days,
            "type": st.sampled_from(codes(ActivityType)),
            "status": st.sampled_from(codes(ActivityStatus)),
            "title": title,
        },
        optional={
            "place": line,
            "channel": line,
            "summary": text,
            "outcome": text,
            "next_step": text,
            "owner": st.sampled_from(["", "Ana", "Bo; Co"]),
            "implementers": st.lists(name, max_size=2, unique=True),
            "partners": st.lists(name, max_size=2, unique=True),
            "states": st.lists(state, max_size=3, unique_by=lambda value: value["iso3"]),
            "documents": st.lists(link, max_size=2),
            "due_date": st.none() | days,
            "campaign": st.sampled_from(["", "10MSP"]),
            "confidentiality": st.sampled_from(codes(Confidentiality)),
            "budget": amount,
            "cost": amount,
        },
    )
