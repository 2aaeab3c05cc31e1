"""What a publication changed, read off the versions that may be read."""

import datetime as dt
from typing import get_type_hints

import pytest

from cases.published.changes import PARTS, Changes, News, Part, changes_between, news_of
from cases.published.documents import CaseDocument
from cases.published.models import PublishedCase, PublishedVersion
from tests.documents import (
    assessment_document,
    case_document,
    cited,
    colony_reference,
    decision_document,
    event_document,
    proceeding_document,
    publish,
    sentence_document,
    site_reference,
    source_document,
    stay_document,
)

DAY = dt.date(2026, 11, 22)
FIRST, LATER = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)


def between(before, now):
    return changes_between(before, now, on=DAY)


def test_every_key_of_a_document_has_its_part():
    assert set(PARTS) == set(get_type_hints(CaseDocument))


def test_a_release_changes_status_site_and_events():
    freed = case_document(
        events=[*case_document()["events"], event_document("release", "2026-11-01", release_kind="term_served")]
    )
    found = between(case_document(), freed)
    assert found == Changes(status=("serving", "released"), site=(colony_reference(), None), parts=[Part.EVENTS])


def test_a_decision_is_told_once_however_its_sources_are_numbered():
    appeal = decision_document("upheld", "2022-03-14", instance="appeal", in_force_from="2022-03-14")
    shorter = decision_document("reduced", "2026-10-01", instance="cassation", sentence=sentence_document(years=9))
    first = decision_document("convicted", "2020-09-16")
    before = case_document(proceedings=[proceeding_document(decisions=[first, appeal])])
    renumbered = first | cited(3)
    now = case_document(proceedings=[proceeding_document(decisions=[renumbered, appeal, shorter])])
    found = between(before, now)
    assert (found.decisions, found.parts) == ([shorter], [Part.DECISIONS])
    assert found.sentence == (sentence_document(), sentence_document(years=9))


def test_a_source_is_new_whatever_number_it_gets():
    sources = [
        source_document(1, title="New"),
        *(one | {"number": one["number"] + 1} for one in case_document()["sources"]),
    ]
    found = between(case_document(), case_document(sources=sources, cites={"summary": [2]}))
    assert (found.new_sources, found.parts) == (1, [Part.SOURCES])


def test_where_no_fact_differs_it_is_what_is_cited():
    stays = case_document()["stays"]
    assert between(case_document(), case_document(stays=[stays[0] | cited(1), *stays[1:]])).parts == [Part.SOURCES]


def test_parts_are_told_in_their_order():
    now = case_document(
        assessments=[assessment_document(decision="arbitrary")],
        summary={},
        stays=[stay_document(site_reference(), "2018-05-21")],
    )
    assert between(case_document(), now).parts == [Part.SUMMARY, Part.CUSTODY, Part.ASSESSMENTS]


def test_time_that_passes_is_no_change():
    assert between(case_document(), case_document(summary={})).status is None


@pytest.fixture
def twice(db):
    publish(case_document(), at=FIRST)
    return publish(case_document(summary={"en": "Other."}), at=LATER)


def test_a_case_published_once_is_new(db):
    assert news_of([publish(case_document(), at=FIRST)]) == {"K7Q4M2": News(is_first=True)}


def test_a_second_version_tells_what_it_changed(twice, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert news_of([twice]) == {"K7Q4M2": News(is_first=False, changes=Changes(parts=[Part.SUMMARY]))}


def test_a_closed_version_is_compared_with_nothing(twice):
    versions = PublishedVersion.objects.filter(number=1)
    super(type(versions), versions).update(text="", closed_at=LATER)
    assert news_of([twice]) == {"K7Q4M2": News(is_first=False)}


def test_a_case_that_came_back_is_not_said_to_have_changed(twice):
    PublishedCase.objects.update(published_at=LATER + dt.timedelta(hours=1))
    assert news_of([PublishedCase.objects.get()]) == {"K7Q4M2": News(is_first=False)}


def test_no_cases_cost_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert news_of([]) == {}
