"""The ladder to joining: each step at the day it is first recorded, and by whom."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ccm_data.ladder import Rung, ladder
from ccm_data.log import Entry
from ccm_data.reading import Reading
from ccm_data.vocab import Stage
from tests.conftest import Open
from tests.reading.conftest import activity

NOW = date(2026, 2, 3)


def rungs(reading: Reading, iso3: str) -> dict[str, Rung]:
    found = ladder(reading.state(iso3), reading.about("acts", [iso3]), reading.contacts(iso3))
    assert [rung.stage for rung in found] == list(Stage)
    return {rung.stage.value: rung for rung in found}


def test_a_step_stands_at_the_day_it_is_first_recorded(reading: Open) -> None:
    found = rungs(reading(NOW), "JAM")
    assert {name: rung.when for name, rung in found.items() if rung.when} == {
        "intent": "September 2012", "interministerial": "September 2014",
    }  # fmt: skip
    assert found["in_favour"].passed
    assert not found["cabinet_approved"].passed
    assert found["intent"].source_ids


def test_the_log_adds_steps_as_far_as_its_readers_may_see(reading: Open) -> None:
    part = {"iso3": "JAM", "stage": "cabinet_approved"}
    record = activity(start="2026-01-20", title="Talk", states=[part], confidentiality="internal")
    told = Entry("activity", "", 1, record)
    own = rungs(reading(NOW, [told], audience="internal"), "JAM")["cabinet_approved"]
    assert (own.when, own.origin) == ("20 January 2026", "Activity log")
    assert not rungs(reading(NOW, [told]), "JAM")["cabinet_approved"].when


def test_a_state_party_deposited_and_it_entered_into_force(reading: Open) -> None:
    found = rungs(reading(NOW), "NOR")
    assert (found["deposited"].when, found["in_force"].when) == ("3 December 2008", "1 August 2010")
    assert all(rung.passed for rung in found.values())
    before = rungs(reading(date(2010, 1, 1)), "NOR")
    assert (before["deposited"].when, before["in_force"].when, before["in_force"].passed) == (
        "3 December 2008",
        "",
        False,
    )


def test_of_a_withdrawn_state_only_steps_since_count(reading: Open) -> None:
    assert not any(rung.passed or rung.when for rung in rungs(reading(NOW), "LTU").values())


def test_without_any_record_no_step_is_passed(reading: Open) -> None:
    row = reading(NOW).state("USA")
    assert not any(rung.passed for rung in ladder(row, pd.DataFrame(columns=["stage"]), ()))
