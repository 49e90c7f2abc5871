"""The store: every save is a new revision, nothing is overwritten, every view is a query. On both backends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from ccm_data import clock
from ccm_data.errors import CcmError
from ccm_data.log import Activity, Create, Delete, Edit, Filter, Restore, Store, default_plan, lines, parse, verify
from ccm_data.log.schema import revision

MakeActivity = Callable[..., Activity]


def titles(store: Store, wanted: Filter = Filter()) -> list[str]:  # noqa: B008
    return [entry.title for entry in store.current(wanted).entries]


def test_an_entry_is_told_back_as_stored(store: Store, activity: MakeActivity) -> None:
    made = activity(states=[{"iso3": "FJI", "stage": "intent", "promise": "by June"}], cost="12.5")
    (entry,) = store.save([Create(made)], "Ana", "first")
    assert (entry.version, entry.number, entry.action, entry.author, entry.reason) == (1, 1, "create", "Ana", "first")
    assert store.get(entry.subject) == entry
    assert entry.record == made
    assert abs(datetime.fromisoformat(entry.at) - datetime.now(UTC)) < timedelta(minutes=1)


def test_every_change_is_a_revision(store: Store, activity: MakeActivity) -> None:
    (entry,) = store.save([Create(activity())], "Ana")
    store.save([Edit(entry.subject, 1, {"outcome": "good"})], "Bo", "told by phone")
    store.save([Delete(entry.subject, 2)], "Cy")
    assert store.current().total == 0
    store.save([Restore(entry.subject, 3)], "Ana")
    store.save([Restore(entry.subject, 4, version=1)], "Bo")
    history = store.history(entry.subject)
    assert [(h.version, h.action, h.author, h.activity.outcome) for h in history] == [
        (1, "create", "Ana", ""),
        (2, "edit", "Bo", "good"),
        (3, "delete", "Cy", "good"),
        (4, "restore", "Ana", "good"),
        (5, "restore", "Bo", ""),
    ]
    assert titles(store) == ["Bilateral with Fiji"]
    assert store.last_seq() == 5
    assert verify(store).ok


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the program to a moment (UTC)."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment.replace(tzinfo=UTC))


def test_the_view_as_of_any_day(store: Store, activity: MakeActivity, set_clock: Callable[[datetime], None]) -> None:
    set_clock(datetime(2022, 3, 1, 12))
    (entry,) = store.save([Create(activity())], "Ana")
    (other,) = store.save([Create(activity(title="Other"))], "Ana")
    set_clock(datetime(2022, 3, 2, 23, 59, 59, 999999))
    store.save([Edit(entry.subject, 1, {"title": "New"}), Delete(other.subject, 1)], "Ana")

    def known(day: date) -> list[str]:
        return [entry.title for entry in store.as_of(day)]

    assert known(date(2022, 2, 28)) == []
    assert known(date(2022, 3, 1)) == ["Other", "Bilateral with Fiji"]
    assert known(date(2022, 3, 2)) == ["New"]
    assert known(date(2030, 1, 1)) == ["New"]


def test_a_clock_that_was_ahead_misplaces_what_it_stamped_and_nothing_else(
    store: Store, activity: MakeActivity, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(datetime(2022, 3, 1))
    (entry, _) = store.save([Create(activity()), Create(activity(title="Other"))], "Ana")
    set_clock(datetime(2031, 1, 1))
    (hasty,) = store.save([Edit(entry.subject, 1, {"title": "Ahead"})], "Ana")
    set_clock(datetime(2022, 3, 5))
    (later,) = store.save([Create(activity(title="Later"))], "Ana")
    assert (later.at, later.seq, later.ahead) == ("2022-03-05T00:00:00.000000Z", 4, False)
    assert hasty.ahead
    assert [entry.title for entry in store.as_of(date(2022, 3, 4))] == ["Other", "Bilateral with Fiji"]
    assert [entry.title for entry in store.as_of(date(2022, 3, 5))] == ["Later", "Other", "Bilateral with Fiji"]
    report = verify(store)
    assert report.ok
    assert report.notes == (
        "Revision 3 (at 2031-01-01T00:00:00.000000Z) is stamped after the present: a clock was ahead at the writing; "
        "the order is right.",
    )
    (again,) = store.save([Edit(entry.subject, 2, {"title": "Right"})], "Ana")
    assert again.version == 3
    assert [entry.title for entry in store.as_of(date(2022, 3, 5))] == ["Right", "Later", "Other"]
    set_clock(datetime(2031, 1, 2))
    assert verify(store).notes == ()
    assert list(lines(store)) == sorted(lines(store), key=lambda text: json.loads(text)["seq"])


def test_a_save_is_all_or_nothing(store: Store, activity: MakeActivity) -> None:
    (entry,) = store.save([Create(activity())], "Ana")
    with pytest.raises(CcmError, match="There is no entry with the id"):
        store.save([Create(activity()), Edit(entry.subject, 1, {"place": "x"}), Delete(str(uuid4()), 1)], "Ana")
    assert store.last_seq() == 1
    assert len(store.save([Create(activity(title=str(i))) for i in range(2500)], "Ana", "import")) == 2500
    assert store.last_seq() == 2501
    assert len({entry.batch for entry in store.current(limit=2500).entries}) == 1


def test_the_same_creation_twice_is_stored_once(store: Store, activity: MakeActivity) -> None:
    create = Create(activity())
    (first,) = store.save([create], "Ana")
    (again,) = store.save([create], "Ana")
    assert again == first
    assert store.last_seq() == 1
    with pytest.raises(CcmError, match="exists already"):
        store.save([Create(activity(title="Other"), create.subject)], "Ana")


def test_an_edit_that_changes_nothing_is_no_revision(store: Store, activity: MakeActivity) -> None:
    (entry,) = store.save([Create(activity())], "Ana")
    assert store.save([Edit(entry.subject, 1, activity().model_dump())], "Bo") == [entry]
    assert store.last_seq() == 1


def test_records_are_checked_again_on_save(store: Store, activity: MakeActivity) -> None:
    unchecked = activity().model_copy(update={"title": "a\x00b"})
    with pytest.raises(CcmError, match="control character"):
        store.save([Create(unchecked)], "Ana")
    with pytest.raises(CcmError, match="author is missing"):
        store.save([Create(activity())], "  ")


def test_what_a_record_names_must_exist(store: Store, activity: MakeActivity) -> None:
    (first,) = store.save([Create(activity())], "Ana")
    (second,) = store.save([Create(activity(follows=first.subject, plan_item=default_plan()[0].subject))], "Ana")
    assert store.current(Filter(follows=first.subject)).entries == (second,)
    for values, sentence in (
        ({"follows": str(uuid4())}, "which is no other activity of the log"),
        ({"follows": first.subject}, "which is no other activity of the log"),
        ({"plan_item": second.subject}, "which is no other plan_item of the log"),
        ({"campaign": "11MSP"}, "there is no campaign '11MSP'; possible are 10MSP"),
    ):
        with pytest.raises(CcmError, match=sentence):
            store.save([Edit(first.subject, 1, values)], "Ana")
    campaign = parse("campaign", {"name": "11MSP", "baseline": "2022-09-03", "end": "2023-09-11", "target": 2})
    made, _ = store.save([Create(campaign), Create(activity(campaign="11MSP"))], "Ana")
    assert [entry.title for entry in store.entries("campaign")] == ["10MSP", "11MSP"]
    with pytest.raises(CcmError, match="A campaign keeps its name"):
        store.save([Edit(made.subject, 1, {"name": "12MSP"})], "Ana")
    with pytest.raises(CcmError, match="shares it with none"):
        store.save([Create(campaign)], "Ana")


def test_an_old_entry_can_be_edited_after_its_campaign_is_deleted(store: Store, activity: MakeActivity) -> None:
    (entry,) = store.save([Create(activity(campaign="10MSP"))], "Ana")
    store.save([Delete(store.entries("campaign")[0].subject, 0)], "Ana")
    (edited,) = store.save([Edit(entry.subject, 1, {"outcome": "x"})], "Ana")
    assert edited.activity.campaign == "10MSP"


def test_undo_takes_back_the_last_save_of_its_author(store: Store, activity: MakeActivity) -> None:
    kept, changed = store.save([Create(activity(title="Kept")), Create(activity(title="Changed"))], "Ana")
    (bos,) = store.save([Create(activity(title="Bo's"))], "Bo")
    store.save([Edit(changed.subject, 1, {"title": "X"}), Delete(kept.subject, 1), Create(activity(title="N"))], "Ana")
    assert [entry.title for entry in store.last_save("Ana")] == ["X", "Kept", "N"]
    undone = store.undo_last("Ana")
    assert [(e.title, e.action) for e in undone] == [("N", "delete"), ("Kept", "restore"), ("Changed", "restore")]
    assert all(entry.reason.startswith("Undo of the save of 20") for entry in undone)
    assert sorted(titles(store)) == ["Bo's", "Changed", "Kept"]
    store.undo_last("Ana")  # the save before
    assert titles(store) == ["Bo's"]
    with pytest.raises(CcmError, match="Ana has no save to undo"):
        store.undo_last("Ana")
    store.save([Edit(bos.subject, 1, {"title": "Ana's"})], "Ana")
    with pytest.raises(CcmError, match=r"was changed by Ana at .+ so your save cannot be undone"):
        store.undo_last("Bo")
    assert verify(store).ok


def test_undo_of_several_changes_to_one_entry(store: Store, activity: MakeActivity) -> None:
    (entry,) = store.save([Create(activity())], "Ana")
    store.save([Delete(entry.subject, 1)], "Bo")
    store.save([Restore(entry.subject, 2), Edit(entry.subject, 3, {"title": "X"})], "Ana")
    (undone,) = store.undo_last("Ana")
    assert undone.deleted
    assert undone.title == "Bilateral with Fiji"


def test_preloaded_plan_items_are_edited_like_others(store: Store) -> None:
    item = store.entries("plan_item", "10MSP")[0]
    assert (item.version, item.origin) == (0, "plan")
    (edited,) = store.save([Edit(item.subject, 0, {"budget": "1500"})], "Ana")
    assert (edited.version, edited.action, edited.title) == (1, "edit", item.title)
    assert [h.version for h in store.history(item.subject)] == [0, 1]
    assert [e.subject for e in store.entries("plan_item")] == [e.subject for e in default_plan()]
    store.save([Delete(item.subject, 1)], "Ana")
    assert len(store.entries("plan_item")) == len(default_plan()) - 1
    store.undo_last("Ana")
    store.undo_last("Ana")
    assert store.get(item.subject).record == item.record


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_revision SET author = 'Eve' WHERE seq = 1",
        "DELETE FROM log_revision",
        "INSERT INTO log_revision SELECT 1, id, kind, subject, 9, action, at, author, reason, batch, undoes, payload,"
        " prev_hash, hash FROM log_revision WHERE seq = 1",
        "INSERT INTO log_revision SELECT 7, 'new', kind, subject, 9, action, at, author, reason, batch, undoes,"
        " payload, prev_hash, hash FROM log_revision WHERE seq = 1",
    ],
)
def test_the_database_itself_refuses_to_rewrite_history(store: Store, activity: MakeActivity, statement: str) -> None:
    store.save([Create(activity())], "Ana")
    with pytest.raises(CcmError, match="append-only"), store.database.write() as connection:
        connection.execute(text(statement))
    assert verify(store).ok


def test_sqlite_replace_cannot_rewrite_history(embedded: Store, activity: MakeActivity) -> None:
    embedded.save([Create(activity()), Create(activity())], "Ana")
    for seq in (1, 3):  # by its key, and by its unique id
        statement = (
            f"INSERT OR REPLACE INTO log_revision SELECT {seq}, id, kind, subject, version, action, at, 'Eve', reason,"
            " batch, undoes, payload, prev_hash, hash FROM log_revision WHERE seq = 1"
        )
        with pytest.raises(CcmError, match="append-only"), embedded.database.write() as connection:
            connection.exec_driver_sql(statement)
    with embedded.database.read() as connection:
        assert set(connection.scalars(select(revision.c.author))) == {"Ana"}


def test_embedded_store_syncs_every_commit(embedded: Store) -> None:
    with embedded.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_hostile_text_is_kept_and_found_as_text(store: Store, activity: MakeActivity, hostile: str) -> None:
    (entry,) = store.save([Create(activity(title=hostile, summary=hostile))], hostile.replace("\n", " "), hostile)
    assert store.get(entry.subject).activity.summary == hostile.replace("\u202e", "")
    assert store.current(Filter(text=hostile)).total == int(any(c.isalnum() for c in hostile))
    assert verify(store).ok


def test_without_postgresqls_driver_the_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from ccm_data.log import database

    def absent(*_url: object, **_options: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(database, "create_engine", absent)
    with pytest.raises(CcmError, match=r'PostgreSQL needs its driver; install it with `pip install "\.\[server\]"`\.'):
        database.Database(database.configured_url("postgresql://ccm@localhost/ccm"))
