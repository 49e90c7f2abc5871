"""Equal Earth: fixed points, its inverse, and equal areas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_data.geometry import KM2_PER_SQUARE_UNIT, equal_earth, equal_earth_inverse, wrap


def test_the_equator_is_1000_units_and_the_centre_is_at_11_east() -> None:
    assert equal_earth(11, 0) == (0, 0)
    assert equal_earth(191, 0) == pytest.approx((500, 0))
    assert equal_earth(-169, 0) == pytest.approx((-500, 0))
    # Ratio of height to width as published for Equal Earth.
    assert equal_earth(11, 90)[1] / 500 == pytest.approx(0.48671, abs=1e-5)


def test_north_is_up_and_east_is_right() -> None:
    oslo, cape_town, tokyo = equal_earth(10.7, 59.9), equal_earth(18.4, -33.9), equal_earth(139.7, 35.7)
    assert oslo[1] > 0 > cape_town[1]
    assert tokyo[0] > cape_town[0]


@given(st.floats(-190, 210), st.floats(-89.9, 89.9))
def test_the_inverse_returns_the_point(lon: float, lat: float) -> None:
    assert equal_earth_inverse(*equal_earth(lon, lat)) == pytest.approx((lon, lat), abs=1e-7)


def test_no_place_lies_beyond_a_pole() -> None:
    with pytest.raises(ValueError, match="beyond the pole"):
        equal_earth_inverse(0, 300)


@given(st.floats(-170, 190), st.floats(-85, 84))
def test_a_small_cell_keeps_its_area(lon: float, lat: float) -> None:
    step = 0.01
    corners = [
        equal_earth(x, y) for x, y in ((lon, lat), (lon + step, lat), (lon + step, lat + step), (lon, lat + step))
    ]
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    on_map = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
    band = math.sin(math.radians(lat + step)) - math.sin(math.radians(lat))
    on_globe = 6371.0072**2 * math.radians(step) * band
    assert on_map * KM2_PER_SQUARE_UNIT == pytest.approx(on_globe, rel=1e-4)


@pytest.mark.parametrize(
    ("lon", "west", "expected"),
    [(-169.9, -169.0, 190.1), (190.1, -169.0, 190.1), (-169.0, -169.0, -169.0), (173.0, -189.0, -187.0)],
)
def test_wrap(lon: float, west: float, expected: float) -> None:
    assert wrap(lon, west) == pytest.approx(expected)
