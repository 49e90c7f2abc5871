"""The bilateral briefing, read back from Word and PDF."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from ccm_data.documents import briefing as briefings
from ccm_data.documents import pdf
from ccm_data.errors import CcmError
from ccm_data.languages import tongue
from ccm_data.log import Entry
from ccm_data.vocab import Language
from ccm_data.workspace import Workspace
from tests.conftest import Open
from tests.documents.conftest import BASELINE, SECRET, days, pdf_pages, word_text
from tests.languages.phrases import wanted
from tests.thorough import sample


@pytest.fixture(scope="module")
def kenya(reading: Open) -> briefings.Briefing:
    return briefings.briefing(reading(BASELINE), "KEN")


def test_kenya_says_signature_categories_and_what_shows_them(kenya: briefings.Briefing) -> None:
    text = word_text(kenya.docx())
    assert "Signatory: signed 3 December 2008, not ratified" in text
    (met,) = kenya.section("Target categories")
    assert met.text == (
        "Voted yes, not party (7 December 2020); Mine Ban Convention party (23 January 2001); "
        "Signatory, not ratified (3 December 2008); Declared support or interim step (2010)"
    )
    assert "ratification 23 January 2001" in text  # the Mine Ban Convention
    assert "September 2016: Representative: ratification may have been delayed" in text
    assert "September 2013: Told 4MSP ratification is under consideration" in text
    assert "Interministerial work (step 4 of 10), September 2011" in text
    assert "Madagascar, joined 20 May 2017; shares Eastern Africa" in text
    assert "Coordinators on universalization in office: Philippines, Spain" in text


@pytest.mark.parametrize("iso3", ["KEN", "NGA", "VNM", "USA", "LTU", "ZMB"])
def test_no_date_after_the_as_of_date(reading: Open, iso3: str) -> None:
    note = briefings.briefing(reading(BASELINE), iso3)
    for text in (word_text(note.docx()), " ".join(pdf_pages(note.pdf()))):
        found = list(days(text))
        assert len(found) > 5
        assert max(found) <= BASELINE


def test_a_source_published_later_says_so_without_a_date(kenya: briefings.Briefing) -> None:
    later = next(one for one in kenya.document.sources if one.source_id == "PLCY-M23-KEN")
    assert later.later
    for said in (later.words(), later.short()):
        assert "published later" in said
        assert "2023-09-05" not in said


def test_it_begins_with_the_meeting(kenya: briefings.Briefing) -> None:
    labels = [row.label for row in kenya.sections]
    assert labels[:7] == [
        "Status", "Who is met", "Why now", "The ask", "Who calls", "What to say", "If they say …",
    ]  # fmt: skip
    assert kenya.section("Why now")[0].text.startswith("The file is between ministries")
    assert kenya.section("The ask")[0].text.startswith("Complete the ratification")
    assert kenya.section("Last contact")[0].strong == "30 May 2017:"


def test_what_to_say_is_of_its_own_words_of_peers_and_of_help(kenya: briefings.Briefing) -> None:
    own, peers, help_ = kenya.section("What to say")
    assert own.text == (
        "On record for September 2013: told 4MSP ratification is under consideration. You have voted yes on the "
        "General Assembly resolution in all 6 sessions recorded since 2015, last on 7 December 2020."
    )
    assert peers.text.startswith(
        "Near you have joined: Madagascar (20 May 2017), Mauritius (1 October 2015) and Somalia"
    )
    assert help_.text == (
        "On offer: ICRC ratification toolkit, for the ministry that holds the file (Philippines, Spain, ICRC)."
    )
    assert all(point.sources for point in (own, peers, help_))


def test_an_answer_to_the_obstacle_with_the_year_it_was_named(kenya: briefings.Briefing) -> None:
    (answer,) = kenya.section("If they say …")
    assert answer.strong == "Domestic politics (2016):"
    assert (
        answer.text
        == "We can come to the capital, or bring in members of parliament and partners whom the matter needs."
    )
    assert answer.sources


def test_the_ask_stands_in_the_first_third(kenya: briefings.Briefing) -> None:
    for text in (word_text(kenya.docx()), *pdf_pages(kenya.pdf())):
        assert text.index("Complete the ratification") < len(text) / 3


def test_votes_stand_in_a_sentence(reading: Open, kenya: briefings.Briefing) -> None:
    assert [item.text for item in kenya.section("Votes")] == ["Yes 2015–2020"]
    (turned,) = briefings.briefing(reading(date(2024, 1, 1)), "UGA").section("Votes")
    assert re.fullmatch(r"\w+ 20\d\d(–20\d\d)?(; \w+ 20\d\d(–20\d\d)?)*", turned.text)


def test_what_has_no_source_is_left_out(kenya: briefings.Briefing) -> None:
    assert "Promises" not in [row.label for row in kenya.sections]
    assert "no source\n" not in word_text(kenya.docx())
    gap = "No mission recorded: a gap in the record, not a sign that there is none"
    assert gap in [item.text for item in kenya.section("Who is met")]
    assert kenya.section("Obstacles")[0].strong == "Domestic politics:"


def test_every_number_in_brackets_is_a_source_listed_at_the_end(kenya: briefings.Briefing) -> None:
    body, sources = word_text(kenya.docx()).split("\nSources\n")
    cited = {int(n) for group in re.findall(r"\[([\d, ]+)\]", body) for n in group.split(", ")}
    listed = {int(n) for n in re.findall(r"\[(\d+)\]", sources)}
    assert cited == listed == set(range(1, len(listed) + 1))
    assert "UN Treaty Collection" in sources


def test_kenya_fills_one_page(kenya: briefings.Briefing) -> None:
    pages = pdf_pages(kenya.pdf())
    assert len(pages) == 1
    assert "signed 3 December 2008" in pages[0]


DAYS = [date(2012, 9, 1), date(2016, 1, 15), BASELINE, date(2024, 6, 30), date(2026, 2, 3)]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("day", sample(DAYS, 2), ids=str)
def test_every_target_fills_one_page(reading: Open, day: date, language: Language) -> None:
    given = reading(day)
    wanted = sample(list(given.states().query("is_target")["iso3"]), 7)
    desk = briefings.Desk(given, wanted, tongue(language))
    assert [iso3 for iso3 in wanted if pdf.pages(desk.briefing(iso3).document) != 1] == []


@pytest.mark.parametrize(
    ("language", "ask", "notes"),
    [
        (Language.FRENCH, "Achever la ratification", "Que dire"),
        (Language.SPANISH, "Completar la ratificación", "Qué decir"),
    ],
)
def test_it_is_said_in_three_languages(reading: Open, language: Language, ask: str, notes: str) -> None:
    note = briefings.briefing(reading(BASELINE), "CAF", tongue(language))
    assert note.name in ("République centrafricaine", "República Centroafricana")
    english = {phrase for phrase in wanted() if " " in phrase and "{" not in phrase}
    for text in (word_text(note.docx()), " ".join(pdf_pages(note.pdf()))):
        assert ask in text
        assert notes in text
    body = word_text(note.docx()).split(f"\n{tongue(language).say('Sources')}\n")[0]
    assert {phrase for phrase in english if phrase in body} <= {"Convention on Cluster Munitions"}, (
        "in a recorded title"
    )
    assert docx.Document(io.BytesIO(note.docx())).core_properties.language[:2] == language
    assert PdfReader(io.BytesIO(note.pdf())).trailer["/Root"]["/Lang"][:2] == language  # type: ignore[index]


def test_a_full_log_still_fills_one_page(reading: Open, activity: Callable[..., Entry]) -> None:
    long = "word " * 200
    said = {"iso3": "KEN", "position": long, "promise": long, "obstacles": ["capacity"], "stage": "intent"}
    told = {"title": long[:290], "outcome": long, "states": [said]}
    log = [activity(start=f"2021-{month:02}-01", **told) for month in range(1, 11)]
    note = briefings.briefing(reading(BASELINE, log), "KEN")
    assert len(pdf_pages(note.pdf())) == 1
    assert "more on record" in word_text(note.docx())


@pytest.mark.parametrize(("most", "seen"), [("public", False), ("partners", False), ("internal", True)])
def test_internal_entries_stay_inside(reading: Open, activity: Callable[..., Entry], most: str, seen: bool) -> None:
    part = {
        "iso3": "KEN", "position": SECRET, "promise": SECRET, "promise_due": "2021-12-31", "stage": "assented",
        "obstacles": ["alliance"],
    }  # fmt: skip
    log = [activity(), activity(confidentiality="internal", title=SECRET, outcome=SECRET, states=[part])]
    note = briefings.briefing(reading(BASELINE, log, audience=most), "KEN")
    for text in (word_text(note.docx()), " ".join(pdf_pages(note.pdf()))):
        assert ("Zanzibar" in text) is seen
        assert ("Assented" in text) is seen
        assert ("Alliance commitments" in text) is seen
        assert ("Internal: for the coordinators only" in text) is seen
        assert "Coffee with the mission" in text


def test_the_log_says_contacts_promises_and_their_age(reading: Open, activity: Callable[..., Entry]) -> None:
    part = {"iso3": "KEN", "promise": "Will table the bill", "promise_due": "2021-11-10"}
    log = [
        activity(states=[part]),
        activity(start="2021-12-01", title="After the day"),
        activity(status="planned", title="Only planned"),
        activity(states=[{"iso3": "UGA"}], title="With another state"),
    ]
    text = word_text(briefings.briefing(reading(BASELINE, log), "KEN").docx())
    assert "Will table the bill (by 10 November 2021; 46 days old, overdue by 20 days)" in text
    assert "30 May 2017: Kampala CCM ratification seminar" in text  # public history
    for unseen in ("After the day", "Only planned", "With another state"):
        assert unseen not in text


def test_a_promise_that_was_kept(reading: Open, activity: Callable[..., Entry]) -> None:
    def fate(due: str) -> str:
        log = [activity(start="2022-03-24", states=[{"iso3": "NGA", "promise": "Will join", "promise_due": due}])]
        (item,) = briefings.briefing(reading(date(2024, 1, 1), log), "NGA").section("Promises")
        return item.text

    assert fate("2023-12-31") == "Will join (by 31 December 2023; joined 28 February 2023)"
    assert fate("2022-12-31") == "Will join (by 31 December 2022; joined 28 February 2023, after that day)"


def test_many_in_one_file_and_in_a_zip(reading: Open) -> None:
    heard: list[tuple[int, int]] = []
    notes = briefings.many(reading(BASELINE), ["KEN", "uga", "KEN"], progress=lambda *at: heard.append(at))
    assert [note.iso3 for note in notes] == ["KEN", "UGA"]
    assert heard == [(1, 2), (2, 2)]
    pages = pdf_pages(briefings.combined_pdf(notes))
    assert [page.split(" Briefing")[0] for page in pages] == ["Kenya", "Uganda"]
    assert [p.text for p in docx.Document(io.BytesIO(briefings.combined_docx(notes))).paragraphs
            if p.style.name == "Title"] == ["Kenya", "Uganda"]  # fmt: skip
    names = zipfile.ZipFile(io.BytesIO(briefings.zipped(notes, ("docx", "pdf")))).namelist()
    assert names == [f"briefing-{iso3}-2021-11-30.{kind}" for iso3 in ("KEN", "UGA") for kind in ("docx", "pdf")]


def test_same_facts_same_file(reading: Open, kenya: briefings.Briefing) -> None:
    again = briefings.briefing(reading(BASELINE), "KEN")
    assert again.pdf() == kenya.pdf()
    assert word_text(again.docx()) == word_text(kenya.docx())


def test_hostile_text_is_only_text(reading: Open, activity: Callable[..., Entry]) -> None:
    text = '#panic("no") *bold* $x$ <script>alert(1)</script> \\u{202e} @missing'
    note = briefings.briefing(reading(BASELINE, [activity(title=text)]), "KEN")
    assert text in word_text(note.docx())
    assert text.replace(" ", "") in "".join(pdf_pages(note.pdf())).replace(" ", "")


def test_wrong_questions_get_a_sentence(workspace: Workspace, reading: Open, kenya: briefings.Briefing) -> None:
    with pytest.raises(CcmError, match="'XXX' is no ISO 3166-1"):
        briefings.briefing(reading(BASELINE), "XXX")
    with pytest.raises(CcmError, match="1 to 40 states at once; 41 were asked for"):
        briefings.many(reading(BASELINE), list(workspace.states(BASELINE)["iso3"])[:41])
    with pytest.raises(CcmError, match="cannot be made as 'odt'"):
        briefings.made(kenya, "odt")


def test_before_any_vote(reading: Open) -> None:
    note = briefings.briefing(reading(date(2010, 8, 1)), "KEN")
    assert "Votes" not in [row.label for row in note.sections]


def test_the_pdf_is_tagged_and_titled(kenya: briefings.Briefing) -> None:
    file = PdfReader(io.BytesIO(kenya.pdf()))
    assert file.metadata is not None
    assert file.metadata.title == "Kenya"
    assert "/StructTreeRoot" in file.trailer["/Root"]


def test_libreoffice_opens_it(kenya: briefings.Briefing, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("LibreOffice is not on this machine; `apt-get install libreoffice-writer-nogui` runs this test.")
    (tmp_path / "kenya.docx").write_bytes(kenya.docx())
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "kenya.docx"],
        cwd=tmp_path, check=True, timeout=180, capture_output=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    (text,) = pdf_pages((tmp_path / "kenya.pdf").read_bytes())  # one page there too
    assert "signed 3 December 2008" in text
    assert "Told 4MSP ratification is under consideration" in text
