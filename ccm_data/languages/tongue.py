"""Sentences, dates, numbers and lists in one language.

A sentence is its English words; French and Spanish stand in fr.po and es.po beside this file. What has no translation
raises: half a sentence in the wrong language may not leave the house.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from ccm_data.languages import names
from ccm_data.languages.names import Form
from ccm_data.vocab import Language, Precision, Term

LOCALES = {Language.ENGLISH: "en_GB", Language.FRENCH: "fr", Language.SPANISH: "es"}


def phrase(msgid: str) -> str:
    """The same words: marks a sentence that is chosen here and said elsewhere, so that the catalogues hold it."""
    return msgid


class Untranslated(LookupError):
    """A sentence that the catalogue of a language does not hold."""


class _Refuses(NullTranslations):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        raise Untranslated(f"Not in {self.language}.po: {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise Untranslated(f"Not in {self.language}.po: {msgid1!r}")

    def pgettext(self, context: str, message: str) -> str:
        raise Untranslated(f"Not in {self.language}.po: {message!r} ({context})")


@cache
def _translations(language: Language) -> NullTranslations:
    if language is Language.ENGLISH:
        return NullTranslations()
    with Path(__file__).with_name(f"{language.value}.po").open("rb") as file:
        catalogue = read_po(file, locale=language.value)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    found = GNUTranslations(compiled)
    found.add_fallback(_Refuses(language))
    return found


@dataclass(frozen=True)
class Tongue:
    """A language that says what it is given. Raises Untranslated for a sentence that its catalogue does not hold."""

    language: Language

    @property
    def locale(self) -> str:
        """The locale by whose rules dates, numbers and lists are written."""
        return LOCALES[self.language]

    def say(self, msgid: str, **values: object) -> str:
        """A sentence, with values in the places of its braces."""
        return _translations(self.language).gettext(msgid).format(**values)

    def many(self, singular: str, plural: str, n: int, **values: object) -> str:
        """A sentence whose words depend on a number; `{n}` is the number as this language writes it."""
        said = _translations(self.language).ngettext(singular, plural, n)
        return said.format(n=self.number(n), **values)

    def term(self, vocabulary: type[Term], code: str) -> str:
        """The words of a code. Raises KeyError for an unknown code."""
        words = {one.value: one.label for one in vocabulary}[code]
        return _translations(self.language).pgettext(vocabulary.__name__, words)

    def date(self, day: datetime.date, precision: str = Precision.DAY) -> str:
        """A date as exact as it is known, in words."""
        if precision == Precision.YEAR:
            return str(day.year)
        if precision == Precision.MONTH:
            return format_skeleton("yMMMM", _plain(day), locale=self.locale)
        said = format_date(_plain(day), "long", self.locale)
        return re.sub(r"^1(?= )", "1er", said) if self.language is Language.FRENCH else said

    def on(self, day: datetime.date, precision: str = Precision.DAY) -> str:
        """A date with the word that puts it into a sentence: on 3 December 2008, in December 2008, in 2008."""
        said = self.date(day, precision)
        return self.say("on {date}", date=said) if precision == Precision.DAY else self.say("in {date}", date=said)

    def number(self, value: int) -> str:
        """A whole number with this language's thousands."""
        return format_decimal(value, locale=self.locale)

    def listed(self, parts: Iterable[str]) -> str:
        """Several things as this language counts them up; blank for none."""
        said = format_list(list(parts), locale=self.locale)
        if self.language is Language.SPANISH:  # "y" before the sound of i is "e"
            said = re.sub(r" y (?=[IiÍí]|[Hh][iIíÍ](?![aeAE]))", " e ", said)
        return said

    def state(self, iso3: str, form: Form = Form.ALONE, formal: bool = False) -> str:
        """A state's name by the United Nations' terms. Raises CcmError for one without a name on record."""
        return names.state(iso3, self.language, form, formal)

    def sentence(self, text: str) -> str:
        """The text with a capital first letter."""
        return text[:1].upper() + text[1:]


def _plain(day: datetime.date) -> datetime.date:
    """The day itself: a column of days holds timestamps, which Babel would read as moments."""
    return datetime.date(day.year, day.month, day.day)


@cache
def tongue(language: Language) -> Tongue:
    """The tongue of a language."""
    return Tongue(language)
