"""How many states stand where on the days that are known from outside the program."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from ccm_data.vocab import Category
from ccm_data.workspace import Workspace

COUNTS = {
    date(2008, 12, 3): {"state_party": 4, "signatory": 88, "not_party": 104},
    date(2010, 8, 1): {"state_party": 38, "signatory": 70, "not_party": 88},
    date(2021, 11, 30): {"state_party": 110, "signatory": 13, "not_party": 74},
    date(2025, 8, 1): {"state_party": 111, "signatory": 12, "not_party": 73, "withdrawn": 1},
    date(2026, 2, 3): {"state_party": 112, "signatory": 12, "not_party": 72, "withdrawn": 1},
}


@pytest.mark.parametrize("day", COUNTS, ids=str)
def test_states_by_status(workspace: Workspace, day: date) -> None:
    assert Counter(workspace.states(day)["status"]) == COUNTS[day]


def test_the_latest_horizon_is_that_of_the_treaty_actions(workspace: Workspace) -> None:
    assert workspace.horizon == date(2026, 2, 3)


def status(workspace: Workspace, iso3: str, day: date) -> dict:
    row = workspace.states(day).set_index("iso3").loc[iso3]
    return row.to_dict()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 9, 5), "state_party"),
        (date(2024, 9, 6), "state_party"),  # notified
        (date(2025, 3, 5), "state_party"),
        (date(2025, 3, 6), "withdrawn"),  # effective
    ],
    ids=str,
)
def test_a_withdrawal_counts_from_its_effective_date(workspace: Workspace, day: date, expected: str) -> None:
    lithuania = status(workspace, "LTU", day)
    assert lithuania["status"] == expected
    assert lithuania["is_target"] == (expected == "withdrawn")
    known = day >= date(2024, 9, 6)
    assert (str(lithuania["withdrawal_notified_date"])[:10] == "2024-09-06") == known
    assert (str(lithuania["withdrawal_effective_date"])[:10] == "2025-03-06") == known
    assert (lithuania["withdrawal_source_id"] == "ccm_ltu_withdrawal") == known


@pytest.mark.parametrize(
    ("iso3", "deposit", "before", "in_force"),
    [
        ("VUT", date(2025, 9, 5), "not_party", "2026-03-01"),
        ("NGA", date(2023, 2, 28), "signatory", "2023-08-01"),
        ("SSD", date(2023, 8, 3), "not_party", "2024-02-01"),
    ],
)
def test_joining_counts_from_the_deposit_not_from_entry_into_force(
    workspace: Workspace, iso3: str, deposit: date, before: str, in_force: str
) -> None:
    assert status(workspace, iso3, deposit - timedelta(1))["status"] == before
    joined = status(workspace, iso3, deposit)
    assert joined["status"] == "state_party"
    assert str(joined["joined_date"])[:10] == deposit.isoformat()
    assert str(joined["entry_into_force_date"])[:10] == in_force
    assert list(joined["categories"]) == []


def test_197_states_with_the_four_that_are_no_un_members(workspace: Workspace) -> None:
    states = workspace.states(date(2021, 11, 30))
    assert len(states) == states["iso3"].nunique() == 197
    assert set(states.loc[~states["un_member"], "iso3"]) == {"VAT", "PSE", "COK", "NIU"}


@pytest.mark.parametrize(("day", "rows"), [(date(2010, 8, 1), 196), (date(2011, 7, 8), 196), (date(2011, 7, 9), 197)])
def test_a_state_is_there_from_the_day_it_exists(workspace: Workspace, day: date, rows: int) -> None:
    states = workspace.states(day)
    assert len(states) == rows
    assert ("SSD" in set(states["iso3"])) == (rows == 197)
    young = states[states["exists_from"].notna()].set_index("iso3")["exists_from"].dt.year.to_dict()
    assert young == {"PLW": 1994, "TLS": 2002, "MNE": 2006} | ({"SSD": 2011} if rows == 197 else {})
    by_region = workspace.snapshot_frame("summary/by_group", day, by="region").set_index("name")["states"]
    assert by_region.sum() == rows
    assert by_region["Africa"] == 54 - (rows == 196)


def test_no_statement_counts_a_state_before_it_exists(workspace: Workspace) -> None:
    early = date(2011, 7, 8)
    engaged = workspace.frame("ranking/engagement", early, humanitarian=["ATT"])
    panel = workspace.frame("ranking/panel", early, treaties=["CCM"], paced=[], blocs=[])
    assert "SSD" not in {*engaged["iso3"], *panel["iso3"]}
    later = workspace.frame("ranking/panel", date(2013, 7, 8), treaties=["CCM"], paced=[], blocs=[])
    assert {str(day)[:4] for day in later.loc[later["iso3"] == "SSD", "anchor"]} == {"2012", "2013"}


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2008, 12, 3), [0, 152, 88, 7]),
        (date(2021, 11, 30), [47, 57, 13, 33]),
        (date(2026, 2, 3), [45, 53, 12, 33]),
    ],
    ids=str,
)
def test_targets_by_category(workspace: Workspace, day: date, counts: list[int]) -> None:
    states = workspace.states(day)
    held = Counter(category for categories in states["categories"] for category in categories)
    assert [held[category] for category in Category] == counts
