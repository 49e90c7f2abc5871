"""What changed between two days, each change with its sources."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ccm_data import diff
from ccm_data.workspace import Workspace

BASELINE, HORIZON = date(2021, 11, 30), date(2026, 2, 3)


@pytest.fixture(scope="module")
def changes(workspace: Workspace) -> list[dict]:
    return diff.changes(workspace.states(BASELINE), workspace.states(HORIZON))


def test_the_status_of_four_states_changed_since_the_baseline(changes: list[dict]) -> None:
    found = {c["iso3"]: c for c in changes if c["attribute"] == "status"}
    assert {iso3: (c["before"], c["after"], c["source_ids"]) for iso3, c in found.items()} == {
        "LTU": ("state_party", "withdrawn", ["ccm_ltu_withdrawal", "untc_2014"]),
        "NGA": ("signatory", "state_party", ["ccm_nga", "untc_2014"]),
        "SSD": ("not_party", "state_party", ["ccm_ssd"]),
        "VUT": ("not_party", "state_party", ["icblcmc_vut"]),
    }


def test_those_who_joined_have_the_day_and_lose_their_categories(changes: list[dict]) -> None:
    joined = {c["iso3"]: (c["before"], c["after"]) for c in changes if c["attribute"] == "joined_date"}
    assert joined == {"NGA": (None, "2023-02-28"), "SSD": (None, "2023-08-03"), "VUT": (None, "2025-09-05")}
    categories = {c["iso3"]: c["after"] for c in changes if c["attribute"] == "categories"}
    assert categories["NGA"] == []


def test_every_change_names_a_source_that_exists_and_differs(changes: list[dict], workspace: Workspace) -> None:
    known = set(workspace.sources.index)
    assert len(changes) > 100
    for change in changes:
        assert set(change) == {"iso3", "attribute", "before", "after", "source_ids"}
        assert change["before"] != change["after"]
        assert change["source_ids"], change
        assert set(change["source_ids"]) <= known
    assert json.loads(json.dumps(changes)) == changes


def test_no_time_no_change(workspace: Workspace) -> None:
    states = workspace.states(BASELINE)
    assert diff.changes(states, states) == []


def test_backwards_is_the_mirror(changes: list[dict], workspace: Workspace) -> None:
    back = diff.changes(workspace.states(HORIZON), workspace.states(BASELINE))
    assert [(c["iso3"], c["attribute"], c["after"], c["before"]) for c in back] == [
        (c["iso3"], c["attribute"], c["before"], c["after"]) for c in changes
    ]
    assert all(c["source_ids"] for c in back)


def test_a_notified_withdrawal_shows_before_it_is_effective(workspace: Workspace) -> None:
    found = diff.changes(workspace.states(date(2024, 9, 5)), workspace.states(date(2024, 9, 6)))
    assert {(c["iso3"], c["attribute"], c["after"]) for c in found} >= {
        ("LTU", "withdrawal_notified_date", "2024-09-06"),
        ("LTU", "withdrawal_effective_date", "2025-03-06"),
    }
    assert not [c for c in found if c["attribute"] == "status"]


class TestAStateThatAppears:
    """South Sudan exists from 9 July 2011 and joined in 2023."""

    def found(self, workspace: Workspace, start: date, end: date) -> dict[str, tuple]:
        changes = diff.changes(workspace.states(start), workspace.states(end))
        return {c["attribute"]: (c["before"], c["after"], c["source_ids"]) for c in changes if c["iso3"] == "SSD"}

    def test_it_had_nothing_before(self, workspace: Workspace) -> None:
        found = self.found(workspace, date(2011, 7, 8), date(2011, 7, 9))
        assert found.keys() == {"exists_from", "status", "organizations"}
        assert found["exists_from"] == (None, "2011-07-09", ["geo-sc-res-1996"])
        assert found["status"] == (None, "not_party", ["geo-sc-res-1996"])
        assert found["organizations"][0] == []

    def test_what_it_did_since_is_told_too(self, workspace: Workspace) -> None:
        found = self.found(workspace, date(2010, 8, 1), HORIZON)
        assert found["status"] == (None, "state_party", ["ccm_ssd"])
        assert found["joined_date"] == (None, "2023-08-03", ["ccm_ssd"])
        assert found["vote"][:2] == (None, "abstain")
        assert "categories" not in found

    def test_backwards_it_has_nothing_after(self, workspace: Workspace) -> None:
        there, back = (
            self.found(workspace, *days) for days in ((date(2010, 8, 1), HORIZON), (HORIZON, date(2010, 8, 1)))
        )
        assert {name: (after, before, ids) for name, (before, after, ids) in back.items()} == there
