"""The note verbale and the invitation, read back from Word, PDF and the letterhead of a mission."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ccm_data.documents import letterhead, registry
from ccm_data.documents.mission_notes import INVITATION, NOTE_VERBALE, Note, Sender, Writing, notes, verbale
from ccm_data.documents.offices import Offices
from ccm_data.documents.registry import Made, Order
from ccm_data.errors import CcmError
from ccm_data.languages import tongue
from ccm_data.log import Entry
from ccm_data.vocab import Language, OfficeRole
from tests.conftest import Open
from tests.documents.conftest import BASELINE, SECRET, pdf_pages, word_text
from tests.languages.phrases import wanted

ALL = pytest.mark.parametrize("language", list(Language))
BOTH = pytest.mark.parametrize("name", ["note-verbale", "invitation"])
NOBODY = date(2026, 11, 24)
"""A day for which no coordinator on universalization is on record."""
VALUES = {
    "title": "Note verbale", "reference": "Ref.", "closing": "Closing.", "place_and_date": "Geneva",
    "addressee": "Mission B", "sender": "Mission A", "state": "B",
}  # fmt: skip


def make(reading: Open, name: str, *iso3s: str, style: str = "docx", **asked: Any) -> Made:
    return registry.make(name, reading(BASELINE), Order(style, iso3s, **asked))


def lines(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs if one.text]


def template(*paragraphs: str, header: str = "", pieces: Sequence[str] = ()) -> bytes:
    """A Word file with these paragraphs; `pieces` are the runs of one more, as Word cuts what is typed."""
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    if pieces:
        last = file.add_paragraph()
        for piece in pieces:
            last.add_run(piece)
    if header:
        file.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


# -- the words


@pytest.mark.parametrize(
    ("language", "greeting", "closing"),
    [
        (Language.ENGLISH,
         "The Permanent Missions of the Republic of the Philippines and of the Kingdom of Spain to the United Nations "
         "Office and other international organizations in Geneva present their compliments to the Permanent Mission of "
         "the Republic of Kenya to the United Nations Office and other international organizations in Geneva and have "
         "the honour to refer to the Convention on Cluster Munitions.",
         "The Permanent Missions of the Republic of the Philippines and of the Kingdom of Spain avail themselves of "
         "this opportunity to renew to the Permanent Mission of the Republic of Kenya the assurances of their highest "
         "consideration."),
        (Language.FRENCH,
         "Les Missions permanentes de la République des Philippines et du Royaume d'Espagne auprès de l'Office des "
         "Nations Unies et des autres organisations internationales à Genève présentent leurs compliments à la Mission "
         "permanente de la République du Kenya auprès de l'Office des Nations Unies et des autres organisations "
         "internationales à Genève et ont l'honneur de se référer à la Convention sur les armes à sous-munitions.",
         "Les Missions permanentes de la République des Philippines et du Royaume d'Espagne saisissent cette occasion "
         "pour renouveler à la Mission permanente de la République du Kenya les assurances de leur très haute "
         "considération."),
        (Language.SPANISH,
         "Las Misiones Permanentes de la República de Filipinas y del Reino de España ante la Oficina de las Naciones "
         "Unidas y otras organizaciones internacionales con sede en Ginebra saludan atentamente a la Misión Permanente "
         "de la República de Kenya ante la Oficina de las Naciones Unidas y otras organizaciones internacionales con "
         "sede en Ginebra y tienen el honor de referirse a la Convención sobre Municiones en Racimo.",
         "Las Misiones Permanentes de la República de Filipinas y del Reino de España aprovechan esta oportunidad para "
         "reiterar a la Misión Permanente de la República de Kenya las seguridades de su más alta y distinguida "
         "consideración."),
    ],
)  # fmt: skip
def test_the_forms_of_courtesy(reading: Open, language: Language, greeting: str, closing: str) -> None:
    said = lines(make(reading, "note-verbale", "KEN", language=language).content)
    assert greeting in said
    assert closing in said


def one(reading: Open, iso3: str, language: Language, day: date = BASELINE) -> Note:
    return notes(reading(day), [iso3], tongue(language), NOTE_VERBALE)[0]


def test_the_subject_follows_the_status(reading: Open) -> None:
    signatory, other, party = (
        " ".join(one(reading, iso3, Language.FRENCH).paragraphs) for iso3 in ("KEN", "BHS", "ZMB")
    )
    assert "la Convention a été signée par le Kenya le 3 décembre 2008" in signatory
    assert "sur la ratification de la Convention" in signatory
    assert "l'adhésion des Bahamas à la Convention" in other
    assert "signée" not in other
    assert "l'universalisation de la Convention" in party


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.ENGLISH, "The Permanent Mission of the Kingdom of Spain to the"),
        (Language.FRENCH, "La Mission permanente du Royaume d'Espagne auprès de"),
        (Language.SPANISH, "La Misión Permanente del Reino de España ante la"),
    ],
)
def test_of_one_coordinator_the_mission_is_one(reading: Open, language: Language, said: str) -> None:
    t = tongue(language)
    alone = Sender.in_office(Offices({OfficeRole.UNIVERSALIZATION: ("ESP",)}, {}, {}), t)
    writing = Writing(reading(BASELINE).state("KEN"), alone, t)
    assert verbale(writing)[0].startswith(said)
    assert writing.closing().startswith(said.rsplit(" ", 2)[0])


def test_without_anybody_in_office_the_sender_is_left_open(reading: Open) -> None:
    for language, said in (
        (Language.ENGLISH, "The Permanent Mission of [sending State] to"),
        (Language.FRENCH, "La Mission permanente de [État expéditeur] auprès"),
        (Language.SPANISH, "La Misión Permanente de [Estado remitente] ante"),
    ):
        assert one(reading, "KEN", language, NOBODY).paragraphs[0].startswith(said)


def test_what_nobody_knows_is_a_blank_in_brackets(reading: Open) -> None:
    for form in (NOTE_VERBALE, INVITATION):
        note = notes(reading(NOBODY), ["KEN"], tongue(Language.ENGLISH), form)[0]
        text = " ".join([note.reference, *note.paragraphs, note.place_and_date])
        assert "[reference]" in text
        assert "[date]" in text
        assert not re.search(r"\b20(2[4-9]|1\d)\b", text)
    made = registry.make("note-verbale", reading(NOBODY), Order("docx", ("KEN",)))
    assert made.summary.startswith(
        "Fill in what stands in square brackets. No coordinator on universalization is on record for the day"
    )


def test_the_summary_names_what_shows_the_facts(reading: Open) -> None:
    assert "Days of signature are by: UNTC status tables" in make(reading, "note-verbale", "KEN").summary
    assert make(reading, "invitation", "KEN").summary == "Fill in what stands in square brackets."


@BOTH
@pytest.mark.parametrize("language", [Language.FRENCH, Language.SPANISH])
def test_no_english_remains(reading: Open, name: str, language: Language) -> None:
    text = word_text(make(reading, name, "KEN", language=language).content)
    parts = [part.strip() for phrase in wanted() for part in re.split(r"{\w+}", phrase)]
    assert [part for part in parts if len(part) > 12 and part in text and part != "Note verbale"] == []


@BOTH
@ALL
def test_one_page_in_word_and_pdf(reading: Open, name: str, language: Language) -> None:
    made = make(reading, name, "KEN", "BOL", style="pdf", language=language)
    pages = pdf_pages(made.content)
    assert len(pages) == 2
    assert made.name == f"ccm-{name}-2021-11-30{'' if language == 'en' else f'-{language}'}.pdf"
    file = docx.Document(io.BytesIO(make(reading, name, "KEN", language=language).content))
    assert file.core_properties.language == {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}[language]
    assert file.paragraphs[0].style is not None
    assert file.paragraphs[0].style.name == "Title"


@BOTH
@ALL
def test_nothing_of_the_log(reading: Open, activity: Callable[..., Entry], name: str, language: Language) -> None:
    said = {"iso3": "KEN", "position": SECRET, "promise": SECRET, "obstacles": ["capacity"]}
    entry = activity(
        title=SECRET, outcome=SECRET, summary=SECRET, next_step=SECRET, owner=SECRET, place=SECRET, channel=SECRET,
        implementers=[SECRET], partners=[SECRET], states=[said],
    )  # fmt: skip
    given = reading(BASELINE, [entry], audience="internal")
    for template_ in (None, template("{{ text }}")):
        made = registry.make(name, given, Order("docx", ("KEN",), language=language, template=template_))
        assert SECRET not in word_text(made.content) + made.summary


# -- the letterhead


def test_a_letterhead_is_filled(reading: Open) -> None:
    fields = ("reference", "title|upper", "text", "closing", "place_and_date", "addressee")
    own = template(*(f"{{{{ {field} }}}}" for field in fields), header="{{ sender }}")
    made = make(reading, "note-verbale", "KEN", language=Language.FRENCH, template=own)
    said = lines(made.content)
    note = one(reading, "KEN", Language.FRENCH)
    assert said == [
        note.reference, "NOTE VERBALE", *note.paragraphs, note.closing, note.place_and_date, note.addressee
    ]  # fmt: skip
    head = docx.Document(io.BytesIO(made.content)).sections[0].header.paragraphs[0].text
    assert head == "Missions permanentes de la République des Philippines et du Royaume d'Espagne"


def test_a_letterhead_without_fields_has_the_note_below(reading: Open) -> None:
    said = lines(make(reading, "invitation", "KEN", template=template("Mission of A", "Geneva")).content)
    assert said[:4] == ["Mission of A", "Geneva", "Ref.: [reference]", "Invitation"]
    assert said[-1].startswith("Permanent Mission of the Republic of Kenya")


def test_a_field_that_word_cut_into_runs_and_a_loop_are_understood() -> None:
    own = template("{%p for one in paragraphs %}", "{{ one }}", "{%p endfor %}", pieces=("{{ clo", "sing ", "}}"))
    assert lines(letterhead.filled(own, VALUES, ("First.", "Second."))) == ["First.", "Second.", "Closing."]


def test_many_states_on_a_letterhead_are_single_files(reading: Open) -> None:
    own = template("{{ text }}")
    made = make(reading, "note-verbale", "KEN", "BHS", style="zip", template=own)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.namelist() == ["note-verbale-KEN.docx", "note-verbale-BHS.docx"]
        assert "the Commonwealth of the Bahamas" in " ".join(lines(archive.read("note-verbale-BHS.docx")))
    with pytest.raises(CcmError, match="On a letterhead each note is a file of its own"):
        make(reading, "note-verbale", "KEN", "BHS", template=own)
    with pytest.raises(CcmError, match="A letterhead is filled as Word"):
        make(reading, "note-verbale", "KEN", style="pdf", template=own)


def test_hostile_text_stays_text() -> None:
    hostile = [
        "{{ 7*7 }} {% for x in y %}",
        "</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>",
        '{ INCLUDETEXT "C:\\\\secret.txt" } & <script>',
        '=HYPERLINK("http://x")\x00\x07\x0bend\nline',
    ]
    own = template("{{ text }}", "{{ closing }}", header="{{ sender }}")
    made = letterhead.filled(own, {**VALUES, "closing": hostile[1], "sender": hostile[0]}, tuple(hostile))
    file = docx.Document(io.BytesIO(made))
    said = lines(made)
    assert said[:3] == hostile[:3]
    assert said[3] == '=HYPERLINK("http://x")   end line'
    assert said[4] == hostile[1]
    assert file.sections[0].header.paragraphs[0].text == hostile[0]
    body = file.element.body
    assert (
        not list(body.iter(qn("w:fldChar"))) + list(body.iter(qn("w:instrText"))) + list(body.iter(qn("w:hyperlink")))
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ text }} {{ salary }}", "there is no field salary"),
        ("{{ text", "not every {{ has its }}"),
        ("{{ text }} {% if state %}", "Unexpected end of template"),
        ("{% nonsense %}", "Encountered unknown tag 'nonsense'"),
        ("{{ text }} {{ title.__class__ }}", "it uses getattr, where only fields, if and for are possible"),
        ("{{ text }} {{ 9**9**9 }}", "it uses pow, where only"),
        ("{{ text }} {{ 'a' * 1000000000 }}", "it uses mul, where only"),
        ("{{ text }} {{ range(3) }}", "it uses call, where only"),
        ("{{ text }} {% include 'x' %}", "it uses include, where only"),
        ("{{ text }} {% set a = 1 %}", "it uses assign, where only"),
        ("{{ text|center(1000000000) }}", "No filter named 'center'"),
        ("{{ text }}{% for a in text %}{% for b in text %}x{% endfor %}{% endfor %}", "it has a loop within a loop"),
        ("{{ reference }}", "it has no place for the text, {{ text }}"),
    ],
)
def test_a_broken_or_hostile_template_gets_one_sentence(text: str, fault: str) -> None:
    with pytest.raises(CcmError) as caught:
        letterhead.filled(template(text), VALUES, ("First.",))
    said = str(caught.value)
    assert said.lower().startswith(f"the template cannot be filled: {fault}".lower())
    assert said.endswith(f"Possible fields: {', '.join(letterhead.FIELDS)}.")
    assert "\n" not in said


def test_a_fault_in_a_header_is_found_too() -> None:
    with pytest.raises(CcmError, match="there is no field salary"):
        letterhead.filled(template("{{ text }}", header="{{ salary }}"), VALUES, ("First.",))


def test_a_file_that_is_no_template_is_refused() -> None:
    for data in (b"", b"nothing", template("{{ text }}")[:200]):
        with pytest.raises(CcmError, match=r"The template is no Word file; save it as \.docx\."):
            letterhead.filled(data, VALUES, ("First.",))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(CcmError, match="The template is no Word file"):
        letterhead.filled(out.getvalue(), VALUES, ("First.",))


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return out.getvalue()


RELATIONS = "word/_rels/document.xml.rels"


def related(kind: str, target: str) -> Callable[[bytes], bytes]:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="rX" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return lambda content: content.replace(b"</Relationships>", more.encode())


def test_what_would_run_or_fetch_is_refused() -> None:
    own = template("{{ text }}")
    for kind, said in (("image", "links to a file elsewhere"), ("oleObject", "holds macros, controls or embedded")):
        with pytest.raises(CcmError, match=said):
            letterhead.filled(changed(own, RELATIONS, related(kind, "http://example.org/a")), VALUES, ("First.",))
    with pytest.raises(CcmError, match="declares a document type"):
        letterhead.filled(
            changed(own, "word/document.xml", lambda xml: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml), VALUES, ("First.",)
        )


def test_a_template_of_word_and_the_link_to_one_are_taken() -> None:
    own = changed(
        template("{{ text }}"), "[Content_Types].xml",
        lambda xml: xml.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"),
    )  # fmt: skip
    linked = changed(own, RELATIONS, related("attachedTemplate", "file:///C:/Templates/mission.dotx"))
    made = letterhead.filled(linked, VALUES, ("First.",))
    assert lines(made) == ["First."]
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not [name for name in package.namelist() if b"mission.dotx" in package.read(name)]


def test_page_numbers_of_the_letterhead_stay() -> None:
    file = docx.Document()
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    file.sections[0].footer.paragraphs[0]._p.append(field)
    file.add_paragraph("{{ text }}")
    out = io.BytesIO()
    file.save(out)
    made = docx.Document(io.BytesIO(letterhead.filled(out.getvalue(), VALUES, ("First.",))))
    assert [one.get(qn("w:instr")) for one in made.sections[0].footer._element.iter(qn("w:fldSimple"))] == ["PAGE"]


@BOTH
def test_bad_input_gets_one_sentence(reading: Open, name: str) -> None:
    with pytest.raises(CcmError, match="Drafts are made to 1 to 40 states at once; 0 were asked for"):
        make(reading, name)
    with pytest.raises(CcmError, match="Spain: a coordinator in office, who writes the note and does not get it"):
        make(reading, name, "ESP")
    with pytest.raises(CcmError, match="The document leave-behind is made from no template"):
        make(reading, "leave-behind", "KEN", template=template("{{ text }}"))
