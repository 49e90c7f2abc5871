"""The legislative stage on fixed dates: rounds, answers, and the activity that keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from ccm_data import stages
from ccm_data.log import Create, open_store
from ccm_data.reading import Reading, read
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace

DAY = date(2026, 7, 9)


@pytest.fixture
def given(tmp_path, monkeypatch) -> Reading:
    monkeypatch.setenv("CCM_HOME", str(tmp_path))
    return read(Workspace(), open_store(), as_of=DAY, audience=Confidentiality.INTERNAL, today=DAY)


@pytest.mark.parametrize(
    ("day", "fixed"),
    [
        ("2026-01-01", "2026-01-01"),
        ("2026-06-30", "2026-01-01"),
        ("2026-07-01", "2026-07-01"),
        ("2026-12-31", "2026-07-01"),
    ],
)
def test_a_day_belongs_to_the_last_fixed_date(day: str, fixed: str) -> None:
    assert stages.round_of(date.fromisoformat(day)) == date.fromisoformat(fixed)


def test_answers_are_kept_with_last_years_beside_them(given: Reading) -> None:
    last, now = date(2025, 7, 1), date(2026, 7, 1)
    for fixed, told, answers in (
        (last, date(2025, 7, 5), {"KEN": "In parliament", "JAM": stages.NO_STEP}),
        (now, DAY, {"KEN": stages.NO_STEP}),
        (now, DAY, {"KEN": "Parliament approved", "TON": stages.NO_STEP}),
        (now, date(2026, 7, 10), {"FSM": stages.NO_STEP}),  # after the day: not known on it
    ):
        given.store.save([Create(stages.activity(fixed, told, answers))], "Ana")
    rows = stages.table(given).set_index("iso3")
    assert len(rows) == int(given.states()["is_target"].sum())
    assert rows.loc["KEN", ["before", "answer"]].tolist() == ["In parliament", "Parliament approved"]
    assert rows.loc["JAM", ["before", "answer"]].tolist() == [stages.NO_STEP, ""]
    assert rows.loc["TON", "answer"] == stages.NO_STEP
    assert rows.loc["FSM", "answer"] == ""
    assert {entry.activity.title for entry in given.logged()} == {
        "Legislative stage on 1 July 2025", "Legislative stage on 1 July 2026",
    }  # fmt: skip
