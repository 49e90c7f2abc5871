"""The names of states as the United Nations writes them (names.csv, from UNTERM), put into sentences by rule.

UNTERM writes the article behind a name, in brackets: the article alone decides how the name is set into a sentence.
What stands in brackets and is no article belongs to the official name; in a sentence that name is written whole.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from babel.languages import get_official_languages

from ccm_data.errors import CcmError
from ccm_data.vocab import Language

SOURCE = "geo-country-codes"
"""The source of names.csv in the facts."""
APOSTROPHE = "’"


class Form(Enum):
    """How a name stands in a sentence: alone in a list, with its article, after "of", after "to"."""

    ALONE = "alone"
    THE = "the"
    OF = "of"
    TO = "to"


ARTICLES: dict[Language, tuple[str, ...]] = {
    Language.ENGLISH: ("the",),
    Language.FRENCH: ("le", "la", "les", f"l{APOSTROPHE}"),
    Language.SPANISH: ("el", "la", "los", "las"),
}
CONTRACTED: dict[Language, dict[str, str]] = {
    Language.ENGLISH: {},
    Language.FRENCH: {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"},
    Language.SPANISH: {"de el": "del", "a el": "al"},
}
PREPOSITIONS: dict[Language, dict[Form, str]] = {
    Language.ENGLISH: {Form.OF: "of", Form.TO: "to"},
    Language.FRENCH: {Form.OF: "de", Form.TO: "à"},
    Language.SPANISH: {Form.OF: "de", Form.TO: "a"},
}
MUTE = "AÂÀEÉÈÊIÎÏOÔUÛÜH"
"""What French elides before. Of the names without article only one begins with H, and it is mute."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its article; blank for none."""

    article: str
    words: str

    def set(self, form: Form, language: Language) -> str:
        """The name in this form, with « du », « de la », « de l’ », « des », « de » or « d’ » as its article asks."""
        if form is Form.ALONE:
            return self.words
        preposition = PREPOSITIONS[language].get(form, "")
        if language is Language.FRENCH and preposition == "de" and not self.article and self.words[0] in MUTE:
            return f"d{APOSTROPHE}{self.words}"
        before = f"{preposition} {self.article}".strip()
        before = CONTRACTED[language].get(before, before)
        return f"{before}{'' if before.endswith(APOSTROPHE) or not before else ' '}{self.words}"


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: {key: cell.replace("'", APOSTROPHE) for key, cell in row.items()}
                for row in csv.DictReader(file)}  # fmt: skip


def _short(text: str, language: Language) -> Name | None:
    """A short name as UNTERM notes it; None where its brackets hold no article."""
    words, bracket, rest = text.partition(" (")
    if not bracket:
        return Name("", text)
    article = rest.removesuffix(")")
    return Name(article, words) if article in ARTICLES[language] else None


def _formal(text: str, language: Language) -> Name:
    """A formal name, which begins with its article where it has one."""
    for article in ARTICLES[language]:
        before = article if article.endswith(APOSTROPHE) else f"{article} "
        if text.startswith(before):
            return Name(article, text.removeprefix(before))
    return Name("", text)


def state(iso3: str, language: Language, form: Form = Form.ALONE, formal: bool = False) -> str:
    """A state's name in this language and form. Raises CcmError for a state without a name on record.

    Its formal name where asked for and on record, or where a short name cannot stand in a sentence.
    """
    row = _rows().get(iso3)
    if row is None:
        raise CcmError(f"No name of {iso3!r} in {language.label} is on record.")
    column = {Language.ENGLISH: "english", Language.FRENCH: "french", Language.SPANISH: "spanish"}[language]
    short = _short(row[column], language)
    long = _formal(row[f"{column}_formal"], language) if row[f"{column}_formal"] else None
    if form is Form.ALONE and not formal:
        return short.words if short else row[column]
    chosen = (long or short) if formal else (short or long)
    if chosen is None:
        raise CcmError(f"No name of {iso3!r} that can stand in a sentence in {language.label} is on record.")
    return chosen.set(form, language)


def language_of(iso2: str) -> Language:
    """The language in which a state is written to.

    Rule: of the official languages of its territory by CLDR, French where it is one and neither English nor Spanish is;
    Spanish likewise; else English.
    """
    official = set(get_official_languages(iso2)) & {language.value for language in Language}
    return next(one for one in Language if one in official) if len(official) == 1 else Language.ENGLISH
