"""A case of an invented person with something to hide in every corner, and the way through the door."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from cases.enums import Consent, ConsentGiver, EventKind, NameKind, SourceKind, SubmissionState
from cases.models import Citation, Event, PersonName, Prisoner, Source, Submission
from cases.publication.casefile import read_case
from cases.publication.document import build_case
from cases.publication.publish import Published, publish_case
from cases.publication.shown_rows import shown_keys
from cases.published.documents import canonical, sha256

AT = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def prisoner(db: None) -> Prisoner:
    person = Prisoner.objects.create(
        consent=Consent.FULL.value,
        consent_given_by=ConsentGiver.INVENTED.value,
        is_invented=True,
        born="1986-03-07",
        summary_en="A teacher of mathematics.",
    )
    for language, text in (("en", "Alim Vyhadanyi"), ("uk", "Алім Вигаданий")):
        PersonName.objects.create(prisoner=person, text=text, language=language, is_preferred=True)
    Event.objects.create(prisoner=person, kind=EventKind.ARREST.value, happened="2018-05-21")
    return person


@pytest.fixture
def secret_name(prisoner: Prisoner) -> PersonName:
    return PersonName.objects.create(
        prisoner=prisoner, text="Тайнозор Вигаданий", language="uk", kind=NameKind.RELIGIOUS.value, is_public=False
    )


def cite(record: Model, prisoner: Prisoner, *, source: Source | None = None, **fields: Any) -> Citation:
    """Cite a source, by default a new one, for a record of the case."""
    source = source or Source.objects.create(title="A report", kind=SourceKind.REPORT.value)
    return Citation.objects.create(
        prisoner=prisoner,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        source=source,
        **fields,
    )


@pytest.fixture
def approve(db: None) -> Callable[..., Published]:
    """Publish a case as it is now, as an approved submission does."""
    author = User.objects.create(username="author")
    reviewer = User.objects.create(username="reviewer")

    def publish(prisoner: Prisoner, *, at: datetime.datetime = AT) -> Published:
        document = build_case(prisoner)
        Submission.objects.create(
            prisoner=prisoner,
            state=SubmissionState.APPROVED.value,
            submitted_by=author,
            submitted_at=at,
            decided_by=reviewer,
            decided_at=at,
            document=document,
            sha256=sha256(canonical(document)),
            shown=shown_keys(read_case(prisoner)),
        )
        return publish_case(prisoner, document, at=at)

    return publish
