"""A status page of the United Nations Treaty Collection as words: HTML as a browser saves it, or the XML beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import lxml.html
from lxml import etree

from ccm_data.errors import CcmError

MOST_BYTES = 20_000_000
MOST_TAGS = 200_000
"""Far more than any page has, and few enough that the largest file is refused within seconds."""
DEEPEST = 256
EXPECTED = "save a treaty's status page at treaties.un.org as HTML or XML and give that file"

_STATUS_DAY = re.compile(
    r"STATUS AS AT ?:? ?(([0-9]{2})-([0-9]{2})-([0-9]{4})(?: [0-9:]{5,8}(?: [A-Z]{2,5}\b)?)?)", re.IGNORECASE
)
_STATUS_NAMES = {"statusasat", "asat", "statusdate"}
_COUNT = r"\b{} ?: ?([0-9]{{1,4}})\b"
_NUMBER_IN_ADDRESS = re.compile(r"[?&]mtdsg_no=([IVXL]+-[0-9]+(?:-[a-z])?)(?![\w-])")
_SKIPPED = {"sup", "superscript", "script", "style"}
_BREAKS = {"br", "td", "th", "tr", "div", "p"}
_MARKED = re.compile(r"<superscript>.{0,200}?</superscript>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Page:
    """What a status page prints, with white space made single.

    number: as in XXVI-6, "" when it is not printed. status: the words behind "Status as at", "" without any; day: the
    day in them. signatories, parties: the numbers printed above the table. heads: the column heads. rows: the table's
    cells. marks: how many footnote marks were dropped.
    """

    number: str
    title: str
    status: str
    day: date | None
    signatories: int | None
    parties: int | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: int


def read(content: bytes) -> Page:
    """The page in a file. Raises CcmError when it is none, cannot be read safely, or has no participant table."""
    if len(content) > MOST_BYTES:
        raise CcmError(f"The file has more than {MOST_BYTES // 1_000_000} MB, which no status page has; {EXPECTED}.")
    small = content.lower()
    if b"participant" not in small or b"<table" not in small:
        raise CcmError(f"The file holds no table of participants; {EXPECTED}.")
    if small.count(b"<") > MOST_TAGS:
        raise CcmError(f"The file has more than {MOST_TAGS:,} tags, which no status page has; {EXPECTED}.")
    if b"<!entity" in small:
        raise CcmError(f"The file defines entities, which no status page does; {EXPECTED}.")
    return _xml(content) if b"<tgroup" in small else _html(content)


def _html(content: bytes) -> Page:
    # lxml takes a page that does not name its encoding for Latin-1.
    parser = lxml.html.HTMLParser(encoding=_encoding(content), remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise _unreadable(error) from None
    _bounded(root, parser)
    table = _grid(root)
    rows = [[_words(cell) for cell in row.xpath("./td|./th")] for row in table.xpath("./tr|./*/tr")]
    words = _words(root)
    chapter, title = _printed(root, "tcHead"), _printed(root, "tcTreaty")
    number = _number(chapter, title) or _number_in_address(root)
    title = re.sub(r"^[0-9]+\. ?([a-z]\.? )?", "", title)
    return _page(number, title, words, _printed(root, "tcStatus"), rows, len(table.xpath(".//sup")))


def _xml(content: bytes) -> Page:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _unreadable(error) from None
    declared = root.getroottree().docinfo
    if declared.system_url or (declared.internalDTD is not None and any(declared.internalDTD.iterentities())):
        raise CcmError(f"The file refers to entities, which no status page does; {EXPECTED}.")
    _bounded(root, parser)
    tables = root.xpath(".//Participants//TGroup")
    if len(tables) != 1:
        raise CcmError(f"The file holds {len(tables)} tables of participants where one is expected; {EXPECTED}.")
    entries = tables[0].xpath(".//Entry")
    marks = sum(
        len(_MARKED.findall("".join(entry.itertext()))) + len(entry.xpath(".//superscript")) for entry in entries
    )
    rows = [[_words(cell) for cell in row.xpath("./Entry")] for row in _xml_rows(tables[0])]
    title = " ".join(_words(found) for found in root.xpath(".//Titlesect")[:1])
    words = " ".join(_words(found) for found in root.iter("*") if not len(found) and found.tag != "Entry")
    words += "".join(f" Status as at {value}" for value in _status_values(root))
    counts = " ".join(f"{found.tag}: {_words(found)}" for found in root.xpath(".//Status/*"))
    return _page("", title, words, counts, rows, marks)


def _page(number: str, title: str, words: str, counts: str, rows: list[list[str]], marks: int) -> Page:
    status = _STATUS_DAY.search(words)
    heads, *others = rows or [[]]
    return Page(
        number=number,
        title=title,
        status=status[1] if status else "",
        day=_day(status) if status else None,
        signatories=_count("Signatories", counts),
        parties=_count("Parties", counts),
        heads=tuple(heads),
        rows=tuple(tuple(row) for row in others if any(row)),
        marks=marks,
    )


def _day(status: re.Match[str]) -> date:
    try:
        return date(int(status[4]), int(status[3]), int(status[2]))
    except ValueError:
        raise CcmError(f"'Status as at {status[1]}' is no day; it is read as day-month-year.") from None


def _count(name: str, words: str) -> int | None:
    found = re.search(_COUNT.format(name), words, re.IGNORECASE)
    return int(found[1]) if found else None


def _encoding(content: bytes) -> str | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _bounded(root: Any, parser: Any) -> None:
    """Raises CcmError for a tree deeper than any page's, also one that the parser cut off there."""
    cut = any("depth" in entry.message for entry in parser.error_log)
    if cut or any(depth > DEEPEST for depth in _depths(root)):
        raise CcmError(f"The file's elements are nested more than {DEEPEST} deep, as in no status page; {EXPECTED}.")


