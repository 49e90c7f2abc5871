"""Equal Earth in the plane of the map, for points; pure Python, so the running app may use it.

Formulas: B. Savric, T. Patterson, B. Jenny, "The Equal Earth map projection", 2018,
https://doi.org/10.1080/13658816.2018.1504949 (on the sphere of the Earth's equal-area radius).

Plane coordinates are **map units**: x grows east from the central meridian, y grows north from the
equator, and the whole equator (360 degrees) is 1000 units long. Equal areas on the ground are equal
areas on the map: `KM2_PER_SQUARE_UNIT` square kilometres everywhere.
"""

import math

CENTRAL_MERIDIAN = 11.0
"""Degrees east. The cut is then at 169 W, in the Bering Strait, and tears no state of any size."""

WEST_EDGE = CENTRAL_MERIDIAN - 180.0
"""Degrees east of the map's left edge."""

EQUATOR_UNITS = 1000.0
EARTH_RADIUS_KM = 6371.0072
"""Radius of the sphere with the area of the WGS 84 ellipsoid."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_UNITS_PER_RADIUS = EQUATOR_UNITS * 3 * _A1 / (4 * math.pi * math.sqrt(3))

KM2_PER_SQUARE_UNIT = (EARTH_RADIUS_KM / _UNITS_PER_RADIUS) ** 2


def wrap(lon: float, west: float = WEST_EDGE) -> float:
    """The same meridian, written as degrees east in [west, west + 360)."""
    return lon - 360.0 * math.floor((lon - west) / 360.0)


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Map units of a point in degrees. Longitudes are not wrapped: 190 lies east of 170 (see `wrap`)."""
    theta = math.asin(_M * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    x = math.radians(lon - CENTRAL_MERIDIAN) * math.cos(theta) / (_M * _slope(t2))
    y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    return x * _UNITS_PER_RADIUS, y * _UNITS_PER_RADIUS


def equal_earth_inverse(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude in degrees of a point in map units; longitudes past 180 stay so.

    Raises ValueError when y lies beyond a pole.
    """
    target = y / _UNITS_PER_RADIUS
    theta = target / _A1
    for _ in range(50):  # Newton; a handful of steps is enough everywhere on the map
        t2 = theta * theta
        step = (theta * (_A1 + _A2 * t2 + t2**3 * (_A3 + _A4 * t2)) - target) / _slope(t2)
        theta -= step
        if abs(step) < 1e-14:
            break
    sine = math.sin(theta) / _M
    if abs(sine) > 1 + 1e-9:
        raise ValueError(f"y = {y} lies beyond the pole")
    lat = math.degrees(math.asin(max(-1.0, min(1.0, sine))))
    lon = math.degrees(x / _UNITS_PER_RADIUS * _M * _slope(theta * theta) / math.cos(theta))
    return lon + CENTRAL_MERIDIAN, lat


def _slope(t2: float) -> float:
    """dy/dtheta of the projection's polynomial, from the square of theta."""
    return _A1 + 3 * _A2 * t2 + t2**3 * (7 * _A3 + 9 * _A4 * t2)
