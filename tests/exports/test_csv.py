"""The CSV file: opens in a spreadsheet as it should, follows the filters, carries every public column and nothing else."""

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest
import time_machine
from django.db import connections, router
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cases.domain.csv_cells import neutral
from cases.exports import reading
from cases.published.columns import COLUMNS
from cases.published.models import PublishedCase
from tests.published.samples import (
    case,
    code_of,
    decision,
    event,
    full_case,
    name,
    proceeding,
    publish,
    publish_many,
    sentence,
    withdraw,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def fetch(client, query="", language="en"):
    response = client.get(f"/{language}/cases/export.csv?{query}")
    assert response.status_code == 200
    return response, b"".join(response.streaming_content)


def rows_in(client, query="", language="en"):
    _response, content = fetch(client, query, language)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_file_is_utf_8_with_a_mark_crlf_and_a_dated_name(client):
    publish(full_case())

    response, content = fetch(client)

    assert content.startswith(b"\xef\xbb\xbfcode,url,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="cases-2026-01-01-en.csv"'
    assert response.streaming
    assert "Set-Cookie" not in response


def test_the_header_is_the_data_dictionary(client):
    publish(case())

    (row,) = rows_in(client)

    assert list(row) == [column.name for column in COLUMNS]
    assert len(set(row)) == len(COLUMNS)
    assert all(str(column.title) and str(column.description) for column in COLUMNS)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_two_columns_have_the_same_heading_in_words(language):
    with translation.override(language):
        titles = [str(column.title) for column in COLUMNS]
    assert sorted(set(titles)) == sorted(titles)


def test_a_line_tells_the_whole_case(client):
    publish(full_case("22222B"))

    (row,) = rows_in(client)

    assert row == {
        "code": "22222B",
        "url": "http://testserver/en/cases/22222B/server-mustafayev/",
        "permanent_url": "http://testserver/en/cases/22222B/v/1/",
        "version": "1",
        "published_at": "2025-06-01T12:00:00Z",
        "notice": "",
        "kind": "contemporary",
        "name_en": "Server Mustafayev",
        "name_uk": "Сервер Мустафаєв",
        "name_crh_latn": "Server Mustafayev",
        "name_crh_cyrl": "",
        "name_ru": "Сервер Мустафаев",
        "other_names": "",
        "sex": "male",
        "born": "1986-05-05",
        "died": "",
        "ethnicity": "crimean_tatar",
        "religion": "muslim",
        "citizenships": "UA",
        "roles": "human_rights_defender",
        "affiliations": "Crimean Solidarity (cofounder)",
        "birthplace": "Birthtown",
        "birthplace_region": "UA-43",
        "birthplace_sovereign": "UA",
        "birthplace_controlled_by": "RU",
        "home": "Bakhchysarai",
        "home_region": "UA-43",
        "home_sovereign": "UA",
        "home_controlled_by": "RU",
        "status": "serving",
        "status_text": "Serving a sentence",
        "status_since": "2022-03-14",
        "status_certain": "yes",
        "in_custody": "yes",
        "held_since": "2018-05-21",
        "days_held_least": "2783",
        "days_held_most": "2783",
        "whereabouts": "",
        "site": "colony-1",
        "site_name": "Site colony-1",
        "site_place": "Rostov",
        "site_place_region": "RU-ROS",
        "site_place_sovereign": "RU",
        "site_place_controlled_by": "RU",
        "release_kind": "",
        "released": "",
        "charges": "205.5(2); 278",
        "legal_codes": "CC RF",
        "first_verdict": "2020-09-16",
        "first_verdict_court": "Rostov court",
        "sentence_years": "14",
        "sentence_months": "",
        "sentence_days": "",
        "sentence_life": "no",
        "sentence_death": "no",
        "sentence_suspended": "no",
        "regimes": "strict",
        "fine": "",
        "assessments": "Memorial: political_prisoner (2019)",
        "sources": "2",
        "summary_en": "A human-rights defender.",
        "summary_uk": "Правозахисник.",
    }


def test_the_file_speaks_the_language_of_its_address(client):
    publish(full_case("22222B"))

    (row,) = rows_in(client, language="uk")

    assert row["url"] == "http://testserver/uk/cases/22222B/server-mustafayev/"
    assert row["site_name"] == "Місце colony-1"
    assert row["status"] == "serving"


def test_links_lead_to_the_public_address_where_it_is_set(client, settings):
    settings.SITE_URL = "https://cases.example.org"
    publish(full_case("22222B"))

    (row,) = rows_in(client)

    assert row["url"] == "https://cases.example.org/en/cases/22222B/server-mustafayev/"


def test_an_invented_case_says_so(client):
    publish(case(invented=True))

    (row,) = rows_in(client)

    assert row["notice"] == "Invented demonstration case"


def test_a_case_with_its_name_withheld_has_initials_and_no_name_in_its_address(client):
    publish(case("22222B", consent="initials", slug="", name={"en": "S. M.", "uk": "С. М."}, born="1986"))

    (row,) = rows_in(client)

    assert (row["name_en"], row["name_uk"], row["born"]) == ("S. M.", "С. М.", "1986")
    assert row["url"] == "http://testserver/en/cases/22222B/"


def test_a_released_person_and_other_names(client):
    publish(
        case(
            "22222B",
            events=[event("arrest", "2018-05"), event("release", "2020-06-01", release_kind="parole")],
            names=[name("Server Mustafaiev", "uk-Latn", "romanised"), name("Server Mustafayev", "en")],
            proceedings=[proceeding(decision("convicted", "2019", sentence=sentence(life=True)))],
        )
    )

    (row,) = rows_in(client)

    assert (row["status"], row["release_kind"], row["released"]) == ("released", "parole", "2020-06-01")
    assert (row["site"], row["in_custody"]) == ("", "no")
    assert row["other_names"] == "Server Mustafaiev (uk-Latn)"
    assert (row["sentence_life"], row["sentence_years"]) == ("yes", "")
    assert int(row["days_held_least"]) < int(row["days_held_most"])


def test_the_file_follows_filters_and_order(client):
    publish(case(code_of(1), name={"en": "Zoya", "uk": "Зоя"}))
    publish(case(code_of(2), name={"en": "Anna", "uk": "Анна"}))
    publish(case(code_of(3), name={"en": "Mykola", "uk": "Микола"}, kind="historical"))

    assert [row["name_en"] for row in rows_in(client, "kind=contemporary")] == ["Zoya", "Anna"]  # by code
    assert [row["name_en"] for row in rows_in(client, "kind=contemporary&ordering=name")] == ["Anna", "Zoya"]
    assert [row["name_en"] for row in rows_in(client, "kind=contemporary&ordering=-name")] == ["Zoya", "Anna"]
    assert rows_in(client, "q=nobody") == []


def test_withdrawn_and_expired_cases_are_not_in_the_file(client):
    publish(full_case(code_of(1)), show_until=dt.date(2025, 12, 31))
    publish(full_case(code_of(2)))
    withdraw(code_of(2))
    publish(full_case(code_of(3)), show_until=dt.date(2026, 1, 1))

    assert [row["code"] for row in rows_in(client)] == [code_of(3)]


@pytest.mark.parametrize("query", ["status=jailed", "colour=red", "q=%00", "cursor=x", "arrested_after=soon", "%00=1"])
def test_what_is_not_understood_is_refused_by_name(client, query):
    response = client.get(f"/en/cases/export.csv?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    field = query.split("=")[0].replace("%00", "\N{REPLACEMENT CHARACTER}")
    assert response.content.decode().startswith(f"{field}: ")


def test_only_reading_is_allowed(client):
    assert client.post("/en/cases/export.csv").status_code == 405


def test_many_cases_cost_a_query_for_every_batch(client, monkeypatch):
    monkeypatch.setattr("cases.exports.csv.CSV", replace(reading.CSV, at_once=2))
    publish_many(5)

    with CaptureQueriesContext(connections[router.db_for_read(PublishedCase)]) as queries:
        rows = rows_in(client)

    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    assert len(rows) == 5
    assert len(queries) == 5  # one tells whether what is public has changed


def test_reading_the_file_leaves_the_language_of_the_thread_as_it_was(client):
    publish(case())
    with translation.override("en"):
        response = client.get("/uk/cases/export.csv")
    with translation.override("en"):
        pieces = iter(response.streaming_content)
        next(pieces)
        next(pieces)

        assert translation.get_language() == "en"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+380",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\N{NO-BREAK SPACE}=1",
        "\N{ZERO WIDTH SPACE}=1",
        "\N{ZERO WIDTH NO-BREAK SPACE}=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " ＝cmd",
    ],
)
def test_a_cell_that_begins_like_a_formula_is_neutralised(cell):
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Server", "2018-05-21", "../2019", "205.5(2)", "a=b", "'quoted", "  x", 0, -5])
def test_other_cells_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_nothing_is_an_empty_cell():
    assert neutral(None) == ""


def test_a_name_like_a_formula_is_neutralised_in_the_file(client):
    publish(
        case(name={"en": '=HYPERLINK("https://example.org")', "uk": "Ім’я"}, summary={"en": '@import\nlines, "quoted"'})
    )

    (row,) = rows_in(client)

    assert row["name_en"] == '\'=HYPERLINK("https://example.org")'
    assert row["summary_en"] == '\'@import\nlines, "quoted"'
