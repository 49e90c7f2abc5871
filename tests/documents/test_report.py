"""The progress report, read back from Word and PDF, and its numbers against the facts."""

from __future__ import annotations

import inspect
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest

from ccm_data.documents import registry, report_findings, report_work
from ccm_data.documents.content import Table, Text
from ccm_data.documents.registry import Order
from ccm_data.documents.report import ANNEXES, CHAPTERS, INTERNAL_ANNEX, Report, report
from ccm_data.documents.report_found import Known
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.vocab import Category, Status
from ccm_data.workspace import Workspace
from tests.conftest import Open
from tests.documents.conftest import SECRET, days, pdf_pages, word_text

LATEST = date(2026, 2, 3)
TODAY = date.today()


def said(made: Report, rule: str) -> list[Text]:
    """The sentences of one rule."""
    return [text for _chapter, name, text in made.sentences if name == rule]


def one(made: Report, rule: str) -> str:
    """The only sentence of a rule."""
    (text,) = said(made, rule)
    return text.text


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


def test_prose_stands_before_the_annexes_and_holds_no_table(reading: Open) -> None:
    file = docx.Document(io.BytesIO(report(reading(LATEST, campaign="10MSP")).docx()))
    chapters = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert chapters == [
        "Mandate and period", "Objectives", "What was done", "What changed", "Challenges", "Recommendations",
        "Next steps", "Annexes",
    ]  # fmt: skip
    body = list(file.element.body)
    annexes = body.index(next(p._p for p in file.paragraphs if p.text == ANNEXES))
    assert not [part for part in body[:annexes] if part.tag.endswith("}tbl")]
    assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == [
        "The world by status, as of 3 February 2026",
        "States Parties at the end of each year, as of 3 February 2026",
        "Votes on the General Assembly resolution, known through 1 December 2025",
    ]
    annex = next(t for t in file.tables if t.rows[0].cells[0].text == "State" and len(t.columns) == 6)
    assert len(annex.rows) - 1 == 85


def test_in_pdf_the_chapters_come_in_the_same_order_on_at_most_four_pages(reading: Open) -> None:
    pages = pdf_pages(report(reading(LATEST, campaign="10MSP")).pdf())
    text = " ".join(pages)
    places = [text.index(title) for title in (*CHAPTERS, "Annex 1. The Convention", "Annex 4. Target states")]
    assert places == sorted(places)
    assert next(number for number, page in enumerate(pages) if "Annex 1." in page) <= 4


def test_every_sentence_has_a_source_or_a_rule_that_says_where_it_comes_from(reading: Open) -> None:
    made = report(reading(LATEST, campaign="10MSP"))
    rules = [rule for passages in CHAPTERS.values() for one in passages for rule in one.rules]
    assert {rule.__module__ for rule in rules} == {report_work.__name__, report_findings.__name__}
    assert all(inspect.getdoc(rule) for rule in rules)
    known = made.reading.workspace.sources.index
    derived = set()
    for _chapter, rule, text in made.sentences:
        assert text.text.endswith(".")
        assert set(text.sources) <= set(known)
        if not text.sources:
            derived.add(rule)
    assert derived == {
        "mandate", "campaign", "period", "aim", "starting_point", "work_plan", "not_done", "without_contact",
        "reach_others", "meetings",
    }  # fmt: skip


