"""Loading the real cases of `fixtures/cases/`, each fact with its source, and publishing them with four eyes.

A case is known by its public code. One that is there already is kept as it is, whatever was changed at the desk since; one
that was erased does not come back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from cases.actions.case_writing import CaseWriter
from cases.actions.fixture_rows import FIXTURES, FixtureError, read_object
from cases.actions.reference import find_reference
from cases.actions.review import approve, submit
from cases.models import Prisoner
from cases.publication.publish import public_side
from cases.queries.erased import erased_among

REASON = "seed case"
NOTE = "Loaded from fixtures/cases"


@dataclass(slots=True)
class Loaded:
    """The cases that were written and published now, and the codes of those that were there already."""

    added: list[Prisoner] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def load_seed_cases(
    author: User, reviewer: User, *, now: Callable[[], datetime], folder: Path = FIXTURES / "cases"
) -> Loaded:
    """Write down the cases that are not there yet and publish them. Raises FixtureError; then nothing was written.

    `now` is asked after writing: what is published earlier than its rows were written seems changed since.
    """
    loaded = Loaded()
    with transaction.atomic(), public_side():  # the public side shows all of them at once, or none
        writer = CaseWriter(author=author, reason=REASON, find=find_reference)
        for path in sorted(folder.glob("*.json")):
            where, document = read_object(path)
            code = document.get("prisoner", {}).get("code", "") if isinstance(document, dict) else ""
            if not code:
                raise FixtureError(
                    f"{where}, prisoner, field code: is missing; the code tells whether the case is there."
                )
            if Prisoner.objects.filter(code=code).exists() or erased_among([code]):
                loaded.kept.append(code)
            else:
                loaded.added.append(writer.write(where, document))
        publish(loaded.added, author=author, reviewer=reviewer, note=NOTE, at=now())
    return loaded


def publish(prisoners: Iterable[Prisoner], *, author: User, reviewer: User, note: str, at: datetime) -> None:
    """Submit each case as its author and approve it as somebody else, through the door like any other case."""
    for prisoner in prisoners:
        approve(reviewer, submit(author, prisoner, note=note, at=at), at=at)
