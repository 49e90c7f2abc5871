"""The leave-behind, read back from Word and PDF in three languages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from ccm_data.documents import docx as word
from ccm_data.documents import pdf, registry
from ccm_data.documents.leave_behind import LeaveBehind, leave_behinds
from ccm_data.documents.registry import Order
from ccm_data.errors import CcmError
from ccm_data.languages import tongue
from ccm_data.log import Entry
from ccm_data.vocab import Language
from tests.conftest import Open
from tests.documents.conftest import BASELINE, SECRET, days, pdf_pages, word_text
from tests.languages.phrases import wanted
from tests.thorough import sample

ALL = pytest.mark.parametrize("language", list(Language))


def made(reading: Open, iso3: str, language: Language = Language.ENGLISH, day: date = BASELINE) -> LeaveBehind:
    return leave_behinds(reading(day), [iso3], tongue(language))[0]


def section(note: LeaveBehind, heading: str) -> list[str]:
    """The lines of a section, what stands in bold before each with it."""
    found = dict(note.sections(6))[heading]
    return [f"{one.strong} {one.text}".strip() for one in found]


def test_a_signatory_reads_where_it_stands_and_how_to_ratify(reading: Open) -> None:
    note = made(reading, "KEN")
    assert note.document.title == "Convention on Cluster Munitions"
    assert note.document.subtitle == "Aide-mémoire addressed to the Republic of Kenya"
    assert section(note, "Status of the Republic of Kenya") == [
        "Convention on Cluster Munitions: Signed on 3 December 2008; ratification is still to come.",
        "General Assembly resolution: Latest vote in favour, plenary, 7 December 2020; in favour in 6 of 6 sessions "
        "since 2015.",
        "Anti-Personnel Mine Ban Convention: State Party since 23 January 2001; its obligations are much the same.",
        "Meetings and workshops on the Convention: 4 attendances on record, the latest 30 May 2017.",
    ]
    steps = section(note, "What joining takes")
    assert [step[:2] for step in steps] == ["1.", "2.", "3.", "4."]
    assert "instrument of ratification" in steps[1]
    assert "Coordinators on universalization: Philippines and Spain." in section(note, "Who helps")
    assert section(note, "States of the region that have joined")[0].startswith("Madagascar (20 May 2017); Mauritius")
    contact = "Spain, Embassy: http://www.exteriores.gob.es/Embajadas/NAIROBI"
    later = dict(made(reading, "KEN", day=date(2023, 1, 15)).sections(6))
    assert contact in [f"{one.strong} {one.text}" for one in later.get("Contacts of the coordinators", ())]


def test_others_read_how_to_accede_and_small_unaffected_ones_of_a_short_law(reading: Open) -> None:
    steps = section(made(reading, "BHS"), "What joining takes")
    assert "Decide to accede" in steps[0]
    assert "Article 16" in steps[0]
    small = reading(BASELINE).states().set_index("iso3")
    states = small[small["is_target"]]
    for iso3 in (
        states.index[states["small_unaffected"] == "yes"][0],
        states.index[states["small_unaffected"] == "no"][0],
    ):
        said = dict(made(reading, iso3).sections(6))["What joining takes"]
        short = [one for one in said if "model legislation" in one.text]
        assert bool(short) is (states.loc[iso3, "small_unaffected"] == "yes")
        assert all(one.sources for one in short)


def test_french_and_spanish_have_article_preposition_and_terms_right(reading: Open) -> None:
    french, spanish = (word_text(word.render(made(reading, "PHL", one, date(2009, 6, 1)).document))
                       for one in (Language.FRENCH, Language.SPANISH))  # fmt: skip
    assert "Aide-mémoire adressé aux Philippines" in french
    assert "Situation des Philippines" in french
    assert "Convention sur les armes à sous-munitions" in french
    assert "Ayuda memoria dirigida a Filipinas" in spanish
    assert "Convención sobre Municiones en Racimo" in spanish
    assert "Firma el 3 de diciembre de 2008" in spanish
    congo = word_text(word.render(made(reading, "COD", Language.FRENCH).document))
    assert "Situation de la République démocratique du Congo" in congo
    assert "Signature le 18 mars 2009" in congo


@pytest.mark.parametrize("language", [Language.FRENCH, Language.SPANISH])
@pytest.mark.parametrize("iso3", ["KEN", "BHS", "VEN", "USA"])
def test_no_english_sentence_remains(reading: Open, iso3: str, language: Language) -> None:
    note = made(reading, iso3, language)
    text = word_text(word.render(note.document)).split(f"\n{note.t.say('Sources')}\n")[0]
    english = [one for one in wanted() if len(one) > 12 and " " in one and "{" not in one]
    assert len(english) > 100
    assert [one for one in english if one in text] == []
    parts = [part.strip() for one in wanted() if "{" in one for part in re.split(r"{\w+}", one)]
    assert [part for part in parts if len(part) > 12 and part in text] == []


@ALL
def test_word_and_pdf_name_their_language(reading: Open, language: Language) -> None:
    note = made(reading, "KEN", language)
    file = docx.Document(io.BytesIO(word.render(note.document)))
    locale = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}[language]
    assert file.core_properties.language == locale
    pages = PdfReader(io.BytesIO(pdf.render(note.document)))
    assert str(pages.trailer["/Root"]["/Lang"]).split("-")[0] == language
    assert "/StructTreeRoot" in pages.trailer["/Root"]
    heads = [line.text for line in file.paragraphs if line.style is not None and line.style.name == "Heading 2"]
    assert heads == [*dict(note.sections(6)), note.t.say("Sources")]


@ALL
@pytest.mark.parametrize("day", [date(2009, 6, 1), BASELINE, date(2026, 11, 24)])
def test_one_page(reading: Open, language: Language, day: date) -> None:
    given = reading(day)
    states = given.states()
    wanted_states = sample(list(states.loc[states["is_target"], "iso3"]), 6)
    notes = leave_behinds(given, wanted_states, tongue(language))
    assert [pdf.pages(note.document) for note in notes] == [1] * len(wanted_states)


@pytest.mark.parametrize("iso3", ["KEN", "NGA", "USA"])
def test_nothing_later_than_the_day(reading: Open, iso3: str) -> None:
    text = word_text(word.render(made(reading, iso3).document))
    found = list(days(text))
    assert len(found) > 5
    assert max(found) <= BASELINE


def test_every_fact_has_its_source(reading: Open) -> None:
    note = made(reading, "KEN")
    for heading in ("Status of the Republic of Kenya", "States of the region that have joined"):
        assert all(one.sources for one in dict(note.sections(6))[heading])
    text = word_text(word.render(note.document))
    body, sources = text.split("\nSources\n")
    cited = {int(n) for group in re.findall(r"\[([\d, ]+)\]", body) for n in group.split(", ")}
    assert cited == {int(n) for n in re.findall(r"\[(\d+)\]", sources)} == {one.number for one in note.document.sources}


@ALL
def test_nothing_of_the_log_whoever_asks(reading: Open, activity: Callable[..., Entry], language: Language) -> None:
    said = {
        "iso3": "KEN", "position": SECRET, "promise": SECRET, "promise_due": "2022-01-01", "obstacles": ["capacity"],
        "stage": "intent",
    }  # fmt: skip
    for level in ("public", "partners", "internal"):
        entry = activity(
            title=SECRET, outcome=SECRET, summary=SECRET, next_step=SECRET, owner=SECRET, place=SECRET, channel=SECRET,
            implementers=[SECRET], partners=[SECRET], confidentiality=level, states=[said],
        )  # fmt: skip
        given = reading(BASELINE, [entry], audience="internal")
        for style in ("docx", "pdf"):
            file = registry.make("leave-behind", given, Order(style, ("KEN",), language=language)).content
            text = word_text(file) if style == "docx" else " ".join(pdf_pages(file))
            assert SECRET not in text
            for word_ in ("Zanzibar", "heliotrope", "2022", "apacity"):
                assert word_ not in text.split("Sources")[0].split("Fuentes")[0]


def test_it_knows_no_ranking_obstacle_or_promise(reading: Open) -> None:
    text = word_text(word.render(made(reading, "KEN").document)).lower()
    for said in ("score", "rank", "obstacle", "promis", "domestic politics", "priority", "stockpiler"):
        assert said not in text


def test_many_states_in_one_file_each_on_a_page(reading: Open) -> None:
    file = registry.make("leave-behind", reading(BASELINE), Order("pdf", ("KEN", "BHS"), language=Language.FRENCH))
    assert file.name == "ccm-leave-behind-2021-11-30-fr.pdf"
    pages = pdf_pages(file.content)
    assert len(pages) == 2
    assert "adressé aux Bahamas" in pages[1]


@pytest.mark.parametrize(
    ("iso3s", "said"),
    [
        ((), "Leave-behinds are made for 1 to 40 states at once; 0 were asked for."),
        (("ZMB",), "A leave-behind is for states that have not joined; Zambia: State Party."),
        (("XXX",), "XXX"),
    ],
)
def test_bad_input_gets_one_sentence(reading: Open, iso3s: tuple[str, ...], said: str) -> None:
    with pytest.raises(CcmError, match=said):
        registry.make("leave-behind", reading(BASELINE), Order("docx", iso3s))
