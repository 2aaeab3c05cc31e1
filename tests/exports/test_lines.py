"""Lines stored by publication: they are what the columns make, on any day, and JSON Lines tell the document as published."""

import datetime as dt
import hashlib
import json

import pytest
from django.db import router
from django.http import QueryDict
from django.utils import translation

from cases.exports.reading import CSV, JSON, Chosen, batches
from cases.published.filters import CaseFilter
from cases.published.line_models import PublishedLine
from cases.published.lines import Derived, Line
from cases.published.lines_index import csv_line
from cases.published.lists import BY_ARREST, BY_NAME, rows_of
from cases.published.models import PublishedCase
from cases.published.projections import rebuild
from tests.lasting import lasting
from tests.published import samples
from tests.published.samples import code_of, publish
from tests.published.test_agreement import STORIES

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org"
DAY = dt.date(2026, 1, 1)
AWKWARD = 'Tab\there, "quotes", \\n backslash\\, line\nbreak, 50 %, \x1a\x01\x02\x0b, \N{LINE SEPARATOR}, 𝔘, <b>&amp;'


def chosen(*, found=None, ordering=None, language="en", on=DAY) -> Chosen:
    return Chosen(found=found, ordering=ordering, on=on, language=language, address=ADDRESS)


def text_of(shape, **asked) -> str:
    return b"".join(batch.content for batch in batches(chosen(**asked), shape)).decode()


def made_from_columns(language: str, on: dt.date) -> str:
    lines = []
    for case in PublishedCase.objects.visible(on).order_by("code"):
        with translation.override(language):
            line = Line(case=case, derived=Derived(case.document, on), language=language, site_address=ADDRESS)
            lines.append(csv_line(line))
    return "".join(lines)


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        for number, story in enumerate(STORIES.values(), start=1):
            base = samples.full_case if not story else samples.case
            publish(base(code_of(number), **story), at=dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
        names = {"en": "=Awkward, Name", "uk": AWKWARD}
        publish(samples.case(code_of(30), name=names, slug="", summary={"en": AWKWARD, "uk": "+"}, invented=True))
        rebuild(on=DAY, using=router.db_for_write(PublishedCase))
        yield


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_stored_line_is_byte_by_byte_what_the_columns_make(language) -> None:
    assert text_of(CSV, language=language) == made_from_columns(language, DAY)


def test_days_held_are_counted_to_the_day_of_the_file() -> None:
    for later in (1, 2, 5):
        on = DAY + dt.timedelta(days=later)
        assert text_of(CSV, on=on) == made_from_columns("en", on)


def test_json_lines_tell_the_published_text_itself() -> None:
    lines = text_of(JSON).removesuffix("\n").split("\n")
    for line in lines:
        said = json.loads(line)
        text = line.split(',"document":', 1)[1].removesuffix("}")
        assert hashlib.sha256(text.encode()).hexdigest() == said["sha256"]
        case = PublishedCase.objects.get(pk=said["code"])
        assert (said["document"], said["status"], said["version"]) == (case.document, case.status, case.version)
        days = Derived(case.document, DAY).days
        assert (said["days_held_least"], said["days_held_most"]) == (days.least, days.most)
        assert said["url"].startswith(f"{ADDRESS}/en/cases/{case.code}/")
    assert len(lines) == PublishedCase.objects.visible(DAY).count()


def codes(text: str) -> list[str]:
    return [json.loads(line)["code"] for line in text.removesuffix("\n").split("\n") if line]


@pytest.mark.parametrize("ordering", [BY_NAME["en"], BY_ARREST, BY_ARREST.reversed()])
def test_an_order_that_is_asked_for_is_that_of_the_list(ordering, monkeypatch) -> None:
    monkeypatch.setattr("cases.exports.reading.IN_AN_ORDER", 4)
    found = CaseFilter(QueryDict(f"ordering={'name' if ordering is BY_NAME['en'] else 'arrested'}"), on=DAY)
    assert found.is_valid()
    assert found.ordering_asked_for is not None
    expected = [row.code for row in rows_of(found.qs, ordering=ordering)]
    assert codes(text_of(JSON, ordering=ordering)) == expected


def test_a_filter_leaves_only_its_cases() -> None:
    found = CaseFilter(QueryDict("kind=historical"), on=DAY)
    assert found.is_valid()
    assert codes(text_of(JSON, found=found.qs)) == sorted(found.qs.values_list("pk", flat=True))
    assert not found.is_everybody
    ordered = CaseFilter(QueryDict("ordering=-name"), on=DAY)
    assert ordered.is_valid()
    assert ordered.is_everybody
    assert text_of(CSV, found=PublishedCase.objects.none()) == ""


def test_a_withdrawn_case_keeps_no_line() -> None:
    code = code_of(1)
    assert PublishedLine.objects.filter(case=code).count() == 2
    samples.withdraw(code)
    assert PublishedLine.objects.filter(case=code).count() == 0
    assert code not in text_of(CSV)


def test_a_case_whose_consent_ends_leaves_the_file_the_day_after() -> None:
    code = code_of(60)
    publish(samples.case(code), show_until=DAY)
    assert code in codes(text_of(JSON))
    assert code not in codes(text_of(JSON, on=DAY + dt.timedelta(days=1)))
