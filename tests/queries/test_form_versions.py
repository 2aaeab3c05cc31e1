"""A form's version changes with every row of it, through whatever form the change came."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from cases.admin.form_rows import kinds_of
from cases.admin.urls import desk
from cases.models import Household, Prisoner, Proceeding
from cases.queries.form_versions import Version, about, pasts, read, version_of, written
from tests import factories

pytestmark = pytest.mark.django_db

PERSON_ROWS = (
    factories.PersonNameFactory,
    factories.PublicRoleFactory,
    factories.AffiliationFactory,
    factories.CitizenshipFactory,
    factories.SpokenLanguageFactory,
    factories.StayFactory,
    factories.EventFactory,
    factories.AssessmentFactory,
)


def kinds(record: Any) -> Any:
    return kinds_of(desk.get_model_admin(type(record)), RequestFactory().get("/"), record)


def version(record: Any) -> Version:
    return version_of(kinds(record))


def trial_rows(proceeding: Proceeding) -> list[Any]:
    defendant = factories.DefendantFactory(proceeding=proceeding)
    decision = factories.DecisionFactory(proceeding=proceeding)
    sentence = factories.SentenceFactory(defendant=defendant, decision=decision)
    return [
        defendant,
        factories.ChargeFactory(defendant=defendant),
        factories.HearingFactory(proceeding=proceeding),
        decision,
        sentence,
        factories.SentenceSegmentFactory(sentence=sentence),
        factories.InvolvementFactory(proceeding=proceeding),
    ]


def assert_every_step_is_seen(record: Any, add: Callable[[], Any], *others: Any) -> None:
    """Add, change and delete a row; each step changes the version of `record` and of no other record."""
    before, still = version(record), [version(other) for other in others]
    row = add()
    added = version(record)
    row.save()
    changed = version(record)
    row.delete()
    assert len({str(one) for one in (before, added, changed, version(record))}) == 4
    assert [version(other) for other in others] == still


@pytest.mark.parametrize("factory", PERSON_ROWS, ids=lambda factory: factory._meta.model.__name__)
def test_every_kind_of_row_of_a_person_counts(factory: Any) -> None:
    prisoner, other = factories.PrisonerFactory(), factories.case()
    assert_every_step_is_seen(prisoner, lambda: factory(prisoner=prisoner), other)


@pytest.mark.parametrize("place", range(7))
def test_every_kind_of_row_of_a_proceeding_counts_however_deep(place: int) -> None:
    proceeding, other = factories.ProceedingFactory(), factories.case().defendants.get().proceeding
    elsewhere = version(other)
    row = trial_rows(proceeding)[place]
    before = version(proceeding)
    row.save()
    changed = version(proceeding)
    row.delete()
    assert len({str(one) for one in (before, changed, version(proceeding))}) == 3
    assert version(other) == elsewhere


@pytest.mark.parametrize("name", ["RelativeFactory", "NeedFactory", "AidFactory"])
def test_every_kind_of_row_of_a_household_counts(name: str) -> None:
    household = factories.HouseholdFactory()
    other = factories.RelativeFactory().household
    assert_every_step_is_seen(household, lambda: getattr(factories, name)(household=household), other)


def test_the_record_itself_and_its_links_count() -> None:
    household: Household = factories.HouseholdFactory()
    before = version(household)
    household.prisoners.add(factories.PrisonerFactory())
    linked = version(household)
    household.phone = "+380 000"
    household.save()
    assert len({str(one) for one in (before, linked, version(household))}) == 3


def test_citations_count_those_of_the_proceedings_too() -> None:
    prisoner = factories.case()
    proceeding = prisoner.defendants.get().proceeding
    for record in (prisoner.stays.get(), proceeding, proceeding.decisions.get()):
        before = version(prisoner)
        owner = prisoner if record == prisoner.stays.get() else None
        citation = factories.CitationFactory(record=record, prisoner=owner)
        assert version(prisoner)["citation"][citation.pk]
        assert version(prisoner) != before


def test_a_row_that_was_moved_to_another_record_changes_both() -> None:
    here, there = factories.PrisonerFactory(), factories.PrisonerFactory()
    assessment = factories.AssessmentFactory(prisoner=here)
    before = version(here), version(there)
    assessment.prisoner = there
    assessment.save()
    assert version(here) != before[0]
    assert version(there) != before[1]


def test_a_version_takes_one_query_whatever_the_number_of_rows() -> None:
    prisoner = factories.case()
    version(prisoner)  # content types are known from now on
    for _more in range(3):
        factories.StayFactory(prisoner=prisoner)
        with CaptureQueriesContext(connection) as asked:
            version(prisoner)
        assert len(asked) == 1


def test_a_version_is_read_for_its_own_record_alone_and_only_as_written() -> None:
    prisoner = factories.case()
    name = about(Prisoner, prisoner.pk)
    text = written(version(prisoner), name)
    assert read(text, name) == version(prisoner)
    assert read(text, about(Prisoner, prisoner.pk + 1)) == {}
    assert read(text[:-1] + ("A" if text[-1] != "A" else "B"), name) == {}
    assert read("", name) == {}


def test_the_past_of_a_row_is_what_it_was_and_who_did_what_since() -> None:
    prisoner = factories.PrisonerFactory(summary_en="One.")
    stay = factories.StayFactory(prisoner=prisoner)
    opened = version(prisoner)
    for text in ("Two.", "Three."):
        prisoner.summary_en = text
        prisoner.save()
    event = factories.EventFactory(prisoner=prisoner)
    found = pasts(kinds(prisoner), opened, version(prisoner))
    assert set(found) == {("prisoner", prisoner.pk), ("event", event.pk)}
    assert ("stay", stay.pk) not in found
    changed, added = found["prisoner", prisoner.pk], found["event", event.pk]
    assert (changed.base.summary_en, [one.summary_en for one in changed.since]) == ("One.", ["Two.", "Three."])
    assert (added.base, [one.history_type for one in added.since]) == (None, ["+"])
