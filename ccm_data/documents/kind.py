"""What a kind of document is, what can be asked of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ccm_data.reading import Reading
from ccm_data.vocab import Language

Progress = Callable[[int, int], None]
"""Hears how many parts of how many are done."""

STATES, PERIOD, TEMPLATE, ANNEX = "states", "period", "template", "annex"

TEMPLATES = {"docx": ("docx", "dotx"), "pptx": ("pptx", "potx")}
"""What a template of the user may be, by the format that is made from it."""


@dataclass(frozen=True)
class Order:
    """What is asked of a document, as far as it takes it: states by ISO code, first and last day, format, language, the
    content of the user's own template; `annex`: with the annex for the coordinators alone."""

    format: str
    iso3s: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    language: Language = Language.ENGLISH
    template: bytes | None = None
    annex: bool = False


@dataclass(frozen=True)
class Made:
    """A document as a file: its name, its content, and what it says in a sentence (blank for many)."""

    name: str
    content: bytes
    summary: str = ""


def of_campaign(reading: Reading) -> tuple[date, date]:
    """The period of a reading's campaign, as far as the log is read."""
    campaign = reading.campaign
    return campaign.baseline, max(min(campaign.end, reading.log_day), campaign.baseline)


@dataclass(frozen=True)
class Kind:
    """A kind of document: `takes` says whether it is about chosen states, has a period, can be made from a template or
    has an annex for internal readers; `formats` what it can be made as, with words for each, the first by default;
    `languages` those that its words exist in; `period` its first and last day by default; `public` that it is for
    everybody, whoever makes it."""

    name: str
    title: str
    about: str
    formats: Mapping[str, str]
    takes: frozenset[str]
    make: Callable[[Reading, Order, Progress], Made]
    languages: tuple[Language, ...] = (Language.ENGLISH,)
    period: Callable[[Reading], tuple[date, date]] = of_campaign
    public: bool = False


WORD_OR_PDF = {"docx": "Word", "pdf": "PDF"}
