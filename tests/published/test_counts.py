"""How many people a list has, where it is too long to be counted: about how many, and never exactly a wrong number."""

import datetime as dt

import pytest
from django.http import QueryDict

from cases.published import blocks, counts
from cases.published.counts import Counted, Counts, How
from cases.published.filters import CaseFilter
from cases.published.models import Facet, PublishedCase, PublishedFacet
from tests.published.samples import TODAY, case, code_of, full_case, publish

pytestmark = pytest.mark.django_db


def counts_of(query: str) -> Counts:
    found = CaseFilter(QueryDict(query), on=TODAY)
    assert found.is_valid(), found.problems
    return Counts(found.asked, TODAY)


@pytest.fixture
def sixty(monkeypatch):
    """Publish sixty people, too many for limits that are made small; a third of them is charged under 278."""
    monkeypatch.setattr(counts, "FEW_IN_ALL", 10)
    monkeypatch.setattr(counts, "MOST_COUNTED", 10)
    monkeypatch.setattr(counts, "MOST_FOUND", 10)
    monkeypatch.setattr(blocks, "MOST_KEPT", 2)
    monkeypatch.setattr(counts, "MOST_TALLIED", 5)
    monkeypatch.setattr(counts, "SAMPLE", 30)
    monkeypatch.setattr(counts, "FEWEST", 5)
    for number in range(60):
        make = full_case if number % 3 == 0 else case
        publish(make(code_of(number), sex="female" if number % 20 == 0 else "male"))


def test_totals_count_exactly_however_many_there_are(sixty):
    assert counts_of("").people() == Counted(60)
    assert counts_of("sex=male&status=in_custody").people() == Counted(57)
    assert counts_of("article=278&sex=female").people() == Counted(1)
    assert counts_of("site=colony-1").people() == Counted(20)


def test_what_totals_do_not_tell_is_said_to_be_about(sixty):
    """Thirty of sixty stand for all: a third of them matches the last, none the one before."""
    assert counts_of("article=278&arrested_after=2019").people() == Counted(0, How.EXACTLY)
    assert counts_of("arrested_before=2018-05-20").people() == Counted(0)
    assert counts_of("arrested_after=2018&arrested_before=2018-05-20").people() == Counted(10, How.FEWER_THAN)
    either = "role=human_rights_defender&role=writer"
    few = f"arrested_after=2018&arrested_before=2018-05-20&{either}"
    assert counts_of(few).people() == Counted(10, How.FEWER_THAN)
    assert counts_of(f"arrested_after=2018&{either}").people() == Counted(20, How.ABOUT)


def test_bits_count_any_choice_of_facets_exactly(sixty):
    assert counts_of("article=278&role=human_rights_defender").people() == Counted(20)
    assert counts_of("role=human_rights_defender&role=writer&sex=male&article=278").people() == Counted(19)
    assert counts_of("role=human_rights_defender&article=278&status=released").people() == Counted(0)


def test_bits_are_not_believed_while_a_case_waits_to_be_withdrawn(sixty):
    publish(full_case(code_of(61)), show_until=dt.date(2025, 12, 31))
    found = counts_of("article=278&role=human_rights_defender")
    assert (found.blocks_hold, found.people()) == (False, Counted(20))


def test_numbers_beside_options_are_exact_among_some_ten_thousands(sixty, monkeypatch):
    monkeypatch.setattr(blocks, "MOST_KEPT", 1000)
    many = counts_of("article=278&role=human_rights_defender")
    assert many.beside([Facet.STATUS, Facet.SEX], "") == {
        ("status", "serving"): 20,
        ("sex", "male"): 19,
        ("sex", "female"): 1,
    }


def test_a_few_are_counted_one_by_one(sixty):
    assert counts_of("sex=female&role=human_rights_defender&article=278").people() == Counted(1)


def test_numbers_beside_options_are_left_out_where_they_would_need_counting(sixty):
    many = counts_of("article=278&role=human_rights_defender")
    assert many.beside([Facet.STATUS], "") is None
    assert counts_of("article=278").beside([Facet.STATUS, Facet.SEX], "") == {
        ("status", "serving"): 20,
        ("sex", "male"): 19,
        ("sex", "female"): 1,
    }
    assert counts_of("article=278").beside([Facet.REGION], "") is None
    few = counts_of("sex=female&article=278")
    assert few.beside([Facet.ROLE], "") == {("role", "human_rights_defender"): 1}
    assert few.beside([Facet.SEX], "sex") == {("sex", "male"): 19, ("sex", "female"): 1}


def test_totals_are_not_believed_while_a_case_whose_consent_has_ended_waits_to_be_withdrawn():
    publish(case(code_of(1)))
    publish(case(code_of(2)), show_until=dt.date(2025, 12, 31))
    assert counts_of("").people() == Counted(1)
    assert counts_of("").beside([Facet.SEX], "") == {("sex", "male"): 1}
    assert PublishedCase.objects.count() == 2
    assert PublishedFacet.objects.filter(facet=Facet.ALL).count() == 2
