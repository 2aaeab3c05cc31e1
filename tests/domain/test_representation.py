"""Shares against shares of the population, with their bounds."""

import pytest

from cases.domain.representation import Between, over_representation, share


def test_the_figures_of_the_field_give_about_five_times_by_either_source():
    times = over_representation(Between(66, 66), [13, 12])
    assert (round(times.least, 1), round(times.most, 1)) == (5.1, 5.5)


def test_an_unpublished_ethnicity_leaves_the_share_between_two_numbers():
    assert share(33, 50, 0) == Between(66, 66)
    assert share(33, 50, 3) == Between(66, 72)


@pytest.mark.parametrize(("part", "whole", "unknown"), [(0, 0, 0), (4, 3, 0), (2, 3, 2), (-1, 3, 0)])
def test_what_is_no_part_of_a_whole_is_refused(part: int, whole: int, unknown: int):
    with pytest.raises(ValueError, match="no shares"):
        share(part, whole, unknown)
