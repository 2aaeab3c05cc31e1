"""FollowTheMoney: what an entity of each schema must have, and what of a case it never has."""

import importlib.util
import json
import re

import pytest

from cases.exports.follow_the_money import entities_of, lines_of
from tests.published.samples import case, full_case, name, organisation, source

#: Of each schema that is written: what it must have, and of which schema its references are (model 4.11, schema/*.yaml).
RULES = {
    "Person": ({"name"}, {}),
    "Position": ({"name"}, {}),
    "Occupancy": ({"holder", "post"}, {"holder": "Person", "post": "Position"}),
    "Organization": ({"name"}, {}),
    "Membership": ({"member", "organization", "role"}, {"member": "Person", "organization": "Organization"}),
    "CourtCase": ({"name"}, {}),
    "CourtCaseParty": ({"party", "case"}, {"party": "Person", "case": "CourtCase"}),
    "Document": ({"fileName"}, {}),
    "Documentation": ({"document", "entity"}, {"document": "Document", "entity": "Person"}),
}
DATES = {"birthDate", "deathDate", "startDate", "endDate", "fileDate", "publishedAt", "retrievedAt", "modifiedAt"}
IDENTIFIER = re.compile(r"[A-Za-z0-9.\-]{1,255}")


def address(path):
    return f"https://cases.example.org{path}"


def entities(document):
    return list(entities_of(document, address=address, changed="2025-06-01"))


def of(schema, document):
    return [one["properties"] for one in entities(document) if one["schema"] == schema]


def assert_valid(found):
    schemas = {one["id"]: one["schema"] for one in found}
    for one in found:
        required, references = RULES[one["schema"]]
        assert IDENTIFIER.fullmatch(one["id"])
        assert required <= one["properties"].keys()
        for property_name, values in one["properties"].items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if property_name in references:
                assert {schemas[value] for value in values} == {references[property_name]}
            if property_name in DATES:
                assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) for value in values)
        assert [topic for topic in one["properties"].get("topics", []) if topic.startswith("crime")] == []
    _as_the_package_reads_it(found)


def _as_the_package_reads_it(found):
    """Where the package is installed (it is built only where ICU is), it takes every value as it stands."""
    if importlib.util.find_spec("followthemoney") is None:
        return
    model = importlib.import_module("followthemoney").model
    for one in found:
        proxy = model.get_proxy(one, cleaned=False)
        model.get(one["schema"]).validate(one)
        assert {key: sorted(proxy.get(key)) for key in one["properties"]} == {
            key: sorted(values) for key, values in one["properties"].items()
        }


@pytest.mark.parametrize("document", [full_case(), case(), case(slug="", name={"en": "S. M.", "uk": "С. М."})])
def test_every_entity_has_what_its_schema_demands_and_refers_to_what_is_there(document):
    assert_valid(entities(document))


def test_a_person_is_told_by_names_dates_and_roles_and_by_no_topic_of_crime():
    (person,) = of("Person", full_case("22222B"))

    assert person == {
        "name": ["Server Mustafayev", "Сервер Мустафаєв"],
        "alias": ["Сервер Мустафаев"],
        "gender": ["male"],
        "birthDate": ["1986-05-05"],
        "birthPlace": ["Birthtown", "Сімферополь"],
        "birthCountry": ["ua"],
        "citizenship": ["ua"],
        "ethnicity": ["Crimean Tatar"],
        "religion": ["Muslim"],
        "spokenLanguage": ["crh"],
        "profession": ["Human-rights defender"],
        "topics": ["role.act"],
        "summary": ["A human-rights defender.", "Правозахисник."],
        "sourceUrl": ["https://cases.example.org/en/cases/22222B/"],
        "modifiedAt": ["2025-06-01"],
    }


def test_a_proceeding_is_a_court_case_in_which_the_person_is_the_defendant():
    (court_case,) = of("CourtCase", full_case("22222B"))

    assert court_case == {
        "name": ["Criminal case: Server Mustafayev, charged under 205.5(2), 278"],
        "category": ["Criminal case"],
        "status": ["upheld"],
        "court": ["Rostov court"],
        "description": ["Server Mustafayev is charged under 205.5(2), 278."],
        "sourceUrl": ["https://cases.example.org/en/cases/22222B/"],
    }
    assert of("CourtCaseParty", full_case("22222B")) == [
        {"party": ["tracker-22222B"], "case": ["tracker-22222B-proceeding-1"], "role": ["defendant"]}
    ]


def test_a_date_known_only_about_and_an_imposed_citizenship_are_left_out():
    citizenships = [
        {"country": "UA", "basis": "birth_or_choice", "cites": {}, "assertions": []},
        {"country": "RU", "basis": "imposed", "cites": {}, "assertions": []},
    ]
    (person,) = of("Person", case(born="1986~", died="2020-05", citizenships=citizenships, invented=True))

    assert "birthDate" not in person
    assert (person["deathDate"], person["citizenship"]) == (["2020-05"], ["ua"])
    assert person["notes"] == ["Invented demonstration case"]


def test_a_confidential_source_is_not_named():
    hidden = {**source(2), "confidential": True, "title": "canary", "url": ""}

    documents = of("Document", case(sources=[source(1), hidden]))

    assert [one["title"] for one in documents] == [["Source 1"]]


def test_identifiers_stay_whatever_else_changes():
    before, after = full_case(), full_case(names=[name("Other", "en")], summary={}, slug="other")

    assert [one["id"] for one in entities(before)] == [one["id"] for one in entities(after)]


def test_lines_write_what_cases_share_once():
    belongs = {
        "organisation": organisation(),
        "kind": "member",
        "since": "",
        "until": "",
        "cites": {},
        "assertions": [],
    }
    documents = [(case(code, affiliations=[belongs]), "2025-06-01") for code in ("22222B", "22222C")]

    found = [json.loads(line) for line in lines_of(documents, address=address)]

    assert [one["schema"] for one in found] == ["Person", "Organization", "Membership", "Person", "Membership"]
    assert_valid(found)
