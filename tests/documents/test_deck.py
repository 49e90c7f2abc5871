"""The Presidency's deck, read back as PowerPoint reads it."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pptx
import pytest
from pptx.util import Mm
from pypdf import PdfReader

from ccm_data import geometry, wording
from ccm_data.documents import deck as decks
from ccm_data.documents import pdf, registry
from ccm_data.documents import pptx_fit as fit
from ccm_data.documents.deck import Deck, deck
from ccm_data.documents.handout import handout, map_page
from ccm_data.documents.pptx_fit import LEAST, Passage
from ccm_data.documents.registry import Order
from ccm_data.errors import CcmError
from ccm_data.log import Entry
from ccm_data.reading import Reading
from ccm_data.vocab import Category
from tests.conftest import Open
from tests.documents.conftest import BASELINE, SECRET, days, pdf_pages

TODAY = date(2026, 2, 3)
DAYS = (date(2008, 12, 5), date(2010, 2, 1), BASELINE, date(2022, 8, 30), date(2025, 9, 10), TODAY)
PICTURE, DRAWN = "picture", "graphicFrame"
CLOCK = "docProps/core.xml"  # of a chart's workbook: when it was written
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(data: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(data))


def shapes(show: Any) -> Iterator[tuple[int, Any]]:
    for number, slide in enumerate(show.slides, 1):
        for shape in slide.shapes:
            yield number, shape


def charts(show: Any) -> dict[str, Any]:
    return {shape.name: shape.chart for _, shape in shapes(show) if shape.has_chart}


def shown(show: Any) -> str:
    """All text that stands on slides."""
    found = []
    for _, shape in shapes(show):
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def notes(show: Any) -> list[str]:
    return [slide.notes_slide.notes_text_frame.text for slide in show.slides]


def text(data: bytes) -> str:
    """Every text in the file: slides, notes, charts with their workbooks."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(package.read(name))) as book:
                    found += [book.read(one).decode() for one in book.namelist() if one != CLOCK]
            elif name.endswith((".xml", ".svg", ".rels")):
                found.append(package.read(name).decode())
    return "\n".join(found)


@pytest.fixture(scope="module")
def made(reading: Open) -> Deck:
    return deck(reading(TODAY))


@pytest.fixture(scope="module")
def show(made: Deck) -> Any:
    return opened(made.pptx())


@pytest.mark.parametrize("day", DAYS)
def test_six_to_eight_slides_whose_shapes_lie_on_them(reading: Open, day: date) -> None:
    found = opened(deck(reading(day)).pptx())
    assert 6 <= len(found.slides) <= 8
    assert (found.slide_width, found.slide_height) == (Mm(338.67), Mm(190.5))
    for number, shape in shapes(found):
        assert shape.left >= 0, (number, shape.name)
        assert shape.top >= 0, (number, shape.name)
        assert shape.left + shape.width <= found.slide_width + 1, (number, shape.name)
        assert shape.top + shape.height <= found.slide_height + 1, (number, shape.name)


def test_titles_are_titles_and_no_placeholder_is_empty(show: Any) -> None:
    assert [slide.shapes.title.text_frame.text for slide in show.slides] == [
        "Convention on Cluster Munitions, 3 February 2026",
        "States Parties by year, and what is new",
        "85 states outside the Convention, by target category",
        "General Assembly resolution, 2025: 138 yes, 35 abstained, 2 no",
        "The Convention by UN regional group",
        "What each delegation can do",
        "Sources and limits",
    ]
    for slide in show.slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)


@pytest.mark.parametrize("day", DAYS)
def test_letters_are_read_from_four_metres(reading: Open, day: date) -> None:
    found = opened(deck(reading(day)).pptx())
    for number, shape in shapes(found):
        for run in shape._element.iter(f"{DRAWING}r"):
            size = run.find(f"{DRAWING}rPr").get("sz")
            assert size is None or int(size) >= LEAST * 100, (number, shape.name)
    for chart in charts(found).values():
        assert chart.font.size.pt >= 18
    asks = next(one for _, one in shapes(found) if one.name == "What each delegation can do")
    sizes = {
        run.font.size.pt for row in asks.table.rows for cell in row.cells for run in cell.text_frame.paragraphs[0].runs
    }
    assert min(sizes) >= 16


