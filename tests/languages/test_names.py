"""Article and preposition before the names of states, and the language that each is written to in."""

from __future__ import annotations

import csv

import pytest

from ccm_data.errors import CcmError
from ccm_data.languages import Form, language_of
from ccm_data.languages.names import state
from ccm_data.paths import PACKAGE
from ccm_data.vocab import Language

FORMS = (Form.THE, Form.OF, Form.TO)


def rows(path: str) -> list[dict[str, str]]:
    with (PACKAGE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("iso3", "said"),
    [
        ("CAF", ("la République centrafricaine", "de la République centrafricaine", "à la République centrafricaine")),
        ("CMR", ("le Cameroun", "du Cameroun", "au Cameroun")),
        ("PHL", ("les Philippines", "des Philippines", "aux Philippines")),
        ("IRQ", ("l’Iraq", "de l’Iraq", "à l’Iraq")),
        ("UGA", ("l’Ouganda", "de l’Ouganda", "à l’Ouganda")),
        ("CUB", ("Cuba", "de Cuba", "à Cuba")),
        ("HTI", ("Haïti", "d’Haïti", "à Haïti")),
        ("OMN", ("Oman", "d’Oman", "à Oman")),
        ("ISR", ("Israël", "d’Israël", "à Israël")),
        ("SLV", ("El Salvador", "d’El Salvador", "à El Salvador")),
        ("YEM", ("le Yémen", "du Yémen", "au Yémen")),
        ("HND", ("le Honduras", "du Honduras", "au Honduras")),
        ("BOL", ("l’État plurinational de Bolivie", "de l’État plurinational de Bolivie",
                 "à l’État plurinational de Bolivie")),
        ("FSM", ("les États fédérés de Micronésie", "des États fédérés de Micronésie",
                 "aux États fédérés de Micronésie")),
        ("CIV", ("la Côte d’Ivoire", "de la Côte d’Ivoire", "à la Côte d’Ivoire")),
    ],
)  # fmt: skip
def test_french(iso3: str, said: tuple[str, ...]) -> None:
    assert tuple(state(iso3, Language.FRENCH, form) for form in FORMS) == said


@pytest.mark.parametrize(
    ("iso3", "said"),
    [
        ("CMR", ("el Camerún", "del Camerún", "al Camerún")),
        ("IND", ("la India", "de la India", "a la India")),
        ("KEN", ("Kenya", "de Kenya", "a Kenya")),
        ("SLV", ("El Salvador", "de El Salvador", "a El Salvador")),
        ("USA", ("los Estados Unidos de América", "de los Estados Unidos de América",
                 "a los Estados Unidos de América")),
        ("BHS", ("las Bahamas", "de las Bahamas", "a las Bahamas")),
        ("IRN", ("la República Islámica del Irán", "de la República Islámica del Irán",
                 "a la República Islámica del Irán")),
        ("PHL", ("Filipinas", "de Filipinas", "a Filipinas")),
    ],
)  # fmt: skip
def test_spanish(iso3: str, said: tuple[str, ...]) -> None:
    assert tuple(state(iso3, Language.SPANISH, form) for form in FORMS) == said


@pytest.mark.parametrize(
    ("iso3", "said"),
    [("PHL", "the Philippines"), ("KEN", "Kenya"), ("CAF", "the Central African Republic"),
     ("VEN", "the Bolivarian Republic of Venezuela"), ("SLB", "Solomon Islands")],
)  # fmt: skip
def test_english(iso3: str, said: str) -> None:
    assert state(iso3, Language.ENGLISH, Form.THE) == said
    assert state(iso3, Language.ENGLISH, Form.OF) == f"of {said}"


def test_formal_names_follow_the_same_rules() -> None:
    assert state("KEN", Language.FRENCH, Form.OF, formal=True) == "de la République du Kenya"
    assert state("MEX", Language.FRENCH, Form.OF, formal=True) == "des États-Unis du Mexique"
    assert state("KHM", Language.SPANISH, Form.OF, formal=True) == "del Reino de Camboya"
    assert state("MEX", Language.SPANISH, Form.TO, formal=True) == "a los Estados Unidos Mexicanos"
    assert state("KWT", Language.FRENCH, Form.OF, formal=True) == "de l’État du Koweït"


def test_alone_a_name_has_no_article() -> None:
    assert state("CAF", Language.FRENCH) == "République centrafricaine"
    assert state("BOL", Language.SPANISH) == "Bolivia (Estado Plurinacional de)"
    assert state("CMR", Language.SPANISH) == "Camerún"


def test_every_state_has_a_name_in_every_language_and_form() -> None:
    known = {row["iso3"] for row in rows("facts/states.csv")}
    assert len(known) == 197
    assert {row["iso3"] for row in rows("languages/names.csv")} == known
    for iso3 in known:
        for language in Language:
            for form in Form:
                for formal in (False, True):
                    said = state(iso3, language, form, formal)
                    assert said == said.strip()
                    assert "'" not in said
                    assert "*" not in said


def test_where_the_source_has_no_formal_name_the_short_one_stands() -> None:
    assert [row["iso3"] for row in rows("languages/names.csv") if not row["french_formal"]] == ["TUR"]
    assert state("TUR", Language.FRENCH, Form.OF, formal=True) == "de la Türkiye"


def test_a_state_without_a_name_is_refused_in_a_sentence() -> None:
    with pytest.raises(CcmError, match="No name of 'XYZ' in Français"):
        state("XYZ", Language.FRENCH)


@pytest.mark.parametrize(
    ("iso2", "language"),
    [("CF", Language.FRENCH), ("DJ", Language.FRENCH), ("CM", Language.ENGLISH), ("CA", Language.ENGLISH),
     ("VE", Language.SPANISH), ("GQ", Language.ENGLISH), ("KE", Language.ENGLISH), ("KH", Language.ENGLISH)],
)  # fmt: skip
def test_the_language_that_a_state_is_written_to_in(iso2: str, language: Language) -> None:
    assert language_of(iso2) is language
