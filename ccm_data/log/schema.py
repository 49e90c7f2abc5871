"""Tables of the activity store.

`log_revision` is the truth: append-only, one row per create, edit, delete or restore. The other tables are a projection
of its newest versions, kept in the same transaction and rebuilt from it whenever they change shape.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

journal = MetaData()

schema = Table("log_schema", journal, Column("version", Integer, primary_key=True))

revision = Table(
    "log_revision",
    journal,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(36), nullable=False),
    Column("version", Integer, nullable=False),
    Column("action", String(8), nullable=False),
    Column("at", String(27), nullable=False),  # UTC, ISO 8601, as the clock said; seq orders
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("batch", String(36), nullable=False),  # the save it was part of
    Column("undoes", String(36)),  # the save that this one takes back
    Column("payload", Text, nullable=False),  # canonical JSON of the record
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("subject", "version"),
    Index("ix_log_revision_at", "at"),
    Index("ix_log_revision_author", "author", "seq"),
    Index("ix_log_revision_undoes", "undoes"),
)

projection = MetaData()

current = Table(
    "log_current",  # one row per entry: its newest version, with what lists filter and sort by
    projection,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("subject", String(36), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("start", Date),
    Column("day", Date),
    Column("type", String(32)),
    Column("status", String(16)),
    Column("level", SmallInteger),  # confidentiality: 0 public, 1 partners, 2 internal
    Column("title", Text, nullable=False),
    Column("owner", Text),
    Column("campaign", Text),
    Column("plan_item", String(36)),
    Column("follows", String(36)),
    Column("due", Date),  # of what is open: see projection.open_until
    Column("next_step", Boolean),  # whether a next step is written
    Column("budget", BigInteger),  # cents
    Column("cost", BigInteger),
    # Order and filters of the list, so that a rare filter is found without a look at each row.
    Index("ix_log_current_list", "kind", "deleted", "start", "number", "level", "status", "type"),
    Index("ix_log_current_owner", "owner", "start"),
    Index("ix_log_current_campaign", "campaign"),
    Index("ix_log_current_plan_item", "plan_item", "status"),
    Index("ix_log_current_follows", "follows", "status"),
    Index("ix_log_current_due", "kind", "deleted", "due", "number"),
)

contact = Table(
    "log_contact",  # one row per state of an activity in its newest version
    projection,
    Column("iso3", String(3), primary_key=True),
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("day", Date, nullable=False),
    Column("status", String(16)),  # that of the activity; null when it is deleted
    Column("level", SmallInteger, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("next_step", Boolean, nullable=False),
    Column("said", Boolean, nullable=False),
    Index("ix_log_contact_number", "number"),
    Index("ix_log_contact_day", "iso3", "status", "day", "level", "campaign"),
    Index("ix_log_contact_said", "said", "iso3", "day"),
)