def test_charts_are_native_and_hold_the_numbers_of_the_queries(made: Deck, show: Any) -> None:
    held = charts(show)
    years = made.reading.rows("changes/parties_by_year")
    (line,) = held["States Parties by year"].plots
    assert [int(one) for one in line.categories] == list(years["year"])
    assert list(line.series[0].values) == list(years["state_parties"])
    assert line.series[0].values[-1] == 112
    totals = made.reading.rows("votes/totals", since=date(2008, 1, 1))
    plenary = totals[totals["stage"] == "plenary"]
    (votes,) = held["Votes on the resolution by year"].plots
    assert [int(one) for one in votes.categories] == list(plenary["year"])
    for series, column in zip(votes.series, ("yes", "abstain", "no"), strict=True):
        assert list(series.values) == list(plenary[column])
    groups = made.reading.rows("summary/by_group", by="group")
    (bars,) = held["States by UN regional group and status"].plots
    assert sum(map(sum, (series.values for series in bars.series))) == len(made.reading.states())
    assert dict(zip(bars.categories, bars.series[0].values, strict=True))["African Group"] == int(
        groups.set_index("name").at["African", "state_party"]
    )


def test_a_vote_of_the_committee_stands_for_the_plenary_until_it_votes(reading: Open) -> None:
    (votes,) = charts(opened(deck(reading(date(2018, 11, 20))).pptx()))["Votes on the resolution by year"].plots
    assert list(votes.categories)[-2:] == ["2017", "2018 (First Committee)"]


def test_the_map_is_a_vector_with_a_picture_for_those_who_cannot_draw_it(show: Any) -> None:
    (picture,) = [shape for _, shape in shapes(show) if shape.shape_type == 13]
    assert picture.image.content_type == "image/png"
    (vector,) = picture._element.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")
    related = vector.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed")
    part = picture.part.related_part(related)
    assert part.content_type == "image/svg+xml"
    assert part.blob.startswith(b"<svg")
    assert b"<text" not in part.blob, "what is read stands on the slide, in letters that are large enough"


def test_pictures_charts_and_tables_are_described(show: Any) -> None:
    told = 0
    for number, shape in shapes(show):
        if shape.has_chart or shape.has_table or shape.shape_type == 13:
            about = next(one for one in shape._element[0] if one.tag.endswith("}cNvPr"))
            assert about.get("title"), (number, shape.name)
            assert len(about.get("descr")) > 40, (number, shape.name)
            told += 1
    assert told == 5


def test_notes_hold_sources_limits_and_disclaimer(made: Deck, show: Any) -> None:
    held = notes(show)
    known = wording.known_through(TODAY, made.reading.workspace.horizons)
    assert known
    for one in held:
        assert "Facts as of 3 February 2026." in one
        assert known in one
    disclaimer = geometry.load().disclaimer
    assert [disclaimer in one for one in held] == [True, False, False, False, True, False, True]
    assert "UN Treaty Collection, copied by zmjones" in held[0]
    assert "https://github.com/zmjones/untreaties/tree/master/treaties" in held[0]
    assert sum("\n1. " in one for one in held) >= 6


def test_every_name_of_a_category_is_on_the_slide_or_counted_and_in_the_notes(made: Deck, show: Any) -> None:
    states = made.reading.states()
    for category in Category:
        names = sorted(states.loc[states["categories"].map(lambda met, one=category: one in met), "name"])
        assert f"{category.label}: {len(names)}. {', '.join(names)}." in notes(show)[2]
    said = shown(show)
    assert "Kenya" in said
    assert "Voted yes, not party" in said


