"""Lists of cases, sites and provisions: rows, counts in words, filters with their errors, pages, queries."""

import pytest
from bs4 import BeautifulSoup

from tests.documents import (
    case_document,
    event_document,
    place_document,
    publish,
    publish_site,
    site_document,
    site_reference,
    stay_document,
)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def page(reader, path):
    response = reader.get(path)
    assert response.status_code == 200, response.content[:400]
    return BeautifulSoup(response.content, "html5lib")


def words(element):
    return " ".join(element.get_text(" ").split())


def publish_many(count):
    for place in range(count):
        letter = LETTERS[place % len(LETTERS)] * 2
        name = {"en": f"Someone {letter}{place:02}", "uk": f"Хтось {place:02}"}
        publish(case_document(code=f"MANY{LETTERS[place // 8]}{place % 8 + 2}", slug=f"someone-{place}", name=name))


def test_row_says_name_status_provisions_sentence_and_how_long(published, reader):
    row = page(reader, "/en/cases/").select_one(".people li")
    assert row.a["href"] == "/en/cases/K7Q4M2/invented-person/"
    assert words(row.select_one(".cell--status")) == "Serving a sentence since 14 March 2022"
    assert words(row.select_one(".cell--law")) == "205.5(2), 278 14 years"
    assert words(row.select_one(".cell--held")) == "8 years 6 months held since 21 May 2018"
    assert "21\N{NO-BREAK SPACE}May" in row.select_one(".cell--held").text
    assert "Invented demonstration case" in words(row.select_one(".invented"))


def test_count_is_in_words_of_the_readers_number(published, reader):
    assert words(page(reader, "/en/cases/").select_one(".count-line strong")) == "1 person"
    publish_many(2)
    assert words(page(reader, "/en/cases/").select_one(".count-line strong")) == "3 people"


def test_pages_show_everyone_once_in_both_directions(published, reader):
    publish_many(30)
    first = page(reader, "/en/cases/")
    assert first.select_one("a[rel=prev]") is None
    second = page(reader, "/en/cases/" + first.select_one("a[rel=next]")["href"].removeprefix("/en/cases/"))
    seen = [row.a["href"] for shown in (first, second) for row in shown.select(".people li")]
    assert len(seen) == len(set(seen)) == 31
    back = page(reader, second.select_one("a[rel=prev]")["href"])
    assert [row.a["href"] for row in back.select(".people li")] == seen[:25]


def test_search_finds_the_name_in_another_script(published, reader):
    publish(case_document(code="NTHERE", slug="b", name={"en": "Quite Different", "uk": "Зовсім Інша"}, names=[]))
    found = page(reader, "/en/cases/?q=Вигад")
    assert [row.a["href"] for row in found.select(".people li")] == ["/en/cases/K7Q4M2/invented-person/"]
    assert "1 person found" in words(found.select_one(".count-line"))


def test_a_search_says_why_each_person_was_found_and_orders_by_likeness(published, reader):
    publish(case_document(code="NTHERE", slug="b", name={"en": "Invented Perst", "uk": ""}, names=[]))
    found = page(reader, "/en/cases/?q=Invented+Pers")

    people = ["/en/cases/NTHERE/b/", "/en/cases/K7Q4M2/invented-person/"]
    assert [row.a["href"] for row in found.select(".people li")] == people
    assert [words(why) for why in found.select(".why")] == [
        "Perst begins with what you wrote",
        "Person begins with what you wrote",
    ]
    assert words(found.select_one(".orders summary")) == "Sorted by best match"
    by_name = page(reader, found.select(".orders a")[0]["href"])
    assert words(by_name.select_one(".orders summary")) == "Sorted by name"
    assert len(by_name.select(".people li")) == 2


def test_a_search_that_finds_nobody_suggests_names(published, reader):
    found = page(reader, "/en/cases/?q=Invented+Qwrtzk")

    assert found.select(".people li") == []
    suggested = found.select_one(".suggestions a")
    assert words(suggested) == "Invented Person"
    assert page(reader, suggested["href"]).select(".people li") != []


def test_words_of_a_place_find_it_above_the_people(published, reader):
    home = place_document(slug="dzhankoi", name={"en": "Dzhankoi", "uk": "Джанкой"})
    publish(case_document(code="NTHERE", slug="b", home=home))
    found = page(reader, "/en/cases/?q=Джанкой")

    link = found.select_one("#subjects-place + ul a")
    assert words(link) == "Dzhankoi"
    people = [row.a["href"] for row in page(reader, link["href"]).select(".people li")]
    assert people == [row.a["href"] for row in found.select(".people li")] == ["/en/cases/NTHERE/b/"]


