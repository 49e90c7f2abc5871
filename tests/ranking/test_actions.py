"""Next best action: every target has one on every day, and the rules say what they should."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from ccm_data.errors import CcmError
from ccm_data.ranking import actions
from ccm_data.ranking.actions import approved_not_deposited, matching, next_actions, parse, rules
from ccm_data.vocab import OfficeRole, codes
from tests.thorough import sample

DAYS = sample([date(2008, 12, 3) + timedelta(days=113 * k) for k in range(56)], 15)
PLAIN = {
    "status": "not_party", "stage": None, "vote": None, "stance": None, "contaminated": None, "stockpiler": None,
    "producer": None, "obstacles": [], "categories": [], "population": 5e6, "signature_date": None,
    "promise_due": None, "last_attendance_date": None, "as_of": date(2024, 3, 1), "contact_days": None,
}  # fmt: skip


def first(**known: object) -> str:
    return matching({**PLAIN, **known})[0].id


def test_every_target_has_an_action_on_every_day(facts) -> None:
    for day in DAYS:
        snapshot = facts.frame("snapshot/build", {"as_of": day.isoformat()})
        targets = set(snapshot[snapshot["is_target"]]["iso3"])
        for contact in (None, pd.Series(dict.fromkeys(targets, 10.0))):
            found = next_actions(snapshot, day, contact)
            assert set(found["iso3"]) == targets, day
            assert found["order"].between(1, 3).all()


def test_most_targets_get_more_than_the_last_resort(facts) -> None:
    snapshot = facts.frame("snapshot/build", {"as_of": "2026-02-03"})
    leading = next_actions(snapshot, date(2026, 2, 3)).query("order == 1")
    assert (leading["rule"] == "regional").mean() < 0.1
    assert leading["activity"].nunique() >= 5


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        ({"stage": "parliament_approved"}, "deposit"),
        ({"stage": "assented"}, "deposit"),
        ({"stage": "in_parliament"}, "parliament"),
        ({"stage": "interministerial"}, "interministerial"),
        ({"promise_due": date(2024, 12, 31)}, "promise_open"),
        ({"promise_due": date(2023, 12, 31)}, "promise_overdue"),
        ({"promise_due": date(2023, 12, 31), "contact_days": 5}, "fresh_contact"),
        ({"obstacles": ["security_concern"]}, "security"),
        ({"obstacles": ["needs_implementing_law"]}, "needs_law"),
        (
            {"population": 2e5, "producer": "no", "stockpiler": "no", "contaminated": "no"},
            "small_unaffected",
        ),
        ({"status": "signatory", "signature_date": date(2008, 12, 3)}, "signatory_capital"),
        ({"status": "signatory", "signature_date": date(2008, 12, 3), "contact_days": 9}, "signatory"),
        ({"status": "withdrawn"}, "withdrawn"),
        ({"vote": "abstain", "as_of": date(2024, 9, 1)}, "vote_season_other"),
        ({"categories": ["first_committee_yes"], "as_of": date(2024, 9, 1)}, "vote_season_yes"),
        ({"categories": ["first_committee_yes"]}, "yes_never_joined"),
        ({"last_attendance_date": date(2023, 9, 1)}, "observer"),
        ({}, "regional"),
    ],
)
def test_the_leading_rule(known: dict[str, object], rule: str) -> None:
    assert first(**known) == rule


def test_unknown_munitions_do_not_make_a_state_unaffected() -> None:
    state = {"population": 2e5, "producer": "no", "stockpiler": None, "contaminated": "no"}
    assert "small_unaffected" not in {rule.id for rule in matching({**PLAIN, **state})}


def test_every_rule_says_why_in_about_five_words() -> None:
    assert all(2 <= len(rule.short.split()) <= 6 for rule in rules())
    assert len({rule.short for rule in rules()}) == len(rules())


def test_an_action_names_the_sources_of_what_its_conditions_read(facts) -> None:
    snapshot = facts.frame("snapshot/build", {"as_of": "2026-02-03"})
    found = next_actions(snapshot, date(2026, 2, 3)).set_index(["iso3", "rule"])["source_ids"]
    assert found["KEN", "interministerial"] == ("PLCY-M14-KEN",)
    assert found["KEN", "signatory_capital"] == ("untc_2014",)
    assert found["UGA", "promise_overdue"] == ("PLCY-SCM-ACCRA12",)
    assert found["USA", "regional"] == ()


def test_every_rule_can_hold_and_names_who_offers() -> None:
    assert len({rule.id for rule in rules()}) == len(rules())
    for rule in rules():
        assert rule.offered_by
        assert set(rule.offered_by) <= {*codes(OfficeRole), "ICRC", "CMC", "ISU"}
        assert rule.tool
        assert rule.why.endswith(".")


def test_the_alert_for_approved_but_not_deposited(facts) -> None:
    snapshot = facts.frame("snapshot/build", {"as_of": "2026-02-03"})
    found = approved_not_deposited(snapshot, date(2026, 2, 3))
    assert found["iso3"].tolist() == ["COD"]
    assert found["days"].item() == (date(2026, 2, 3) - date(2015, 1, 1)).days
    early = facts.frame("snapshot/build", {"as_of": "2013-06-30"})
    assert "COD" not in set(approved_not_deposited(early, date(2013, 6, 30))["iso3"])


def test_a_wrong_rule_is_named() -> None:
    text = '[[rule]]\nid = "x"\nwhen = {{ {} }}\nactivity = "{}"\ntool = "t"\noffered_by = ["ICRC"]\nwhy = "w"'
    with pytest.raises(CcmError, match="Rule x: no condition 'stge'; possible: status"):
        parse(text.format('stge = ["intent"]', "other"))
    with pytest.raises(CcmError, match="Rule x: there is no activity type 'party'"):
        parse(text.format("", "party"))
    assert actions.STALE > 0
