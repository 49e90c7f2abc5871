"""French and Spanish hold every phrase that documents say, and none that nobody says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ccm_data import languages
from ccm_data.languages import ENGLISH, Missing, tongue
from ccm_data.vocab import Language
from tests.languages.phrases import placeholders, wanted

OTHERS = [language for language in Language if language != Language.ENGLISH]
SAME = {"Public", "Obstacles", "Notes", "Signature", "Ratification", "Succession", "Absent", "Votes", "No", "Sources",
        "Munitions", "provisional", "Melanesia",
        "Micronesia", "Note verbale", "Invitation"}  # fmt: skip
"""English words that are French or Spanish too."""


def catalogue(language: Language) -> Catalog:
    with (Path(languages.__file__).parent / f"{language}.po").open(encoding="utf-8") as file:
        return read_po(file, locale=language.value)


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_there_and_none_is_obsolete(language: Language) -> None:
    held = {one.id if isinstance(one.id, str) else one.id[0]: one for one in catalogue(language) if one.id}
    assert set(held) == set(wanted())
    for one, several in wanted().items():
        said = held[one].string
        forms = [said] if isinstance(said, str) else list(said)
        assert all(forms), one
        assert not several or len(forms) > 1, one
        assert placeholders(forms[0]) == placeholders(one), one
        assert placeholders(forms[-1]) == placeholders(several or one), one
        assert not held[one].fuzzy


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_was_left_in_english(language: Language) -> None:
    left = [one.id for one in catalogue(language) if one.id and one.string == one.id and one.id not in SAME]
    assert left == []


def test_a_phrase_that_a_catalogue_lacks_is_an_error_and_never_english() -> None:
    for language in OTHERS:
        with pytest.raises(Missing, match=r"lacks 'Nobody says this\.'"):
            tongue(language).say("Nobody says this.")
        with pytest.raises(Missing):
            tongue(language).many("one of them", "many of them", 2)


def test_dates_numbers_and_lists_follow_the_language() -> None:
    french, spanish = tongue(Language.FRENCH), tongue(Language.SPANISH)
    first = date(2024, 3, 1)
    assert [one.date(first) for one in (ENGLISH, french)] == ["1 March 2024", "1er mars 2024"]
    assert spanish.date(first) == "1 de marzo de 2024"
    assert [one.date(date(2024, 3, 11)) for one in (french, spanish)] == ["11 mars 2024", "11 de marzo de 2024"]
    assert [one.date(first, "month") for one in (french, spanish)] == ["mars 2024", "marzo de 2024"]
    assert {one.date(first, "year") for one in (ENGLISH, french, spanish)} == {"2024"}
    assert {one.date(None) for one in (ENGLISH, french, spanish)} == {""}
    assert ENGLISH.number(12345) == "12,345"
    assert french.number(12345) == "12\u202f345"
    assert spanish.number(12345) == "12.345"
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b and c"
    assert [one.listed(["a", "b", "c"]) for one in (french, spanish)] == ["a, b et c", "a, b y c"]
    assert spanish.listed(["Francia", "Italia"]) == "Francia e Italia"
    days = [one.many("{number} day old", "{number} days old", 1) for one in (ENGLISH, french, spanish)]
    assert days == ["1 day old", "il y a 1 jour", "hace 1 día"]
