"""Every colour of the product, as hex strings. Colour-blind safe and ordered in grey (DESIGN section 8)."""

from __future__ import annotations

from ccm_data.vocab import Status, Vote

STATUS: dict[str, str] = {
    Status.STATE_PARTY: "#005A9C",
    Status.SIGNATORY: "#E69600",
    Status.NOT_PARTY: "#D6D0C4",
    Status.WITHDRAWN: "#BE3C28",
}
NO_STATUS = "#EEEEEE"
INK = "#1B2733"
WATER = "#FFFFFF"
PARTY_BEHIND = "#C9CDD2"
"""States Parties where the colours speak of targets."""

VOTE: dict[str, str] = {
    Vote.YES: "#1B7837",
    Vote.ABSTAIN: "#F1B66A",
    Vote.NO: "#8C2D1A",
    Vote.ABSENT: "#C9CDD2",
}
NO_VOTE = "#E4E6E8"

SEQUENTIAL = ("#DDE9F3", "#B4CFE4", "#86AFD0", "#4F87B5", "#1F5F96", "#003A6B")
"""Light to dark; index = count or score class."""

ACCENT = "#005A9C"
ALERT = "#BE3C28"


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """`#RRGGBB` as [r, g, b, alpha], 0-255, the form deck.gl takes."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def paler(colour: str, share: float = 0.82) -> str:
    """A colour mixed with white, which is the larger share: what lies outside a filter."""
    mixed = (round(part + (255 - part) * share) for part in rgb(colour)[:3])
    return "#" + "".join(f"{part:02X}" for part in mixed)
