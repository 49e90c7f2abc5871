"""Full-text search over entries: FTS5 on SQLite, a tsvector on PostgreSQL, the same folded words in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from ccm_data.log.text import words

_sqlite = table("log_search", column("rowid", Integer), column("words", Text))
_postgres = Table(
    "log_search",
    MetaData(),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("words", TSVECTOR),
)


def create(connection: Connection) -> None:
    """Make the index, empty."""
    if connection.dialect.name == "sqlite":
        # Words come folded and parted by blanks: the ascii tokenizer keeps them as they are.
        connection.execute(
            text("CREATE VIRTUAL TABLE log_search USING fts5(words, tokenize='ascii', detail=none, columnsize=0)")
        )
    else:
        _postgres.create(connection)
        connection.execute(text("CREATE INDEX ix_log_search ON log_search USING gin (words)"))


def drop(connection: Connection) -> None:
    """Remove the index."""
    connection.execute(text("DROP TABLE IF EXISTS log_search"))


def put(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index entries: `number` and `words` of each. An entry's older words must be removed first."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(_sqlite), [{"rowid": row["number"], "words": row["words"]} for row in rows])
    else:
        vector = func.array_to_tsvector(func.string_to_array(bindparam("text"), " "))
        connection.execute(
            insert(_postgres).values(number=bindparam("number"), words=vector),
            [{"number": row["number"], "text": row["words"]} for row in rows],
        )


def remove(connection: Connection, numbers: Sequence[int]) -> None:
    """Take entries out of the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(delete(_sqlite).where(_sqlite.c.rowid.in_(numbers)))
    else:
        connection.execute(delete(_postgres).where(_postgres.c.number.in_(numbers)))


def count(connection: Connection) -> int:
    """How many entries are indexed."""
    index = _sqlite if connection.dialect.name == "sqlite" else _postgres
    return connection.scalar(select(func.count()).select_from(index)) or 0


def indexed(connection: Connection, numbers: Sequence[int]) -> dict[int, set[str]]:
    """The words by which these entries are found, by number."""
    if connection.dialect.name == "sqlite":
        asked = select(_sqlite.c.rowid, _sqlite.c.words).where(_sqlite.c.rowid.in_(numbers))
        return {row.rowid: set(str(row.words).split()) for row in connection.execute(asked)}
    found = select(_postgres.c.number, func.tsvector_to_array(_postgres.c.words).label("words"))
    return {row.number: set(row.words) for row in connection.execute(found.where(_postgres.c.number.in_(numbers)))}


def check(connection: Connection) -> None:
    """Let SQLite compare the index with the words it was made of; takes the writer's place for that, writes nothing.

    Raises DBAPIError where they differ.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table("log_search", column("log_search"))).values(log_search="integrity-check"))


def matching(dialect: str, query: str) -> Select[Any] | None:
    """Numbers of the entries in which every word of the query begins a word; None when the query has none."""
    wanted = words(query).split()
    if not wanted:
        return None
    if dialect == "sqlite":
        asked: ColumnElement[bool] = column("log_search").match(" ".join(f'"{word}"*' for word in wanted))
        return select(_sqlite.c.rowid).where(asked)
    prefixes = cast(literal(" & ".join(f"'{word}':*" for word in wanted)), TSQUERY)
    return select(_postgres.c.number).where(_postgres.c.words.op("@@")(prefixes))