def test_names_are_not_searched_while_their_index_is_missing(published, reader, monkeypatch):
    monkeypatch.setattr("cases.published.case_form.is_ready", lambda: False)
    shown = page(reader, "/en/cases/?q=Person")

    assert "their index is being made" in words(shown.select_one("#id_q_error"))
    assert shown.select(".people li") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [("status=jailed", "id_status"), ("arrested_after=zzz", "id_arrested_after"), ("site=nowhere", "id_site")],
)
def test_error_stands_beside_its_field_and_no_list_is_shown(published, reader, query, field):
    shown = page(reader, f"/en/cases/?{query}")
    told = shown.select_one(f"#{field}_error")
    assert "error" in told["class"]
    assert shown.select_one(f'[aria-invalid="true"][aria-describedby~="{field}_error"]')
    assert all(details.has_attr("open") for details in told.find_parents("details"))
    assert [link["href"] for link in shown.select(".problems a")] == [f"#{field}"]
    assert shown.select_one(f"#{field}")
    assert shown.select(".people li") == []


def test_error_of_a_list_of_choices_speaks_to_people_not_to_programs(published, reader):
    shown = page(reader, "/en/cases/?status=jailed")
    told = "“jailed” is not one of the choices. Choose from the list."
    assert words(shown.select_one("#id_status_error")) == told
    assert words(shown.select_one(".problems li")) == f"Status {told}"
    assert "awaiting_appeal" not in words(shown.main)


def option(shown, name, value):
    """Return what stands beside one option: its words and its number."""
    return words(shown.select_one(f'input[name="{name}"][value="{value}"]').find_parent("label"))


def test_each_option_tells_how_many_people_the_list_would_have_with_it(published, reader):
    publish_many(3)
    publish(case_document(code="FEMALE", slug="f", name={"en": "She", "uk": "Вона"}, sex="female"))
    shown = page(reader, "/en/cases/?sex=female")
    assert option(shown, "sex", "male") == "Male , 4"
    assert option(shown, "sex", "female") == "Female , 1"
    assert option(shown, "status", "serving") == "Serving a sentence , 1"
    assert option(shown, "status", "in_custody") == "In custody , 1"
    assert option(shown, "article", "205.5(2)") == "205.5(2) , 1"
    assert shown.select_one('input[name="sex"][checked]')["value"] == "female"
    note = words(shown.select_one(".field--sex .numbers-note"))
    assert note == "Beside each: how many people the list has with this choice alone."


def test_each_filter_is_a_chip_that_leads_to_the_list_without_it(published, reader):
    shown = page(reader, "/en/cases/?article=205.5&region=UA-43&status=pretrial&status=serving")
    chips = {words(link): link["href"] for link in shown.select(".chips a")}
    assert chips == {
        "Remove the filter Status: Detained before trial ×": "/en/cases/?article=205.5&region=UA-43&status=serving",
        "Remove the filter Status: Serving a sentence ×": "/en/cases/?article=205.5&region=UA-43&status=pretrial",
        "Remove the filter Article: 205.5 ×": "/en/cases/?region=UA-43&status=pretrial&status=serving",
        "Remove the filter Region: Autonomous Republic of Crimea ×": (
            "/en/cases/?article=205.5&status=pretrial&status=serving"
        ),
        "Clear all": "/en/cases/",
    }
    said = "Cases: Status: Detained before trial or Serving a sentence; Article: 205.5; Region: Autonomous Republic"
    assert words(shown.title).startswith(said)


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("q=&status=&article=", "/en/cases/"),
        ("status=serving&article=205.5&q=", "/en/cases/?article=205.5&status=serving"),
        ("status=serving&status=pretrial&status=serving", "/en/cases/?status=pretrial&status=serving"),
        ("ordering=name&certainty=possible", "/en/cases/"),
        ("q=person&ordering=name", "/en/cases/?ordering=name&q=person"),
        ("cursor=abc&article=278&ordering=-arrested", None),
        ("article=278&ordering=-arrested&cursor=abc", ""),
        ("colour=&status=serving", "/en/cases/?status=serving"),
    ],
)
def test_a_list_has_one_address(published, reader, sent, address):
    response = reader.get(f"/en/cases/?{sent}")
    if address == "":
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (
            302,
            address or "/en/cases/?article=278&ordering=-arrested&cursor=abc",
        )


