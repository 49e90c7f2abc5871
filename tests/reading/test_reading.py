"""What a reading is: both days, audiences, offers of who is in office, one computation for all who ask."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ccm_data import opening
from ccm_data.documents.briefing import briefing
from ccm_data.errors import CcmError
from ccm_data.log import Entry, Store
from ccm_data.memo import Memo
from ccm_data.paths import PACKAGE
from ccm_data.reading import read
from ccm_data.scheme import NEVER, ColourBy, scheme
from ccm_data.vocab import Confidentiality
from ccm_data.workspace import Workspace
from tests.conftest import Open
from tests.reading.conftest import activity


def entry(**values: object) -> Entry:
    return Entry("activity", "", 1, activity(**values))


def test_a_meeting_after_the_horizon_is_in_the_briefing_with_its_next_step(workspace: Workspace, store: Store) -> None:
    given = read(workspace, store, audience=Confidentiality.INTERNAL, today=date(2026, 11, 24))
    assert (given.as_of, given.log_day) == (date(2026, 11, 24), date(2026, 11, 24))
    note = briefing(given, "KEN")
    assert note.section("Next step")[0].text == "Bring the draft instrument (Ana)"
    assert note.section("Last contact")[0].text == "Meeting at the mission: The bill is before the cabinet"
    assert "The bill is before the cabinet" in [item.text for item in note.section("What it has said")]
    assert "Facts as of 24 November 2026; activity log read through 24 November 2026." in note.document.foot
    assert "treaty actions 3 February 2026" in note.document.foot


def test_another_day_reads_the_log_through_that_day(workspace: Workspace, store: Store) -> None:
    given = read(workspace, store, as_of=date(2022, 8, 30), audience=Confidentiality.INTERNAL)
    assert given.log_day == date(2022, 8, 30)
    assert max(one.day for one in given.contacts("KEN")) <= date(2022, 8, 30)


def test_a_reading_at_the_horizon_reads_the_log_through_the_horizon(workspace: Workspace, store: Store) -> None:
    given = read(workspace, store, as_of=workspace.horizon, audience=Confidentiality.INTERNAL, today=date(2026, 11, 24))
    assert (given.as_of, given.log_day) == (workspace.horizon, workspace.horizon)
    assert max(one.day for one in given.contacts("KEN")) == date(2024, 2, 1)


@pytest.mark.parametrize(
    ("day", "campaign", "target"),
    [
        (date(2009, 6, 1), "Since the Oslo Signing Conference", 0),
        (date(2021, 11, 30), "10MSP", 3),
        (date(2022, 8, 30), "10MSP", 3),
        (date(2022, 8, 31), "Since the Second Review Conference, part two", 0),
        (date(2022, 9, 2), "Since the Tenth Meeting of States Parties", 0),
        (date(2026, 2, 3), "Since the Thirteenth Meeting of States Parties", 0),
    ],
    ids=str,
)
def test_a_day_opens_on_the_campaign_that_holds_it_or_on_the_time_since_the_latest_meeting(
    reading: Open, day: date, campaign: str, target: int
) -> None:
    given = reading(day)
    assert (given.campaign.name, given.campaign.target) == (campaign, target)
    assert given.campaign.baseline <= day <= given.campaign.end
    assert given.log_campaign == (campaign if target else "")


def test_nobody_in_office_offers_nothing(reading: Open) -> None:
    """On the horizon the facts show no coordinator on universalization in office, and the campaign is over."""
    given = reading(date(2026, 2, 3), campaign="10MSP")
    assert given.in_office("universalization").empty
    named = {name for offers in given.actions()["offered_by"] for name in offers}
    assert not named & {"Philippines", "Spain", "New Zealand"}
    assert {"ICRC", "CMC", "ISU"} <= named


def test_coordinators_in_office_and_of_a_running_campaign_offer(reading: Open) -> None:
    given = reading(date(2022, 3, 1))
    rows = given.actions()
    offered = rows.loc[rows["rule"] == "promise_overdue", "offered_by"]
    assert list(offered.iloc[0]) == ["Philippines", "Spain"]
    assert given.offers["presidency"] == ("United Kingdom",)


def test_last_contact_counts_the_log_and_the_public_record(reading: Open) -> None:
    day = date(2022, 6, 1)
    quiet = reading(day)
    assert quiet.contacts_by_state()["NGA"].origin == "facts"
    spoken = reading(day, [entry(start="2022-05-30", states=[{"iso3": "NGA"}], title="Call", confidentiality="public")])
    assert (spoken.contacts_by_state()["NGA"].origin, spoken.last_contact()["NGA"]) == ("log", date(2022, 5, 30))
    assert spoken.contacts_by_state()["NGA"].contacts == quiet.contacts_by_state()["NGA"].contacts + 1
    classes = scheme(ColourBy.CONTACT, spoken.states(), spoken.contact_days()).classes
    assert classes["NGA"] == "within 90 days"
    silent = next(iso3 for iso3 in spoken.targets()["iso3"] if iso3 not in spoken.last_contact())
    assert classes[silent] == NEVER


def test_best_first_is_the_order_of_the_rank(reading: Open) -> None:
    frame = reading().targets()
    assert list(frame["rank"]) == sorted(frame["rank"])
    assert list(frame["iso3"]) != list(frame.sort_values("category_count", ascending=False)["iso3"])


def test_what_a_caller_changes_stays_its_own(reading: Open) -> None:
    given = reading()
    mine = given.states()
    mine["name_short"] = "changed"
    assert "changed" not in set(given.states()["name_short"])


def test_an_impossible_day_and_an_unknown_campaign_are_sentences(workspace: Workspace, store: Store) -> None:
    with pytest.raises(CcmError, match="outside what is possible"):
        read(workspace, store, as_of=date(1999, 1, 1))
    with pytest.raises(CcmError, match="There is no campaign 'none'"):
        read(workspace, store, campaign="none")


def test_a_state_before_it_exists_is_said_so(reading: Open) -> None:
    given = reading(date(2010, 8, 1))
    assert "SSD" not in set(given.states()["iso3"])
    with pytest.raises(CcmError, match="SSD was no state yet on 2010-08-01"):
        given.state("SSD")


def test_an_edited_facts_file_is_seen_by_the_next_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCM_HOME", str(tmp_path / "home"))
    folder = tmp_path / "facts"
    shutil.copytree(PACKAGE / "facts", folder)
    before = opening.current(folder)
    assert opening.current(folder) is before
    day = before.horizon
    status = dict(zip(*(before.states(day)[name] for name in ("iso3", "status")), strict=True))
    assert status["KEN"] == "signatory"
    with (folder / "treaty_actions.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"CCM,KEN,ratification,{day},day,,untc_2014\r\n")
    after = opening.current(folder)
    assert after is not before
    assert after.findings == []
    assert after.states(day).set_index("iso3").at["KEN", "status"] == "state_party"
    assert before.states(day).set_index("iso3").at["KEN", "status"] == "signatory", "a reading stays what it was"


def test_a_touched_file_keeps_what_was_computed(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    shutil.copytree(PACKAGE / "facts", folder)
    before = opening.current(folder)
    (folder / "states.csv").touch()
    assert opening.current(folder) is before


def test_a_result_is_computed_once_and_the_oldest_goes() -> None:
    memo, made = Memo(2), []

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "a", "b", "a", "c", "b"):
        assert memo.get(key, lambda key=key: make(key)) == key
    assert made == ["a", "b", "c", "b"]
    with pytest.raises(ZeroDivisionError):
        memo.get("d", lambda: 1 / 0)
    assert memo.get("d", lambda: 5) == 5
