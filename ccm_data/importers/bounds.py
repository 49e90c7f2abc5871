"""What may be read: the bounds that each file is held to before a reader makes room for what is in it."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from lxml import etree

from ccm_data.errors import CcmError

MOST_BYTES = 20 * 2**20
MOST_UNPACKED = 10 * MOST_BYTES
MOST_PARTS = 2_000
"""Files in a workbook."""
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CELLS = 5_000_000
"""Cells of the area that a table spans, empty ones among them: room for MOST_ROWS rows of the widest fact file."""
MOST_DEPTH = 256
"""Elements within elements of XML."""
MOST_PASTED = 200_000
"""Characters of pasted text: the longest roll call has some 4,000."""


def size(name: str, data: bytes) -> None:
    """Raises CcmError for a file of more than MOST_BYTES."""
    if len(data) > MOST_BYTES:
        raise CcmError(f"{name} has {len(data) / 2**20:.0f} MB; at most {MOST_BYTES // 2**20} MB are read.")


def read_bytes(file: Path) -> bytes:
    """The content of a file. Raises CcmError for one that is too large, before it is read, or that cannot be read."""
    try:
        if (size := file.stat().st_size) > MOST_BYTES:
            raise CcmError(f"{file.name} has {size / 2**20:.0f} MB; at most {MOST_BYTES // 2**20} MB are read.")
        return file.read_bytes()
    except OSError as error:
        raise CcmError(f"{file.name} cannot be read: {error.strerror}.") from None


def pasted(text: str) -> None:
    """Raises CcmError for a pasted text of more than MOST_PASTED characters."""
    if len(text) > MOST_PASTED:
        raise CcmError(f"The text has {len(text):,} characters; at most {MOST_PASTED:,} are read.")


def text(name: str, data: bytes) -> str:
    """A file as text without its byte order mark. Raises CcmError when it is too large or not UTF-8."""
    size(name, data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CcmError(f"{name} is not UTF-8 text; save it as 'CSV UTF-8' or as XLSX.") from None


def area(name: str, rows: int, columns: int) -> None:
    """Raises CcmError for a table that spans more rows, columns or cells than are read."""
    if rows * columns > MOST_CELLS:
        raise CcmError(
            f"{name} has a sheet that reaches to row {rows:,} and column {columns:,}; at most {MOST_CELLS:,} cells "
            "are read: delete what stands far from the table."
        )
    if columns > MOST_COLUMNS:
        raise CcmError(f"{name} has {columns:,} columns; at most {MOST_COLUMNS:,} are read.")
    if rows > MOST_ROWS:
        raise CcmError(f"{name} has {rows:,} rows; at most {MOST_ROWS:,} are read at once.")


class Refused(Exception):
    """XML that is not read; its text says why, to follow the file's name."""


class Guard:
    """Holds the XML that an expat parser reads to MOST_DEPTH, and refuses a document type and with it all entities."""

    def __init__(self, encoding: str | None = None) -> None:
        self.parser = expat.ParserCreate(encoding)
        self._depth = 0
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise Refused(f"has elements nested more than {MOST_DEPTH} deep; such a file is not read")

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1

    def _doctype(self, *_: object) -> None:
        raise Refused("declares a document type, which could hold entities; delete the DOCTYPE")


def xml(name: str, data: bytes) -> etree._Element:
    """The root of an XML file. Raises CcmError when it is too large, not well-formed, too deep or has a DOCTYPE."""
    size(name, data)
    try:
        Guard().parser.Parse(data, True)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        return etree.fromstring(data, parser)
    except Refused as reason:
        raise CcmError(f"{name} {reason}.") from None
    except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        where = f" (line {error.lineno})" if isinstance(error, expat.ExpatError | etree.XMLSyntaxError) else ""
        raise CcmError(f"{name} is not readable XML{where}; download it again.") from None
