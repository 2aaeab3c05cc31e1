"""What of a case becomes its public document, and what does not."""

import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType

from cases.enums import Consent, EventKind, PlaceKind
from cases.models import Citation, Event, PersonName, Place, Prisoner, Source, Stay
from cases.publication.document import build_case
from cases.published.documents import canonical
from tests.publication.conftest import cite


def test_a_document_of_an_unchanged_case_is_the_same_text(prisoner: Prisoner) -> None:
    assert canonical(build_case(prisoner)) == canonical(build_case(Prisoner.objects.get(pk=prisoner.pk)))


def test_names_are_headed_by_the_form_of_each_interface_language(prisoner: Prisoner) -> None:
    assert build_case(prisoner)["name"] == {"en": "Alim Vyhadanyi", "uk": "Алім Вигаданий"}


def test_a_name_that_may_not_be_shown_is_nowhere(prisoner: Prisoner, secret_name: PersonName) -> None:
    assert "Тайнозор" not in canonical(build_case(prisoner))


def test_initials_only_leaves_no_name_photo_slug_or_exact_date(prisoner: Prisoner) -> None:
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    document = build_case(prisoner)
    assert (document["name"], document["names"], document["slug"]) == ({"en": "A. V.", "uk": "А. В."}, [], "")
    assert (document["born"], document["photo"], document["consent"]) == ("1986", None, "initials")
    assert "Vyhadanyi" not in canonical(document)
    assert "1986-03-07" not in canonical(document)


@pytest.mark.parametrize(
    ("detail", "born", "shown"),
    [
        ("day", "1986-03-07", "1986-03-07"),
        ("year", "1986-03-07", "1986"),
        ("year", "around 1986", "1985/1987"),
        ("hidden", "1986-03-07", ""),
        ("year", "", ""),
    ],
)
def test_a_birth_date_is_shown_as_far_as_allowed(prisoner: Prisoner, detail: str, born: str, shown: str) -> None:
    prisoner.born_detail, prisoner.born = detail, born or None
    prisoner.save()
    assert build_case(prisoner)["born"] == shown


def test_a_citation_of_a_birth_date_shown_as_year_says_nothing_more(prisoner: Prisoner) -> None:
    cite(prisoner, prisoner, field="born", value="1986-03-07", quote="born on 7 March 1986")
    assert build_case(prisoner)["assertions"][0]["value"] == "1986-03-07"
    prisoner.born_detail = "year"
    prisoner.save()
    assert build_case(prisoner)["assertions"] == []
    assert "7 March" not in canonical(build_case(prisoner))


def test_rows_that_may_not_be_shown_and_visits_and_hospitals_are_left_out(prisoner: Prisoner) -> None:
    Event.objects.create(prisoner=prisoner, kind=EventKind.VISIT.value, happened="2019", title_en="Visit by a sister")
    Event.objects.create(prisoner=prisoner, kind=EventKind.HOSPITALISED.value, happened="2019")
    Event.objects.create(prisoner=prisoner, kind=EventKind.SEARCH.value, happened="2017", is_public=False)
    Stay.objects.create(prisoner=prisoner, kind="unknown", started="2018-05-21", is_public=False)
    document = build_case(prisoner)
    assert [event["kind"] for event in document["events"]] == ["arrest"]
    assert document["stays"] == []


def test_home_of_somebody_unnamed_is_the_region_only(prisoner: Prisoner) -> None:
    Place.objects.create(slug="crimea", name_en="Crimea", kind=PlaceKind.REGION.value, sovereign="UA", region="UA-43")
    prisoner.home = Place.objects.create(slug="village", name_en="Small village", sovereign="UA", region="UA-43")
    prisoner.save()
    assert build_case(prisoner)["home"]["slug"] == "village"  # type: ignore[index]
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    assert build_case(prisoner)["home"]["slug"] == "crimea"  # type: ignore[index]
    prisoner.home_is_public = False
    prisoner.save()
    assert build_case(prisoner)["home"] is None


