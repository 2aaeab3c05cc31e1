"""Distances in a straight line, in whole kilometres."""

import pytest

from cases.domain.distances import Point, kilometres

SIMFEROPOL, ROSTOV = Point(44.95719, 34.11079), Point(47.23135, 39.72328)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (SIMFEROPOL, SIMFEROPOL, 0),
        (Point(0, 0), Point(0, 1), 111),
        (Point(0, 0), Point(90, 0), 10008),
        (Point(0, 0), Point(0, 180), 20015),
        (Point(0, 179.5), Point(0, -179.5), 111),
        (SIMFEROPOL, ROSTOV, 501),
    ],
)
def test_distances_are_those_of_great_circles(one: Point, other: Point, expected: int) -> None:
    assert (kilometres(one, other), kilometres(other, one)) == (expected, expected)
