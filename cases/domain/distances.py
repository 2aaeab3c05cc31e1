"""How far apart two places are, in a straight line over the ground."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

#: The mean radius of the Earth in kilometres (IUGG).
EARTH_RADIUS = 6371.0088


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the ground in degrees: latitude -90 to 90, longitude -180 to 180."""

    latitude: float
    longitude: float


def kilometres(one: Point, other: Point) -> int:
    """Return the great-circle distance of two points in whole kilometres (haversine)."""
    first, second = radians(one.latitude), radians(other.latitude)
    rise, turn = second - first, radians(other.longitude - one.longitude)
    half = sin(rise / 2) ** 2 + cos(first) * cos(second) * sin(turn / 2) ** 2
    return round(2 * EARTH_RADIUS * asin(sqrt(min(1.0, half))))
