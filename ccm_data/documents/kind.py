"""What a kind of document is, what can be asked of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ccm_data.reading import Reading
from ccm_data.vocab import Language

Progress = Callable[[int, int], None]
"""Hears how many parts of how many are done."""

STATES, PERIOD, ANNEX = "states", "period", "annex"


@dataclass(frozen=True)
class Order:
    """What is asked of a document, as far as it takes it: states by ISO code, first and last day, format, language;
    `annex`: with the annex for the coordinators alone."""

    format: str
    iso3s: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    language: Language = Language.ENGLISH
    annex: bool = False


@dataclass(frozen=True)
class Made:
    """A document as a file: its name, its content, and what it says in a sentence (blank for many)."""

    name: str
    content: bytes
    summary: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of document: `takes` says whether it is about chosen states, has a period, has an annex for internal
    readers;
    `formats` what it can be made as, with words for each, the first by default; `languages` those that its words
    exist in."""

    name: str
    title: str
    about: str
    formats: Mapping[str, str]
    takes: frozenset[str]
    make: Callable[[Reading, Order, Progress], Made]
    languages: tuple[Language, ...] = (Language.ENGLISH,)


WORD_OR_PDF = {"docx": "Word", "pdf": "PDF"}
