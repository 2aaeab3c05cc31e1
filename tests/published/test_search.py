"""Finding cases: who is found, in which order, with which reasons; and that nobody is found who may not be shown."""

import datetime as dt

import pytest

from cases.domain.name_matching import Reason
from cases.published.match_telling import WHY
from cases.published.models import PublishedCase
from cases.published.search import best_of, find
from tests.published.samples import TODAY, case, full_case, name, place, publish, site_reference, stay, withdraw

pytestmark = pytest.mark.django_db


def named(code, *forms, **changes):
    texts = [name(form, "en") for form in forms]
    return publish(case(code, name={"en": forms[0], "uk": ""}, names=texts, **changes))


def answer(text):
    return find(text, PublishedCase.objects.visible(TODAY))


def codes(text):
    found = answer(text)
    assert {hit.code for hit in found.hits} == set(found.cases.values_list("pk", flat=True))
    return [hit.code for hit in found.hits]


@pytest.fixture
def people():
    named("22222A", "Mykola Petrovych Tkachenko", "Микола Петрович Ткаченко")
    named("22222B", "Server Rustem oğlu Mustafayev")
    named("22222C", "Emir-Usein Kuku")
    named("22222D", "Олена Коваль")
    named("22222E", "Петро Ткачук")


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Mykola Petrovych Tkachenko", ["22222A"], Reason.SAME),
        ("ТКАЧЕНКО Микола", ["22222A"], Reason.SAME),
        ("Nikolai Tkachenko", ["22222A"], Reason.GIVEN_NAME),
        ("Николай Петрович Ткаченко", ["22222A"], Reason.GIVEN_NAME),
        ("N. Tkachenko", ["22222A"], Reason.INITIAL),
        ("Ткаченко М. П.", ["22222A"], Reason.INITIAL),
        ("Tkachenka", ["22222A"], Reason.SPELLING),
        ("Мустафаев Сервер Рустемович", ["22222B"], Reason.MISSING),
        ("Mustafayev", ["22222B"], Reason.SAME),
        ("Мустaфaев", ["22222B"], Reason.SPELLING),
        ("Server Mustafaiev", ["22222B"], Reason.SPELLING),
        ("Nustafayev Sarver", ["22222B"], Reason.ONE_LETTER),
        ("Mustafa", ["22222B"], Reason.BEGINNING),
        ("Server Mus", ["22222B"], Reason.BEGINNING),
        ("Mustaf Serv", ["22222B"], Reason.LETTERS),
        ("MustafayevServer", ["22222B"], Reason.SAME),
        ("mustafayevserver", ["22222B"], Reason.SAME),
        ("Мустафа єв Сервер", ["22222B"], Reason.SPELLING),
        ("Коваьль Олнеа", ["22222D"], Reason.ONE_LETTER),
        ("Коваль Олена Олегівна", ["22222D"], Reason.MISSING),
        ("Эмирусеин Куку", ["22222C"], Reason.SPELLING),
        ("Elena Koval", ["22222D"], Reason.GIVEN_NAME),
        ("22222e", ["22222E"], Reason.CODE),
        ("сервермустафаев", ["22222B"], Reason.SPELLING),
        ("TkachenkoMykola", ["22222A"], Reason.SAME),
        ("MustafayevMykola", [], None),  # of two people
        ("Іван Бондар", [], None),
        ("da", [], None),  # a particle, as in "da Costa", and nothing else
    ],
)
def test_a_question_finds_a_person(people, text, expected, reason):
    assert codes(text) == expected
    assert [hit.match.reason for hit in answer(text).hits] == [reason for _code in expected]


def test_of_two_words_like_patronymics_one_is_the_surname():
    named("22222A", "Гуревич Моисей")
    named("22222B", "Петрович Моисей")
    named("22222C", "Моисей Кит")

    assert codes("Гуревич Моисей Григорьпевич") == ["22222A"]


def test_a_slip_beside_other_letters_finds_the_name_among_nearer_ones():
    named("22222A", "Пётр Огилец")
    named("22222B", "Пётр Алик")

    assert codes("Пётр Оилец")[0] == "22222A"


