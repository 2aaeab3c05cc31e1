"""The one filter set: what it finds, and that nothing it does not understand is ignored."""

import datetime as dt

import pytest
from django.http import QueryDict

from cases.enums import (
    AgeBand,
    AssessmentDecision,
    CaseKind,
    Ethnicity,
    RehabilitationOutcome,
    Religion,
    Role,
    SentenceKind,
    Sex,
    Status,
)
from cases.published.filters import CaseFilter
from cases.published.lists import BY_ARREST, BY_CHANGE, BY_CUSTODY, BY_SENTENCE, by_name, rows_of
from tests.published.samples import (
    FACT,
    TODAY,
    case,
    charge,
    code_of,
    event,
    full_case,
    name,
    place,
    proceeding,
    publish,
    publish_provision,
    publish_site,
    russian_place,
    site_reference,
    stay,
    withdraw,
)

pytestmark = pytest.mark.django_db

SERVING, PRETRIAL, FREE, POET, UNDATED, HIDDEN, GONE = (code_of(number) for number in range(1, 8))


@pytest.fixture
def people():
    """Five people who are shown; one whose consent has expired and one withdrawn would match nearly every filter."""
    publish(full_case(SERVING))
    publish(
        case(
            PRETRIAL,
            name={"en": "Ivan Koval", "uk": "Іван Коваль"},
            ethnicity="ukrainian",
            stays=[stay("2024-03-01")],
            events=[event("arrest", "2024-03", place=russian_place())],
        )
    )
    publish(
        case(
            FREE,
            name={"en": "Olha Bondar", "uk": "Ольга Бондар"},
            ethnicity="",
            events=[event("arrest", "2017"), event("release", "2019")],
        )
    )
    publish(
        case(
            POET,
            name={"en": "Vasyl Hnatiuk", "uk": "Василь Гнатюк"},
            kind="historical",
            ethnicity="ukrainian",
            events=[event("arrest", "../1937"), event("death", "1938")],
            proceedings=[proceeding(charges=[charge("54-10", "1")])],
            roles=[{"role": "writer", "detail": {}, "since": "", "until": "", **FACT}],
        )
    )
    publish(case(UNDATED, name={"en": "Noname", "uk": "Ноунейм"}, ethnicity="", events=[]))
    publish(full_case(HIDDEN), show_until=dt.date(2025, 12, 31))
    publish(full_case(GONE))
    withdraw(GONE)


def asked(query: str, **options) -> CaseFilter:
    return CaseFilter(QueryDict(query), on=TODAY, **options)


