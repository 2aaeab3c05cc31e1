"""Whom imprisonment falls on: the share of an ethnicity among people in custody against its share of the population."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.domain.representation import FEW, Between, over_representation, share
from cases.published.models import Facet
from cases.published.population import (
    OthersCount,
    PopulationShare,
    counted_regions,
    counts_of_others,
    population_shares,
)
from cases.published.statistics import NOBODY, Totals


@dataclass(frozen=True, slots=True)
class Representation:
    """One ethnicity of one region: people in custody, of how many, of whom the ethnicity is not published of how many."""

    region: str
    ethnicity: str
    people: int
    among: int
    unknown: int
    share: Between
    times: Between
    population: Sequence[PopulationShare]

    @property
    def is_of_few(self) -> bool:
        """Whether so few people are counted that their shares say little."""
        return self.among < FEW


@dataclass(frozen=True, slots=True)
class OthersRepresentation:
    """The same by what somebody else has counted."""

    count: OthersCount
    times: Between
    population: Sequence[PopulationShare]


def representations(counts: Totals) -> list[Representation]:
    """Return the over-representation of every ethnicity that a region's population shares name and that is in custody there.

    `counts` are the totals of `Facet.REGION` and `Facet.SHARE`.
    """
    found = []
    for region in sorted(counted_regions()):
        among = counts.get((Facet.REGION.value, region), NOBODY).in_custody
        by_ethnicity = {
            value.partition("/")[2]: people.in_custody
            for (facet, value), people in counts.items()
            if facet == Facet.SHARE and value.startswith(f"{region}/")
        }
        unknown = among - sum(by_ethnicity.values())
        for ethnicity in _ethnicities(region):
            people = by_ethnicity.get(ethnicity, 0)
            if people:
                found.append(_representation(region, ethnicity, people, among, unknown))
    return sorted(found, key=lambda one: (one.region, -one.times.least))


def _representation(region: str, ethnicity: str, people: int, among: int, unknown: int) -> Representation:
    population, of_those = _population(region, ethnicity), share(people, among, unknown)
    times = over_representation(of_those, [one.percent for one in population])
    return Representation(region, ethnicity, people, among, unknown, of_those, times, population)


def representations_by_others() -> list[OthersRepresentation]:
    """Return what others have counted against the same shares of the population."""
    found = []
    for count in counts_of_others():
        population = _population(count.region, count.ethnicity)
        times = over_representation(Between(count.percent, count.percent), [one.percent for one in population])
        found.append(OthersRepresentation(count, times, population))
    return found


def _ethnicities(region: str) -> list[str]:
    return list(dict.fromkeys(one.ethnicity for one in population_shares() if one.region == region))


def _population(region: str, ethnicity: str) -> list[PopulationShare]:
    return [one for one in population_shares() if (one.region, one.ethnicity) == (region, ethnicity)]
