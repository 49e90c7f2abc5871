"""Every file, folder and environment variable that README and docs name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccm_data.paths import ROOT
from tests.docs.text import PAGES, blocks, read, spans

VARIABLE = re.compile(r"\bCCM_[A-Z_]+\b")
NAMED = re.compile(r"^[\w.*-]+\.(?:py|sql|csv|toml|md|typ|json|txt)$")
BELOW = re.compile(r"^(?:ccm_data|docs|pages|queries|static|tests|\.ci|\.streamlit)/[\w./*=-]*$")
THEIRS = {"secrets.toml", "proposed.json"}
"""Files that a user makes."""


def paths(text: str) -> Iterator[str]:
    """Paths from the top of the checkout, and bare names of files."""
    words = [word.strip("`,;:()") for span in [*spans(text), *blocks(text)] for word in span.split()]
    for word in words:
        if BELOW.match(word):
            yield word
        elif NAMED.match(word) and word not in THEIRS:
            yield f"**/{word}"


def links(page: Path) -> list[str]:
    return [target for target in re.findall(r"\]\(([^)#]+)", read(page)) if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_named_exist(page: Path) -> None:
    named = set(paths(read(page)))
    assert [path for path in sorted(named) if not next(ROOT.glob(path.rstrip("/")), None)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_environment_variables_are_those_of_the_program() -> None:
    sources = [
        ROOT / "app.py",
        ROOT / "tests" / "thorough.py",
        *(ROOT / "pages").rglob("*.py"),
        *(ROOT / "ccm_data").rglob("*.py"),
    ]
    read_by_program = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    told = {name for page in PAGES for name in VARIABLE.findall(read(page))}
    assert told == read_by_program


def test_what_is_not_there_would_be_found() -> None:
    assert set(paths("`ccm_data/nothing.py` and `nothing.sql`, `word`")) == {"ccm_data/nothing.py", "**/nothing.sql"}
    assert next(ROOT.glob("**/nothing.sql"), None) is None