def found(query: str) -> list[str]:
    filterset = asked(query)
    assert filterset.is_valid(), filterset.problems
    return sorted(row.code for row in rows_of(filterset.qs, ordering=filterset.ordering))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", [SERVING, PRETRIAL, FREE, POET, UNDATED]),
        ("q=", [SERVING, PRETRIAL, FREE, POET, UNDATED]),
        ("q=mustafayev", [SERVING]),
        ("q=Mustafaj", [SERVING]),
        ("q=Мустафає", [SERVING]),
        ("q=server+мустаф", [SERVING]),
        ("q=мустаф+server", [SERVING]),
        ("q=Коваль", [PRETRIAL]),
        ("q=koval+bondar", []),
        ("q=staf", []),
        (f"q={SERVING}", [SERVING]),
        (f"q={SERVING.lower()}", [SERVING]),
        (f"q={HIDDEN}", []),
        ("status=serving", [SERVING]),
        ("status=pretrial", [PRETRIAL]),
        ("status=in_custody", [SERVING, PRETRIAL]),
        ("status=missing", []),
        ("article=205.5", [SERVING]),
        ("article=205.5(2)", [SERVING]),
        ("article=205.5+(2)", [SERVING]),
        ("article=54-10", [POET]),
        ("region=UA-43", [SERVING, PRETRIAL]),
        ("region=ua-43", [SERVING, PRETRIAL]),
        ("region=RU-ROS", [SERVING, PRETRIAL]),
        ("region=UA-65", []),
        ("site=colony-1", [SERVING]),
        ("site=sizo-1", [PRETRIAL]),
        ("ethnicity=crimean_tatar", [SERVING]),
        ("role=writer", [POET]),
        ("role=human_rights_defender", [SERVING]),
        ("kind=historical", [POET]),
        ("arrested_after=2018", [SERVING, PRETRIAL]),
        ("arrested_after=2024-03-31", [PRETRIAL]),
        ("arrested_after=01.04.2024", []),
        ("arrested_before=2018", [SERVING, FREE, POET]),
        ("arrested_before=2018-05-20", [FREE, POET]),
        ("arrested_before=2017-01-01", [FREE, POET]),
        ("arrested_before=2016-12-31", [POET]),
        ("arrested_after=2018-05-21&arrested_before=21.05.2018", [SERVING]),
        ("arrested_after=травень 2018&arrested_before=May 2018", [SERVING]),
        ("ethnicity=ukrainian&kind=contemporary", [PRETRIAL]),
        ("status=in_custody&region=UA-43&article=278&q=server", [SERVING]),
        ("status=serving&status=pretrial", [SERVING, PRETRIAL]),
        ("status=serving&status=&status=serving", [SERVING]),
        ("role=writer&role=human_rights_defender&kind=historical", [POET]),
        ("site=colony-1&site=sizo-1", [SERVING, PRETRIAL]),
        ("site_ever=sizo-1", [SERVING, PRETRIAL]),
        ("home_region=UA-43", [SERVING]),
        ("arrest_region=RU-ROS", [PRETRIAL]),
        ("site_region=UA-43", [PRETRIAL]),
        ("religion=muslim", [SERVING]),
        ("arrest_year=2018", [SERVING]),
        ("arrest_year=2017&arrest_year=2024", [PRETRIAL, FREE]),
        ("arrested_before=1937", [POET]),
        ("arrested_before=1937&certainty=certain", [POET]),
        ("arrested_before=1936&certainty=certain", []),
        ("arrested_after=2017-06", [SERVING, PRETRIAL, FREE]),
        ("arrested_after=2017-06&certainty=certain", [SERVING, PRETRIAL]),
        ("age=30_44", [SERVING, PRETRIAL, FREE]),
        ("age=30_44&certainty=certain", [SERVING, PRETRIAL, FREE]),
        ("sentence=term", [SERVING]),
        ("sentence_at_least=14", [SERVING]),
        ("sentence_at_least=15", []),
        ("sentence_at_most=14", [SERVING]),
        ("assessed=political_prisoner&assessed_by=memorial", [SERVING]),
        ("published_since=2025-06-01", [SERVING, PRETRIAL, FREE, POET, UNDATED]),
        ("updated_since=2025-06-02", []),
    ],
)
def test_a_filter_finds(people, query, codes):
    assert found(query) == sorted(codes)


@pytest.mark.parametrize(
    ("query", "field", "accepted"),
    [
        ("status=jailed", "status", "in_custody"),
        ("status=Serving", "status", "serving"),
        ("article=999", "article", "205.5(2)"),
        ("article=205.5(3)", "article", "205.5(2)"),
        ("article=';--", "article", "205.5"),
        ("region=RU-CR", "region", "UA-43"),
        ("region=Crimea", "region", "UA-43"),
        ("site=nowhere", "site", "address"),
        ("site=Colony 1", "site", "address"),
        ("ethnicity=martian", "ethnicity", "crimean_tatar"),
        ("role=king", "role", "journalist"),
        ("kind=ancient", "kind", "historical"),
        ("arrested_after=yesterday", "arrested_after", "2018"),
        ("arrested_before=31.02.2020", "arrested_before", "2018"),
        ("arrested_after=../2019", "arrested_after", "2018"),
        ("arrested_before=2019/..", "arrested_before", "2018"),
        ("arrested_after=2020&arrested_before=2019", "arrested_before", "before"),
        ("ordering=age", "ordering", "-updated"),
        ("status=serving&status=jailed", "status", "in_custody"),
        ("role=" + "&role=".join(f"x{one}" for one in range(41)), "role", "40"),
        ("sentence_at_least=ten", "sentence_at_least", "whole number"),
        ("sentence_at_least=-1", "sentence_at_least", "from 0 to 60"),
        ("sentence_at_least=5&sentence_at_most=4", "sentence_at_most", "less"),
        ("arrest_year=18", "arrest_year", "four digits"),
        ("certainty=maybe", "certainty", "certain"),
        ("assessed_by=nobody", "assessed_by", "Choose"),
        ("provision=rf-1", "provision", "address"),
        ("rescinded=no", "rescinded", "yes"),
        ("updated_since=../2019", "updated_since", "beginning"),
        ("ordering=name,code", "ordering", "name"),
        ("q=!!!", "q", "letter"),
        ("q=" + "a" * 201, "q", "200"),
        ("q=a b c d e f g h i", "q", "eight"),
        ("colour=red", "colour", "ethnicity"),
        ("Status=serving", "Status", "status"),
        ("kind=historical&q=a&q=b", "q", "more than once"),
        ("cursor=abc", "cursor", "status"),
        ("q=%00", "q", "Null characters"),
        ("status=%00", "status", "serving"),
        ("article=%00", "article", "205.5"),
        ("region=%00", "region", "UA-43"),
        ("site=a%00", "site", "address"),
        ("arrested_after=%00", "arrested_after", "2018"),
        ("ordering=%00", "ordering", "name"),
        ("%00=1", "\N{REPLACEMENT CHARACTER}", "status"),
    ],
)
def test_what_is_not_understood_is_refused_by_name_with_what_is_accepted(people, query, field, accepted):
    filterset = asked(query)

    assert not filterset.is_valid()
    assert list(filterset.problems) == [field]
    assert accepted in " ".join(filterset.problems[field])


