"""Words in the languages of the documents: phrases, dates, numbers, lists and the names of states.

A phrase is written in English where it is used, with what it names in braces, and looked up in the catalogue of the
language beside this file (fr.po, es.po; gettext). Dates, numbers and lists follow CLDR, by Babel.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccm_data.dates import words
from ccm_data.errors import CcmError
from ccm_data.languages import states
from ccm_data.vocab import Language, Precision, Term, label

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENGLISH", "Missing", "Tongue", "tongue"]

_BEFORE_I = re.compile(r"[IÍiíYy]|[Hh][IÍií](?!e)")
"""How a Spanish word begins before which y becomes e; CLDR's patterns know no such rule."""

HERE = Path(__file__).parent


class Missing(CcmError):
    """A phrase that the catalogue of a language lacks."""


class Tongue:
    """The words of one language. Raises Missing for a phrase that its catalogue lacks."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, phrase: str, **values: Any) -> str:
        """A phrase with its values."""
        said = self._translated(phrase)
        return said.format(**values) if values else said

    def many(self, one: str, several: str, number: int, **values: Any) -> str:
        """A phrase about a number of things, which stands in it as {number}."""
        return self._counted(one, several, number).format(number=self.number(number), **values)

    def term(self, vocabulary: type[Term], code: str) -> str:
        """The words for a code of a vocabulary."""
        return self.say(label(vocabulary, code))

    def date(self, day: date | pd.Timestamp | None, precision: str = Precision.DAY) -> str:
        """A day in words as exact as it is known; blank for none."""
        if self.language == Language.ENGLISH or not words(day, precision):
            return words(day, precision)
        from babel.dates import format_date, format_skeleton

        known: Any = day
        match precision:
            case Precision.YEAR:
                return f"{known.year}"
            case Precision.MONTH:
                return str(format_skeleton("yMMMM", known, locale=self.language))
        said = str(format_date(known, "long", locale=self.language))
        return f"1er{said[1:]}" if self.language == Language.FRENCH and known.day == 1 else said

    def number(self, number: float) -> str:
        """A number with the language's marks."""
        if self.language == Language.ENGLISH:
            return f"{number:,}"
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=self.language))

    def listed(self, items: Iterable[str]) -> str:
        """Several things in a sentence: one, two and three."""
        held = list(items)
        if self.language == Language.ENGLISH:
            return f"{', '.join(held[:-1])} and {held[-1]}" if len(held) > 1 else "".join(held)
        from babel.lists import format_list

        said = str(format_list(held, locale=self.language)) if held else ""
        if self.language == Language.SPANISH and len(held) > 1 and _BEFORE_I.match(held[-1]):
            return f"{said.removesuffix(f'y {held[-1]}')}e {held[-1]}"
        return said

    def state(self, iso3: str) -> str:
        """The short name of a state, as in lists."""
        return states.short(self.language, iso3)

    def the(self, iso3: str) -> str:
        """A state in a sentence, with its article where it has one."""
        return states.the(self.language, iso3)

    def formal(self, iso3: str) -> str:
        """A state by its formal name, with its article."""
        return states.formal(self.language, iso3)

    def of(self, name: str) -> str:
        """A name after "of", contracted with its article where the language does so."""
        return states.of(self.language, name)

    def to(self, name: str) -> str:
        """A name after "to", contracted with its article where the language does so."""
        return states.to(self.language, name)

    def _translated(self, phrase: str) -> str:
        if self.language == Language.ENGLISH:
            return phrase
        return self._found(_catalogue(self.language).gettext(phrase), phrase)

    def _counted(self, one: str, several: str, number: int) -> str:
        if self.language == Language.ENGLISH:
            return one if number == 1 else several
        return self._found(_catalogue(self.language).ngettext(one, several, number), one)

    def _found(self, said: str, phrase: str) -> str:
        if said == "":
            raise Missing(f"The catalogue {self.language}.po lacks {phrase!r}.")
        return said


class _Nothing(gettext.NullTranslations):
    """What stands for a phrase that a catalogue lacks: nothing, so that nobody takes English for it."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def _catalogue(language: Language) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (HERE / f"{language}.po").open(encoding="utf-8") as file:
        read = read_po(file, locale=language.value)
    binary = io.BytesIO()
    write_mo(binary, read)
    binary.seek(0)
    found = gettext.GNUTranslations(binary)
    found.add_fallback(_Nothing())
    return found


@cache
def tongue(language: Language) -> Tongue:
    """The words of a language."""
    return Tongue(language)


ENGLISH = tongue(Language.ENGLISH)