def test_the_numbers_of_the_prose_agree_with_the_states_of_the_day(reading: Open) -> None:
    given = reading(LATEST, campaign="10MSP")
    made, states = report(given), given.states()
    parties, signed = (int((states["status"] == kind).sum()) for kind in (Status.STATE_PARTY, Status.SIGNATORY))
    assert f"to {parties} States Parties and from 13 to {signed} signatories" in one(made, "standing")
    assert one(made, "signatories").startswith(f"{signed} signatories have not ratified")
    targets = states[states["is_target"]]
    vote = targets["vote"].value_counts()
    assert f"{vote['abstain']} targets abstained and {vote['no']} voted no" in one(made, "not_yes")
    voted = sum(Category.FIRST_COMMITTEE_YES in met for met in targets["categories"])
    assert one(made, "turn_votes").startswith(f"{voted} states not party voted yes")
    reached = {state.iso3 for entry in given.activities(since=made.start) for state in entry.activity.states}
    missing = int((~targets["iso3"].isin(reached)).sum())
    assert one(made, "without_contact").startswith(f"{missing} of {len(targets)} targets")
    names = [row.name_short for row in targets.itertuples() if row.stage in ("parliament_approved", "assented")]
    assert one(made, "approved") == f"Approved at home but not deposited: {' and '.join(sorted(names))}."
    named = {code: sum(code in held for held in targets["obstacles"]) for code in ("security_concern", "capacity")}
    assert f"security concern ({named['security_concern']} targets" in one(made, "obstacles")
    assert f"capacity (staff, money) ({named['capacity']} targets" in one(made, "obstacles")


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
    assert "138 states voted yes, 2 voted no and 35 abstained" in one(made, "votes")
    assert "Lithuania (2024)" in said(made, "vote_changes")[1].text


def test_implementers_are_those_the_log_names_and_hosts_are_hosts(
    reading: Open, activity: Callable[..., Entry]
) -> None:
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
    assert by == {"Spain": 2, "Philippines": 1}  # one together, one of Spain alone; no host of a public event
    hosts = made.rows["documents/activities_by_host"].set_index("name")["activities"].to_dict()
    assert hosts["Nigeria"] == 2
    assert list(made.rows["documents/bilaterals"]["name_short"]) == ["Kenya", "Fiji", "Uganda"]
    workshop = made.rows["documents/workshops"].iloc[0]
    assert (workshop["states"], workshop["targets"]) == (16, 10)
    text = word_text(made.docx())
    assert "5 activities are on record for 30 November 2021 to 30 August 2022: 2 in the log and 3 public events" in text
    bilateral = next(text for text in said(made, "by_type") if text.strong == "Bilateral in Geneva:")
    assert bilateral.text == "1 activity with 1 named state, 1 of them not party; implementers: Philippines, Spain."
    assert one(made, "met") == "Bilaterals and embassy outreach reached Fiji, Kenya and Uganda."
    assert "Bill is drafted" in text


def test_without_a_log_nobody_is_called_an_implementer(reading: Open) -> None:
    made = report(reading(), date(2025, 9, 19))
    assert not len(made.rows["documents/activities_by_implementer"])
    assert "No implementer is named." in word_text(made.docx())


def test_overdue_promises_stand_in_the_internal_annex_alone(reading: Open, activity: Callable[..., Entry]) -> None:
    def promise(iso3: str, due: str, made: str = "2022-01-10") -> Entry:
        part = {"iso3": iso3, "promise": "Will join", "promise_due": due}
        return activity(start=made, states=[part])

    log = [
        promise("NGA", "2023-12-31"), promise("KEN", "2022-06-30"), promise("KEN", "2023-06-30", "2022-05-10"),
        promise("UGA", "2030-01-01"), promise("ZWE", "2020-06-30", "2019-01-10"),
    ]  # fmt: skip
    given = reading(LATEST, log, campaign="10MSP", audience="internal")
    made = report(given, date(2021, 12, 1), LATEST, annex=True)
    ours = made.rows["documents/promises"].query("summary == 'Will join'")
    fates = {(r.iso3, r.due.year): (r.fate, r.made_now, r.kept_now, r.pressing) for r in ours.itertuples()}
    assert fates == {
        ("NGA", 2023): ("kept", True, True, False), ("KEN", 2022): ("overdue", True, False, False),
        ("KEN", 2023): ("overdue", True, False, True), ("UGA", 2030): ("open", True, False, False),
        ("ZWE", 2020): ("overdue", False, False, False),
    }  # fmt: skip
    text = word_text(made.docx())
    annex = text[text.index(INTERNAL_ANNEX) :]
    assert "1,365 days old, overdue by 949 days" in annex
    rows = annex.split("\nSources\n")[0]
    assert "Angola" not in rows  # promised in 2017, by 2018
    assert "Zimbabwe" not in rows  # promised in 2019, by 2020
    for other in (report(given), report(given.for_audience(reading().audience))):
        assert "overdue" not in word_text(other.docx()).lower()
    with pytest.raises(CcmError, match="internal readers only"):
        report(reading(LATEST), date(2022, 1, 1), annex=True)
    with pytest.raises(CcmError, match="has no internal annex"):
        registry.make("changes", given, Order("docx", annex=True))


