"""Which sentences the catalogues must hold, found in the code, and the catalogues brought up to date for a translator.

    python -m ccm_data.languages.catalogue

adds new sentences to fr.po and es.po without translation and takes out those that no code says any more.
"""

from __future__ import annotations

import ast
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from ccm_data.paths import PACKAGE
from ccm_data.vocab import Language, OfficeRole, PostKind, Status, Term, Treaty, TreatyAction, Vote, VoteStage

FOLDER = Path(__file__).parent
TRANSLATED = tuple(one for one in Language if one is not Language.ENGLISH)
SAYS = {"say": 1, "many": 2, "phrase": 1}
"""Functions whose first so many arguments are sentences."""
TERMS: tuple[type[Term], ...] = (Status, Vote, VoteStage, TreatyAction, Treaty, OfficeRole, PostKind)
"""Vocabularies whose words documents say in every language."""
TABLES: dict[str, tuple[str, ...]] = {}
"""Files of sentences under ccm_data/, each with the keys whose strings are sentences."""

HEADER = """# {language}, translated from the English of the code; new sentences: python -m ccm_data.languages.catalogue
msgid ""
msgstr ""
"Language: {locale}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural}\\n"

"""


@dataclass(frozen=True, order=True)
class Message:
    """A sentence; its plural where its words depend on a number, and the vocabulary that it is a word of."""

    text: str
    plural: str = ""
    context: str = ""


def used() -> dict[Message, list[str]]:
    """Every sentence that is said, with the files that say it, in order."""
    found: dict[Message, list[str]] = {}
    for message, place in (*_in_code(), *_in_vocabularies(), *_in_tables()):
        places = found.setdefault(message, [])
        if place not in places:
            places.append(place)
    return dict(sorted(found.items()))


def _in_code() -> Iterator[tuple[Message, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in SAYS):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and (count := SAYS.get(_name(node.func))):
                given = [arg.value for arg in node.args[:count] if isinstance(arg, ast.Constant)]
                words = tuple(one for one in given if isinstance(one, str))
                if len(words) == count:
                    yield Message(*words), path.relative_to(PACKAGE.parent).as_posix()


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _in_vocabularies() -> Iterator[tuple[Message, str]]:
    for vocabulary in TERMS:
        for term in vocabulary:
            yield Message(term.label, context=vocabulary.__name__), "ccm_data/vocab.py"


def _in_tables() -> Iterator[tuple[Message, str]]:
    for name, keys in TABLES.items():
        for text in _strings(tomllib.loads((PACKAGE / name).read_text(encoding="utf-8")), keys):
            yield Message(text), f"ccm_data/{name}"


def _strings(held: Any, keys: tuple[str, ...], wanted: bool = False) -> Iterator[str]:
    match held:
        case str() if wanted:
            yield held
        case list():
            for one in held:
                yield from _strings(one, keys, wanted)
        case dict():
            for key, one in held.items():
                yield from _strings(one, keys, key in keys)


def path(language: Language) -> Path:
    """The catalogue of a language."""
    return FOLDER / f"{language.value}.po"


def read(language: Language) -> Catalog:
    """The catalogue of a language as it stands; empty where there is none yet."""
    if not path(language).is_file():
        return Catalog(locale=language.value)
    with path(language).open("rb") as file:
        return read_po(file, locale=language.value)


def update(language: Language) -> None:
    """Write the catalogue with every sentence that is said and no other; a new one is left without translation."""
    old = read(language)
    new = Catalog(locale=language.value)
    for message, places in used().items():
        context = message.context or None
        held = old.get(message.text, context)
        words = (message.text, message.plural) if message.plural else message.text
        new.add(words, held.string if held else None, locations=[(one, 1) for one in places], context=context)
    body = io.BytesIO()
    write_po(body, new, width=0, omit_header=True, include_lineno=False)
    head = HEADER.format(language=language.label, locale=language.value, plural=new.plural_forms)
    path(language).write_text(head + body.getvalue().decode(), encoding="utf-8")


if __name__ == "__main__":
    for language in TRANSLATED:
        update(language)
