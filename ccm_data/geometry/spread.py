"""Push markers apart that would cover each other (build time only)."""

from itertools import combinations
from math import hypot

Point = tuple[float, float]
Points = dict[str, Point]

_ROUNDS = 4000
_HOMEWARD_ROUNDS = 2000
_HOMEWARD = 0.05
_UP = 0.5
_SLACK = 1e-4


def spread(points: Points, distance: float) -> Points:
    """The points moved so that any two are at least `distance` apart; points that have room do not move.

    Plain relaxation: pairs that are too close give way by half of what is missing each, and for the first
    rounds every point is drawn home again, ever more weakly. They give way more to the side than up or down:
    the crowded islands are a chain from north to south, and the next island is a worse place than the sea.
    The same input gives the same output. Raises RuntimeError when the points do not settle.
    """
    at = dict(points)
    for done in range(_ROUNDS):
        homeward = _HOMEWARD * max(0.0, 1 - done / _HOMEWARD_ROUNDS)
        at = {name: _between(point, points[name], homeward) for name, point in at.items()}
        moved = False
        for a, b in combinations(sorted(at), 2):
            if (missing := distance - hypot(at[b][0] - at[a][0], at[b][1] - at[a][1])) > 0:
                at[a], at[b] = _apart(at[a], at[b], missing / 2 + _SLACK * distance)
                moved = True
        if not moved and not homeward:
            return at
    raise RuntimeError(f"the markers do not settle at a distance of {distance}")


def _between(point: Point, home: Point, share: float) -> Point:
    return point[0] + share * (home[0] - point[0]), point[1] + share * (home[1] - point[1])


def _apart(a: Point, b: Point, push: float) -> tuple[Point, Point]:
    dx, dy = b[0] - a[0], (b[1] - a[1]) * _UP
    length = hypot(dx, dy)
    x, y = (push * dx / length, push * dy / length) if length else (push, 0.0)
    return (a[0] - x, a[1] - y), (b[0] + x, b[1] + y)
