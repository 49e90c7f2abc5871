"""Files that are no status pages, by accident or on purpose: one sentence each, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.errors import CcmError
from ccm_data.importers import untc
from ccm_data.importers.model import Parsed

PAGES = Path(__file__).parent / "pages"
HTML, XML = (PAGES / "ccm.html").read_bytes(), (PAGES / "ccm.xml").read_bytes()
SIGNATURE = b"<table>Participant</table>"


def attempt(content: bytes) -> Parsed | None:
    """What is read, or None when the file is refused with one sentence; anything else fails the test."""
    message = ""
    try:
        return untc.parse(content, "CCM")
    except CcmError as error:
        message = str(error)
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 2500
    return None


def refused(content: bytes) -> str:
    with pytest.raises(CcmError) as error:
        untc.parse(content, "CCM")
    assert len(str(error.value)) < 1000
    return str(error.value)


@given(st.binary(max_size=2000))
def test_any_bytes(noise: bytes) -> None:
    assert attempt(noise) is None
    attempt(SIGNATURE + noise)
    attempt(b"<?xml version='1.0'?><TGroup>" + SIGNATURE + noise)


@given(
    page=st.sampled_from([HTML, XML]),
    edits=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=6),
)
def test_any_edit_of_bytes(page: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    for at, removed, added in edits:
        start = at % len(page)
        page = page[:start] + added + page[start + removed :]
    attempt(page)


@given(
    page=st.sampled_from([HTML, XML]),
    cuts=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)),
)
def test_any_part_moved(page: bytes, cuts: tuple[int, int, int]) -> None:
    a, b, c = sorted(cut % len(page) for cut in cuts)
    attempt(page[:a] + page[b:c] + page[a:b] + page[c:])


@given(
    old=st.sampled_from(
        ["3 Dec", "2008", "Belgium", "(a)", "Participant", "Signature", "XXVI", "03-02-2026", "TGroup", "td"]
    ),
    new=st.text(max_size=30),
)
def test_any_words_in_place_of_those_printed(old: str, new: str) -> None:
    for page in (HTML, XML):
        attempt(page.replace(old.encode(), new.encode(errors="replace")))


def test_noise_beyond_any_page_is_not_even_looked_at() -> None:
    assert refused(random.Random(1).randbytes(50_000_000)).startswith("The file has more than 20 MB")
    assert refused(b"<table>Participant" * 3_000_000).startswith("The file has more than 20 MB")


def test_noise_of_the_size_of_a_page_is_not_parsed() -> None:
    assert refused(random.Random(1).randbytes(19_000_000)).startswith("The file holds no table of participants")
    assert refused(b"").startswith("The file holds no table of participants")


def test_more_tags_than_any_page_has_are_not_parsed() -> None:
    rows = b"<tr><td>Andorra</td><td></td><td></td><td>9 Apr 2013 a</td></tr>" * 100_000
    assert refused(HTML.replace(b"\t<tr class", rows + b"<tr class", 1)).startswith(
        "The file has more than 200,000 tags"
    )


@pytest.mark.parametrize(
    "unit",
    [
        b"<superscript>",
        b"&lt;superscript&gt;",
        b"<a",
        b"<td>",
        b"1 Jan 2000 ",
        b"[",
        b"Signatories : ",
        b"STATUS AS AT : ",
    ],
)
@pytest.mark.parametrize("frame", [(b"<table id='tblgrid'>", b""), (b"<X><Entry>", b"</Entry><TGroup/></X>")])
def test_repetition_is_read_in_bounded_time(unit: bytes, frame: tuple[bytes, bytes]) -> None:
    refused(frame[0] + b"<table>Participant</table>" + unit * (1_000_000 // len(unit)) + frame[1])


def xml_with(doctype: str, entry: str) -> bytes:
    page = XML.decode("latin-1").replace("<MTDSG>", doctype + "<MTDSG>", 1)
    return page.replace("<Row><Entry>Belgium", f"<Row><Entry>{entry}", 1).encode("latin-1")


def test_entities_are_not_expanded() -> None:
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    page = xml_with(f"<!DOCTYPE MTDSG [{''.join(lines)}]>", "&a11;")
    assert refused(page).startswith("The file defines entities, which no status page does")
    assert refused(HTML.replace(b"<!DOCTYPE html>", b'<!DOCTYPE html [<!ENTITY a "ha">]>')).startswith(
        "The file defines"
    )


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Belgium", encoding="utf-8")
    page = xml_with(f'<!DOCTYPE MTDSG [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', "&x;")
    assert refused(page).startswith("The file defines entities")
    dtd = tmp_path / "page.dtd"
    dtd.write_text('<!ENTITY x "Belgium">', encoding="utf-8")
    page = xml_with(f'<!DOCTYPE MTDSG SYSTEM "{dtd.as_uri()}">', "&x;")
    assert refused(page).startswith("The file refers to entities")
    assert refused(xml_with("", "&x;")).startswith("The file cannot be read as a status page (Entity 'x' not defined")


def test_a_doctype_without_entities_is_harmless() -> None:
    assert attempt(xml_with("<!DOCTYPE MTDSG>", "Belgium")) is not None


def test_nesting_beyond_any_page_is_refused() -> None:
    deep = HTML.replace(b"<body", b"<body><div>" + b"<div>" * 10_000 + b"</div>" * 10_000 + b"</div><i", 1)
    assert "nested more than 256 deep" in refused(deep)
    deep = XML.replace(b"<MTDSG>", b"<MTDSG>" + b"<X>" * 10_000 + b"</X>" * 10_000, 1)
    assert "nested" in refused(deep) or "depth" in refused(deep).lower()
