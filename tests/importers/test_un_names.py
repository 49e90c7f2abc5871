"""Names of states as the United Nations prints them."""

from __future__ import annotations

import csv
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data import paths
from ccm_data.errors import CcmError
from ccm_data.importers import un_names

with (paths.PACKAGE / "facts" / "states.csv").open(encoding="utf-8", newline="") as file:
    STATES = list(csv.DictReader(file))
ALIASES: dict[str, str] = tomllib.loads(
    (paths.PACKAGE / "importers" / "un_names.toml").read_text(encoding="utf-8"),
)["aliases"]


def test_every_state_is_known_by_both_its_names() -> None:
    for row in STATES:
        assert un_names.find(row["name"]) == row["iso3"]
        assert un_names.find(row["name_short"] or row["name"]) == row["iso3"]


def test_no_two_states_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    names = [(row[column], row["iso3"]) for row in STATES for column in ("name", "name_short") if row[column]]
    for name, code in [*names, *ALIASES.items()]:
        owners.setdefault(un_names._key(name), set()).add(code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_an_alias_is_of_a_state_and_says_what_the_states_do_not() -> None:
    stated = {un_names._key(row[column]) for row in STATES for column in ("name", "name_short")}
    assert set(ALIASES.values()) <= {row["iso3"] for row in STATES}
    assert [name for name in ALIASES if un_names._key(name) in stated] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Lao People’s Democratic Republic", "LAO"),
        ("LAO PEOPLE'S DEMOCRATIC REPUBLIC", "LAO"),
        ("Democratic People`s Republic of Korea", "PRK"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("Netherlands", "NLD"),
        ("Kingdom of the Netherlands", "NLD"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Tu\u0308rkiye", "TUR"),
        ("Turkey", "TUR"),
        ("United Kingdom of Great Britain\xa0and\t Northern Ireland", "GBR"),
        ("Cote d’Ivoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("Cape Verde", "CPV"),
        ("Holy See", "VAT"),
        ("State of Palestine", "PSE"),
        ("Cook Islands", "COK"),
        ("Niue", "NIU"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Eswatini", "SWZ"),
        ("Swaziland", "SWZ"),
        ("The Gambia", "GMB"),
        ("Bahamas (the)", "BHS"),
        ("Guinea–Bissau", "GNB"),
        ("St. Vincent and the Grenadines", "VCT"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
    ],
)
def test_a_printed_name(name: str, code: str) -> None:
    assert un_names.find(name) == code == un_names.iso3(name)


@pytest.mark.parametrize(
    "name", ["", "the", "Korea", "Macedonia", "Belgiumm", "Yugoslavia", "European Union", "x" * 10**6]
)
def test_nothing_is_guessed(name: str) -> None:
    assert un_names.find(name) is None


def test_an_unknown_name_is_named_with_suggestions() -> None:
    with pytest.raises(CcmError) as error:
        un_names.iso3("Belgiumm")
    assert str(error.value) == (
        "No state of the facts is called 'Belgiumm' (perhaps Belgium); "
        "write the name as the United Nations prints it, or its ISO code."
    )


def test_at_most_three_names_are_suggested() -> None:
    with pytest.raises(CcmError) as error:
        un_names.iso3("Guinee")
    assert str(error.value).count(",") <= 2


def test_the_european_union_is_no_state() -> None:
    assert un_names.is_no_state("European  Union")
    assert not un_names.is_no_state("Belgium")
    assert not any(un_names.find(name) for name in un_names.NOT_STATES)


@given(st.text())
def test_any_text_is_a_name_or_one_short_sentence(name: str) -> None:
    assert un_names.find(name) or len(un_names.unknown([name])) < 1000
