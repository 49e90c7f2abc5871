"""Whatever is changed behind the program's back, in the tables or in the bytes of the file, verify finds it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ccm_data.errors import CcmError
from ccm_data.log import Create, Delete, Edit, Restore, Store, head, open_store, parse, verify
from ccm_data.log.schema import contact, current, revision
from tests.thorough import tries

IN_TABLES, IN_BYTES = 110, 40
"""How many corruptions of each sort one seed makes."""
TRIGGERS = ("log_revision_no_update", "log_revision_no_delete", "log_revision_next")
TABLES = {table.name: [column.name for column in table.c] for table in (revision, current, contact)}


def fill(store: Store) -> None:
    """Twelve entries with every action, plan item and campaign among them."""
    made = [
        parse("activity", {
            "start": f"2022-02-{day + 1:02}", "type": "bilateral_geneva", "status": "done", "title": f"Talk {day}",
            "states": [{"iso3": "FJI", "promise": "To join"}, {"iso3": "KEN"}], "summary": "said " * day,
            "owner": "Ana", "next_step": "Call", "due_date": "2022-05-01", "budget": "10.50",
        })
        for day in range(10)
    ]  # fmt: skip
    entries = store.save([Create(one) for one in made], "Ana", "Begun")
    store.save([Edit(entry.subject, 1, {"outcome": f"So be it {entry.number}"}) for entry in entries[:4]], "Ben")
    store.save([Delete(entries[0].subject, 2)], "Ana", "Twice")
    store.save([Restore(entries[0].subject, 3), Delete(entries[5].subject, 1)], "Ana")
    store.save([Edit(store.entries("plan_item")[0].subject, 0, {"note": "Begun"})], "Ana")
    campaign = {"name": "Next", "baseline": "2022-09-03", "end": "2023-09-11", "target": 2}
    store.save([Create(parse("campaign", campaign))], "Ana")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a log that verifies."""
    return made_whole(tmp_path_factory.mktemp("whole"))


def made_whole(folder: Path) -> bytes:
    """The bytes of a filled log in one file."""
    path = folder / "log.sqlite"
    store = open_store(f"sqlite:///{path}")
    fill(store)
    assert verify(store).ok
    store.close()  # brings all of it into the one file
    return path.read_bytes()


def other(value: object, chance: random.Random) -> object:
    """A cell with a byte flipped, put in or taken out; of another type now and then."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return chance.choice((value + 1, -value - 1, value ^ (1 << chance.randrange(20)), str(value) + "x", None))
    data = bytearray(str(value).encode())
    at = chance.randrange(len(data) + 1)
    match chance.randrange(4):
        case 0 if data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(7)
        case 1 if data:
            del data[min(at, len(data) - 1)]
        case 2:
            data.insert(at, chance.randrange(32, 127))
        case _:
            return bytes(data) if chance.random() < 0.5 else None
    return data.decode("utf-8", "replace")


def in_tables(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Change something by SQL, as somebody with a tool could; what it was."""
    connection.execute("PRAGMA synchronous=OFF")
    guards = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    kind = chance.randrange(11)
    if kind == 0:
        name = chance.choice(TRIGGERS)
        connection.execute(f"DROP TRIGGER {name}")
        return f"{name} removed"
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    done = _changed(connection, chance, kind)
    if chance.random() < 0.8:  # a careful hand puts the guards back
        for guard in guards:
            connection.execute(guard)
    return done


