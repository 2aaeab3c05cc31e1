"""Terms counted from the records of a case: FIELD's worked examples, and what of the rows is read how."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from cases.domain.custody_before import Note
from cases.domain.term_reading import Result
from cases.domain.term_working import Days
from cases.enums import DecisionOutcome, Instance, LegalFindingKind, ProceedingKind, Regime
from cases.models import Prisoner
from cases.publication.casefile import read_case
from cases.publication.terms import last_day_of, term_findings, terms_of
from tests.factories import DecisionFactory
from tests.lasting import lasting
from tests.legal_world import arrested, charged, decided, fourteen_years, person, sentenced

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with lasting(django_db_blocker):
        yield fourteen_years().pk


@pytest.fixture
def strict(written: int) -> Prisoner:
    return Prisoner.objects.get(pk=written)


def days(first: str, last: str = "") -> Days:
    return Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


def test_fourteen_years_from_the_day_of_detention_come_out_of_the_records(strict: Prisoner) -> None:
    (found,) = (term.reading for term in terms_of(read_case(strict)))
    assert found.counted is not None
    assert (found.result, found.notes, found.counted.last_day) == (Result.COUNTED, (), days("2032-05-20"))
    assert [one.days for one in found.counted.thresholds] == [days("2028-11-20")]
    assert last_day_of(read_case(strict)) == days("2032-05-20")


def test_five_years_of_general_regime_on_appeal_come_out_of_the_records() -> None:
    prisoner = person()
    arrested(prisoner, "2021-03-10")
    defendant = charged(prisoner, ("223.1", "1"))
    sentenced(decided(defendant, "2022-02-16", DecisionOutcome.CONVICTED), defendant, Regime.STRICT, years=6)
    appeal = decided(defendant, "2022-08-18", DecisionOutcome.REDUCED, Instance.APPEAL)
    sentenced(appeal, defendant, Regime.GENERAL, years=5)
    assert last_day_of(read_case(prisoner)) == days("2025-06-17", "2025-06-19")


def test_the_first_years_in_prison_and_the_rest_in_a_colony_are_read_from_the_parts(strict: Prisoner) -> None:
    part = strict.defendants.get().sentences.get().segments.get()
    part.regime, part.years, part.is_remainder = Regime.PRISON.value, 4, False
    part.save()
    part.pk, part.position, part.regime, part.years, part.is_remainder = None, 2, Regime.STRICT.value, None, True
    part.save()
    (found,) = (term.reading for term in terms_of(read_case(strict)))
    assert found.counted is not None
    assert [(one.before, one.after, one.days) for one in found.counted.transfers] == [
        ("prison", "strict", days("2022-05-21"))
    ]


def test_an_administrative_arrest_before_is_a_proceeding_of_its_own() -> None:
    prisoner = person()
    before = charged(prisoner)
    before.proceeding.kind = ProceedingKind.ADMINISTRATIVE.value
    before.proceeding.save()
    arrested(prisoner, "2018-05-01")
    sentenced(decided(before, "2018-05-01", DecisionOutcome.ADMINISTRATIVE_ARREST), before, days=10)
    arrested(prisoner, "2018-05-21")
    defendant = charged(prisoner, ("205.5", "2"))
    first = decided(defendant, "2022-03-14", DecisionOutcome.CONVICTED, in_force_from="2022-03-14")
    sentenced(first, defendant, Regime.STRICT, years=14)
    administrative, criminal = (term.reading for term in terms_of(read_case(prisoner)))
    assert (administrative.result, criminal.notes) == (Result.OTHER_LAW, (Note.ADMINISTRATIVE,))
    assert last_day_of(read_case(prisoner)) == days("2032-05-20")


def test_terms_that_run_at_the_same_time_are_counted_each_and_never_added_up(strict: Prisoner) -> None:
    defendant = charged(strict, ("321", "2"))
    first = decided(defendant, "2025-02-01", DecisionOutcome.CONVICTED, in_force_from="2025-02-11")
    sentenced(first, defendant, Regime.STRICT, years=3)
    found = terms_of(read_case(strict))
    assert [(term.reading.result, term.overlaps) for term in found] == [(Result.COUNTED, True)] * 2
    assert last_day_of(read_case(strict)) is None


def test_a_historical_case_is_not_counted_by_this_law(strict: Prisoner) -> None:
    strict.kind = "historical"
    strict.save()
    assert terms_of(read_case(strict)) == []


def test_decisions_about_a_codefendant_are_not_read(strict: Prisoner) -> None:
    other = charged(person())
    other.proceeding = strict.defendants.get().proceeding
    other.save()
    DecisionFactory(
        proceeding=other.proceeding,
        defendant=other,
        decided_on="2023-01-01",
        instance=Instance.CASSATION.value,
        outcome=DecisionOutcome.QUASHED.value,
    )
    assert last_day_of(read_case(strict)) == days("2032-05-20")


def test_a_term_that_was_over_before_its_sentence_entered_force_is_told_so() -> None:
    prisoner = person()
    arrested(prisoner, "2018-09-01")
    defendant = charged(prisoner, ("205.5", "2"))
    verdict = decided(defendant, "2022-03-14", DecisionOutcome.CONVICTED, in_force_from="2022-03-14")
    sentenced(verdict, defendant, Regime.STRICT, years=2)
    (found,) = [one for one in term_findings(read_case(prisoner)) if one.kind is LegalFindingKind.TERM]
    assert found.document["says"]["en"] == (
        "By the captor’s own law, the term of 2 years had been served in custody before the sentence entered force "
        "(14 March 2022): counted back, its last day was 31 August 2020."
    )