def test_internal_entries_are_counted_and_nothing_of_them_is_said(
    reading: Open, activity: Callable[..., Entry]
) -> None:
    part = {"iso3": "KEN", "position": SECRET, "promise": SECRET, "obstacles": ["alliance"]}
    hidden = {"title": SECRET, "outcome": SECRET, "place": SECRET, "implementers": [SECRET], "states": [part]}
    log = [
        activity(start="2022-02-01", confidentiality="internal", **hidden),
        activity(start="2030-02-01", status="planned", confidentiality="internal", **hidden),
        activity(start="2022-03-01", confidentiality="partners", **hidden),
        activity(start="2020-03-01", confidentiality="internal", **hidden),  # before the period
    ]
    given = {"activities": log, "campaign": "10MSP"}
    made = report(reading(TODAY, **given))
    for public in (word_text(made.docx()), " ".join(pdf_pages(made.pdf()))):
        assert "Zanzibar" not in public
        assert "1 entry for partners is not shown and 2 internal entries are not shown." in public
        assert "Public: from public facts" in public
        assert "No bilateral that may be shown here is on record." in public
        assert "No position that may be shown here is on record." in public
        assert "targets are named in no activity of the period that may be shown here" in public
        assert not re.search(r"\b0 in the log|\bNo (bilateral|position|implementer) is ", public)
    obstacles = next(table for table in tables(made) if "Obstacles" in table.title.strong)
    assert {row[3] for row in obstacles.rows} == {""}  # no zero in the column of the log
    inside = report(reading(TODAY, **given, audience="internal"))
    text = word_text(inside.docx())
    assert text.count("Zanzibar") >= 3
    assert "2 in the log" in text
    assert "not shown" not in text
    assert said(inside, "left_out") == []


def test_a_zero_that_is_true_for_all_readers_is_said(reading: Open) -> None:
    made = report(reading(TODAY, campaign="10MSP"))
    text = word_text(made.docx())
    assert "No bilateral is on record." in text
    assert ": 0 in the log and " in one(made, "counted")


def tables(made: Report) -> list[Table]:
    """The tables of a report."""
    return [block for block in made.document.blocks if isinstance(block, Table)]


def test_every_table_says_through_which_day_it_is_known(reading: Open, activity: Callable[..., Entry]) -> None:
    day = date(2026, 11, 1)
    given = reading(day, [activity()], campaign="10MSP", audience="internal", today=day)
    made = report(given, annex=True)
    found = tables(made)
    assert len(found) == 19
    for table in found:
        assert "known through" in table.title.text
        assert made.found.period in table.title.text
    standing = found[0]
    assert standing.header == ("", "As of 30 November 2021", "Known through 3 February 2026")
    assert standing.rows[0] == ("States Parties", "110", "112")
    assert "112 States Parties" in one(made, "standing")
    assert "(known through 3 February 2026)" in one(made, "standing")
    assert made.summary.endswith("net +2. Known through 3 February 2026.")
    assert "As of 1 November 2026" not in word_text(made.docx())
    assert "activities known through" not in word_text(made.docx())


