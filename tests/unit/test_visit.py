"""The last visit: how long one lasts, what the next one compares with, and what a browser may have made of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ccm_data.visit import PAUSE, Mark, Memory, parse, visit

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FIRST = Mark(date(2026, 11, 23), 7, 2)
LATER = Mark(date(2026, 11, 23), 9, 2)
NEXT = Mark(date(2026, 11, 30), 12, 3)


def test_the_first_visit_compares_with_nothing() -> None:
    assert visit(None, FIRST, MONDAY) == Memory(None, FIRST, MONDAY)


def test_what_was_new_stays_new_while_the_visit_lasts() -> None:
    monday = visit(visit(None, FIRST, MONDAY), NEXT, MONDAY + timedelta(days=7))
    assert monday.since == FIRST
    later = visit(monday, replace_revision(NEXT, 15), monday.at + PAUSE)
    assert later.since == FIRST, "a look within the pause is the same visit, after a reload too"
    assert later.seen.revision == 15


def test_after_a_pause_the_next_visit_compares_with_the_last_look() -> None:
    seen = visit(visit(None, FIRST, MONDAY), LATER, MONDAY + timedelta(hours=3))
    assert seen.since is None
    assert visit(seen, NEXT, seen.at + PAUSE + timedelta(seconds=1)).since == LATER


@pytest.mark.parametrize(
    "here",
    [Mark(FIRST.day, 6, 2), Mark(FIRST.day, 7, 1), Mark(date(2026, 11, 22), 7, 2)],
    ids=["another log", "other changes", "a clock set back"],
)
def test_a_memory_that_is_ahead_is_none(here: Mark) -> None:
    assert visit(Memory(FIRST, FIRST, MONDAY), here, MONDAY).since is None


def test_a_memory_survives_as_text() -> None:
    for held in (Memory(None, FIRST, MONDAY), Memory(FIRST, NEXT, MONDAY + timedelta(days=7))):
        assert parse(held.text()) == held


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "7", "[]", "{", '{"since": null}', '{"since": null, "seen": 3, "at": "2026-11-23T08:00:00+00:00"}',
        Memory(None, FIRST, MONDAY).text().replace("+00:00", ""),
        Memory(None, FIRST, MONDAY).text().replace("2026-11-23", "yesterday"),
    ],
)  # fmt: skip
def test_text_that_is_no_memory_is_none(text: str) -> None:
    assert parse(text) is None


def replace_revision(mark: Mark, revision: int) -> Mark:
    return Mark(mark.day, revision, mark.change)
