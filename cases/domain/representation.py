"""Shares of those counted against shares of the population: how many times as often, within which bounds."""

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 30
"""Below so many people a share says little: one more or fewer moves it by several percent."""


@dataclass(frozen=True, slots=True)
class Between:
    """A number known to lie between two others, both included."""

    least: float
    most: float


def share(part: int, whole: int, unknown: int) -> Between:
    """Return what percentage of `whole` people `part` are, if any number of the `unknown` among them may belong to it.

    Raises ValueError where nobody is counted, or more than the whole.
    """
    if whole <= 0 or part < 0 or unknown < 0 or part + unknown > whole:
        raise ValueError(f"{part} and {unknown} unknown of {whole} are no shares of it")
    return Between(100 * part / whole, 100 * (part + unknown) / whole)


def over_representation(among: Between, in_population: Sequence[float]) -> Between:
    """Return how many times the share among those counted is the share of the population, both in percent.

    Where sources disagree about the population, the range covers every one of them. 1 means: as often as in the population.
    """
    return Between(among.least / max(in_population), among.most / min(in_population))
