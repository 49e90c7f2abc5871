"""Monday morning: what changed since the last visit, what is due, and which of one's own entries lack an outcome.

The five calls are in `ccm_data.call`, the next forum in `ccm_data.forum`, the last visit in `ccm_data.visit`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from ccm_data import digest
from ccm_data.call import NOBODY, Call
from ccm_data.dates import EARLIEST
from ccm_data.digest import Told
from ccm_data.log import Entry, Filter, overdue, promises_and_stages
from ccm_data.log.since import Written, revision_before, written
from ccm_data.overlay.model import Change
from ccm_data.reading import Reading
from ccm_data.records import each
from ccm_data.visit import Mark
from ccm_data.vocab import ActivityStatus, Confidentiality
from ccm_data.wording import Said

CALLS = 5
"""Calls to make in a week."""

WEEK = timedelta(days=7)
"""How far the desk looks ahead, and back where no earlier visit is known."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new: facts of states by their dates, changes of the facts and entries of the log by others."""

    told: tuple[Told, ...]
    changes: tuple[Change, ...]
    written: tuple[Written, ...]

    def __len__(self) -> int:
        return len(self.told) + len(self.changes) + len(self.written)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by a day, or promised by then: `late` in days, negative while there is time.

    who: its owner, blank for nobody; `entry` is its id in the log, blank for a promise that only the facts hold.
    """

    day: date
    late: int
    what: str
    who: str
    iso3s: tuple[str, ...]
    entry: str = ""


def is_now(reading: Reading) -> bool:
    """Whether the reading is of today, and not of an earlier day."""
    return reading.as_of == reading.workspace.latest


def here(reading: Reading) -> Mark:
    """How far the reading sees: today everything there is, whatever the clock of whoever wrote it says."""
    if is_now(reading):
        return Mark(reading.as_of, reading.store.last_seq(), _last(reading.workspace.overlay.changes))
    return replace(_before(reading, reading.as_of + timedelta(days=1)), day=reading.as_of)


def week_before(reading: Reading) -> Mark:
    """What stands for the last visit where none is known, and on an earlier day: how far was seen a week before."""
    return _before(reading, max(reading.as_of - WEEK, EARLIEST))


def _before(reading: Reading, day: date) -> Mark:
    """How far was seen when a day (UTC) began."""
    earlier = [change for change in reading.workspace.overlay.changes if _day(change) < day]
    return Mark(day, revision_before(reading.store, day), _last(earlier))


def news(reading: Reading, since: Mark, me: str = "") -> News:
    """What happened, was brought in and was written after a mark and by the day of the reading; not what I did.

    A fact counts from its own date: one brought in late stands among the changes of the facts, which are for the team.
    """
    told = reading.workspace.memo.get(
        ("told", since.day, reading.as_of),
        lambda: digest.digest(reading.on(since.day).states(), reading.states(), since.day, reading.as_of).told,
    )
    until, team = here(reading), reading.audience == Confidentiality.INTERNAL
    changes = [
        change
        for change in reversed(reading.workspace.overlay.changes if team else ())
        if since.change < change.seq <= until.change and change.author != me
    ]
    found = written(
        reading.store, since.revision, until.revision, max_confidentiality=reading.audience, by_others_than=me
    )  # fmt: skip
    return News(told, tuple(changes), tuple(found))


def steps(reading: Reading, me: str = "") -> list[Due]:
    """Next steps and planned activities that are overdue or due within a week: mine first, then the oldest first."""
    day = reading.log_day
    found = overdue(
        reading.store, today=day + WEEK + timedelta(days=1), max_confidentiality=reading.audience
    )  # fmt: skip
    due = [
        Due(one.due, (day - one.due).days, one.step, one.owner, _states(one.entry), one.entry.subject)
        for one in found
        if one.entry.activity.status == ActivityStatus.PLANNED or one.entry.activity.day <= day
    ]
    return sorted(due, key=lambda one: (not me or one.who != me, one.day))


def promises(reading: Reading) -> list[Due]:
    """Promises that are overdue or due within a week, the last promised day first.

    Of each state the promise it made last, by the facts or the log; one is kept when the state joined after it.
    """
    last = reading.log_day + WEEK
    made: dict[str, tuple[date, Due]] = {}
    for told, due in (*_in_facts(reading), *_in_log(reading)):
        (iso3,) = due.iso3s
        if iso3 not in made or told >= made[iso3][0]:
            made[iso3] = (told, due)
    joined = reading.states().set_index("iso3")["joined_date"]
    open_ = [
        due
        for iso3, (told, due) in made.items()
        if due.day <= last and not (pd.notna(joined[iso3]) and joined[iso3].date() >= told)
    ]
    return sorted(open_, key=lambda due: due.day, reverse=True)


def without_outcome(reading: Reading, me: str) -> list[Entry]:
    """Activities that were done, that I own and whose outcome nobody wrote, the latest first; none for nobody."""
    wanted = Filter(
        statuses=(ActivityStatus.DONE,), owner=me, until=reading.log_day, max_confidentiality=reading.audience
    )
    mine = reading.store.activities(wanted) if me else ()
    lacking = [entry for entry in mine if not entry.activity.outcome and entry.activity.day <= reading.log_day]
    return sorted(lacking, key=lambda entry: (entry.activity.day, entry.number), reverse=True)


def caller(one: Call) -> Said | None:
    """Who makes a call: the first on record of owner of the next step, coordinators and champion; None for none."""
    return next((said for said in one.callers if said.words != NOBODY), None)


def _in_facts(reading: Reading) -> Iterable[tuple[date, Due]]:
    states = reading.states()
    for row in each(states[states["promise_due"].notna()]):
        due = row.promise_due.date()
        late = (reading.log_day - due).days
        yield row.promise_date.date(), Due(due, late, row.promise_summary, "", (row.iso3,))


def _in_log(reading: Reading) -> Iterable[tuple[date, Due]]:
    """Promises with a day, the earliest made first."""
    known = set(reading.states()["iso3"])
    said = promises_and_stages(reading.store, as_of=reading.log_day, max_confidentiality=reading.audience)
    for contact in reversed(said):
        if contact.promise_due and contact.iso3 in known:
            late = (reading.log_day - contact.promise_due).days
            what = contact.promise or contact.title
            yield contact.day, Due(contact.promise_due, late, what, "", (contact.iso3,), contact.activity)


def _states(entry: Entry) -> tuple[str, ...]:
    return tuple(state.iso3 for state in entry.activity.states)


def _last(changes: Iterable[Change]) -> int:
    return max((change.seq for change in changes), default=0)


def _day(change: Change) -> date:
    assert change.at is not None
    return change.at.date()