def test_sources_are_numbered_once_in_the_order_of_their_first_use(prisoner: Prisoner) -> None:
    first = Source.objects.create(title="First", kind="news")
    second = Source.objects.create(title="Second", kind="news")
    arrest = prisoner.events.get()
    cite(arrest, prisoner, source=second, field="happened")
    cite(arrest, prisoner, source=first, field="happened")
    cite(prisoner, prisoner, source=first, field="summary")
    document = build_case(prisoner)
    assert [(source["number"], source["title"]) for source in document["sources"]] == [(1, "First"), (2, "Second")]
    assert document["cites"] == {"summary": [1]}
    assert document["events"][0]["cites"] == {"happened": [2, 1]}


def test_what_a_source_says_differently_is_kept_beside_the_fact(prisoner: Prisoner) -> None:
    cite(prisoner.events.get(), prisoner, field="happened", value="2020", quote="imprisoned since 2020", page="1")
    assert build_case(prisoner)["events"][0]["assertions"] == [
        {
            "field": "happened",
            "value": "2020",
            "source": 1,
            "quote": "imprisoned since 2020",
            "page": "1",
            "confidence": "certain",
        }
    ]


def test_a_source_that_may_not_be_named_keeps_its_number_and_no_text(prisoner: Prisoner) -> None:
    source = Source.objects.create(title="A neighbour", url="https://example.org/x", kind="interview", is_public=False)
    cite(prisoner.events.get(), prisoner, source=source, field="happened", value="2020", quote="I saw it", page="3")
    document = build_case(prisoner)
    assert document["sources"][0]["confidential"] is True
    assert not {"A neighbour", "I saw it", "example.org"} & set(_strings(document))
    assert "neighbour" not in canonical(document)


def test_a_source_that_names_somebody_unnamed_is_confidential(prisoner: Prisoner) -> None:
    source = Source.objects.create(title="Trial goes on", url="https://example.org/alim-vyhadanyi-trial", kind="news")
    cite(prisoner.events.get(), prisoner, source=source)
    assert build_case(prisoner)["sources"][0]["url"] == "https://example.org/alim-vyhadanyi-trial"
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    assert build_case(prisoner)["sources"][0]["confidential"] is True
    assert "vyhadanyi" not in canonical(build_case(prisoner)).lower()


def test_a_citation_of_a_private_field_asserts_nothing(prisoner: Prisoner) -> None:
    Citation.objects.create(
        prisoner=prisoner,
        content_type=ContentType.objects.get_for_model(Prisoner),
        object_id=prisoner.pk,
        field="health",
        value="diabetes",
        source=Source.objects.create(title="A report", kind="report"),
    )
    assert "diabetes" not in canonical(build_case(prisoner))


def test_occupied_places_are_shown_with_their_sovereign(prisoner: Prisoner) -> None:
    prisoner.birthplace = Place.objects.create(
        slug="simferopol",
        name_en="Simferopol",
        sovereign="UA",
        region="UA-43",
        controlled_by="RU",
        controlled_since="2014-03-18",
    )
    prisoner.save()
    place: Any = build_case(prisoner)["birthplace"]
    assert (place["sovereign"], place["region"], place["controlled_by"]) == ("UA", "UA-43", "RU")
    assert place["controlled_since"] == datetime.date(2014, 3, 18).isoformat()


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for child in children for text in _strings(child)]


def test_an_undated_event_stands_before_the_dated_one_that_was_written_down_after_it(prisoner: Prisoner) -> None:
    for kind, happened in (("search", None), ("release", "2019"), ("letter", None), ("abduction", "2017")):
        Event.objects.create(prisoner=prisoner, kind=kind, happened=happened)
    Event.objects.create(prisoner=prisoner, kind="award", happened=None)
    kinds = [event["kind"] for event in build_case(prisoner)["events"]]
    assert kinds == ["letter", "abduction", "arrest", "search", "release", "award"]