def _depths(root: Any) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth


def _grid(root: Any) -> Any:
    """The table of participants: other tables of a page may name participants too, so its own name goes first."""
    tables = root.xpath("//table[substring(@id, string-length(@id) - 6) = 'tblgrid']")
    if not tables:
        heads = root.xpath("//table//tr[1][not(.//table)]")
        tables = [next(row.iterancestors("table")) for row in heads if _words(row).startswith("Participant ")]
    if len(tables) != 1:
        raise CcmError(f"The page holds {len(tables)} tables of participants where one is expected; {EXPECTED}.")
    return tables[0]


def _xml_rows(table: Any) -> Iterator[Any]:
    for part in ("Thead", "Tbody"):
        yield from table.xpath(f"./{part}/Row|./{part}/Rows/Row")


def _status_values(root: Any) -> Iterator[str]:
    for element in root.iter("*"):
        named = {element.tag: element.text or "", **dict(element.attrib)}
        yield from (value for name, value in named.items() if re.sub(r"[\W_]", "", str(name)).lower() in _STATUS_NAMES)


def _printed(root: Any, name: str) -> str:
    """The words of the first element whose identifier ends so; "" without one."""
    found = root.xpath(f"//*[substring(@id, string-length(@id) - {len(name) - 1}) = '{name}']")
    return _words(found[0]) if found else ""


def _number(chapter: str, title: str) -> str:
    found = re.fullmatch(r"CHAPTER ([IVXL]+)", chapter), re.match(r"([0-9]+)\. ?(?:([a-z])\.? )?", title)
    if not found[0] or not found[1]:
        return ""
    return "-".join(part for part in (found[0][1], found[1][1], found[1][2]) if part)


def _number_in_address(root: Any) -> str:
    """The number in the address that the page's form is sent to."""
    forms = root.xpath("//form/@action")
    found = _NUMBER_IN_ADDRESS.search(" ".join(forms))
    return found[1] if found else ""


def _words(element: Any) -> str:
    """An element's text with white space made single, without footnote marks."""
    text = _MARKUP.sub(" ", _MARKED.sub(" ", "".join(_texts(element))))
    return " ".join(text.split())


def _texts(element: Any) -> Iterator[str]:
    """The pieces of an element's text outside footnote marks and scripts, with a space where a line or cell ends."""
    inside = 0
    for event, found in etree.iterwalk(element, events=("start", "end")):
        skipped = found.tag.lower() in _SKIPPED
        inside += skipped * (1 if event == "start" else -1)
        if inside:
            continue
        if event == "start":
            yield found.text or ""
        elif found is not element:
            yield (" " if found.tag in _BREAKS else "") + (found.tail or "")


def _unreadable(error: Exception) -> CcmError:
    reason = " ".join(str(error).split())[:120]
    return CcmError(f"The file cannot be read as a status page ({reason}); {EXPECTED}.")
