"""The base-rate gauge: counts, paces and chances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp

import numpy as np
import pytest

from ccm_data.campaign import shipped
from ccm_data.ranking.gauge import at_least, at_least_poisson, gauge
from ccm_data.ranking.likelihood import likelihood

(CONCEPT_NOTE,) = shipped()


@dataclass
class Goal:
    baseline: date
    end: date
    target: int


def test_the_concept_notes_campaign_reached_nothing_of_three(facts) -> None:
    found = gauge(facts, date(2026, 2, 3), CONCEPT_NOTE)
    assert (found.joined, found.withdrawn, found.missing, found.reached, found.ended) == (0, 0, 3, False, True)
    assert found.chance_model is None
    assert found.pace_needed is None


def test_at_its_baseline_the_chance_was_small(facts) -> None:
    found = gauge(facts, date(2021, 11, 30), CONCEPT_NOTE)
    assert found.years_left == pytest.approx(273 / 365.25)
    assert found.pace_needed == pytest.approx(3 / found.years_left)
    assert found.pace_5_years == 2.0  # ten deposits from December 2016 to November 2021
    assert found.chance_model_low < found.chance_model < found.chance_model_high
    assert found.chance_model == pytest.approx(0.145, abs=0.01)
    mean = 2 * found.years_left
    assert found.chance_base_rate == pytest.approx(1 - exp(-mean) * (1 + mean + mean**2 / 2))


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
    assert found.chance_model == pytest.approx(1)
    assert found.chance_base_rate == 1


def test_the_models_expectation_is_scaled_to_the_time_left(facts) -> None:
    day = date(2026, 2, 3)
    model = likelihood(facts, day)
    found = gauge(facts, day, Goal(day, date(2028, 2, 3), 5), model)
    assert found.expected_model == pytest.approx(model.states["p24"].sum(), rel=1e-3)


def test_poisson_binomial_against_every_outcome() -> None:
    p = np.array([0.1, 0.5, 0.7])
    outcomes = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    for wanted in range(5):
        exact = sum(np.prod(np.where(o, p, 1 - p)) for o in outcomes if sum(o) >= wanted)
        assert at_least(wanted, p) == pytest.approx(exact)
    assert at_least_poisson(0, 0.0) == 1
    assert at_least_poisson(2, 1.0) == pytest.approx(1 - 2 * exp(-1))
