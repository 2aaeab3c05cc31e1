"""Measuring two or more ways of doing the same, in one run: medians and their ratio, never a figure alone.

Machines are shared and noisy: absolute figures drift by half from one hour to the next, and two things measured one
after the other measure the hour. So the ways take turns, round by round, each round in another order, and what is told
is each one's median and how the others stand to the first.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

Clock = Callable[[], float]
#: Time as a reader waits for it; and of the processor alone, for work in this process on a machine that others use too.
WALL, PROCESSOR = time.perf_counter, time.process_time


@dataclass(frozen=True, slots=True)
class Measured:
    """How long each way took, in seconds, round by round; the first is what the others are compared with."""

    took: Mapping[str, list[float]]

    def median(self, way: str) -> float:
        """Return the median of one way in seconds."""
        return median(self.took[way])

    def ratio(self, way: str) -> float:
        """Return how many times as long as the first way another one takes."""
        return self.median(way) / self.median(next(iter(self.took)))

    def percentile(self, way: str, percent: int) -> float:
        """Return the time in seconds within which so many of a hundred rounds (1 to 99) were done."""
        return quantiles(self.took[way], n=100, method="inclusive")[percent - 1]

    def tell(self, what: str) -> str:
        """Return one line: what was measured, each median in milliseconds, and the ratios."""
        ways = [
            f"{way} {self.median(way) * 1000:.2f} ms" + (f" ({self.ratio(way):.2f} times)" if place else "")
            for place, way in enumerate(self.took)
        ]
        return f"{what}: {', '.join(ways)}"


def take_turns(ways: Mapping[str, Callable[[], object]], *, rounds: int, clock: Clock = WALL) -> Measured:
    """Do each way once unmeasured, then so many rounds of all of them in turn, and return how long each took."""
    for work in ways.values():
        work()
    took: dict[str, list[float]] = {way: [] for way in ways}
    order = list(ways)
    for _round in range(rounds):
        for way in order:
            began = clock()
            ways[way]()
            took[way].append(clock() - began)
        order.append(order.pop(0))
    return Measured(took)


def say(line: str) -> None:
    """Print a result where `pytest -s` shows it."""
    print(f"\n{line}")  # noqa: T201 - what a benchmark is for
