"""What is too large, too deep or a trap is refused in one sentence, at once, before room is made for it."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Iterator

import pytest

from ccm_data.errors import CcmError
from ccm_data.importers import bounds, workbook
from ccm_data.importers.table import read_sheet
from tests.importers.books import SHEET, book, packed, parts, shared, sheet, with_parts

FAR = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
NEAR = '<c r="A1" t="inlineStr"><is><t>title</t></is></c>'


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 20


def told(name: str, data: bytes) -> str:
    """Why a file is refused; blank for one that is read."""
    try:
        read_sheet(name, data)
    except CcmError as error:
        return str(error)
    return ""


def refused(name: str, data: bytes) -> str:
    sentence = told(name, data)
    assert sentence.startswith(name)
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_noise_of_50_mb_is_refused_by_its_size(name: str) -> None:
    noise = random.Random(1).randbytes(50 * 2**20)
    begun = time.monotonic()
    assert refused(name, noise) == f"{name} has 50 MB; at most 20 MB are read."
    assert time.monotonic() - begun < 1
    with pytest.raises(CcmError, match="has 50 MB; at most 20 MB are read"):
        bounds.xml("a.xml", noise)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(f"<row>{FAR}</row>", id="one-cell"),
        pytest.param(f'<row r="1">{NEAR}{FAR}</row>', id="a-place-that-its-row-denies"),
        pytest.param(FAR, id="no-row"),
        pytest.param(
            f'<row r="1">{NEAR}</row><row r="1048576"><c><v>1</v></c></row>' * 6 + f"<row>{FAR}</row>", id="rows"
        ),
    ],
)
@pytest.mark.parametrize(
    "before", ["", '<dimension ref="A1"/>', '<dimension ref="A1:B2"/>', '<dimension ref="B2:A1"/>', "<dimension/>"]
)
def test_the_last_cell_of_a_sheet_whatever_its_dimension_says(cells: str, before: str) -> None:
    sentence = refused("a.xlsx", with_parts(sheet=sheet(cells, before)))
    assert sentence.startswith("a.xlsx has a sheet that reaches to row 1,048,576 and column")


@pytest.mark.parametrize(
    "ref", ["A1:XFD1048576", "XFD1048576", "B2:A1", "", "A0", "A1:ZZZZZZZ9999999999", "é", "A1:B2:C3"]
)
def test_a_dimension_that_lies_makes_no_room(ref: str) -> None:
    data = with_parts(sheet=sheet(f"<row>{NEAR}</row>", f'<dimension ref="{ref}"/>'))
    assert told("a.xlsx", data) in (
        "",
        "a.xlsx is not a readable XLSX file; save it again from the spreadsheet program.",
    )


@pytest.mark.parametrize(
    "head",
    [
        pytest.param('<?xml version="1.0" encoding="unheard-of"?>', id="encoding"),
        pytest.param("<other/>", id="two-roots"),
        pytest.param("junk", id="junk"),
        pytest.param("<!DOCTYPE x [<!ENTITY a 'b'>]>", id="doctype"),
    ],
)
def test_a_sheet_that_only_the_lenient_reader_could_read(head: str) -> None:
    refused("a.xlsx", with_parts(sheet=sheet(f"<row>{NEAR}{FAR}</row>", head=head)))


def test_a_sheet_under_another_root_and_in_a_part_of_another_name() -> None:
    far = sheet(f"<row>{FAR}</row>")
    assert "reaches to row 1,048,576" in refused("a.xlsx", with_parts(sheet=f"<x>{far}</x>"))
    held = parts(book(["title"]))
    held |= {
        name: content.replace(b"worksheets/sheet1.xml", b"media/cat.png")
        for name, content in held.items()
        if name.endswith((".rels", "[Content_Types].xml"))
    }
    del held[SHEET]
    assert "reaches to row 1,048,576" in refused("a.xlsx", packed(held | {"xl/media/cat.png": far.encode()}))


@pytest.mark.parametrize("place", ["A0", "XFD", "1", "A99999999999", "AAAA1", "A1B2", "É1", "A-1", ""])
def test_places_that_are_none(place: str) -> None:
    sentence = refused("a.xlsx", with_parts(sheet=sheet(f'<row><c r="{place}"><v>1</v></c></row>')))
    assert "is not a readable XLSX file" in sentence or "no column heads" in sentence


def test_cells_without_references_and_formats_without_content() -> None:
    rows = f'<row>{NEAR}<c t="inlineStr"><is><t>b</t></is></c></row><row r="7"><c/><c><v>1</v></c></row>'
    read = read_sheet("a.xlsx", with_parts(sheet=sheet(rows)))
    assert read.heads == ("title", "b")
    assert read.rows[-1] == ("", "1")
    assert len(read.rows) == 6
    assert read_sheet("a.xlsx", with_parts(sheet=sheet(f'<row>{NEAR}<c r="XFD1048576" s="0"/></row>'))).rows == ()


def test_100_000_columns() -> None:
    assert refused("a.csv", b",".join([b"x"] * 100_000)) == "a.csv has 100,000 columns; at most 1,000 are read."
    assert "100,000 columns" in refused("a.csv", b"title\n" + b"," * 99_999 + b"\n")
    wide = "".join("<c><v>1</v></c>" for _ in range(100_000))
    assert "100,000 columns" in refused("a.xlsx", with_parts(sheet=sheet(f"<row>{wide}</row>")))
    assert len(read_sheet("a.csv", b",".join(f"c{n}".encode() for n in range(1_000))).heads) == 1_000


def test_a_wide_head_over_many_short_rows_is_an_area() -> None:
    assert "at most 5,000,000 cells" in refused("a.csv", b"a" + b"," * 999 + b"\n" + b"x\n" * 50_000)
    assert "at most 100,000 are read at once" in refused("a.csv", b"a\n" + b"x\n" * 100_000)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"title\n" + b"x" * (20 * 2**20 - 6), id="one-field"),
        pytest.param(b'title\n"' + b"x" * (20 * 2**20 - 7), id="one-open-quote"),
        pytest.param(b'title\n"open', id="open-quote"),
        pytest.param(b'title\n"a"b\n', id="quote-within"),
        pytest.param(b'"', id="lone-quote"),
        pytest.param(b"title\n\xff", id="bytes"),
    ],
)
def test_csv_that_is_none(data: bytes) -> None:
    refused("a.csv", data)


def test_nul_and_quotes_of_csv_are_cells() -> None:
    assert read_sheet("a.csv", b'a,b\n"1 ""x""",2"\n').rows == (('1 "x"', '2"'),)


