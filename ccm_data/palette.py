"""Every colour of the product, as hex strings. Colour-blind safe and ordered in grey (DESIGN section 8)."""

from __future__ import annotations

from ccm_data.vocab import Status, Vote

STATUS: dict[str, str] = {
    Status.STATE_PARTY: "#005A9C",
    Status.SIGNATORY: "#E69600",
    Status.NOT_PARTY: "#D6D0C4",
    Status.WITHDRAWN: "#D9533C",
}
NO_STATUS = "#F4F4F4"
INK = "#1B2733"
WATER = "#FFFFFF"
PARTY_BEHIND = "#F4F1EA"
"""States Parties where the colours speak of targets."""

VOTE: dict[str, str] = {
    Vote.YES: "#00767F",
    Vote.ABSTAIN: "#F1B66A",
    Vote.NO: "#7A1F12",
    Vote.ABSENT: "#E4E6E8",
}
NO_VOTE = "#E4E6E8"

SEQUENTIAL = ("#CFE0EE", "#A3C4DE", "#6FA3CB", "#3D7DB2", "#155A93", "#003A6B")
"""Light to dark; index = count or score class."""

DARK_GROUND = "#10171E"
"""The page in the dark theme (.streamlit/config.toml)."""
INK_ON_DARK = "#E8EDF2"
QUIET_ON_DARK = {NO_STATUS: "#1D262F", PARTY_BEHIND: "#29333D", NO_VOTE: "#333E48"}

QUIET = "#B9C0C7"
"""What has not begun."""

ACCENT = "#005A9C"
ALERT = "#BE3C28"
ACCENT_ON_BOTH, BESIDE = "#2F86CC", "#8A94A0"
"""A thing and what it is compared with, readable on a light and on a dark ground alike."""


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """`#RRGGBB` as [r, g, b, alpha], 0-255, the form deck.gl takes."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def paler(colour: str, share: float = 0.82, ground: str = WATER) -> str:
    """A colour mixed with the ground it lies on, which is the larger share: what lies outside a filter."""
    mixed = (round(a + (b - a) * share) for a, b in zip(rgb(colour)[:3], rgb(ground)[:3], strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def on(ground: str, colour: str) -> str:
    """The colour on a ground: what says nothing is the quietest on a dark one too."""
    return QUIET_ON_DARK.get(colour, colour) if ground == DARK_GROUND else colour


def ink(ground: str) -> str:
    """What is written on a ground, or drawn there as thin as writing."""
    return INK_ON_DARK if ground == DARK_GROUND else INK


def ink_on(colour: str) -> str:
    """Dark or light letters, whichever contrasts more with the colour (WCAG 2 relative luminance)."""
    parts = [part / 255 for part in rgb(colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return INK if (light + 0.05) ** 2 > 0.05 * 1.05 else WATER