def test_a_refused_filter_lists_nothing_rather_than_everything(people):
    assert list(asked("status=jailed").qs) == []
    assert list(asked("colour=red").qs) == []


def test_a_long_wrong_value_is_repeated_in_part():
    (message,) = asked("status=" + "x" * 5000).problems["status"]

    assert len(message) < 500


def test_parameters_that_the_caller_reads_are_no_error(people):
    assert asked("cursor=abc&status=serving", passing=["cursor"]).is_valid()
    assert not asked("cursor=abc&page=2", passing=["cursor"]).is_valid()


VOCABULARIES = {
    "status": Status,
    "ethnicity": Ethnicity,
    "role": Role,
    "kind": CaseKind,
    "sex": Sex,
    "religion": Religion,
    "age": AgeBand,
    "sentence": SentenceKind,
    "assessed": AssessmentDecision,
    "rehabilitation": RehabilitationOutcome,
}


@pytest.mark.parametrize("field", VOCABULARIES)
def test_every_word_of_a_vocabulary_is_accepted(field):
    vocabulary = VOCABULARIES[field]

    assert all(asked(f"{field}={word}").is_valid() for word in vocabulary)


def test_a_site_and_a_provision_that_are_published_are_accepted_before_anybody_is_held_or_charged():
    publish_site("prison-9")
    publish_provision("330", "2")

    assert found("site=prison-9") == []
    assert found("article=330") == found("article=330(2)") == []


@pytest.mark.parametrize(
    ("word", "ordering"),
    [
        ("", by_name("uk")),
        ("name", by_name("uk")),
        ("-name", by_name("uk").reversed()),
        ("updated", BY_CHANGE),
        ("-updated", BY_CHANGE.reversed()),
        ("arrested", BY_ARREST),
        ("-arrested", BY_ARREST.reversed()),
        ("sentence", BY_SENTENCE),
        ("-sentence", BY_SENTENCE.reversed()),
        ("-held", BY_CUSTODY),
        ("held", BY_CUSTODY.reversed()),
        ("nonsense", by_name("uk")),
    ],
)
def test_the_order(word, ordering):
    assert asked(f"ordering={word}", language="uk").ordering == ordering


def test_names_in_any_script_are_found_and_hidden_ones_are_not(people):
    publish(case("33333A", name={"en": "S. M.", "uk": "С. М."}, slug="", consent="initials", names=[]))

    assert "33333A" in found("q=s")
    assert "33333A" not in found("q=server")
    publish(case("33333B", names=[name("אברהם", "he")], name={"en": "Avraham", "uk": "Авраам"}))
    assert found("q=אבר") == ["33333B"]


def test_the_region_of_home_counts_only_where_home_is_public():
    publish(case("33333A", home=place("yalta")))
    publish(
        case("33333B", home=None, stays=[stay("2018-05-21", site=site_reference("colony-1", place=russian_place()))])
    )

    assert found("region=UA-43") == ["33333A"]


def test_the_form_can_be_drawn_with_and_without_errors(people):
    for query in ("", "status=jailed&region=RU-CR&q=%00", "arrested_after=2018"):
        assert 'name="status"' in asked(query).form.as_p()


def test_forms_share_their_fields_and_nothing_that_anybody_asked_for():
    one, other = (CaseFilter(QueryDict(text), on=TODAY) for text in ("q=Vyhad&sex=nobody", "sex=female"))
    assert (one.form.errors.keys(), other.form.errors.keys()) == ({"sex"}, set())
    assert [str(one.form[name].as_widget()) == str(other.form[name].as_widget()) for name in ("q", "certainty")] == [
        False,
        True,
    ]
    assert (one.form["q"].value(), other.form["q"].value()) == ("Vyhad", None)
    assert one.form.fields["sex"] is other.form.fields["sex"]