def test_what_is_new_since_the_last_meeting(reading: Open) -> None:
    found = deck(reading(date(2024, 1, 10)))
    assert (found.since, found.occasion) == (
        date(2023, 9, 14), "the Eleventh Meeting of States Parties, 14 September 2023",
    )  # fmt: skip
    assert "No act is on record." in shown(opened(found.pptx()))
    said = shown(opened(deck(reading(date(2024, 1, 10)), date(2022, 9, 2)).pptx()))
    assert "Joined (2): Nigeria (28 February 2023), South Sudan (3 August 2023)" in said
    left = shown(opened(deck(reading(date(2025, 9, 10))).pptx()))
    assert "Left (1): Lithuania (6 March 2025)" in left
    assert "Joined (1): Vanuatu" in left


def test_after_the_last_known_act_the_limit_is_said_on_the_slide(reading: Open) -> None:
    said = shown(opened(deck(reading(date(2026, 11, 24), today=date(2026, 11, 24))).pptx()))
    assert "Since the Third Review Conference, 18 September 2026:" in said
    assert "No act is on record." in said
    assert "Treaty acts are known complete only through 3 February 2026." in said
    assert "Latest on record:\nJoined (1): Vanuatu" in said


def test_meetings_ahead_are_those_that_a_source_of_the_day_tells_of(reading: Open) -> None:
    found = opened(deck(reading(date(2025, 9, 10))).pptx())
    (table,) = [shape.table for _, shape in shapes(found) if shape.name == "Next meetings"]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["When", "What", "Where"]
    assert ["16 to 19 September 2025", "Thirteenth Meeting of States Parties", "Geneva"] in rows
    assert "Next meetings" not in shown(opened(deck(reading(TODAY)).pptx()))


def test_nothing_is_later_than_the_day_but_what_lies_ahead(reading: Open) -> None:
    made = deck(reading(BASELINE))
    found = opened(made.pptx())
    told = [slide for slide in found.slides if slide.shapes.title.text_frame.text != "Next meetings"]
    for slide in told:
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        said.append(slide.notes_slide.notes_text_frame.text.split("\nSources\n")[0])
        assert max(days("\n".join(said)), default=BASELINE) <= BASELINE
    (line,) = charts(found)["States Parties by year"].plots
    assert (list(line.categories)[-1], line.series[0].values[-1]) == ("2021", 110)
    (votes,) = charts(found)["Votes on the resolution by year"].plots
    assert max(int(str(one)[:4]) for one in votes.categories) <= 2021


def test_nothing_internal_whoever_makes_it(reading: Open, activity: Callable[..., Entry]) -> None:
    marked = {
        "title": SECRET, "place": SECRET, "outcome": SECRET, "implementers": [SECRET], "owner": SECRET,
        "next_step": SECRET,
        "states": [{"iso3": "KEN", "position": SECRET, "promise": SECRET, "obstacles": ["capacity"]}],
    }  # fmt: skip
    entries = [activity(confidentiality=level, **marked) for level in ("internal", "partners", "public")]
    ahead = activity(**{**marked, "type": "regional_workshop", "status": "planned", "start": "2022-01-20"})
    data = deck(reading(BASELINE, [*entries, ahead], audience="internal")).pptx()
    assert "Zanzibar" not in text(data)
    assert text(data) == text(deck(reading(BASELINE)).pptx())
    said = (shown(opened(data)) + "".join(notes(opened(data)))).lower()
    for word in ("score", "rank", "promise", "overdue", "obstacle", "last contact", "priority"):
        assert word not in said, word


def test_equal_content_gives_equal_text(reading: Open, made: Deck) -> None:
    assert text(made.pptx()) == text(deck(reading(TODAY)).pptx())


def test_days_out_of_order_get_a_sentence(reading: Open) -> None:
    with pytest.raises(CcmError, match="two days in order; 2026-02-03 is not before 2026-02-03"):
        deck(reading(TODAY), TODAY)