def test_a_zip_that_unpacks_to_much() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("x.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(300):
            file.write(bytes(2**20))
    assert len(buffer.getvalue()) < 2**20
    assert refused("a.xlsx", buffer.getvalue()) == "a.xlsx has 300 MB when unpacked; at most 200 MB are read."


def test_a_zip_that_understates_what_it_unpacks_to() -> None:
    data = bytearray(packed({"x.xml": bytes(2**20)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.index(mark) + at
        data[where : where + 4] = (10).to_bytes(4, "little")
    assert "is not a readable XLSX file" in refused("a.xlsx", bytes(data))


def test_zips_within_zips_are_not_unpacked() -> None:
    nested = book(["title"])
    for _ in range(10):
        nested = packed({"a.zip": nested})
    assert "is not a readable XLSX file" in refused("a.xlsx", nested)
    held = parts(book(["title"], ["x"])) | {"xl/embeddings/a.xlsx": nested}
    assert read_sheet("a.xlsx", packed(held)).rows == (("x",),)
    assert "xl/embeddings/a.xlsx" not in parts(workbook.vetted("a.xlsx", packed(held)))


def test_many_parts() -> None:
    assert "holds 5,000 files" in refused("a.xlsx", packed({f"{n}.xml": b"" for n in range(5_000)}))


def test_shared_text_that_many_cells_show() -> None:
    cells = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(30_000))
    large = with_parts(sheet=sheet(cells), strings=shared("x" * 30_000))
    assert refused("a.xlsx", large) == "a.xlsx has 858 MB of text in its cells; at most 200 MB are read."
    assert read_sheet("a.xlsx", with_parts(sheet=sheet(cells), strings=shared("x"))).rows[-1] == ("x",)
    plus = with_parts(sheet=sheet(cells.replace("<v>0", "<f>1</f><v>+0")), strings=shared("x" * 30_000))
    assert "858 MB of text" in refused("a.xlsx", plus)


def test_a_list_of_many_shared_texts() -> None:
    many = with_parts(sheet=sheet('<row><c t="s"><v>1</v></c></row>'), strings=shared(*["title"] * 200_000))
    assert read_sheet("a.xlsx", many).heads == ("title",)
    lying = shared("title", "b").replace("<sst ", '<sst count="4294967295" uniqueCount="18446744073709551615" ')
    data = with_parts(sheet=sheet(f"<row>{NEAR}</row>"), strings=lying)
    assert refused("a.xlsx", data) == "a.xlsx says that it lists 4,294,967,295 things; at most 5,000,000 are read."


def test_a_spreadsheet_of_another_program_under_the_name_xlsx() -> None:
    repeated = (
        '<x><table:table xmlns:table="t"><table:table-cell table:number-columns-repeated="99999999"/></table:table></x>'
    )
    ods = packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": repeated})
    assert "is not a readable XLSX file" in refused("a.xlsx", ods)


DOCTYPE = "a.xml declares a document type, which could hold entities; delete the DOCTYPE."


def test_xml_is_read_without_entities_and_not_too_deep() -> None:
    assert bounds.xml("a.xml", b"<a><b>\xc3\xa9</b></a>")[0].text == "é"
    for data, sentence in (
        (b"<a>" * 10_000 + b"</a>" * 10_000, "a.xml has elements nested more than 256 deep; such a file is not read."),
        (b"<a>" * 257 + b"</a>" * 257, "a.xml has elements nested more than 256 deep; such a file is not read."),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", DOCTYPE),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", DOCTYPE),
        (b"<a>&b;</a>", "a.xml is not readable XML (line 1); download it again."),
        (b"\n<a", "a.xml is not readable XML (line 2); download it again."),
        (b"", "a.xml is not readable XML (line 1); download it again."),
        (b'<?xml version="1.0" encoding="unheard-of"?><a/>', "a.xml is not readable XML; download it again."),
    ):  # fmt: skip
        with pytest.raises(CcmError) as error:
            bounds.xml("a.xml", data)
        assert str(error.value) == sentence
    assert bounds.xml("a.xml", b"<a>" * 256 + b"</a>" * 256).tag == "a"


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused(seed: int) -> None:
    chance, data = random.Random(seed), bytearray(book(["title", "date"], ["x", 1.5], [None, True]))
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    held = {name: bytearray(content) for name, content in parts(book(["title"], ["x"])).items()}
    for content in held.values():
        for _ in range(chance.randrange(4)):
            content[chance.randrange(len(content))] = chance.choice(b'<>"/=019AZ&c: ')
    for damaged in (bytes(data), packed(held), os.urandom(chance.randrange(500))):
        assert told("a.xlsx", damaged).startswith("a.xlsx") or read_sheet("a.xlsx", damaged).heads
