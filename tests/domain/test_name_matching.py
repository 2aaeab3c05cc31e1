"""A name is found however it is written, nearer spellings come first, and each match says why."""

import pytest
from hypothesis import given, strategies as st

from cases.domain.name_keys import MOST_KEYS, misses, skeleton, sound_keys
from cases.domain.name_matching import Reason, is_near, score
from cases.domain.name_reading import read_forms, read_words, rejoined

ONE_KEY = [
    "Мустафаєв Мустафаев Mustafayev Mustafaiev Moustafaïeff Mustafajew",
    "Джелял Celâl Dzhelyal Djelal Dzhelial",
    "Къырымогълу Qırımoğlu Kyrymoghlu",
    "Шевцов Shevtsov Schewzow Ševcov Szewcow",
    "Щербаков Shcherbakov Schtscherbakow Chtcherbakov Ščerbakov",
    "Чубаров Chubarov Çubarov Čubarov Tchoubarov Czubarow",
    "Сергей Сергій Sergei Sergey Serhiy Serhii Сергiй",
    "Іванов Иванов Ivanov Ivanoff Iwanow",
    "Хаміт Hamit Khamit Chamit",
    "Георгій Heorhii Georgii Gheorghii Guéorgui",
    "Гінзбург Ginzburg Guinzbourg",
    "Шредер Schröder Schroeder",
    "Кёлер Köhler Koehler Келер",
    "Мюллер Müller Mueller",
    "Гендель Händel Haendel",
    "Брюкнер Brückner",
    "Домбровський Dąbrowski Домбровский",
    "Потоцький Potocki",
    "Чехов Čechov Czechow",
    "Ковач Kovács",
]


@pytest.mark.parametrize("line", ONE_KEY, ids=lambda line: line.split()[0])
def test_the_spellings_of_a_name_share_a_key(line):
    first, *others = (set(sound_keys(word.lower())) for word in line.split())

    assert [word for word, keys in zip(line.split()[1:], others, strict=True) if first.isdisjoint(keys)] == []


def test_a_skeleton_forgets_vowels_and_voice():
    assert skeleton(sound_keys("ахмадов")[0]) == skeleton(sound_keys("akhmetov")[0]) == "akmtv"


@pytest.mark.parametrize("typed", ["Nustafaev", "Ustafaev", "Musatfaev", "Mustafaevk", "Muztafaev", "Mstafaev"])
def test_one_mistake_anywhere_leaves_a_common_miss(typed):
    right, wrong = sound_keys("mustafaev")[0], sound_keys(typed.lower())[0]

    assert not misses(right).isdisjoint(misses(wrong))


@pytest.mark.parametrize(
    ("asked", "name", "reason"),
    [
        ("Server Mustafayev", "Server Mustafayev", Reason.SAME),
        ("Mustafaev Server", "Сервер Мустафаєв", Reason.SPELLING),
        ("Мycтафaєв", "Server Mustafayev", Reason.SPELLING),
        ("Nikolai Tkachenko", "Микола Ткаченко", Reason.GIVEN_NAME),
        ("Wladimir Horbulin", "Володимир Горбулін", Reason.GIVEN_NAME),
        ("Mikołaj Kozak", "Николай Козак", Reason.GIVEN_NAME),
        ("Üsein Kuku", "Хусейн Куку", Reason.GIVEN_NAME),
        ("Іван Миколайович Коваль", "Ivan Nikolaevich Koval", Reason.PATRONYMIC),
        ("S. Mustafayev", "Сервер Мустафаєв", Reason.INITIAL),
        ("Мустафаєв С.", "Server Rustem oğlu Mustafayev", Reason.INITIAL),
        ("N. Kozak", "Микола Козак", Reason.INITIAL),
        ("Y. Kozak", "Юрій Козак", Reason.INITIAL),
        ("J. Kozak", "Яків Козак", Reason.INITIAL),
        ("Й. Козак", "Yosyp Kozak", Reason.INITIAL),
        ("Musta", "Server Mustafayev", Reason.BEGINNING),
        ("Nustafayev Server", "Server Mustafayev", Reason.ONE_LETTER),
        ("Mustafaev Servar", "Сервер Мустафаєв", Reason.ONE_LETTER),
        ("Server Musdafajew", "Сервер Мустафаєв", Reason.ONE_LETTER),
        ("Emir-Usein Kuku", "Эмирусеин Куку", Reason.SPELLING),
        ("Ivan Kozak", "Pavlo Kozak", Reason.MISSING),
    ],
)
def test_a_match_says_why(asked, name, reason):
    assert score(read_forms(asked), read_forms(name)).reason is reason