def _changed(connection: sqlite3.Connection, chance: random.Random, kind: int) -> str:
    last = connection.execute("SELECT max(seq) FROM log_revision").fetchone()[0]
    seq = chance.randrange(1, last + 1)
    if kind <= 4:
        return _cell(connection, chance, "log_revision", chance.choice(TABLES["log_revision"]))
    if kind == 5:
        first, second = chance.sample(range(1, last + 1), 2)
        for old, new in ((first, 0), (second, first), (0, second)):
            connection.execute("UPDATE log_revision SET seq = ? WHERE seq = ?", (new, old))
        return f"revisions {first} and {second} swapped"
    if kind == 6:
        connection.execute("DELETE FROM log_revision WHERE seq = ?", (seq,))
        return f"revision {seq} deleted"
    if kind == 7:
        connection.execute("DELETE FROM log_revision WHERE seq > ?", (last - chance.randrange(1, 4),))
        return "the tail cut off"
    if kind == 8:
        version = chance.choice(("UPDATE log_schema SET version = 0", "UPDATE log_schema SET version = 7",
                                 "DELETE FROM log_schema", "INSERT INTO log_schema VALUES (3)"))  # fmt: skip
        connection.execute(version)
        return version
    name = chance.choice(("log_current", "log_contact", "log_search"))
    if name == "log_search":
        statement = chance.choice((
            "DELETE FROM log_search WHERE rowid = (SELECT max(rowid) FROM log_search)",
            "UPDATE log_search SET words = words || ' zzz' WHERE rowid = (SELECT min(rowid) FROM log_search)",
            "INSERT INTO log_search (rowid, words) VALUES (900, 'zzz')",
            "UPDATE log_search_content SET c0 = 'zzz' WHERE id = (SELECT min(id) FROM log_search_content)",
            "DELETE FROM log_search_data WHERE id > 100",
            "UPDATE log_search_data SET block = zeroblob(8) WHERE id > 100",
        ))  # fmt: skip
        connection.execute(statement)
        return statement
    number = chance.choice([row[0] for row in connection.execute(f"SELECT number FROM {name}")])
    if kind == 9:
        return _cell(connection, chance, name, chance.choice(TABLES[name]))
    statement = chance.choice((
        f"DELETE FROM {name} WHERE number = {number}",
        f"UPDATE {name} SET number = number + 500 WHERE number = {number}",
        f"DELETE FROM {name}",
    ))  # fmt: skip
    connection.execute(statement)
    return statement


def _cell(connection: sqlite3.Connection, chance: random.Random, table: str, column: str) -> str:
    """Change one cell of a random row; the database itself refuses some values, then another is tried."""
    row = chance.choice([one[0] for one in connection.execute(f"SELECT rowid FROM {table}")])
    read = f"SELECT {column} FROM {table} WHERE rowid = ?"
    (before,) = connection.execute(read, (row,)).fetchone()
    for _ in range(100):
        after = other(before, chance)
        with contextlib.suppress(sqlite3.IntegrityError):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (after, row))
        if (now := connection.execute(read, (row,)).fetchone()) is None or now != (before,):
            break
    return f"{table}.{column} of row {row}: {before!r} became {after!r}"


def content(path: Path) -> list[object] | None:
    """Every row that can be read from the file; None where it cannot be read."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return [line for line in connection.iterdump() if line.startswith("INSERT")]
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def found(path: Path, kept: str) -> bool:
    """Whether opening or verifying the log says that something is wrong; anything but a sentence comes through."""
    try:
        store = open_store(f"sqlite:///{path}")
    except CcmError:
        return True
    try:
        report = verify(store, kept)
    finally:
        store.close()
    assert all("\n" not in problem for problem in report.problems)
    return not report.ok


def missed(whole: bytes, folder: Path, seed: int, in_sql: int, in_bytes: int) -> Iterator[str]:
    """The corruptions that were not found, of so many."""
    chance, path = random.Random(seed), folder / "log.sqlite"
    path.write_bytes(whole)
    store = open_store(f"sqlite:///{path}")
    kept, before = head(store), content(path)
    store.close()
    for number in range(in_sql + in_bytes):
        for name in ("", "-wal", "-shm"):
            Path(f"{path}{name}").unlink(missing_ok=True)
        if number < in_sql:
            path.write_bytes(whole)
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                what = in_tables(connection, chance)
        else:
            data = bytearray(whole)
            at = chance.randrange(len(data))
            if chance.random() < 0.3:
                what, data[at : at + 64] = f"64 bytes at {at}", chance.randbytes(64)
            elif chance.random() < 0.2:
                what = f"cut at {at}"
                del data[at:]
            else:
                what = f"byte {at}"
                data[at] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
        if not found(path, kept) and content(path) != before:  # free space in a page holds nothing
            yield f"seed {seed}, corruption {number}: {what}"


@pytest.mark.parametrize("seed", range(tries(1, 20)))
def test_verify_finds_150_random_corruptions(whole: bytes, tmp_path: Path, seed: int) -> None:
    assert list(missed(whole, tmp_path, seed, IN_TABLES, IN_BYTES)) == []
