"""What invented cases are made of: the real sites, courts and provisions they name, and the days they happen on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

#: The keys of the invented sources; each is a row of its own, marked as invented.
SOURCES = ("demo-source-1", "demo-source-2", "demo-source-3", "demo-source-4", "demo-source-5")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Slugs of the reference data that invented cases may name, and the names of towns in English and Ukrainian."""

    towns: Sequence[tuple[str, str, str]]
    local_sizos: Sequence[str]
    rostov_sizos: Sequence[str]
    colonies: Sequence[str]
    provisions: frozenset[str]
    code_alphabet: str


@dataclass(slots=True)
class Draft:
    """One invented case while it is being made up; `today` is the day on which its status is to hold."""

    number: int
    code: str
    rng: Random
    town: tuple[str, str, str]
    world: World
    today: date
    prisoner: Row = field(default_factory=dict)
    parts: dict[str, list[Row]] = field(default_factory=dict)

    def day(self, ago: int) -> str:
        """Return the day so many days before today as ISO 8601."""
        return (self.today - timedelta(days=ago)).isoformat()

    def between(self, least: int, most: int) -> int:
        """Return a number of days from the case's own chance."""
        return self.rng.randint(least, most)

    def add(self, part: str, **values: Any) -> Row:
        """Add a row with its source to a part of the case."""
        row = self.cited(**values)
        self.parts.setdefault(part, []).append(row)
        return row

    def event(self, kind: str, happened: str, title: tuple[str, str] = ("", ""), **values: Any) -> Row:
        """Add an event with its title in English and Ukrainian."""
        words = {"title_en": title[0], "title_uk": title[1]} if title[0] else {}
        return self.add("events", kind=kind, happened=happened, **words, **values)

    def stay(self, kind: str, started: str, ended: str = "", site: str = "") -> Row:
        """Add a stay; it lasts where no end is given."""
        values = {"kind": kind, "started": started, "ended": ended or None, "site": site}
        return self.add("stays", **{name: value for name, value in values.items() if value})

    def cited(self, **values: Any) -> Row:
        """Return a row with one invented source."""
        return {**values, "citations": [{"source": self.rng.choice(SOURCES), "page": f"p. {self.rng.randint(1, 40)}"}]}