def test_the_nearer_name_costs_less():
    names = ["Олена Коваль", "Елена Коваль", "Алина Коваль", "Олена Ковальова", "Ірина Гончар"]
    costs = [score(read_forms("Олена Коваль"), read_forms(name)).cost for name in names]

    assert costs == sorted(costs)
    assert len(set(costs)) == len(costs)


@pytest.mark.parametrize(("asked", "name"), [("Y. Kozak", "Андрій Козак"), ("J. Kozak", "Андрій Козак")])
def test_an_initial_that_may_be_a_glide_is_no_other_vowel(asked, name):
    assert score(read_forms(asked), read_forms(name)).reason is not Reason.INITIAL


@pytest.mark.parametrize("typed", ["Lutfide Zudiheva", "Lutfie Zudieva", "Mutfiie Zudieeva"])
def test_a_letter_mistyped_beside_a_glide_is_one_letter_and_a_name_with_two_of_them_is_near(typed):
    match = score(read_forms(typed), read_forms("Lutfiie Zudiieva"))

    assert is_near(match)
    assert match.reason is not Reason.LETTERS


def test_a_patronymic_that_one_side_lacks_costs_less_than_another_patronymic():
    asked = read_forms("Іван Петрович Коваль")

    assert score(asked, read_forms("Иван Коваль")).cost < score(asked, read_forms("Иван Олегович Коваль")).cost


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Oleh Kit (a.k.a. Oleg Kot)", ["Oleh Kit", "Oleg Kot"]),
        ("Анна (Ганна) Петрівна Кіт", ["Анна Петрівна Кіт", "Ганна Петрівна Кіт"]),
        ("Кіт (Кот, Котик) Анна", ["Кіт Анна", "Кот Анна", "Котик Анна"]),
        ("Anna Kit (born KOVAL)", ["Anna Kit", "Anna KOVAL"]),
        ("Анна Кіт / Anna Kit", ["Анна Кіт", "Anna Kit"]),
        ("Анна КІТ/КОТ", ["Анна КІТ", "Анна КОТ"]),
        ("Russian: Анна Кит", ["Анна Кит"]),
        ("KIT, Anna", ["KIT Anna"]),
        ("Anna Kit (unclosed", ["Anna Kit", "Anna unclosed"]),
        ("—", []),
    ],
)
def test_the_forms_of_a_written_name(text, forms):
    assert [form.text for form in read_forms(text)] == forms


def test_the_whole_of_a_hyphenated_word_stands_beside_its_parts():
    assert [(word.text, word.is_joined) for word in read_words("Emir-Usein Kuku")] == [
        ("emir", False),
        ("usein", False),
        ("kuku", False),
        ("emirusein", True),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KovalPetro", ["koval", "petro", "kovalpetro"]),
        ("КовальПетро", ["коваль", "петро", "ковальпетро"]),
        ("СЕРГiЙ", ["сергiй"]),  # an i of the other alphabet, not the end of a word
        ("KOVALpetro", ["kovalpetro"]),
    ],
)
def test_a_capital_inside_a_word_begins_another(text, words):
    assert [word.text for word in read_words(text)] == words


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Noman Çelebi Cihan", ["nomançelebi cihan", "noman çelebicihan"]),
        ("Koval", []),
    ],
)
def test_neighbouring_words_are_joined(text, groups):
    (form,) = read_forms(text)

    assert [" ".join(word.text for word in other.words) for other in rejoined(form)] == groups


@given(st.text(max_size=60))
def test_any_text_is_read_into_words_with_keys_that_fit_their_columns(text):
    words = [word for form in read_forms(text) for word in form.words]

    assert all(0 < len(word.keys) <= MOST_KEYS for word in words)
    assert all(0 < len(key) <= 40 and " " not in key for word in words for key in (*word.keys, *word.skeletons))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_are_compared_without_an_error(one, other):
    match = score(read_forms(one), read_forms(other))

    assert match is None or match.cost >= 0
