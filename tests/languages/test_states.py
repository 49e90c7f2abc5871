"""Names of states with the article and the preposition that each language wants."""

from __future__ import annotations

import csv

import pytest

from ccm_data.errors import CcmError
from ccm_data.languages import states
from ccm_data.names import state_names
from ccm_data.paths import PACKAGE
from ccm_data.vocab import Language

F, S, E = Language.FRENCH, Language.SPANISH, Language.ENGLISH


@pytest.mark.parametrize(
    ("iso3", "the", "of", "to"),
    [
        ("CAF", "la République centrafricaine", "de la République centrafricaine", "à la République centrafricaine"),
        ("CMR", "le Cameroun", "du Cameroun", "au Cameroun"),
        ("PHL", "les Philippines", "des Philippines", "aux Philippines"),
        ("IRQ", "l'Iraq", "de l'Iraq", "à l'Iraq"),
        ("CUB", "Cuba", "de Cuba", "à Cuba"),
        ("OMN", "Oman", "d'Oman", "à Oman"),
        ("HTI", "Haïti", "d'Haïti", "à Haïti"),
        ("SLV", "El Salvador", "d'El Salvador", "à El Salvador"),
        ("BOL", "l'État plurinational de Bolivie", "de l'État plurinational de Bolivie",
         "à l'État plurinational de Bolivie"),
        ("SYC", "les Seychelles", "des Seychelles", "aux Seychelles"),
    ],
)  # fmt: skip
def test_french(iso3: str, the: str, of: str, to: str) -> None:
    assert states.the(F, iso3) == the
    assert states.of(F, the) == of
    assert states.to(F, the) == to


@pytest.mark.parametrize(
    ("iso3", "the", "of", "to"),
    [
        ("CMR", "el Camerún", "del Camerún", "al Camerún"),
        ("IND", "la India", "de la India", "a la India"),
        ("KEN", "Kenya", "de Kenya", "a Kenya"),
        ("SLV", "El Salvador", "de El Salvador", "a El Salvador"),
        ("COM", "las Comoras", "de las Comoras", "a las Comoras"),
        ("BOL", "el Estado Plurinacional de Bolivia", "del Estado Plurinacional de Bolivia",
         "al Estado Plurinacional de Bolivia"),
    ],
)  # fmt: skip
def test_spanish(iso3: str, the: str, of: str, to: str) -> None:
    assert states.the(S, iso3) == the
    assert states.of(S, the) == of
    assert states.to(S, the) == to


def test_formal_names_and_short_ones_of_lists() -> None:
    assert states.of(F, states.formal(F, "SWZ")) == "du Royaume d’Eswatini"
    assert states.of(E, states.formal(E, "PHL")) == "of the Republic of the Philippines"
    assert states.formal(F, "TUR") == "la Türkiye", "the source's formal name is no longer right"
    assert states.short(F, "CAF") == "République centrafricaine"
    assert states.short(S, "CMR") == "Camerún"
    assert states.short(E, "CMR") == "Cameroon"
    with pytest.raises(CcmError, match="There is no name of 'XXX'"):
        states.the(F, "XXX")


def test_every_state_of_the_facts_has_its_names() -> None:
    known = state_names(PACKAGE / "facts")
    with (PACKAGE / "languages" / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["iso3"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(known)
    assert all(row["fr_short"] and row["es_short"] for row in rows.values())
    assert [iso3 for iso3, row in rows.items() if not all(row.values())] == ["TUR"]


@pytest.mark.parametrize(
    ("iso2", "language"), [("CF", F), ("HT", F), ("CO", S), ("CM", E), ("KE", E), ("VN", E), ("GQ", E), ("JM", E)]
)
def test_a_state_is_written_to_in_the_one_of_the_three_that_is_official_there(iso2: str, language: Language) -> None:
    assert states.language_of(iso2) == language
