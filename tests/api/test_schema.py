"""The schema says what the API really answers."""

import io

import jsonschema
import pytest
from django.core.management import call_command

from cases.api.description import openapi
from cases.api.shapes import serializer_of
from cases.published.filters import CaseFilterForm
from tests.published.samples import case, full_case, publish, publish_provision, publish_site

pytestmark = pytest.mark.django_db


def answer_schema(path: str, status: str = "200"):
    """Return the JSON schema of an answer, with nullable fields said as JSON Schema says them."""
    schema = openapi()
    offered = schema["paths"][path]["get"]["responses"][status]["content"]
    (content,) = (one["schema"] for one in offered.values())
    return _plain({**content, "components": schema["components"]})


def _plain(node):
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    whole, part = node.get("anyOf", [{}, {}])[:2]
    if part.get("$ref", "") == f"{whole.get('$ref')}Part":  # without `fields` nothing is left out
        return _plain({**{key: value for key, value in node.items() if key != "anyOf"}, **whole})
    plain = {key: _plain(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True:
        return {"anyOf": [plain, {"type": "null"}]}
    if plain.get("type") == "object" and "properties" in plain and isinstance(plain["properties"], dict):
        plain.setdefault("additionalProperties", False)
    return plain


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/api/v1/cases/", "/api/v1/cases/"),
        ("/api/v1/cases/22222B/", "/api/v1/cases/{code}/"),
        ("/api/v1/cases/22222A/", "/api/v1/cases/{code}/"),
        ("/api/v1/cases/22222B/versions/1/", "/api/v1/cases/{code}/versions/{number}/"),
        ("/api/v1/sites/", "/api/v1/sites/"),
        ("/api/v1/sites/sizo-1/", "/api/v1/sites/{slug}/"),
        ("/api/v1/provisions/", "/api/v1/provisions/"),
        ("/api/v1/provisions/rf-205-5-2/", "/api/v1/provisions/{slug}/"),
        ("/api/v1/", "/api/v1/"),
        ("/api/v1/cases/22222B/versions/", "/api/v1/cases/{code}/versions/"),
        ("/api/v1/proceedings/", "/api/v1/proceedings/"),
        ("/api/v1/proceedings/22222B-1/", "/api/v1/proceedings/{code}-{number}/"),
        ("/api/v1/organisations/", "/api/v1/organisations/"),
        ("/api/v1/organisations/memorial/", "/api/v1/organisations/{slug}/"),
        ("/api/v1/statistics/", "/api/v1/statistics/"),
        ("/api/v1/search/?q=server", "/api/v1/search/"),
        ("/api/v1/changes/", "/api/v1/changes/"),
    ],
)
def test_answers_are_exactly_of_the_shape_that_the_schema_says(client, address, path):
    publish(full_case("22222B"))
    publish(case("22222A"))
    publish_site("sizo-1")
    publish_provision()

    response = client.get(address)

    assert response.status_code == 200
    jsonschema.validate(response.json(), answer_schema(path))


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("/api/v1/cases/?colour=red", "/api/v1/cases/", 400),
        ("/api/v1/cases/?site=nowhere", "/api/v1/cases/", 404),
        ("/api/v1/cases/ZZZZZZ/", "/api/v1/cases/{code}/", 404),
    ],
)
def test_errors_are_of_the_shape_that_the_schema_says(client, address, path, status):
    response = client.get(address)

    assert response.status_code == status
    jsonschema.validate(response.json(), answer_schema(path, str(status)))


def test_the_schema_is_served_and_is_valid_openapi(client):
    response = client.get("/api/v1/schema/")

    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.")
    output = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=output)
    assert "/api/v1/cases/" in output.getvalue()


def test_the_schema_names_every_filter_with_its_words():
    parameters = {one["name"]: one for one in openapi()["paths"]["/api/v1/cases/"]["get"]["parameters"]}

    assert set(parameters) == {*CaseFilterForm.base_fields, "cursor", "limit", "fields"}
    assert "in_custody" in parameters["status"]["schema"]["items"]["enum"]
    assert (parameters["status"]["schema"]["type"], parameters["status"]["explode"]) == ("array", True)
    assert parameters["sentence_at_least"]["schema"]["type"] == "integer"
    assert all(one["in"] == "query" and one["description"] for one in parameters.values())


def test_a_type_that_cannot_be_said_is_an_error_and_not_a_guess():
    class Odd(dict):
        __annotations__ = {"what": complex}

    with pytest.raises(TypeError, match="complex"):
        serializer_of(Odd)
