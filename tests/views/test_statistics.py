"""The page of statistics: sentences with their lists, charts with their files, days, comparisons."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.exports.chart_files import COLOURS
from cases.published.charts import NAMES
from tests.documents import case_document, event_document, publish

PATH = "/en/statistics/"


def page(reader, path=PATH):
    response = reader.get(path)
    assert response.status_code == 200, response.content[:400]
    return BeautifulSoup(response.content, "html5lib")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_headline_says_what_is_counted_as_of_when_and_leads_to_the_lists(published, reader):
    found = page(reader)
    assert words(found.select_one(".page-head p")) == "State on 22 November 2026, by everything that is published."
    assert [(words(one), one["href"]) for one in found.select(".figures a")] == [
        ("1 in custody", "/en/cases/?status=in_custody"),
        ("1 person published, free or held", "/en/cases/"),
    ]
    assert "1 of all people published is invented for demonstration." in words(found.select_one(".figures-note"))


def test_every_number_of_every_table_leads_to_a_list_of_as_many_people(published, reader):
    publish(case_document(code="ANOTHR", slug="another", events=[], stays=[], proceedings=[], sex="female"))
    links = page(reader).select(".numbers td a")
    assert len(links) > 20
    for address, people in {(link["href"], words(link)) for link in links}:
        assert (address, words(page(reader, address).select_one(".count-line strong")).split()[0]) == (address, people)


def test_each_chart_has_two_drawings_with_their_credit_and_a_table(published, reader):
    charts = page(reader).select(".chart")
    assert len(charts) == len(NAMES) - 1  # nobody died
    for chart in charts:
        assert [drawing["class"][1] for drawing in chart.select("svg")] == ["drawing--wide", "drawing--narrow"]
        for drawing in chart.select("svg"):
            credit = words(drawing).split("Case tracker: ", 1)[1]
            assert credit.startswith("state on 22 November 2026, as published by 22 November 2026. Counts people")
            assert credit.endswith("http://testserver/en/statistics/")
        assert chart.select_one("table caption") is not None


def test_two_shades_are_explained_where_a_chart_has_both(published, reader):
    publish(case_document(code="ANOTHR", slug="another", events=[], stays=[], proceedings=[], sex="female"))
    keyed = {chart.h2.text for chart in page(reader).select(".chart") if chart.select_one(".key")}
    assert "Status" in keyed
    assert not {"In custody, year by year", "Places of detention", "Time in custody so far"} & keyed


def test_files_of_a_chart_are_its_numbers_and_its_drawing(published, reader):
    written = reader.get("/en/statistics/articles.csv")
    rows = list(csv.DictReader(io.StringIO(written.content.decode("utf-8-sig"))))
    assert rows[0] == {
        "chart": "articles",
        "value": "205.5",
        "label": "205.5",
        "people": "1",
        "in_custody": "1",
        "on": "2026-11-22",
        "known": "2026-11-22",
        "invented_in_all": "1",
        "list": "http://testserver/en/cases/?article=205.5",
    }
    assert written["Content-Disposition"] == 'attachment; filename="articles-2026-11-22-en.csv"'
    drawn = reader.get("/uk/statistics/articles.svg")
    root = ET.fromstring(drawn.content)  # noqa: S314 - our own
    said = " ".join(root.itertext())
    assert (drawn["Content-Type"], "Статті" in said, "Реєстр справ" in said) == (
        "image/svg+xml; charset=utf-8",
        True,
        True,
    )
    assert not re.search(rb"<style|<script|href", drawn.content)


@pytest.mark.parametrize(
    "path", ["/en/statistics/nothing.csv", "/en/statistics/deaths.svg", "/en/statistics/ages.csv?on=2020-01-01"]
)
def test_a_chart_that_there_is_not_has_no_files(published, reader, path):
    assert reader.get(path).status_code == 404


def test_colours_of_the_files_are_those_of_the_site():
    tokens = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    light = dict(re.findall(r"--([\w-]+): (#\w+);", tokens[: tokens.index("@media")]))
    names = {
        "paper": "paper",
        "axis": "line-strong",
        "bar": "sea-pale",
        "held": "sea",
        "tick": "soft",
        "credit": "soft",
    }
    names |= dict.fromkeys(("title", "label", "number"), "ink")
    assert {kind: light[name] for kind, name in names.items()} == COLOURS


def test_a_past_day_is_counted_by_its_own_facts_and_leads_to_its_lists(published, reader):
    found = page(reader, f"{PATH}?on=2019-01-01")
    assert words(found.select_one(".page-head p")) == "State on 1 January 2019, by everything that is published now."
    links = [(words(one), one["href"]) for one in found.select(".figures a")]
    assert links == [
        ("1 in custody", "/en/cases/?status=in_custody&status_on=2019-01-01"),
        ("1 person whose case had begun", "/en/cases/?status_on=2019-01-01"),
    ]
    assert words(page(reader, links[0][1]).select_one(".count-line strong")) == "1 person"
    assert words(page(reader, f"{PATH}?on=2018-05-20").select_one(".figures")) == "0 in custody"


def test_what_was_published_by_a_day_leads_to_no_lists(published, reader):
    found = page(reader, f"{PATH}?on=2019-01-01&known=2026-11-21")
    assert words(found.select_one(".figures")) == "0 in custody"
    assert found.select(".figures a, .numbers a") == []
    assert "lead to no lists" in words(found.select_one(".figures-note"))


def test_two_days_are_compared_with_the_reasons(published, reader):
    publish(
        case_document(
            code="ANOTHR", slug="another", stays=[], proceedings=[], events=[event_document("arrest", "2020")]
        )
    )
    found = page(reader, f"{PATH}?with_on=2019-01-01&with_known=2026-11-21")
    assert [words(row) for row in found.select(".steps tbody tr")][:2] == [
        "In custody 0 +1 0 +1 0 2",
        "All people whose cases had begun 0 +1 0 +1 0 2",
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("on=yesterday", "Write a day like 2023-01-31: year, month, day."),
        ("on=2030-01-01", "Choose a day from 1900 on that is not after today."),
        ("when=2020-01-01", "There is no parameter “when”. There are: on, known, with_on, with_known."),
    ],
)
def test_a_day_that_is_not_understood_is_said_and_nothing_is_counted(published, reader, query, message):
    response = reader.get(f"{PATH}?{query}")
    found = BeautifulSoup(response.content, "html5lib")
    assert (response.status_code, message in words(found.main), found.select(".figures, .chart")) == (400, True, [])
    file = reader.get(f"/en/statistics/status.csv?{query}")
    assert (file.status_code, message in file.content.decode()) == (400, True)


def test_sources_that_disagree_about_the_population_are_both_shown(published, reader):
    said = words(page(reader).select_one(".representation"))
    assert "1 of the 1 people in custody connected with the region (Autonomous Republic of Crimea): 100 %." in said
    assert "13 % (Refat Chubarov" in said
    assert "12 % (the same text" in said
    assert "That is about 5.1 to 5.5 times the share of the population." in said
    assert "Of so few people, a share says little." in said
    assert "await review" in said


def test_a_reader_who_has_the_page_gets_304_until_a_number_changes(published, reader):
    etag = reader.get(PATH)["ETag"]
    assert reader.get(PATH, headers={"If-None-Match": etag}).status_code == 304
    publish(case_document(code="ANOTHR", slug="another"))
    assert reader.get(PATH, headers={"If-None-Match": etag}).status_code == 200


def test_the_page_asks_as_much_of_three_people_as_of_one(published, reader):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(reader)
        counts.append(len(queries))
        for place in range(2):
            publish(case_document(code=f"MANY{number + 2}{place + 2}", slug=f"many-{number}-{place}"))
    assert counts[0] == counts[1] <= 10
