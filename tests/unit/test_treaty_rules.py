"""When acts take effect, against every date of the facts that a source gives."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data import paths, raw
from ccm_data.treaty_rules import IN_FORCE, effective

ACTS = [
    row
    for row in raw.rows(paths.PACKAGE / "facts", "treaty_actions")
    if row["treaty"] in IN_FORCE and row["effective_date"]
]


def test_the_rule_gives_every_date_of_the_facts() -> None:
    assert len(ACTS) > 280
    for row in ACTS:
        derived = effective(row["treaty"], row["action"], date.fromisoformat(row["date"]))
        assert str(derived) == row["effective_date"], row


@pytest.mark.parametrize(
    ("action", "day", "found"),
    [
        ("ratification", date(2026, 11, 17), date(2027, 5, 1)),
        ("accession", date(2026, 8, 31), date(2027, 2, 1)),
        ("ratification", date(2009, 6, 16), date(2010, 8, 1)),
        ("withdrawal", date(2026, 8, 31), date(2027, 2, 28)),
        ("signature", date(2008, 12, 3), None),
    ],
)
def test_days(action: str, day: date, found: date | None) -> None:
    assert effective("CCM", action, day) == found


def test_no_day_is_derived_for_a_treaty_without_a_rule() -> None:
    assert effective("ATT", "ratification", date(2026, 11, 17)) is None