def test_a_list_says_its_address_to_whoever_shares_it(published, reader):
    shown = page(reader, "/en/cases/?article=278&status=serving")
    assert shown.select_one("link[rel=canonical]")["href"] == "http://testserver/en/cases/?article=278&status=serving"


def test_time_that_nobody_knows_is_said_calmly(db, on_the_day, reader):
    undated = [event_document("arrest", ""), event_document("release", "")]
    publish(case_document(stays=[stay_document(None, "")], events=undated, proceedings=[]))
    row = page(reader, "/en/cases/").select_one(".people li")
    assert words(row.select_one(".cell--held")) == "time held not known"


def test_unknown_filter_is_named_and_not_ignored(published, reader):
    shown = page(reader, "/en/cases/?colour=blue")
    assert "“colour”" in words(shown.select_one(".warning"))
    assert shown.select(".people li") == []


def test_altered_cursor_is_refused_in_words(published, reader):
    shown = page(reader, "/en/cases/?cursor=abc")
    assert "This page of the list does not exist." in words(shown.main)


def test_file_has_the_same_filters_as_the_page(published, reader):
    links = page(reader, "/en/cases/?ordering=-arrested&status=serving").select(".formats a[href*=export]")
    assert [link["href"] for link in links] == [
        f"/en/cases/export.{ending}?ordering=-arrested&status=serving" for ending in ("xlsx", "csv", "jsonl", "zip")
    ]
    link = links[1]["href"]
    default = page(reader, "/en/cases/").select_one(".formats a[href*=export]")
    assert default["href"] == "/en/cases/export.xlsx?ordering=name"
    response = reader.get(link)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert b"K7Q4M2" in b"".join(response.streaming_content)


def test_file_with_a_bad_filter_is_refused_naming_it(published, reader):
    response = reader.get("/en/cases/export.csv?status=jailed")
    assert response.status_code == 400
    assert response.content.decode().startswith("status: ")


def test_numbers_on_the_first_page_lead_to_the_lists_that_they_count(published, reader):
    publish_many(2)
    shown = page(reader, "/en/")
    figures = [(words(link.strong), link["href"]) for link in shown.select(".figures a")]
    assert figures[0] == ("3", "/en/cases/?status=in_custody")
    for number, path in figures:
        assert words(page(reader, path).select_one(".count-line strong")).split()[0] == number
    assert "3 of these cases are invented demonstration cases." in words(shown.main)
    assert "3 of them are in custody today." in words(shown.h1)


def test_site_tells_who_is_there_and_who_was_and_whose_territory_it_is(published, reader):
    colony, prison = page(reader, "/en/sites/ik-1-tambov/"), page(reader, "/en/sites/sizo-1-simferopol/")
    assert "1 person of those published" in words(colony.main)
    assert colony.select_one("#before") is None
    assert "Nobody of those published." in words(prison.main)
    assert "Held here before" in words(prison.main)
    assert "Ukraine, occupied by Russia since 27 February 2014" in words(prison.main)
    assert "bulvar Lenina" in words(prison.select_one("address"))
    text = words(prison.main)
    assert text.index("Address for letters") < text.index("Held here now") < text.index("Held here before")


def test_provision_tells_who_is_charged_and_that_it_awaits_review(published, reader):
    shown = page(reader, "/en/law/ru-uk-205-5-2/")
    assert "1 person of those published. A charge is what the accuser alleges." in words(shown.main)
    assert "Legal data awaiting review" in words(shown.select_one(".warning"))
    assert "1 person charged" in words(page(reader, "/en/law/").main)


@pytest.mark.parametrize(
    "path", ["/en/", "/en/cases/", "/en/sites/", "/en/law/", "/en/sites/ik-1-tambov/", "/en/law/ru-uk-205-5-2/"]
)
def test_list_asks_the_database_as_often_for_one_row_as_for_many(
    published, reader, path, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(18) as one:
        page(reader, path)
    publish_many(12)
    for number in range(5):
        names = {"en": f"Site {number}", "uk": f"Місце {number}"}
        publish_site(site_document(site_reference(slug=f"site-{number}", name=names)))
    with django_assert_num_queries(len(one)):
        page(reader, path)
