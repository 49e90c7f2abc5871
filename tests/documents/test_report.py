"""The progress report, read back from Word and PDF, and its numbers against the facts."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest

from ccm_data.documents.report import report
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.workspace import Workspace
from tests.conftest import Open
from tests.documents.conftest import SECRET, days, pdf_pages, word_text

LATEST = date(2026, 2, 3)


def test_10msp_brought_no_new_state_party(reading: Open) -> None:
    made = report(reading(LATEST, campaign="10MSP"), end=date(2022, 8, 30))
    assert (made.start, made.end) == (date(2021, 11, 30), date(2022, 8, 30))
    assert made.result == {
        "parties_before": 110, "signatories_before": 13, "targets_before": 87, "parties_after": 110,
        "signatories_after": 13, "targets_after": 87, "joined": 0, "withdrew": 0, "signed": 0, "net": 0,
        "parties_provisional": 0, "signatories_provisional": 0, "joined_provisional": 0,
    }  # fmt: skip
    text = word_text(made.docx())
    assert "0 new States Parties between 30 November 2021 and 30 August 2022; 0 withdrew; net +0." in text
    assert "As of 30 August 2022 the target is not reached: 0 of 3." in text
    assert "No state changed its status." in text
    assert max(days(text.split("\nSources\n")[0])) <= made.end


def test_until_2026_three_joined_and_one_left(reading: Open) -> None:
    made = report(reading(LATEST, campaign="10MSP"))
    for text in (word_text(made.docx()), " ".join(pdf_pages(made.pdf()))):
        assert "3 new States Parties between 30 November 2021 and 3 February 2026" in text
        assert "(Nigeria, South Sudan and Vanuatu joined); 1 withdrew (Lithuania left); net +2." in text
    changes = made.rows["documents/status_changes"]
    assert [(r.name_short, r.what, str(r.day.date())) for r in changes.itertuples()] == [
        ("Nigeria", "joined", "2023-02-28"),
        ("South Sudan", "joined", "2023-08-03"),
        ("Lithuania", "gave notice", "2024-09-06"),
        ("Lithuania", "left", "2025-03-06"),
        ("Vanuatu", "joined", "2025-09-05"),
    ]


def test_halves_annexes_and_pictures(reading: Open) -> None:
    file = docx.Document(io.BytesIO(report(reading(LATEST, campaign="10MSP")).docx()))
    chapters = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert chapters == [
        "Expected output and result", "I. Adherence to the Convention", "II. The norm", "Challenges",
        "Questions for discussion", "Annexes",
    ]  # fmt: skip
    assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == [
        "The world by status, as of 3 February 2026",
        "States Parties at the end of each year, as of 3 February 2026",
        "Votes on the General Assembly resolution, as of 3 February 2026",
    ]
    annex = next(t for t in file.tables if t.rows[0].cells[0].text == "State" and len(t.columns) == 6)
    assert len(annex.rows) - 1 == 85


def test_targets_by_category_agree_with_the_snapshot(workspace: Workspace, reading: Open) -> None:
    made = report(reading(LATEST, campaign="10MSP"))
    for row in made.rows["documents/categories"].itertuples():
        for day, counted in ((made.start, row.before), (LATEST, row.after)):
            assert counted == sum(row.category in met for met in workspace.states(day)["categories"])


def test_votes_of_the_period(reading: Open) -> None:
    made = report(reading(LATEST, campaign="10MSP"))
    last = made.rows["votes/totals"].iloc[-1]
    assert (last["year"], last["stage"], last["yes"], last["no"], last["abstain"]) == (2025, "plenary", 138, 2, 35)
    changed = {(r.iso3, r.year, r.previous, r.vote) for r in made.rows["votes/changes"].itertuples()}
    assert ("USA", 2025, "abstain", "no") in changed
    assert ("LTU", 2024, "yes", "abstain") in changed


def test_activities_are_counted_once(reading: Open, activity: Callable[..., Entry]) -> None:
    met = [{"iso3": "KEN", "position": "Bill is drafted", "obstacles": ["capacity"], "stage": "interministerial"}]
    log = [
        activity(start="2022-02-01", states=met, implementers=["Spain", "Philippines"]),
        activity(start="2022-03-01", states=[{"iso3": "UGA"}, {"iso3": "FJI"}], type="embassy_outreach"),
        activity(start="2022-03-01", status="planned"),
        activity(start="2022-09-01"),
    ]
    made = report(reading(LATEST, log, campaign="10MSP"), end=date(2022, 8, 30))
    public = 3  # the workshop and the military dialogue of Abuja, March 2022, and the Commonwealth's meeting of April
    assert len(made.rows["documents/activities"]) == 2 + public
    kinds = made.rows["documents/activities_by_type"].set_index("type")["activities"].to_dict()
    assert kinds["bilateral_geneva"] == kinds["embassy_outreach"] == kinds["military_to_military"] == 1
    by = made.rows["documents/activities_by_implementer"].set_index("name")["activities"].to_dict()
    assert by["Spain"] == 2  # one with the Philippines, one alone
    assert by["Philippines"] == 1
    assert list(made.rows["documents/bilaterals"]["name_short"]) == ["Kenya", "Fiji", "Uganda"]
    workshop = made.rows["documents/workshops"].iloc[0]
    assert (workshop["states"], workshop["targets"]) == (16, 10)
    text = word_text(made.docx())
    assert "5 activities are on record for 30 November 2021 to 30 August 2022: 2 in the log, 3 public events." in text
    assert "Bill is drafted" in text


def test_promises_made_kept_overdue(reading: Open, activity: Callable[..., Entry]) -> None:
    def promise(iso3: str, due: str) -> Entry:
        return activity(start="2022-01-10", states=[{"iso3": iso3, "promise": "Will join", "promise_due": due}])

    log = [promise("NGA", "2023-12-31"), promise("KEN", "2022-06-30"), promise("UGA", "2030-01-01")]
    made = report(reading(LATEST, log, campaign="10MSP"), date(2021, 12, 1), LATEST)
    ours = made.rows["documents/promises"].query("summary == 'Will join'")
    fates = {r.iso3: (r.fate, r.made_now, r.kept_now) for r in ours.itertuples()}
    assert fates == {"NGA": ("kept", True, True), "KEN": ("overdue", True, False), "UGA": ("open", True, False)}
    assert "3 made, 1 kept" in word_text(made.docx())


def test_internal_entries_stay_out_unless_asked(reading: Open, activity: Callable[..., Entry]) -> None:
    part = {"iso3": "KEN", "position": SECRET, "promise": SECRET, "obstacles": ["alliance"]}
    log = [activity(start="2022-02-01", title=SECRET, outcome=SECRET, states=[part], confidentiality="internal")]
    given = {"activities": log, "campaign": "10MSP"}
    public = word_text(report(reading(LATEST, **given)).docx())
    assert "Zanzibar" not in public
    assert "0 in the log" in public
    assert "Public: from public facts" in public
    inside = word_text(report(reading(LATEST, **given, audience="internal")).docx())
    assert inside.count("Zanzibar") >= 3
    assert "1 in the log" in inside


def test_a_report_ends_today_and_begins_with_the_latest_meeting_unless_asked(
    workspace: Workspace, reading: Open
) -> None:
    made = report(reading())
    meeting = workspace.latest_meeting(date.today())
    assert (made.start, made.end) == (meeting.end_date, date.today())
    text = word_text(made.docx())
    assert f"Progress report: Since the {meeting.name}" in text
    assert "target is" not in text


def test_an_impossible_period_gets_a_sentence(reading: Open) -> None:
    with pytest.raises(CcmError, match="from 2022-08-30 to 2021-11-30 is not possible"):
        report(reading(), date(2022, 8, 30), date(2021, 11, 30))
