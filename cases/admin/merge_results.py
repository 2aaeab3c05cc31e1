"""What a merge comes to: the form to be saved, what is asked, and what is told."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

#: The answers to a question.
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a person did: the row, the box, what it says now."""

    row: str
    label: str
    words: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question to whoever saves second. `choices` are the answers that they may give, `chosen` the one given."""

    key: str
    row: str
    label: str
    opened: str
    theirs: str
    mine: str
    who: str
    at: datetime | None
    choices: tuple[str, ...]
    chosen: str = ""
    is_sealed: bool = False


@dataclass(slots=True)
class Merged:
    """What is to be saved, what is asked, and what is told. `left`: sealed boxes whose text stays in the draft."""

    data: QueryDict
    files: Any
    conflicts: list[Conflict] = field(default_factory=list)
    theirs: list[Told] = field(default_factory=list)
    mine: list[Told] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        return all(one.chosen for one in self.conflicts)
