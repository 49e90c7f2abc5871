"""How states are called in the languages of the documents, with article and preposition as grammar wants them.

names.csv holds one row per state: the short and the formal name in French and Spanish and the formal one in English, in
the notation of UNTERM, which sets a short name's article behind it: Cameroun (le). A blank means that the source holds
none that is still right; docs/data.md names the source.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ccm_data import paths
from ccm_data.errors import CcmError
from ccm_data.names import state_names
from ccm_data.vocab import Language

_ARTICLES = {
    Language.ENGLISH: ("the ",),
    Language.FRENCH: ("les ", "le ", "la ", "l'"),
    Language.SPANISH: ("los ", "las ", "el ", "la "),
}
_CONTRACTED = {
    Language.FRENCH: {"de le ": "du ", "de les ": "des ", "à le ": "au ", "à les ": "aux "},
    Language.SPANISH: {"de el ": "del ", "a el ": "al "},
}
_BEHIND = re.compile(r"(?P<name>.+) \((?P<article>le|la|les|l'|el|los|las)\)")
_MUTE = re.compile(r"[AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜHŒaeiouéèêh]")
"""How a French word begins before which de becomes d'; a name with an aspirated h has its article."""


@dataclass(frozen=True, slots=True)
class _Names:
    """A state's short name with its article before it, the same without, and its formal name; blank for none."""

    the: str
    short: str
    formal: str


@cache
def _read() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row for row in csv.DictReader(file)}


def _names(language: Language, iso3: str) -> _Names:
    if iso3 not in _read():
        raise CcmError(f"There is no name of {iso3!r} in ccm_data/languages/names.csv.")
    row = _read()[iso3]
    if language == Language.ENGLISH:
        short = state_names(paths.facts_dir())[iso3]
        formal = row["en_formal"]
        return _Names(formal or short, short, formal)
    short, formal = row[f"{language}_short"], row[f"{language}_formal"]
    if found := _BEHIND.fullmatch(short):
        article = found["article"]
        blank = "" if article.endswith("'") else " "
        return _Names(f"{article}{blank}{found['name']}", found["name"], formal)
    return _Names(formal if "(" in short else short, short, formal)


def short(language: Language, iso3: str) -> str:
    """The short name as it stands in lists: République centrafricaine, Camerún. Raises CcmError without one."""
    return _names(language, iso3).short


def the(language: Language, iso3: str) -> str:
    """The name in a sentence, with its article where it has one: le Cameroun, Cuba; in English the formal name."""
    return _names(language, iso3).the


def formal(language: Language, iso3: str) -> str:
    """The formal name with its article: la République du Kenya; the other where none is on record."""
    names = _names(language, iso3)
    return names.formal or names.the


def of(language: Language, name: str) -> str:
    """A name after "of": du Cameroun, de la India, d'Oman, of the Republic of Kenya."""
    match language:
        case Language.ENGLISH:
            return f"of {name}"
        case Language.FRENCH if not name.startswith(_ARTICLES[language]) and _MUTE.match(name):
            return f"d'{name}"
    return _contracted(language, f"de {name}")


def to(language: Language, name: str) -> str:
    """A name after "to": au Cameroun, a la India, à Cuba, to the Republic of Kenya."""
    before = {Language.ENGLISH: "to", Language.FRENCH: "à", Language.SPANISH: "a"}[language]
    return _contracted(language, f"{before} {name}")


def _contracted(language: Language, said: str) -> str:
    for apart, together in _CONTRACTED.get(language, {}).items():
        if said.startswith(apart) and not said.startswith(f"{apart}Salvador"):  # El is part of that name
            return together + said.removeprefix(apart)
    return said


def language_of(iso2: str) -> Language:
    """The language in which a state is written to: the one of the three that CLDR lists as official in its territory;
    English where it lists none of them, or several."""
    from babel.languages import get_official_languages

    official = set(get_official_languages(iso2, regional=False, de_facto=True))
    spoken = [language for language in Language if language.value in official]
    return spoken[0] if len(spoken) == 1 else Language.ENGLISH
