"""The facet of alleged acts: one a person and provision, and who lies within a wording."""

from datetime import date

import pytest

from cases.published.law import Within, acts_of, charged_within, people_within
from cases.published.models import Facet, PublishedCase, PublishedTotal
from tests.documents import case_document, publish
from tests.published import samples

FIRST, SECOND = Within(date(2013, 11, 14), date(2016, 7, 19)), Within(date(2016, 7, 20), date.max)


def charged(first="", last="", *, part="2", brought=""):
    return {**samples.charge(part=part), "act_from": first, "act_to": last, "brought": brought}


def acts(*charges):
    return acts_of(samples.case(proceedings=[samples.proceeding(charges=charges)]))


def test_acts_of_one_provision_are_one_period_and_undated_ones_are_none():
    slug = samples.charge()["provision"]["slug"]
    assert acts(charged("2015-02", "2015-03"), charged("2014", "2014-06")) == {f"{slug} 2014-01-01/2015-03-31"}
    assert acts(charged("2015-02", "2015-03"), charged()) == {f"{slug} 0001-01-01/9999-12-31"}
    assert acts(charged("2015-02", brought="2015-05-21")) == {f"{slug} 2015-02-01/2015-05-21"}
    assert acts(charged("2015-02")) == {f"{slug} 2015-02-01/9999-12-31"}
    assert acts(charged()) == set()


@pytest.fixture
def slug(db):
    """Publish four people: acts of 2015, of 2015 to 2018, of 2017 on, and of no day."""
    found = ""
    for place, (first, last) in enumerate([("2015-02", "2015-03"), ("2015", "2018"), ("2017", ""), ("", "")]):
        document = case_document(code=f"ACT{'BCDF'[place]}23", slug=f"act-{place}")
        document["proceedings"] = [samples.proceeding(charges=[charged(first, last)])]
        found = document["proceedings"][0]["charges"][0]["provision"]["slug"]
        publish(document)
    return found


def test_people_count_under_the_wording_that_their_act_surely_lies_in(slug, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert people_within(slug, [FIRST, SECOND, None], samples.TODAY) == [1, 1, None]
    assert people_within(slug, [None], samples.TODAY) == [None]
    assert people_within("another", [FIRST], samples.TODAY) == [0]
    cases = PublishedCase.objects.visible(date(2026, 11, 22))
    assert [[one.code for one in charged_within(cases, slug, period)] for period in (FIRST, SECOND)] == [
        ["ACTB23"],
        ["ACTD23"],
    ]


def test_a_person_counts_once_in_the_totals_of_acts(slug):
    assert sum(PublishedTotal.objects.filter(facet=Facet.ACT).values_list("people", flat=True)) == 3