def test_a_mistyped_given_name_is_found_in_another_language():
    named("22222A", "Микола Кит")
    named("22222B", "Николай Пташин")

    assert codes("Нипколай Кит")[0] == "22222A"


def test_the_nearest_name_comes_first():
    named("22222A", "Олена Ковальчук")
    named("22222B", "Елена Коваль")
    named("22222C", "Олена Коваль")

    assert codes("Олена Коваль")[:2] == ["22222C", "22222B"]


def test_an_expired_case_is_not_found():
    publish(case("22222A"), show_until=TODAY - dt.timedelta(days=1))
    publish(case("22222B"), show_until=TODAY)

    assert codes("Server Mustafayev") == ["22222B"]


def test_a_withdrawn_case_is_neither_found_nor_suggested():
    named("22222A", "Zarema Unikalna")
    assert codes("Zarema Unikalna") == ["22222A"]

    withdraw("22222A")

    for text in ("Zarema Unikalna", "Zarema Unikalma", "Unik", "22222A"):
        assert codes(text) == []
        assert answer(text).suggestions == []


def test_names_to_try_are_suggested_where_nothing_is_near(people):
    assert answer("Олена Бондаренко").suggestions == ["Олена Коваль"]


def test_words_of_texts_find_the_case_in_any_language_and_ending():
    text = {"uk": "Затриманий у Бахчисараї, журналіст."}
    sizo = stay("2019", site=site_reference(name={"en": "SIZO-7"}))
    publish(full_case("22222A", home=place("dzhankoi", name={"uk": "Джанкой"}), summary=text, stays=[sizo]))

    asked_words = ("Бахчисарай", "Bakhchysarai", "Джанкой", "Canköy", "журналіст Джанкой", "Crimean Solidarity", "278")
    for asked in (*asked_words, "ст. 278", "ч. 2 ст. 205.5", "СИЗО-7"):
        assert codes(asked) == ["22222A"], asked
        assert [hit.match for hit in answer(asked).hits] == [None]
    assert codes("Керч") == []


def test_a_name_that_very_many_have_is_a_set_that_can_be_filtered(monkeypatch):
    monkeypatch.setattr("cases.published.search.MOST_COMPARED", 2)
    for number in range(2, 6):
        named(f"22222{number}", f"Server Mustafayev{'a' * (number == 5)}", sex="female" if number == 5 else "male")
    found = answer("Server")

    women = PublishedCase.objects.visible(TODAY).filter(sex="female")

    assert found.is_more
    assert found.cases.count() == 4
    assert list(women.filter(found.having).values_list("pk", flat=True)) == ["222225"]
    assert [(hit.code, hit.match.reason) for _case, hit in best_of(found, women).rows] == [("222225", Reason.SAME)]


def test_the_best_answers_are_the_best_of_those_that_filters_leave(monkeypatch):
    monkeypatch.setattr("cases.published.search.MOST_RANKED", 2)
    for number in range(2, 6):
        named(f"22222{number}", f"Server Mustafayev{'a' * (number == 2)}", sex="female" if number == 5 else "male")
    everybody = PublishedCase.objects.visible(TODAY)
    found = find("Server Mustafayev", everybody)

    best = best_of(found)
    assert ([case.code for case, _hit in best.rows], best.is_cut) == (["222223", "222224"], True)
    best = best_of(found, everybody.filter(sex="female"))
    assert ([case.code for case, _hit in best.rows], best.is_cut) == (["222225"], False)


def test_a_filter_does_not_loosen_a_question():
    """So the number beside an option is that of the list with it."""
    named("22222A", "Olena Kovalenko", sex="female")
    named("22222B", "Olena Kovalenkova", sex="male")
    men = PublishedCase.objects.visible(TODAY).filter(sex="male")

    assert codes("Olena Kovalenko") == ["22222A"]
    assert best_of(answer("Olena Kovalenko"), men).rows == []


def test_every_reason_is_told():
    assert set(WHY) == set(Reason)