def test_known_through_never_passes_the_end_of_the_period(workspace: Workspace) -> None:
    known = Known(workspace.horizons, date(2022, 8, 30))
    assert known.words("status", "declarations", "log") == "known through 30 August 2022"
    later = Known(workspace.horizons, date(2025, 1, 1))
    assert later.words("declarations") == "known through 31 December 2023 (single entries to 1 January 2025)"
    assert later.words("log", "public record") == (
        "known through: log 1 January 2025, public record 29 April 2024 (single entries to 1 January 2025)"
    )


def test_nothing_is_later_than_the_period_but_what_was_ahead_of_it(
    reading: Open, activity: Callable[..., Entry]
) -> None:
    log = [
        activity(start="2022-09-01", title="Later visit"),
        activity(start="2022-10-01", status="planned", title="Trip"),
    ]
    made = report(reading(LATEST, log, campaign="10MSP"), end=date(2022, 6, 1))
    assert said(made, "meetings")[0].text.startswith("No source by 1 June 2022 tells of a meeting")
    text = word_text(made.docx()).split("\nSources\n")[0]
    ahead = text[text.index("Next steps") : text.index("Annex 1.")]
    assert "The campaign's progress report is due on 21 June 2022." in ahead
    assert "Later visit" not in text
    assert "Trip" not in text  # written after the period
    rest = text.replace(ahead, "").replace("30 August 2022", "")  # the campaign's own last day
    assert max(days(rest)) <= made.end


def test_a_meeting_that_a_source_tells_of_is_a_next_step(reading: Open) -> None:
    made = report(reading(date(2026, 3, 15), campaign="10MSP"))
    (text,) = said(made, "meetings")
    assert text.text == "Third Review Conference, 14 September 2026 to 18 September 2026, Vientiane."
    assert text.sources == ("EV-XINHUA-FEB26",)


def test_planned_activities_are_next_steps(reading: Open, activity: Callable[..., Entry]) -> None:
    log = [activity(start="2100-01-05", status="planned", title="Lunch with the mission", place="Geneva")]
    (text,) = said(report(reading(TODAY, log, campaign="10MSP")), "planned")
    assert text.text == "Lunch with the mission, 5 January 2100, Geneva (bilateral in Geneva; Spain)."


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


def test_a_period_after_what_is_known_claims_nothing(reading: Open) -> None:
    made = report(reading(date(2026, 11, 24)), date(2026, 9, 18), date(2026, 11, 24))
    said = {rule: text.text for _chapter, rule, text in made.sentences}
    assert said["result"] == (
        "Whether a state joined or withdrew in the period is not known: status is known through 3 February 2026."
    )
    assert made.summary == said["result"], "page and command say it too"
    assert said["starting_point"].startswith("Known through 3 February 2026, 85 states stood outside the Convention")
    assert "without_contact" not in said
    assert "reach_others" not in said


HOSTILE = '#panic("no") {{ 7*7 }} =cmd()|calc <script>alert(1)</script> MERGEFIELD \\n[x](javascript:y)'


def test_hostile_text_in_every_field_is_only_text(reading: Open, activity: Callable[..., Entry]) -> None:
    part = {"iso3": "KEN", "position": HOSTILE, "promise": HOSTILE, "promise_due": "2021-12-31"}
    values = dict.fromkeys(("title", "summary", "outcome", "next_step", "place", "owner"), HOSTILE)
    given = reading(date(2021, 11, 30), [activity(**values, states=[part])], audience="internal")
    for name in ("report", "briefing", "changes"):
        for style in ("docx", "pdf"):
            order = Order(
                style, ("KEN",) if name == "briefing" else (), start=date(2021, 9, 1) if name != "briefing" else None
            )
            made = registry.make(name, given, order).content
            if style == "pdf":
                assert pdf_pages(made)
                assert b"/JavaScript" not in made
            else:
                assert "#panic" in word_text(made)
                with zipfile.ZipFile(io.BytesIO(made)) as file:
                    written = file.read("word/document.xml")
                assert b"<script" not in written
                assert b"instrText" not in written, "no field code"
