"""schema.org: what a Person says, what it never says, and that no text ends the block that holds it."""

import datetime as dt
import json

from cases.exports.linked_data import data_block, dataset_of, person_of
from tests.published.samples import case, event, full_case, russian_place

CHANGED = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)


def person(document):
    return person_of(document, address=lambda path: f"https://cases.example.org{path}", changed=CHANGED)


def keys_in(node):
    if isinstance(node, list):
        return {key for one in node for key in keys_in(one)}
    return {*node, *(key for value in node.values() for key in keys_in(value))} if isinstance(node, dict) else set()


def test_a_person_is_told_in_the_words_of_schema_org():
    found = person(full_case("22222B", sources=[]))

    assert found == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": "https://cases.example.org/en/cases/22222B/server-mustafayev/#person",
        "identifier": "22222B",
        "url": [f"https://cases.example.org/{one}/cases/22222B/server-mustafayev/" for one in ("en", "uk")],
        "name": [
            {"@value": "Server Mustafayev", "@language": "en"},
            {"@value": "Сервер Мустафаєв", "@language": "uk"},
        ],
        "alternateName": [{"@value": "Сервер Мустафаев", "@language": "ru"}],
        "description": [
            {"@value": "A human-rights defender.", "@language": "en"},
            {"@value": "Правозахисник.", "@language": "uk"},
        ],
        "gender": "Male",
        "birthDate": "1986-05-05",
        "birthPlace": {
            "@type": "Place",
            "name": [{"@value": "Birthtown", "@language": "en"}, {"@value": "Сімферополь", "@language": "uk"}],
            "address": {"@type": "PostalAddress", "addressCountry": "UA", "addressRegion": "UA-43"},
        },
        "homeLocation": {
            "@type": "Place",
            "name": [{"@value": "Bakhchysarai", "@language": "en"}, {"@value": "Сімферополь", "@language": "uk"}],
            "address": {"@type": "PostalAddress", "addressCountry": "UA", "addressRegion": "UA-43"},
        },
        "jobTitle": ["Human-rights defender"],
        "memberOf": [{"@type": "Organization", "name": "Crimean Solidarity"}],
        "knowsLanguage": ["crh-Latn"],
        "award": ["Award"],
        "image": {
            "@type": "ImageObject",
            "contentUrl": f"https://cases.example.org/photos/{'a' * 64}.jpg",
            "creditText": "Photo: A.",
        },
        "subjectOf": {
            "@type": "WebPage",
            "@id": "https://cases.example.org/en/cases/22222B/server-mustafayev/",
            "dateModified": "2025-06-01T12:00:00+00:00",
        },
    }


def test_an_award_is_told_in_every_language_in_one_list():
    award = event("award", "2020", title={"en": "Prize", "uk": "Премія"})

    assert person(case(events=[award, event("award", "2021", title={"en": "Medal"})]))["award"] == [
        {"@value": "Prize", "@language": "en"},
        {"@value": "Премія", "@language": "uk"},
        "Medal",
    ]


def test_what_a_state_accuses_somebody_of_is_said_nowhere():
    text = json.dumps(person(full_case()))

    assert [
        one for one in ("205.5", "278", "terror", "crim", "convict") if one in text.lower().replace("crimea", "")
    ] == []


def test_what_is_not_known_is_not_there_and_the_name_of_initials_has_no_slug():
    found = person(case("22222B", slug="", name={"en": "S. M.", "uk": "S. M."}, born="1986~", sex=""))

    assert found["name"] == "S. M."
    assert found["url"][1] == "https://cases.example.org/uk/cases/22222B/"
    assert keys_in(found) & {"birthDate", "gender", "birthPlace", "image", "jobTitle"} == set()
    assert person(case(birthplace=russian_place()))["birthPlace"]["address"]["addressCountry"] == "RU"


def test_confidential_sources_are_not_cited():
    hidden = {**full_case()["sources"][0], "confidential": True, "title": "canary"}

    assert "canary" not in json.dumps(person(full_case(sources=[hidden])))


def test_no_text_ends_the_block_of_data_or_begins_another():
    node = {"name": "</script><script>alert(1)</script><!--\u2028&"}

    block = data_block(node)

    assert block.count("<") == 2
    assert (block.startswith('<script type="application/ld+json">'), block.endswith("</script>")) == (True, True)
    assert json.loads(block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == node


def test_a_dataset_names_its_files():
    found = dataset_of(
        name="Cases",
        description="All",
        page="https://a/en/",
        language="en",
        licence="CC BY 4.0, https://licences.example/by/",
        creator={"name": "The tracker", "url": "https://a/"},
        downloads=[("CSV", "https://a/x.csv", "text/csv")],
    )

    assert found["distribution"] == [
        {"@type": "DataDownload", "name": "CSV", "contentUrl": "https://a/x.csv", "encodingFormat": "text/csv"}
    ]
    assert found["spatialCoverage"]["address"]["addressCountry"] == "UA"
    assert found["license"] == "https://licences.example/by/"
    assert found["creator"] == {"@type": "Organization", "name": "The tracker", "url": "https://a/"}


def test_a_source_names_its_publisher_as_an_organisation():
    document = full_case()
    source = {**document["sources"][0], "confidential": False, "publisher": "Invented press", "title": "A report"}
    [cited] = person({**document, "sources": [source]})["subjectOf"]["citation"]
    assert cited["publisher"] == {"@type": "Organization", "name": "Invented press"}
    [cited] = person({**document, "sources": [{**source, "publisher": ""}]})["subjectOf"]["citation"]
    assert "publisher" not in cited
