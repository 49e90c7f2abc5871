"""The world map as one HTML file: what is in it, and what is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest

from ccm_data import geometry, wording
from ccm_data.documents import registry
from ccm_data.documents.map_file import map_file
from ccm_data.documents.registry import Order
from ccm_data.log import Entry
from ccm_data.reading import Reading
from tests.conftest import Open
from tests.documents.conftest import BASELINE, SECRET, days

TODAY = date(2026, 2, 3)


class Page(HTMLParser):
    """Elements of a page with their attributes, and the text of each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self._open.append(tag)
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "script":
            attributes, said = self.scripts.pop()
            self.scripts.append((attributes, said + data))
        elif inside != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def held(self, name: str) -> dict[str, dict[str, dict[str, object]]]:
        return json.loads(next(said for attributes, said in self.scripts if attributes.get("id") == name))


@pytest.fixture(scope="module")
def file(reading: Open) -> str:
    return map_file(reading(TODAY))


@pytest.fixture(scope="module")
def page(file: str) -> Page:
    return Page(file)


def test_it_is_one_file_of_less_than_a_megabyte(reading: Open, file: str) -> None:
    made = registry.make("map", reading(TODAY), Order("html"))
    assert made.name == "ccm-map-2026-02-03.html"
    assert made.content == file.encode()
    assert len(made.content) <= 1_000_000


def test_nothing_is_fetched(file: str, page: Page) -> None:
    policy = next(one["content"] for tag, one in page.elements if one.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
    fetching = [(tag, value) for tag, one in page.elements for name, value in one.items()
                if name in ("src", "href", "srcset", "data", "action", "poster", "background")]  # fmt: skip
    assert fetching == [("link", "data:,")]
    assert "@import" not in file
    assert not re.search(r"url\((?!#hatch)", file)
    assert not re.search(r"\bimport\s*\(|\bimport\s+[\w{*]", page.scripts[-1][1]), "the script imports nothing"


def test_the_script_is_the_apps_own(page: Page) -> None:
    from ccm_data.paths import STATIC

    attributes, said = page.scripts[-1]
    assert attributes == {"type": "module"}
    assert (STATIC / "map.js").read_text(encoding="utf-8") in said
    assert len(page.scripts) == 3


def test_it_says_status_and_categories_on_both_grounds(reading: Open, page: Page) -> None:
    told = page.held("told")
    assert told["shapes"] == geometry.load().url
    assert json.dumps(page.held("world"))[:30] == '{"type": "FeatureCollection", '
    for ground in ("light", "dark"):
        status, categories = told[ground]["status"], told[ground]["categories"]
        assert [row["count"] for row in status["legend"]] == ["112", "12", "72", "1", ""]
        assert [row["text"] for row in categories["legend"]][:2] == ["0 of 4 categories", "1 of 4 categories"]
        assert (status["years"]["first"], status["years"]["last"]) == (2008, 2026)
        assert status["meeting"] is False
    assert told["light"]["status"]["ground"] != told["dark"]["status"]["ground"]
    assert [one["name"] for one in told["light"]["status"]["figures"]][:3] == [
        "States Parties", "Signatories", "States not party",
    ]  # fmt: skip


def test_a_table_says_the_same_with_sources_by_number(reading: Open, page: Page) -> None:
    rows = [one for tag, one in page.elements if tag == "th" and one.get("scope") == "row"]
    assert len(rows) == len(reading(TODAY).states()) == 197
    assert "Kenya Signatory: signed 3 December 2008, not ratified Voted yes, not party, Mine Ban" in page.text
    assert "https://github.com/zmjones/untreaties/tree/master/treaties" in page.text
    assert "Public facts as of 3 February 2026." in page.text
    assert geometry.load().disclaimer in page.text
    assert wording.known_through(TODAY, reading(TODAY).workspace.horizons) in page.text


def test_nothing_is_later_than_the_day(reading: Open) -> None:
    page = Page(map_file(reading(BASELINE)))
    told = page.held("told")["light"]["status"]
    assert told["years"]["last"] == 2021
    assert max(map(int, told["years"]["changes"])) == 2020
    assert [row["count"] for row in told["legend"]][:2] == ["110", "13"]
    assert max(days(page.text.split("Sources and limits")[0])) <= BASELINE


def test_nothing_internal_whoever_makes_it(reading: Open, activity: Callable[..., Entry]) -> None:
    entry = activity(
        confidentiality="internal", title=SECRET, place=SECRET, outcome=SECRET, owner=SECRET, next_step=SECRET,
        states=[{"iso3": "KEN", "position": SECRET, "promise": SECRET}],
    )  # fmt: skip
    made = map_file(reading(BASELINE, [entry], audience="internal"))
    assert "Zanzibar" not in made
    said = Page(made).text.split("Sources and limits")[0].lower()
    for word in ("score", "rank", "promise", "overdue", "obstacle", "last contact", "priority", "filter"):
        assert word not in said, word


def test_equal_content_gives_an_equal_file(reading: Open, file: str) -> None:
    assert map_file(reading(TODAY)) == file


def test_no_text_can_end_the_script_or_become_markup(reading: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "</script><img src=x onerror=alert(1)><!-- {{SCRIPT}} & \u2028"
    states = reading(TODAY).states()
    states.loc[states["iso3"] == "KEN", ["name", "name_short", "region"]] = hostile
    monkeypatch.setattr(Reading, "states", lambda *_: states)
    monkeypatch.setattr(wording, "status_label", lambda _: hostile)
    page = Page(map_file(reading(TODAY)))
    assert len(page.scripts) == 3
    assert not [tag for tag, _ in page.elements if tag == "img"]
    assert hostile in page.held("told")["light"]["status"]["tips"][0][0]
    assert "</script><img src=x" in page.text
