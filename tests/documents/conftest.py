"""Documents read back the way their readers do: text of Word files, PDFs and slides, and entries of a small log."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import docx
import pytest
from pypdf import PdfReader

from ccm_data.campaign import Campaign, find
from ccm_data.log import Entry, parse

BASELINE = date(2021, 11, 30)
MONTHS = list(calendar.month_name)[1:]
SECRET = "Zanzibar heliotrope memorandum"


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    """The concept note's campaign."""
    return find("10MSP")


@pytest.fixture
def activity() -> Callable[..., Entry]:
    """Makes an entry of the log; what is not said is a public bilateral with Kenya on 15 October 2021."""

    def make(**values: Any) -> Entry:
        usual = {
            "start": "2021-10-15", "type": "bilateral_geneva", "status": "done", "title": "Coffee with the mission",
            "states": [{"iso3": "KEN"}], "confidentiality": "public", "implementers": ["Spain"],
        }  # fmt: skip
        return Entry("activity", str(uuid4()), 1, parse("activity", {**usual, **values}))

    return make


def word_text(data: bytes) -> str:
    """All text of a Word file: paragraphs, tables and footers, in the order of the file."""
    file = docx.Document(io.BytesIO(data))
    parts = ["".join(run.text or "" for run in one.iter(_w("t"))) for one in file.element.body.iter(_w("p"))]
    return "\n".join([*parts, *(line.text for line in file.sections[0].footer.paragraphs)])


def _w(name: str) -> str:
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page of a PDF, blanks and line ends as single blanks."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


def days(text: str) -> Iterator[date]:
    """Every date a text names by day or by month (then its first day), in words or as ISO."""
    for year, month, day in re.findall(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b(?![\w-])", text):
        if 1 <= int(month) <= 12:
            yield date(int(year), int(month), int(day or 1))
    for day, month, year in re.findall(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) (\d{{4}})\b", text):
        yield date(int(year), MONTHS.index(month) + 1, int(day or 1))
