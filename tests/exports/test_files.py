"""XLSX, GeoJSON and the archive: other programs read them, and they say what the page says."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup

from cases.exports import xlsx, xlsx_parts
from cases.published.columns import COLUMNS
from tests.exports.test_csv import fetch
from tests.published.samples import (
    case,
    code_of,
    full_case,
    place,
    publish,
    publish_many,
    publish_site,
    russian_place,
    site_reference,
    stay,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
MAIN = {"m": xlsx_parts.MAIN, "r": xlsx_parts.RELATIONS}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def content_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def part(content, name):
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))  # noqa: S314 - our own


def cells(row):
    """Return the values of a row: text, a number, or None; with the style of each."""
    found = []
    for cell in row.findall("m:c", MAIN):
        text, value = cell.find("m:is/m:t", MAIN), cell.find("m:v", MAIN)
        said = text.text if text is not None else float(value.text) if value is not None else None
        found.append((said, cell.get("s")))
    return found


def sheet(content, number=1):
    return part(content, f"xl/worksheets/sheet{number}.xml")


def rows_of_sheet(content, number=1):
    return [cells(row) for row in sheet(content, number).findall("m:sheetData/m:row", MAIN)]


def test_a_workbook_has_words_numbers_days_and_links(client):
    publish(full_case("22222B", born="1986-05", summary={"en": "=1+1 <b> & _x000D_", "uk": "Правозахисник."}))

    content = content_of(client, "/uk/cases/export.xlsx")

    head, line = rows_of_sheet(content)
    assert [text for text, _style in head][:3] == ["Код", "Сторінка", "Постійне посилання"]
    said = dict(zip([column.name for column in COLUMNS], line, strict=True))
    assert said["code"] == ("22222B", None)
    assert said["version"] == (1.0, None)
    assert said["days_held_least"] == (2783.0, None)
    assert said["held_since"] == (43241.0, "2")  # 21 May 2018
    assert said["born"] == ("1986-05", None)
    assert said["published_at"] == (45809.5, "3")
    assert said["notice"] == (None, None)
    assert said["summary_en"] == ("=1+1 <b> & _x005F_x000D_", None)
    assert said["url"] == ("http://testserver/uk/cases/22222B/server-mustafayev/", "4")
    link = part(content, "xl/worksheets/_rels/sheet1.xml.rels")[0]
    assert (link.get("Target"), link.get("TargetMode")) == (said["url"][0], "External")
    assert sheet(content).find("m:hyperlinks/m:hyperlink", MAIN).get("ref") == "B2"


def test_a_workbook_is_frozen_filtered_and_wide_enough(client):
    publish_many(3)

    content = content_of(client, "/en/cases/export.xlsx")

    found = sheet(content)
    last = xlsx_parts.letters(len(COLUMNS) - 1)
    assert found.find(".//m:pane", MAIN).attrib == {
        "xSplit": "1", "ySplit": "1", "topLeftCell": "B2", "activePane": "bottomRight", "state": "frozen"
    }  # fmt: skip
    assert found.find("m:autoFilter", MAIN).get("ref") == f"A1:{last}4"
    widths = [float(column.get("width")) for column in found.findall("m:cols/m:col", MAIN)]
    assert len(widths) == len(COLUMNS)
    assert all(wide >= len(str(column.title)) for wide, column in zip(widths, COLUMNS, strict=True))
    book = part(content, "xl/workbook.xml")
    assert [one.get("name") for one in book.findall("m:sheets/m:sheet", MAIN)] == ["Cases", "Dictionary"]
    assert [one.text for one in book.findall("m:definedNames/m:definedName", MAIN)] == [
        f"'Cases'!$A$1:${last}$4",
        f"'Dictionary'!$A$1:$D${len(COLUMNS) + 1}",
    ]
    assert [row[1][0] for row in rows_of_sheet(content, 2)] == ["Column", *(column.name for column in COLUMNS)]


def test_text_like_a_formula_is_text_without_a_mark(client):
    publish(case(name={"en": '=HYPERLINK("https://example.org")', "uk": "Ім’я"}))

    content = content_of(client, "/en/cases/export.xlsx")

    _head, line = rows_of_sheet(content)
    assert ('=HYPERLINK("https://example.org")', None) in line
    assert sheet(content).find(".//m:f", MAIN) is None


def test_a_full_sheet_is_followed_by_another(client, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    monkeypatch.setattr(xlsx, "WRITTEN", 2)
    monkeypatch.setattr(xlsx, "MOST_LINKS", 1)
    publish_many(5)

    content = content_of(client, "/en/cases/export.xlsx")

    names = [one.get("name") for one in part(content, "xl/workbook.xml").findall("m:sheets/m:sheet", MAIN)]
    assert names == ["Cases", "Cases 2", "Cases 3", "Dictionary"]
    assert [len(rows_of_sheet(content, number)) for number in (1, 2, 3)] == [3, 3, 2]
    assert len(sheet(content, 2).findall(".//m:hyperlink", MAIN)) == 1


@pytest.mark.parametrize(
    ("place", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered(place, expected):
    assert xlsx_parts.letters(place) == expected


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", "<c/>"),
        ("2018-05", '<c t="inlineStr"><is><t>2018-05</t></is></c>'),
        ("1900-02-28", '<c t="inlineStr"><is><t>1900-02-28</t></is></c>'),
        ("1900-03-01", '<c s="2"><v>61</v></c>'),
    ],
)
def test_a_day_is_a_day_and_the_rest_is_text(text, cell):
    assert xlsx._day(text) == cell


def test_a_text_too_long_for_a_cell_is_cut():
    assert list(xlsx._rows_in(f"A,{'<' * 40_000}\r\n")) == [["A", "&lt;" * 32_766 + "…"]]


def test_headings_of_csv_are_words_where_they_are_asked_for(client):
    publish(case())

    _response, content = fetch(client, "headings=words", "uk")

    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[0] == "Код"
    assert client.get("/en/cases/export.csv?headings=loud").status_code == 400
    assert client.get("/en/cases/export.xlsx?headings=words").status_code == 400


def test_a_site_counts_nobody_whose_consent_has_ended_before_any_command_runs(client):
    publish_site("sizo-1")
    held = [stay("2020", site=site_reference("sizo-1"))]
    publish(case(code_of(1), stays=held), show_until=dt.date(2025, 12, 31))

    file = json.loads(b"".join(client.get("/en/sites/export.geojson").streaming_content))
    assert file["features"][0]["properties"]["held_now"] == 0
    assert "person held now" not in client.get("/en/sites/").content.decode()


def test_sites_are_points_with_who_is_held_there(client):
    publish_site("sizo-1", latitude=44.94829, longitude=34.1)
    publish_site("colony-1", latitude=None, longitude=None)
    publish(case(code_of(1), stays=[stay("2020", site=site_reference("sizo-1"))]))

    response = client.get("/uk/sites/export.geojson")

    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Disposition"] == 'attachment; filename="sites-2026-01-01-uk.geojson"'
    found = json.loads(b"".join(response.streaming_content))
    assert (found["type"], len(found["features"])) == ("FeatureCollection", 2)
    by_slug = {one["id"]: one for one in found["features"]}
    assert by_slug["sizo-1"]["geometry"] == {"type": "Point", "coordinates": [34.1, 44.94829]}
    assert by_slug["sizo-1"]["properties"]["held_now"] == 1
    assert by_slug["sizo-1"]["properties"]["url"] == "http://testserver/uk/sites/sizo-1/"
    assert by_slug["colony-1"]["geometry"] is None


def test_sites_are_the_same_on_the_page_in_the_file_and_over_the_api(client):
    publish_site("sizo-1")
    publish_site("sizo-2", place=place("kherson", region="UA-65"))
    publish_site("colony-1", place=russian_place(), kind="colony")

    for query, expected in (
        ("", {"sizo-1", "sizo-2", "colony-1"}),
        ("region=UA-43", {"sizo-1"}),
        ("region=&kind=colony", {"colony-1"}),
        ("region=UA-43&kind=colony", set()),
    ):
        page = BeautifulSoup(client.get(f"/en/sites/?{query}").content, "html5lib")
        listed = [link["href"].split("/")[3] for link in page.select("[aria-labelledby=all] .row-title")]
        file = page.select_one("main a[href*=geojson]")["href"]
        features = json.loads(b"".join(client.get(file).streaming_content))["features"]
        told = client.get(f"/api/v1/sites/?{query.replace('region=&', '')}").json()["results"]
        assert len(listed) == len(expected)
        assert set(listed) == {one["id"] for one in features} == {one["slug"] for one in told} == expected


def test_a_wrong_filter_of_sites_is_said_beside_its_box_and_refused_by_the_file(client):
    for query, name in (("region=Crimea", "region"), ("kind=castle", "kind"), ("colour=red", "colour")):
        page = client.get(f"/en/sites/?{query}")
        assert page.status_code == 400
        assert BeautifulSoup(page.content, "html5lib").select_one(".problems") is not None
        refused = client.get(f"/en/sites/export.geojson?{query}")
        assert (refused.status_code, refused.content.decode().split(":")[0]) == (400, name)


def test_an_archive_ends_with_the_sums_of_what_it_holds(client):
    publish(full_case("22222B"))
    publish(case("22222C", kind="historical"))

    content = content_of(client, "/en/cases/export.zip?kind=contemporary")

    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist() == ["cases.csv", "dictionary.csv", "LICENCE.txt", "CITATION.txt", "manifest.json"]
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["cases"], manifest["filter"], manifest["as_of"]) == (1, "kind=contemporary", "2026-01-01")
    for one in manifest["files"]:
        read = archive.read(one["name"])
        assert (one["bytes"], one["sha256"]) == (len(read), hashlib.sha256(read).hexdigest())
    assert manifest["files"][0]["rows"] == 1
    _response, alone = fetch(client, "kind=contemporary")
    assert archive.read("cases.csv") == alone
    assert "CC BY 4.0" in archive.read("LICENCE.txt").decode()
    assert archive.read("CITATION.txt").decode() == (
        "Case tracker. Published cases as of 1 January 2026: 1. http://testserver/en/\n"
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "zip"])
def test_every_file_refuses_what_it_does_not_understand(client, ending):
    response = client.get(f"/en/cases/export.{ending}?status=jailed")

    assert response.status_code == 400
    assert re.match(r"status: .*jailed", response.content.decode())
