"""How much room text takes on a slide, and what to do when it takes too much: smaller letters, then fewer items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

BODY, SMALL, LEAST = 24, 18, 14
"""Points of text that is read, of labels, and of the smallest text, on a slide 338.67 mm wide."""
POINT = 25.4 / 72
"""Millimetres."""
LINE = 1.17
"""Height of a line over the size of its letters."""
GAP = 0.4
"""Free space before a paragraph over the size of its letters."""
CELL = 3.0
"""Millimetres on each side of a cell's text; half of it above and below."""
EASE = 1.04
"""Letters are reckoned so much wider than they are: programs differ in how they set them."""

_WIDTHS = {
    0.222: "ijl'|", 0.278: " .,;:!I/tf[]", 0.333: "r()-", 0.5: "ckvxyzsJ", 0.611: "FTZ", 0.667: "ABEKPSVXY&",
    0.722: "CDHNRUw", 0.778: "GOQ", 0.833: "mM", 0.944: "W",
}  # fmt: skip
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_USUAL = 0.556
"""Widths of letters of Arial over their size; the usual one for all others."""


@dataclass(frozen=True)
class Passage:
    """Words in bold, and what follows them: a sentence, or several things to be listed."""

    head: str
    items: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def listed(self) -> str:
        """The items in a line, with the number of those that are left out."""
        more = (f"and {self.left_out} more",) if self.left_out else ()
        return ", ".join((*self.items, *more))

    @property
    def text(self) -> str:
        """The whole as one text."""
        return " ".join(filter(None, (self.head, self.listed)))

    def shorter(self) -> Passage:
        """The same with one item less."""
        return replace(self, items=self.items[:-1], left_out=self.left_out + 1)


def wide(text: str, size: float) -> float:
    """How wide a text is in one line, in millimetres."""
    return sum(_WIDTH.get(letter, _USUAL) for letter in text) * size * POINT * EASE


def lines(text: str, size: float, room: float) -> int:
    """In how many lines a text stands in a room so many millimetres wide; a word wider than that is broken."""
    count, held, space = 1, 0.0, wide(" ", size)
    for word in text.split():
        long = wide(word, size)
        if held and held + space + long > room:
            count, held = count + 1, 0.0
        held += long + (space if held else 0.0)
        if held > room:
            count, held = count + int(held // room), held % room
    return count


def high(paragraphs: Sequence[tuple[str, float]], room: float) -> float:
    """How high paragraphs of these sizes stand in a room so many millimetres wide, in millimetres."""
    set_ = sum(lines(text, size, room) * size * LINE for text, size in paragraphs)
    return (set_ + sum(size * GAP for _, size in paragraphs[1:])) * POINT


def fitted(
    passages: tuple[Passage, ...], room: float, height: float, largest: int = BODY, least: int = LEAST
) -> tuple[int, tuple[Passage, ...]]:
    """The largest letters in which passages fit into a room of so many millimetres; in the least the longest list
    loses its end until they do."""
    for size in range(largest, least - 1, -1):
        if high([(one.text, size) for one in passages], room) <= height:
            return size, passages
    shown = list(passages)
    while high([(one.text, least) for one in shown], room) > height and any(len(one.items) > 1 for one in shown):
        longest = max(range(len(shown)), key=lambda place: len(shown[place].items))
        shown[longest] = shown[longest].shorter()
    return least, tuple(shown)


def columns(
    passages: Sequence[Passage], least_wides: Sequence[float], room: float, height: float
) -> tuple[int, list[float]]:
    """The largest letters in which lists fit side by side, and how wide each then is: as wide as it needs, and an equal
    part of what is left. In the least letters those that do not fit share the room by what they need."""
    for size in range(BODY, LEAST - 1, -1):
        needed = [_narrowest(one, size, least, room, height) for one, least in zip(passages, least_wides, strict=True)]
        if sum(needed) <= room:
            return size, [one + (room - sum(needed)) / len(needed) for one in needed]
    return LEAST, [one * room / sum(needed) for one in needed]


def _narrowest(one: Passage, size: int, least: float, most: float, height: float) -> float:
    """The narrowest room, to a millimetre, in which a list stands within a height."""
    low, top = least, max(most, least)
    while top - low > 1:
        middle = (low + top) / 2
        fits = high([(one.listed, size)], middle) <= height
        low, top = (low, middle) if fits else (middle, top)
    return top


def grid(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], rooms: Sequence[float], height: float
) -> tuple[int, list[tuple[str, ...]], list[float]]:
    """The size of a table's letters, its rows with the header, and how high each is; the last rows give way."""

    def highs(shown: Sequence[tuple[str, ...]], size: int) -> list[float]:
        return [
            max(high([(text, size)], room - 2 * CELL) for text, room in zip(row, rooms, strict=True)) + CELL
            for row in shown
        ]

    shown = [header, *rows]
    for size in range(BODY - 2, LEAST - 1, -1):
        if sum(found := highs(shown, size)) <= height:
            return size, shown, found
    blank = ("",) * (len(header) - 1)
    for kept in range(len(rows) - 1, -1, -1):
        shown = [header, *rows[:kept], (f"and {len(rows) - kept} more", *blank)]
        if sum(found := highs(shown, LEAST)) <= height:
            break
    return LEAST, shown, found
