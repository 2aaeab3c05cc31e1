"""Choices that are taken more or less often."""

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Choice = TypeVar("Choice")


class Shares(Generic[Choice]):
    """What there is to choose from, each with how often it is taken beside the others."""

    def __init__(self, *shares: tuple[Choice, int]) -> None:
        self.choices = [choice for choice, _share in shares]
        self._bounds = list(accumulate(share for _choice, share in shares))

    def pick(self, rng: Random) -> Choice:
        """Choose by chance."""
        return self.choices[bisect(self._bounds, rng.random() * self._bounds[-1])]
