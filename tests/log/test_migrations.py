"""Schema versions: made by one command, never backwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Filter, PlanItem, Store, migrate_store, migrations, open_store, verify
from ccm_data.log.database import configured_url

MakeActivity = Callable[..., Activity]


HEAD = "e778afde758bf6f8bfbe1063c9cc011958fcf1b14b601c380d284d12d9899e85"
"""Hash of the newest revision of data/version_1.sqlite, as its writer printed it."""


def url_of(store: Store) -> str:
    return store.database.url.render_as_string(hide_password=False)


def test_a_newer_log_is_refused(store: Store, activity: MakeActivity) -> None:
    store.save([Create(activity())], "Ana")
    with store.database.write() as connection:
        connection.execute(text("UPDATE log_schema SET version = 99"))
    for use in (open_store, migrate_store):
        with pytest.raises(CcmError, match="schema version 99, newer than this program's 1; it cannot go backwards"):
            use(url_of(store))
    assert store.last_seq() == 1


def test_an_older_log_is_migrated_by_command(
    store: Store, activity: MakeActivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = store.save([Create(activity())], "Ana")

    def add_column(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE log_revision ADD COLUMN device TEXT"))

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_column))
    with pytest.raises(CcmError, match="has schema version 1 and this program needs 2; run `ccm log migrate` once"):
        open_store(url_of(store))
    assert migrate_store(url_of(store)) == (1, 2)
    assert migrate_store(url_of(store)) == (2, 2)
    reopened = open_store(url_of(store))
    assert reopened.get(entry.subject) == entry
    reopened.close()


def test_a_failed_migration_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (x INTEGER)"))
        raise CcmError("no")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, broken))
    with pytest.raises(CcmError, match="no"):
        migrate_store(url_of(store))
    monkeypatch.undo()
    assert not inspect(store.database.engine).has_table("half")
    assert verify(open_store(url_of(store))).ok


def test_migrate_rebuilds_the_current_view(store: Store, activity: MakeActivity) -> None:
    (entry,) = store.save([Create(activity())], "Ana")
    with store.database.write() as connection:
        connection.execute(text("UPDATE log_current SET title = 'X'"))
    assert not verify(store).ok
    assert migrate_store(url_of(store)) == (1, 1)
    assert verify(store).ok
    assert store.current().entries == (entry,)


def test_a_shared_database_needs_the_command_once(postgres: str) -> None:
    server = configured_url(postgres)
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS ccm_fresh")
        connection.exec_driver_sql("CREATE DATABASE ccm_fresh")
    fresh = server.set(database="ccm_fresh", drivername="postgresql").render_as_string(hide_password=False)
    with pytest.raises(CcmError, match="schema version 0 and this program needs 1; run `ccm log migrate` once"):
        open_store(fresh)
    assert migrate_store(fresh) == (0, 1)
    open_store(fresh).close()
    engine.dispose()


def test_where_the_log_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "a" / "b"))
    open_store().close()
    assert (tmp_path / "a" / "b" / "activities.sqlite").is_file()
    monkeypatch.setenv("CCM_DATABASE_URL", f"sqlite:///{tmp_path / 'c.sqlite'}")
    assert open_store().place == str(tmp_path / "c.sqlite")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "CCM_DATABASE_URL is not a database URL"),
        ("mysql://u@h/d", "The log cannot live in mysql; possible are sqlite:///FILE and postgresql://"),
        ("postgresql://u:secret@127.0.0.1:1/d", "The database cannot be reached; check CCM_DATABASE_URL"),
        ("sqlite:////proc/nope/log.sqlite", "The log's folder /proc/nope cannot be made"),
    ],
)
def test_places_that_cannot_be(url: str, sentence: str) -> None:
    with pytest.raises(CcmError, match=sentence) as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("hello " * 500)
    with pytest.raises(CcmError, match="The file is not an activity log"):
        open_store(f"sqlite:///{tmp_path / 'x.sqlite'}")


def test_a_log_of_the_first_version_is_read_as_it_was_written(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "data" / "version_1.sqlite", tmp_path)
    url = f"sqlite:///{tmp_path / 'version_1.sqlite'}"
    assert migrate_store(url) == (1, len(migrations.STEPS))
    log = open_store(url)
    report = verify(log)
    assert (report.ok, report.revisions, report.head) == (True, 7, HEAD)
    workshop, talk = log.current().entries
    assert (talk.title, talk.version, talk.author) == ("Talk with Fiji", 3, "Ana")
    assert (talk.activity.outcome, talk.activity.summary) == ("The bill is drafted.", "Ω «quoted» text\nof two lines")
    assert [(state.iso3, state.stage, str(state.promise_due)) for state in talk.activity.states] == [
        ("FJI", "intent", "2022-06-30")
    ]
    assert (workshop.activity.place, str(workshop.activity.budget)) == ("Suva", "1250.50")
    assert [entry.author for entry in log.history(talk.subject)] == ["Ana", "Ben", "Ana"]
    gone = log.get("22222222-2222-4222-8222-222222222222")
    assert (gone.deleted, gone.reason) == (True, "Entered twice")
    assert [
        entry.record.note for entry in log.entries("plan_item") if entry.version and isinstance(entry.record, PlanItem)
    ] == ["Moved to spring"]
    assert log.current(Filter(text="ministry toolkit")).total == 0
    assert log.current(Filter(text="toolkit fiji")).entries == (talk,)
    log.close()
