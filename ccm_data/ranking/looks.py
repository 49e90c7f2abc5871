"""The record of every look at the test years: what was scored on them, when, and on which facts.

A figure that was looked at and then chosen by is no longer a test; docs/ranking.md says what was. The same look at the
same facts by the same specification of the same release is one look and one line.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ccm_data import __version__
from ccm_data.errors import CcmError
from ccm_data.factbase import Factbase
from ccm_data.paths import PACKAGE, ROOT

KEY = ("release", "specification", "digest", "facts", "years")
FIGURES = ["concordance", "top10", "top20"]
COLUMNS = ("date", *KEY, "joiners", *FIGURES, "note")
SHOWN = 12
"""Letters of a digest that are written."""


def place() -> Path | None:
    """The file of a checkout; an installed package has none, and looks from it are not recorded."""
    docs = ROOT / "docs"
    return docs / "ranking-looks.csv" if docs.is_dir() else None


def record(
    path: Path, facts: Factbase, specification: str, file: str, years: tuple[int, int], figures: Mapping[str, object]
) -> bool:
    """Append one look at the test years, unless this very look is there; says whether it was new.

    `file` is the TOML file of the specification, `figures` hold some of joiners, concordance, top10, top20 and note.
    Raises CcmError when the file cannot be read or written.
    """
    text = (PACKAGE / "ranking" / file).read_bytes()
    look = {
        "date": date.today().isoformat(),
        "release": __version__,
        "specification": specification,
        "digest": hashlib.sha256(text).hexdigest()[:SHOWN],
        "facts": facts.digest[:SHOWN],
        "years": "{}-{}".format(*years),
        **{name: f"{value:.3f}" if isinstance(value, float) else str(value) for name, value in figures.items()},
    }
    try:
        known = read(path)
        if any(all(row[name] == look[name] for name in KEY) for row in known):
            return False
        with path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
            if not path.stat().st_size:
                writer.writeheader()
            writer.writerow(look)
    except (OSError, UnicodeDecodeError) as error:
        raise CcmError(f"The look at the test years cannot be recorded in {path}: {error}.") from None
    return True


def read(path: Path) -> list[dict[str, str]]:
    """The looks recorded so far, the oldest first."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
