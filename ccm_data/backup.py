"""Everything that people wrote, in one file: the log with its proof, the changes of the facts, and what they hold.

A zip of log.jsonl (the revisions with their hashes, as `ccm log export` writes them), facts.jsonl (the changes of the
facts) and manifest.json. All else in an installation is made from these and from the program.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ccm_data import __version__, files
from ccm_data.errors import CcmError
from ccm_data.log import Store, import_history, lines
from ccm_data.log.history import Chain, proved
from ccm_data.overlay.store import ChangeStore, given_changes

FORMAT = 1
LOG, FACTS, MANIFEST = "log.jsonl", "facts.jsonl", "manifest.json"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, TypeError, ValueError, RuntimeError, OSError,
)  # fmt: skip
"""What reading a damaged archive raises, according to where the damage is."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `head` is the newest revision as `seq:hash`, `sha256` that of each part by its name.

    made: UTC, ISO 8601. program: the version that made it. changes: of the facts.
    """

    format: int
    program: str
    made: str
    revisions: int
    entries: int
    head: str
    changes: int
    sha256: dict[str, str]


def make(store: Store, changes: ChangeStore, path: Path) -> Manifest:
    """Write a backup, which replaces an earlier file only when all of it is on the disk; nobody else may read it.

    Both parts are as they were when this began, whatever others write meanwhile. Raises CcmError for a log that its
    chain does not prove (it could not be restored), OSError where the file cannot be written: then nothing changes.
    """
    chain, logged, changed = Chain(), _begun(lines(store)), list(changes.lines())
    with files.whole(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        try:
            digests = {LOG: _pack(archive, LOG, _proved(chain, logged))}
        except CcmError as error:
            told = f"{store.place} is damaged and was not backed up, earlier backups are as they were"
            raise CcmError(f"{told}; `ccm log verify` says more ({error})") from None
        digests[FACTS] = _pack(archive, FACTS, changed)
        made = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        manifest = Manifest(FORMAT, __version__, made, chain.seq, chain.entries, _head(chain), len(changed), digests)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")
    return manifest


def check(path: Path) -> Manifest:
    """What a backup holds, once all of it is proved. Raises CcmError for one that is damaged or no backup."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for name, wanted in manifest.sha256.items():
            if _digest(archive, name) != wanted:
                raise CcmError(f"{path} is damaged: {name} is not what the backup was made with. Take another one.")
        chain = Chain()
        for _ in proved(chain, _text(archive, LOG)):
            pass
        found = (chain.seq, chain.entries, _head(chain), len(given_changes(_text(archive, FACTS))))
        if found != (manifest.revisions, manifest.entries, manifest.head, manifest.changes):
            raise CcmError(f"{path} is damaged: {MANIFEST} and the parts do not agree. Take another one.")
    return manifest


def restore(path: Path, store: Store, changes: ChangeStore, *, add: bool = False) -> None:
    """Write what a backup holds that `check` has proved: the same ids, times and hashes.

    The places must be empty; `add`: or hold a beginning of the same, and what they lack is added. Raises CcmError for
    anything else: then nothing is written.
    """
    revisions, facts = store.last_seq(), changes.head()
    if (revisions or facts) and not add:
        raise CcmError(
            f"{store.place} is not empty (revisions: {revisions}, changes of the facts: {facts}); restore into an "
            "empty folder (--home) or database, or say --add where it holds a beginning of the same."
        )
    with _opened(path) as archive:
        changes.restore(_text(archive, FACTS))
        import_history(store, _text(archive, LOG))


def _begun(source: Iterator[str]) -> Iterator[str]:
    """The same lines with the first one read: what others write from now on is not among them."""
    first = next(source, None)
    return iter(()) if first is None else itertools.chain((first,), source)


def _proved(chain: Chain, source: Iterator[str]) -> Iterator[str]:
    """The lines of a history, each once the chain holds it."""
    given, again = itertools.tee(source)
    for text, _row in zip(given, proved(chain, again), strict=True):
        yield text


def _head(chain: Chain) -> str:
    return f"{chain.seq}:{chain.head}"


def _pack(archive: zipfile.ZipFile, name: str, source: Iterable[str]) -> str:
    """Write the lines as a part of the archive; their SHA-256."""
    seen = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as part:
        for text in source:
            part.write(data := text.encode())
            seen.update(data)
    return seen.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever its damage is becomes one sentence."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError:
        raise CcmError(f"There is no file {path}; name one that `ccm backup` made.") from None
    except _BROKEN as error:
        reason = f" ({error})" if str(error) else ""
        raise CcmError(f"{path} is damaged or no backup{reason}; take one that `ccm backup` made.") from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    given: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if given["format"] > FORMAT:
        raise CcmError(
            f"The backup has format {given['format']}, newer than this program's {FORMAT}: update the program."
        )
    manifest = Manifest(**given)
    if set(manifest.sha256) != {LOG, FACTS}:
        raise ValueError(f"{MANIFEST} does not name {LOG} and {FACTS}")
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    seen = hashlib.sha256()
    with archive.open(name) as part:
        while block := part.read(2**16):
            seen.update(block)
    return seen.hexdigest()


def _text(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as part:
        yield from io.TextIOWrapper(part, "utf-8", newline="\n")
