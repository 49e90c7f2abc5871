"""A team's changes in PostgreSQL: the same answers, and two servers see each other's changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import create_engine, make_url, text

from ccm_data import opening
from ccm_data.errors import CcmError, Unreachable
from ccm_data.overlay.apply import apply, undo
from ccm_data.overlay.store import ChangeStore
from tests.overlay.conftest import SHIPPED
from tests.overlay.made import act, change, deposit


@pytest.fixture
def address(postgres: str) -> Iterator[str]:
    """A fresh database."""
    name = f"changes_{uuid.uuid4().hex[:12]}"
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield postgres.rsplit("/", 1)[0] + f"/{name}"
    with engine.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    engine.dispose()


def test_two_servers_share_their_changes(address: str) -> None:
    first, second = ChangeStore(address), ChangeStore(address)
    assert (first.head(), second.head()) == (0, 0)
    stored = apply(first, SHIPPED, deposit())
    assert stored is not None
    assert second.head() == 1
    assert second.overlay() == first.overlay()
    undo(second, SHIPPED, "1", "Ben", "was none")
    assert first.overlay().rows == {}
    given = [change(act("KEN", "ratification", f"2026-03-0{day}", effective_date="2026-09-01")) for day in (1, 2)]

    def attempt(pair: tuple[ChangeStore, int]) -> bool:
        try:
            return apply(pair[0], SHIPPED, given[pair[1]]) is not None
        except CcmError:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [(first, 0), (second, 1)])) == [False, True]
    assert [c.seq for c in first.overlay().changes] == [1, 2, 3]
    for store in (first, second):
        store.close()


def _away(_store: ChangeStore) -> int:
    raise Unreachable("The database is away")


def test_the_facts_of_a_team_are_those_of_its_database(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_DATABASE_URL", address)
    before = opening.current()
    opening.apply(deposit())
    rows = {row["iso3"]: row["status"] for row in opening.current().state_records(date(2026, 11, 24))}
    assert rows["KEN"] == "state_party"
    held = opening.current()
    with monkeypatch.context() as patch:
        patch.setattr(ChangeStore, "head", _away)
        assert opening.current() is held  # while it cannot be reached, what was read last holds
        monkeypatch.setenv("CCM_DATABASE_URL", "postgresql://ccm@127.0.0.1:9/other")
        with pytest.raises(Unreachable):
            opening.current()
    monkeypatch.delenv("CCM_DATABASE_URL")
    assert opening.current().digest == before.digest
    opening.changes().close()
