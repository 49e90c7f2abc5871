"""Both catalogues hold every sentence that is said, and no other."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ccm_data.languages import tongue
from ccm_data.languages.catalogue import TRANSLATED, read, used
from ccm_data.languages.tongue import Untranslated
from ccm_data.vocab import Language, Precision, Status, Vote

BOTH = pytest.mark.parametrize("language", TRANSLATED)
FIELD = re.compile(r"{\w+}")


def forms(string: object) -> list[str]:
    return [string] if isinstance(string, str) else [str(one) for one in string]  # type: ignore[attr-defined]


@BOTH
def test_no_sentence_is_missing_and_none_is_obsolete(language: Language) -> None:
    held = {(forms(message.id)[0], message.context or ""): message for message in read(language) if message.id}
    wanted = {(message.text, message.context): message for message in used()}
    assert len(wanted) > 40
    assert sorted(set(wanted) - set(held)) == []
    assert sorted(set(held) - set(wanted)) == []
    assert [key for key, message in held.items() if not all(forms(message.string))] == []
    assert [key for key, message in held.items() if wanted[key].plural and len(forms(message.string)) != 2] == []


@BOTH
def test_a_translation_takes_the_same_values(language: Language) -> None:
    wanted = {(message.text, message.context): message for message in used()}
    for message in read(language):
        if message.id:
            one = wanted[forms(message.id)[0], message.context or ""]
            fields = set(FIELD.findall(one.plural or one.text))
            assert [set(FIELD.findall(said)) | {"{n}"} for said in forms(message.string)] == [
                fields | {"{n}"} for _ in forms(message.string)
            ], one.text


def test_what_no_catalogue_holds_raises() -> None:
    with pytest.raises(Untranslated, match=r"fr\.po"):
        tongue(Language.FRENCH).say("Not" + " a sentence")
    with pytest.raises(Untranslated, match=r"es\.po"):
        tongue(Language.SPANISH).many("One" + " thing", "Many" + " things", 2)


def test_terms_have_their_own_words() -> None:
    french, spanish = tongue(Language.FRENCH), tongue(Language.SPANISH)
    assert french.term(Status, Status.STATE_PARTY) == "État partie"
    assert spanish.term(Vote, "yes") == "A favor"
    assert tongue(Language.ENGLISH).term(Vote, "yes") == "Yes"


DAY = date(2008, 12, 1)


@pytest.mark.parametrize(
    ("language", "precision", "said"),
    [
        (Language.ENGLISH, Precision.DAY, "on 1 December 2008"),
        (Language.ENGLISH, Precision.MONTH, "in December 2008"),
        (Language.ENGLISH, Precision.YEAR, "in 2008"),
        (Language.FRENCH, Precision.DAY, "le 1er décembre 2008"),
        (Language.FRENCH, Precision.MONTH, "en décembre 2008"),
        (Language.FRENCH, Precision.YEAR, "en 2008"),
        (Language.SPANISH, Precision.DAY, "el 1 de diciembre de 2008"),
        (Language.SPANISH, Precision.MONTH, "en diciembre de 2008"),
    ],
)
def test_dates(language: Language, precision: str, said: str) -> None:
    assert tongue(language).on(DAY, precision) == said


def test_only_the_first_of_a_month_is_an_ordinal() -> None:
    assert tongue(Language.FRENCH).date(date(2021, 11, 11)) == "11 novembre 2021"


def test_lists_and_numbers() -> None:
    parts = ["a", "b", "c"]
    assert [tongue(language).listed(parts) for language in Language] == ["a, b and c", "a, b et c", "a, b y c"]
    assert [tongue(language).number(1234567) for language in Language] == [
        "1,234,567", "1\u202f234\u202f567", "1.234.567",
    ]  # fmt: skip
    assert tongue(Language.SPANISH).listed(["Perú", "Irlanda"]) == "Perú e Irlanda"
    assert tongue(Language.SPANISH).listed(["agua", "hielo"]) == "agua y hielo"
