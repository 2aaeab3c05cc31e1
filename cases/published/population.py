"""Shares of the population, and what others have counted: dated reference data of `fixtures/statistics/populations.json`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases.enums import Ethnicity
from cases.published.documents import Words

POPULATION_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "statistics" / "populations.json"


@dataclass(frozen=True, slots=True)
class PopulationShare:
    """What share of a region's population a source gives to an ethnicity, in percent; `period` is EDTF or ""."""

    region: str
    ethnicity: str
    percent: float
    period: str
    source: Words
    quote: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class OthersCount:
    """What somebody else has counted: a share, in percent, of more than `people_over` people."""

    region: str
    ethnicity: str
    percent: float
    people_over: int
    source: Words
    quote: str
    is_verified: bool


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(POPULATION_FILE.read_text(encoding="utf-8"))
    return data


@cache
def population_shares() -> tuple[PopulationShare, ...]:
    """Return the shares in the order of the file, read once; where sources disagree, all of them."""
    return tuple(
        PopulationShare(
            region=row["region"],
            ethnicity=Ethnicity(row["ethnicity"]).value,
            percent=float(row["percent"]),
            period=row["period"],
            source=_data()["sources"][row["source"]]["name"],
            quote=row["quote"],
            is_verified=row["verified"],
        )
        for row in _data()["populations"]
    )


@cache
def counts_of_others() -> tuple[OthersCount, ...]:
    """Return what others have counted, in the order of the file, read once."""
    return tuple(
        OthersCount(
            region=row["region"],
            ethnicity=Ethnicity(row["ethnicity"]).value,
            percent=float(row["percent"]),
            people_over=row["people_over"],
            source=_data()["sources"][row["source"]]["name"],
            quote=row["quote"],
            is_verified=row["verified"],
        )
        for row in _data()["counts"]
    )


@cache
def counted_regions() -> frozenset[str]:
    """Return the regions of whose population a share is known."""
    return frozenset(one.region for one in population_shares())
