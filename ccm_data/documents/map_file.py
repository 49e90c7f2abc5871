"""The world map as one HTML file: it opens from a mail attachment, fetches nothing and holds public facts alone."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from ccm_data import geometry, mapping, palette, wording
from ccm_data.dates import words
from ccm_data.documents.content import Bullets, Text, numbered
from ccm_data.paths import STATIC
from ccm_data.reading import Reading
from ccm_data.scheme import ColourBy, scheme
from ccm_data.vocab import Confidentiality

TITLE = "Convention on Cluster Munitions"
COLOURS = (ColourBy.STATUS, ColourBy.CATEGORIES)
"""What the map can be coloured by, the first at the start."""
GROUNDS = {"light": palette.WATER, "dark": palette.DARK_GROUND}
HEIGHT = "max(22rem, calc(100dvh - 8.5rem))"
"""CSS height of the map: what the window leaves beside the head and the headings of the table and the sources."""
COUNTED = "Counted from the treaty actions by the as-of date; the table below names each state's sources."


def map_file(reading: Reading) -> str:
    """The page of a reading's day, for everybody whoever reads. Raises FactsError for broken facts."""
    given = reading.for_audience(Confidentiality.PUBLIC)
    states = given.states().sort_values("name")
    rows = states.to_dict("records")
    told = [Text(wording.status(row).words, _sources(row)) for row in rows]
    sources = numbered((Bullets(tuple(told)),), given.workspace.sources, given.as_of)
    numbers = {one.source_id: one.number for one in sources}
    limits = [wording.known_through(given.as_of, given.workspace.horizons), geometry.load().disclaimer]
    parts = {
        "TITLE": TITLE,
        "DAY": words(given.as_of),
        "LIGHT": _theme(palette.INK, palette.WATER, palette.ACCENT, palette.QUIET),
        "DARK": _theme(palette.INK_ON_DARK, palette.DARK_GROUND, palette.ACCENT_ON_BOTH, palette.BESIDE),
        "KNOWN": escape(wording.public_facts(given.as_of, given.workspace.horizon)),
        "CHOICES": "".join(
            f'<label><input type="radio" name="by" value="{one.value}"{" checked" if one is COLOURS[0] else ""}> '
            f"{escape(one.label)}</label>"
            for one in COLOURS
        ),
        "ROWS": "\n".join(_row(row, said, numbers) for row, said in zip(rows, told, strict=True)),
        "LIMITS": escape(" ".join(filter(None, limits))),
        "SOURCES": "\n".join(f"<li>{escape(one.words())}</li>" for one in sources),
        "WORLD": _inert(geometry.load().path.read_text(encoding="utf-8")),
        "TOLD": _inert(json.dumps(_messages(given), ensure_ascii=False, separators=(",", ":"))),
        "SCRIPT": (STATIC / "map.js").read_text(encoding="utf-8"),
    }
    page = Path(__file__).with_name("map.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda found: parts[found[1]], page)


def _messages(reading: Reading) -> dict[str, Any]:
    """What the map is told, by ground and by what colours it; and where it looks for the shapes."""
    states = reading.states()
    figures = mapping.figures(reading.headline(states), reading.campaign, offices=False)
    told: dict[str, Any] = {"shapes": geometry.load().url}
    for name, ground in GROUNDS.items():
        told[name] = {
            by.value: {
                **mapping.message(states, scheme(by, states), figures, as_of=reading.as_of, ground=ground),
                "height": HEIGHT,
                "counted": COUNTED,
            }
            for by in COLOURS
        }
    return told


def _sources(row: Any) -> tuple[str, ...]:
    """The sources of a state's status and of the categories that it meets."""
    return wording.ids(row["status_source_ids"], *(one.source_ids for one in wording.categories(row)))


def _row(row: Any, said: Text, numbers: dict[str, int]) -> str:
    met = ", ".join(one.name for one in wording.categories(row))
    cited = ", ".join(str(number) for number in sorted(numbers[one] for one in said.sources if one in numbers))
    cells = "".join(f"<td>{escape(text)}</td>" for text in (said.text, met, cited))
    return f'<tr><th scope="row">{escape(str(row["name"]))}</th>{cells}</tr>'


def _theme(ink: str, ground: str, accent: str, edge: str) -> str:
    """The variables of `static/map.js` for a ground."""
    return f"--st-text-color:{ink};--st-background-color:{ground};--st-primary-color:{accent};--st-border-color:{edge}"


def _inert(text: str) -> str:
    """JSON that cannot end the script element it stands in."""
    return text.replace("<", "\\u003c")
