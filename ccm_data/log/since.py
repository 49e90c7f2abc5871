"""What others wrote since: the entries that have revisions after a given one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import func, select, true

from ccm_data.log.projection import entry_of, level
from ccm_data.log.revision import Entry
from ccm_data.log.schema import current, revision
from ccm_data.log.store import Store
from ccm_data.vocab import Confidentiality

What = Literal["new", "changed", "deleted"]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as the last of these revisions left it, and what they did to it."""

    entry: Entry
    what: What


def revision_before(store: Store, day: date) -> int:
    """The number of the last revision before a day (UTC); 0 for none."""
    statement = select(func.coalesce(func.max(revision.c.seq), 0)).where(revision.c.at < _midnight(day))
    with store.database.read() as connection:
        return connection.scalar(statement) or 0


def written(
    store: Store, after: int, through: int, *, max_confidentiality: Confidentiality, by_others_than: str = ""
) -> Sequence[Written]:
    """Entries of every kind with revisions after one number and through another, the last written first.

    As far as the reader may see them, both as they are now and as these revisions left them; campaigns, plan items and
    what was deleted are for the team. Those by one author, who knows them, are left out.
    """
    team = max_confidentiality == Confidentiality.INTERNAL
    last = select(func.max(revision.c.seq)).where(
        revision.c.seq > after, revision.c.seq <= through, revision.c.author != by_others_than
    )
    statement = (
        select(revision, current.c.number)
        .join(current, current.c.subject == revision.c.subject)
        .where(
            revision.c.seq.in_(last.group_by(revision.c.subject)),
            true() if team else current.c.level <= level(max_confidentiality),
            true() if team else current.c.deleted.is_(False),
        )
        .order_by(revision.c.seq.desc())
    )
    with store.database.read() as connection:
        found = [entry_of(row) for row in connection.execute(statement)]
    return [Written(one, _what(one, after)) for one in found if team or _seen(one, max_confidentiality)]


def _seen(entry: Entry, most: Confidentiality) -> bool:
    return entry.kind == "activity" and not entry.deleted and level(entry.activity.confidentiality) <= level(most)


def _what(entry: Entry, after: int) -> What:
    if entry.deleted:
        return "deleted"
    preloaded = entry.number == entry.seq and entry.action != "create"  # its first revision is a change of version 0
    return "new" if entry.number > after and not preloaded else "changed"


def _midnight(day: date) -> str:
    return datetime.combine(day, datetime.min.time(), UTC).strftime("%Y-%m-%dT%H:%M:%S")
