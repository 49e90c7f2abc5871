"""Templates of users, which are files of Office: a zip of parts, opened with care before a library reads it."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from ccm_data.errors import CcmError
from ccm_data.importers import bounds

BROKEN = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, AttributeError, IndexError, TypeError,
    AssertionError, OSError, EOFError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What the libraries raise for a file that is not what it says."""
_RUNS = ("oleObject", "control", "vbaProject", "attachedTemplate")


def unpacked(template: bytes, otherwise: str, apart: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """The parts of a template that runs and fetches nothing, by name.

    Raises CcmError for what is too large, would run something, fetches something from elsewhere, or is no such file:
    `otherwise` says then what it is not. Relations of the kinds `apart` are taken out instead of refused.
    """
    bounds.size("The template", template)
    refused = ""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            parts = package.infolist()
            if len(parts) > bounds.MOST_PARTS or sum(part.file_size for part in parts) > bounds.MOST_UNPACKED:
                raise CcmError("The template holds more than is read; take out its pictures and films.")
            held = {part.filename: package.read(part) for part in parts}
        for name in [one for one in held if apart and one.endswith(".rels")]:
            held[name] = _without(held[name], apart)
        for name, content in held.items():
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content:
                refused = "declares a document type, which could hold entities"
            if name.endswith(".rels"):
                refused = refused or _reaching(content)
        if not refused:
            return held
    except BROKEN:
        refused = otherwise
    raise CcmError(f"The template {refused}.")


def packed(held: dict[str, bytes]) -> io.BytesIO:
    """The file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in held.items():
            package.writestr(name, content)
    out.seek(0)
    return out


def _reaching(relations: bytes) -> str:
    """What a part's relations would run, or fetch from elsewhere, in words; blank for nothing."""
    for one in etree.fromstring(relations):
        kind = (one.get("Type") or "").rsplit("/", 1)[-1]
        if kind in _RUNS:
            return "holds macros, controls or embedded objects; save it without them"
        if one.get("TargetMode") == "External" and kind != "hyperlink":
            return "links to a file elsewhere; embed its pictures instead"
    return ""


def _without(relations: bytes, kinds: frozenset[str]) -> bytes:
    root = etree.fromstring(relations, etree.XMLParser(resolve_entities=False, no_network=True))
    for one in list(root):
        if (one.get("Type") or "").rsplit("/", 1)[-1] in kinds:
            root.remove(one)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
