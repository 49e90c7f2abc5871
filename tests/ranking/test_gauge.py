"""The base-rate gauge: counts, paces and chances by both levels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from ccm_data import targets
from ccm_data.campaign import shipped
from ccm_data.ranking.gauge import gauge
from ccm_data.ranking.level import at_least, level

(CONCEPT_NOTE,) = shipped()


@dataclass
class Goal:
    baseline: date
    end: date
    target: int


def test_the_concept_notes_campaign_reached_nothing_of_three(facts) -> None:
    found = gauge(facts, date(2026, 2, 3), CONCEPT_NOTE)
    assert (found.joined, found.withdrawn, found.missing, found.reached, found.ended) == (0, 0, 3, False, True)
    assert found.chances is None
    assert found.pace_needed is None


def test_at_its_baseline_the_chance_was_small(facts) -> None:
    found = gauge(facts, date(2021, 11, 30), CONCEPT_NOTE)
    assert found.years_left == pytest.approx(273 / 365.25)
    assert found.pace_needed == pytest.approx(3 / found.years_left)
    assert found.pace_5_years == 2.0  # ten deposits from December 2016 to November 2021
    expected = level(facts, date(2021, 11, 30))
    assert found.expected_five_years == pytest.approx(expected.five_years * found.years_left)
    assert found.chance_decayed == pytest.approx(at_least(3, expected.decayed * found.years_left))
    assert found.chances == (pytest.approx(0.178, abs=0.01), pytest.approx(0.211, abs=0.01))


def test_joins_and_withdrawals_count_from_the_baseline(facts) -> None:
    """Vanuatu deposited on 5 September 2025; Lithuania's withdrawal took effect on 6 March 2025."""
    own = Goal(date(2025, 1, 1), date(2026, 12, 31), 2)
    found = gauge(facts, date(2026, 2, 3), own)
    assert (found.joined, found.withdrawn, found.net, found.missing) == (1, 1, 0, 1)
    assert gauge(facts, date(2025, 9, 4), own).joined == 0
    assert gauge(facts, date(2025, 3, 1), own).withdrawn == 0


def test_a_reached_target_is_certain(facts) -> None:
    found = gauge(facts, date(2026, 2, 3), Goal(date(2022, 1, 1), date(2027, 1, 1), 3))
    assert found.joined == 3
    assert found.reached
    assert found.chances == (1, 1)


def test_the_range_of_the_chance_is_said_in_words(facts) -> None:
    day = date(2026, 2, 3)
    found = gauge(facts, day, Goal(day, date(2028, 2, 3), 3))
    assert found.chances is not None
    assert targets.chance_range(*found.chances) == "between one in five and one in three"
    assert targets.chance_range(0.1, 0.33) == "between one in ten and one in three"
    assert targets.chance_range(0.24, 0.26) == "about one in four"
