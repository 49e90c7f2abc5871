"""While the database cannot be reached: what a form offers stays what it was, everything else says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from ccm_data.errors import CcmError, Unreachable
from ccm_data.log import Activity, Create, Store, migrate_store, open_store, owners
from ccm_data.log.database import Database
from ccm_data.vocab import Confidentiality


@contextmanager
def silent(_database: Database) -> Iterator[Any]:
    raise Unreachable("The database is away")
    yield


def test_what_a_form_offers_stays_what_it_was(
    embedded: Store, activity: Callable[..., Activity], monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded.save([Create(activity(owner="Ben"))], "Ana")
    offered = embedded.entries("campaign"), owners(embedded, max_confidentiality=Confidentiality.INTERNAL)
    monkeypatch.setattr(Database, "read", silent)
    assert (embedded.entries("campaign"), owners(embedded, max_confidentiality=Confidentiality.INTERNAL)) == offered
    for ask in (embedded.last_seq, embedded.current, lambda: embedded.entries("plan_item")):  # the last: never told
        with pytest.raises(Unreachable):
            ask()


def test_a_connection_that_is_cut_off_is_no_other_failure(postgres: str, activity: Callable[..., Activity]) -> None:
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("create database cut"))
        url = postgres.rsplit("/", 1)[0] + "/cut"
        migrate_store(url)
        store = open_store(url)
        store.save([Create(activity())], "Ana")
        cut = text("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cut'")

        def write() -> None:
            with store.database.write() as own:
                connection.execute(cut)
                own.execute(text("select 1"))

        with pytest.raises(Unreachable, match="cannot be reached"):
            write()
        assert store.last_seq() == 1  # the next one gets a connection of its own
        with pytest.raises(CcmError) as other, store.database.read() as own:
            own.execute(text("select nothing"))
        assert not isinstance(other.value, Unreachable)
        store.close()
        connection.execute(text("drop database cut with (force)"))
    engine.dispose()
    with pytest.raises(Unreachable, match="cannot be reached"):
        open_store("postgresql://ccm@127.0.0.1:9/ccm")
