"""Provisions, sites and places are found by words of their names and by numbers; a place while a case counts under it."""

import pytest
from django.db import router

from cases.published import projections
from cases.published.models import PublishedSite
from cases.published.subject_models import PublishedSubject, PublishedSubjectTerm, SubjectKind
from cases.published.subjects import find_subjects, hide_references
from tests.published.samples import TODAY, case, place, publish, publish_provision, publish_site, withdraw

pytestmark = pytest.mark.django_db


def keys(text: str) -> list[tuple[str, str]]:
    return [(kind.value, one.key) for kind, found in find_subjects(text, "en", TODAY).items() for one in found]


def at_home(code: str, slug: str) -> None:
    publish(case(code, home=place(slug, name={"en": slug.title()})))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("205.5", [("provision", "rf-205-5-2")]),
        ("ст. 205.5(2)", [("provision", "rf-205-5-2")]),
        ("ч. 2 ст. 205.5", [("provision", "rf-205-5-2")]),
        ("article 205.5 part 3", []),
        ("205.5(3)", []),
        ("Місце sizo", [("site", "sizo-1")]),
        ("Yalta", [("place", "yalta")]),
        ("Yalta sizo", []),
        ("?", []),
    ],
)
def test_words_and_numbers_find_their_subjects(text: str, expected: list[tuple[str, str]]) -> None:
    publish_provision()
    publish_site()
    at_home("22222A", "yalta")
    assert keys(text) == expected


@pytest.mark.parametrize("text", ["СИЗО-2", "sizo 2 taganrog", "СІЗО № 2, Таганрог"])
def test_a_site_is_found_by_its_kind_and_number(text: str) -> None:
    there = place("taganrog", name={"en": "Taganrog", "uk": "Таганрог"})
    for number in (1, 2, 22):
        publish_site(f"sizo-{number}", name={"en": f"SIZO-{number}", "uk": f"СІЗО-{number}"}, place=there)
    assert keys(text) == [("site", "sizo-2")]


def test_a_place_is_found_while_a_case_counts_under_it_and_then_nothing_is_left_of_it() -> None:
    at_home("22222A", "yalta")
    at_home("22222B", "yalta")
    withdraw("22222A")
    assert keys("Yalta") == [("place", "yalta")]

    withdraw("22222B")
    assert (PublishedSubject.objects.count(), PublishedSubjectTerm.objects.count()) == (0, 0)


def test_a_place_that_a_case_no_longer_names_is_gone_when_it_is_published_again() -> None:
    at_home("22222A", "yalta")
    at_home("22222A", "sudak")
    assert list(PublishedSubject.objects.values_list("key", flat=True)) == ["sudak"]


def test_a_place_is_found_by_the_name_it_has_now() -> None:
    at_home("22222A", "yalta")
    publish(case("22222A", home=place("yalta", name={"en": "Jalta", "crh": "Yalıta"})))
    assert PublishedSubject.objects.get().name == {"en": "Jalta", "crh": "Yalıta"}


def test_rebuilding_gives_the_same_subjects() -> None:
    def subjects() -> list[tuple[str, ...]]:
        return sorted(PublishedSubject.objects.values_list("kind", "key", "name__en", "terms__term"))

    publish_provision()
    publish_site()
    at_home("22222A", "yalta")
    before = subjects()
    assert {kind for kind, *_rest in before} == {kind.value for kind in SubjectKind}
    projections.rebuild(on=TODAY, using=router.db_for_write(PublishedSubject))
    assert subjects() == before


def test_a_site_that_is_no_longer_published_is_not_found() -> None:
    publish_site()
    hide_references(PublishedSite, ["sizo-1"], using=router.db_for_write(PublishedSite))
    assert keys("sizo") == []