def test_it_is_made_through_the_registry_within_eight_seconds(reading: Open) -> None:
    begun = time.monotonic()
    made = registry.make("deck", reading(date(2025, 9, 10)), Order("pptx", end=date(2024, 1, 10)))
    assert time.monotonic() - begun < 8
    assert made.name == "ccm-deck-2024-01-10.pptx"
    assert made.summary == "8 slides; changes since the Eleventh Meeting of States Parties, 14 September 2023."


def test_by_default_it_tells_what_is_new_since_the_meeting_before_the_day(reading: Open) -> None:
    assert decks.since_last_meeting(reading(date(2025, 9, 19))) == (date(2024, 9, 13), date(2025, 9, 19))
    assert decks.since_last_meeting(reading(date(2025, 9, 20))) == (date(2025, 9, 19), date(2025, 9, 20))


class TestFit:
    def test_short_text_is_large_and_long_text_smaller(self) -> None:
        short, long = Passage("", ("Kenya",)), Passage("", tuple(["Kenya"] * 60))
        assert fit.fitted((short,), 100, 100)[0] == 24
        assert LEAST < fit.fitted((long,), 100, 100)[0] < 24

    def test_what_does_not_fit_is_counted(self) -> None:
        size, (cut,) = fit.fitted((Passage("All:", tuple(["Kenya"] * 400)),), 100, 100)
        assert size == LEAST
        assert len(cut.items) + cut.left_out == 400
        assert cut.text.endswith(f"and {cut.left_out} more")
        assert fit.high([(cut.text, size)], 100) <= 100

    def test_a_table_loses_its_last_rows(self) -> None:
        rows = [(f"{number} September", "A meeting") for number in range(60)]
        size, kept, highs = fit.grid(("When", "What"), rows, (60, 60), 120)
        assert (size, kept[0]) == (LEAST, ("When", "What"))
        assert kept[-1] == (f"and {60 - (len(kept) - 2)} more", "")
        assert sum(highs) <= 120

    def test_a_long_word_is_broken(self) -> None:
        assert fit.lines("x" * 100, 20, 50) >= 6


def template(**changes: Any) -> bytes:
    """A template of somebody's: the library's own, wide, with a slide in it and what `changes` do to its parts."""
    show: Any = pptx.Presentation()
    show.slide_width, show.slide_height = Mm(254), Mm(142.875)
    layout = show.slide_layouts[5]
    for one in (show.slide_master, layout):
        for shape in one.placeholders:
            foot = shape.placeholder_format.idx in (10, 11, 12)
            shape.left, shape.top, shape.width = Mm(12), Mm(132 if foot else 8), Mm(230)
            shape.height = Mm(8 if foot else 18)
    show.slides.add_slide(layout).shapes.title.text_frame.text = "The slide of the template"
    out = io.BytesIO()
    show.save(out)
    parts = {}
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, change in changes.pop("parts", {}).items():
        parts[name] = change(parts.get(name, b""))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


