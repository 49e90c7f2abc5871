"""Markers give way to each other just enough."""

from itertools import combinations
from math import dist

import pytest

from ccm_data.geometry.spread import spread


def test_points_with_room_stay() -> None:
    points = {"a": (0.0, 0.0), "b": (10.0, 0.0)}
    assert spread(points, 10) == points


def test_a_pair_gives_way_by_half_each() -> None:
    moved = spread({"a": (0.0, 0.0), "b": (2.0, 0.0)}, 4)
    assert moved["a"] == pytest.approx((-1, 0), abs=0.01)
    assert moved["b"] == pytest.approx((3, 0), abs=0.01)


def test_a_crowd_on_one_spot_is_spread() -> None:
    moved = spread(dict.fromkeys("abcd", (1.0, 1.0)), 3)
    assert min(dist(p, q) for p, q in combinations(moved.values(), 2)) >= 3
    assert max(dist(p, (1, 1)) for p in moved.values()) < 6


def test_the_order_of_the_input_does_not_matter() -> None:
    points = {"a": (0.0, 0.0), "b": (1.0, 0.5), "c": (0.5, 1.0)}
    assert spread(points, 3) == spread(dict(reversed(points.items())), 3)
