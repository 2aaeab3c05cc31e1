"""The calculator of terms: boxes in, the working out, nothing kept, every mistake beside its box."""

from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup

ADDRESS = "/en/law/term/"
CASE = {
    "years": "5",
    "offences": "223.1",
    "in_force": "18.08.2022",
    "regime_0": "general",
    "kind_0": "sizo",
    "start_0": "10 March 2021",
}


def shown(response: Any) -> BeautifulSoup:
    text = response.content.decode()
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return BeautifulSoup(text, "html5lib")


def test_the_steps_are_those_of_the_command(client):
    page = shown(client.post(ADDRESS, CASE))
    assert page.select_one(".computed").get_text() == "Last day: between 17 June 2025 and 19 June 2025"
    working = [item.find(string=True) for item in page.select(".working li")]
    assert working[2] == (
        "Detention (SIZO), first day 10 March 2021, last day 17 August 2022, 526 days: one day counts for 1.5 days of the "
        "sentence; 789 days are taken off."
    )
    assert "art. 72(3.1)" in page.select(".working .rule")[2].get_text()
    assert "Legal data awaiting review" in page.select_one(".warning").get_text()


def test_what_was_written_stays_in_the_boxes_and_in_no_address(client):
    response = client.post(ADDRESS, CASE)
    page = shown(response)
    assert {name: page.select_one(f"[name={name}]")["value"] for name in ("years", "offences", "start_0")} == {
        "years": "5", "offences": "223.1", "start_0": "10 March 2021",
    }  # fmt: skip
    assert page.select_one("form.term")["method"] == "post"
    assert (response.cookies, "no-store" in response["Cache-Control"]) == ({}, True)


def test_parts_are_told_with_the_day_of_transfer(client):
    parts = {"regime_0": "prison", "part_years_0": "2", "regime_1": "strict"}
    page = shown(client.post("/uk/law/term/", {**CASE, **parts}))
    assert [row.get_text(" ", strip=True) for row in page.select("dl.pairs")[0].select("div")] == [
        "Тюрма → Суворий режим 10 березня 2023"
    ]


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"years": ""}, "years"),
        ({"years": "-1"}, "years"),
        ({"years": "x"}, "years"),
        ({"life": "on"}, "life"),
        ({"offences": "terrorism"}, "offences"),
        ({"in_force": ""}, "in_force"),
        ({"in_force": "soon"}, "in_force"),
        ({"in_force": "before 2019"}, "in_force"),
        ({"kind_0": ""}, "kind_0"),
        ({"kind_0": "jail"}, "kind_0"),
        ({"kind_2": "sizo"}, "start_2"),
        ({"end_0": "2020"}, "end_0"),
        ({"start_0": "2023"}, "start_0"),
        ({"in_force": "31.12.1996", "start_0": "1996"}, "in_force"),
        ({"years": "", "life": "on", "part_years_0": "25"}, "part_years_0"),
        ({"part_years_0": "6"}, "part_years_0"),
        ({"part_years_0": "1", "part_years_1": "6"}, "regime_1"),
        ({"regime_1": "strict"}, "part_years_0"),
    ],
)
def test_a_mistake_stands_beside_its_box_and_nothing_is_counted(client, change, box):
    response = client.post(ADDRESS, {**CASE, **change})
    page = shown(response)
    assert response.status_code == 400
    assert page.select(".computed") == []
    assert page.select_one(f"#id_{box}_error, #id_{box} ~ .error, .check + .error") is not None
    assert [link["href"] for link in page.select(".problems a")] == [f"#id_{box}"]


def test_a_mistake_is_told_in_the_language_of_the_page(client):
    page = shown(client.post("/uk/law/term/", {**CASE, "end_0": "2020"}))
    assert page.select_one("#id_end_0_error").get_text() == (
        "Тримання закінчується раніше, ніж починається: виправте одну з двох дат."
    )
    page = shown(client.post("/uk/law/term/", {**CASE, "kind_0": ""}))
    assert page.select_one("#id_kind_0_error").get_text() == "Виберіть зі списку."
    page = shown(client.post("/uk/law/term/", {**CASE, "years": "99"}))
    assert page.select_one(".problems li").get_text(" ", strip=True) == "Роки Напишіть ціле число від 0 до 60."


@pytest.mark.django_db
def test_no_other_way_of_asking_is_answered(client):
    assert client.put(ADDRESS).status_code == 405
    assert shown(client.get(ADDRESS, {"years": "5"})).select_one(".counted") is None
    assert shown(client.post(ADDRESS, CASE)).select_one(".counted") is not None