class TestTemplate:
    def test_slides_take_the_templates_look_and_size(self, made: Deck) -> None:
        found = opened(made.pptx(template()))
        assert len(found.slides) == 7
        assert (found.slide_width, found.slide_height) == (Mm(254), Mm(142.875))
        assert "The slide of the template" not in text(made.pptx(template()))
        for number, shape in shapes(found):
            assert shape.left + shape.width <= found.slide_width, (number, shape.name)
            assert shape.top + shape.height <= found.slide_height, (number, shape.name)
        title = found.slides[0].shapes.title
        assert (title.left, title.top) == (Mm(12), Mm(8))

    def test_a_potx_is_taken_too(self, made: Deck) -> None:
        kinds = {
            "[Content_Types].xml": lambda old: old.replace(b"presentation.main+xml", b"template.main+xml"),
        }
        assert len(opened(made.pptx(template(parts=kinds))).slides) == 7

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            (b"", "The template is no PowerPoint file"),
            (b"PK\x03\x04 not a zip", "The template is no PowerPoint file"),
            (template()[:2000], "The template is no PowerPoint file"),
            (template(parts={"ppt/presentation.xml": lambda old: old[:300]}), "The template is no PowerPoint file"),
            (
                template(parts={"ppt/theme/theme1.xml": lambda old: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + old}),
                "The template declares a document type",
            ),
            (
                template(parts={"ppt/slideMasters/_rels/slideMaster1.xml.rels": lambda old: old.replace(
                    b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/image" Target="http://192.0.2.1/a.png" TargetMode="External"/>'
                    b"</Relationships>")}),
                "The template links to a file elsewhere",
            ),
            (
                template(parts={"ppt/_rels/presentation.xml.rels": lambda old: old.replace(
                    b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/'
                    b'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')}),
                "The template holds macros",
            ),
            (
                template(parts={"ppt/presentation.xml": lambda old: old.replace(b'cx="9144000"', b'cx="6858000"')}),
                "The template's slides are 190 by 143 mm; the deck is made for 16:9",
            ),
        ],
    )  # fmt: skip
    def test_a_broken_or_hostile_one_gets_one_sentence(self, made: Deck, given: bytes, sentence: str) -> None:
        with pytest.raises(CcmError, match=sentence) as refused:
            made.pptx(given)
        assert "\n" not in str(refused.value)

    def test_one_that_unpacks_to_too_much_is_not_unpacked(self, made: Deck) -> None:
        with pytest.raises(CcmError, match="holds more than is read"):
            made.pptx(template(parts={"ppt/media/bomb.bin": lambda _: b"\0" * (201 * 2**20)}))

    def test_documents_without_templates_say_so(self, reading: Open) -> None:
        with pytest.raises(CcmError, match="The document map is made from no template"):
            registry.make("map", reading(TODAY), Order("html", template=b"x"))


def test_a_name_cannot_become_markup_or_a_formula(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = '=HYPERLINK("http://192.0.2.1") <a:hlinkClick/> {FIELD} \x0b'
    states = reading(TODAY).states()
    states.loc[states["iso3"] == "KEN", "name"] = hostile
    monkeypatch.setattr(Reading, "states", lambda *_: states)
    data = deck(reading(TODAY)).pptx()
    found = opened(data)
    assert "=HYPERLINK" in shown(found)
    assert "hlinkClick r:id" not in text(data)
    assert not [slide for slide in found.slides if list(slide._element.iter(f"{DRAWING}fld"))]
    assert "<f>HYPERLINK" not in text(data)


def test_what_is_provisional_is_hatched_and_said(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    states = reading(TODAY).states()
    place = states.index[states["iso3"] == "KEN"][0]
    states.loc[place, "status_provisional"] = True
    states.at[place, "provisional_source_ids"] = list(states.at[place, "status_source_ids"])
    monkeypatch.setattr(Reading, "states", lambda *_: states)
    found = opened(deck(reading(TODAY)).pptx())
    said = shown(found)
    assert "■ 1 hatched: provisional" in said
    assert "■ 11 and 1 provisional Signatories" in said
    assert "Kenya (provisional)" in said
    assert "Hatched: provisional, not confirmed by the depositary." in notes(found)[0]


def test_the_notes_tell_sources_by_title(reading: Open) -> None:
    notes = deck(reading(BASELINE)).slides[0].notes
    assert "UN Treaty Collection" in notes
    assert "bound method" not in notes


def test_the_slides_and_the_map_on_paper_say_the_same(reading: Open) -> None:
    given = reading(BASELINE)
    made = deck(given)
    pages = " ".join(pdf_pages(pdf.render(handout(made))))
    for slide in made.slides:
        assert slide.title in pages
    assert str(given.headline(given.states())["state_party"]) in pages
    file = PdfReader(io.BytesIO(pdf.render(map_page(given))))
    assert "/StructTreeRoot" in file.trailer["/Root"]
    assert file.trailer["/Root"]["/Lang"][:2] == "en"
    told = " ".join(page.extract_text() for page in file.pages)
    assert "Kenya: Signatory: signed 3 December 2008, not ratified" in " ".join(told.split())
    assert max(days(" ".join(told.split()))) <= BASELINE
