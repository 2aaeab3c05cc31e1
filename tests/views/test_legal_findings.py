"""What the law says, on the public page: the finding, its working, what it stands on, and what is left today."""

import pytest
from bs4 import BeautifulSoup

from tests.documents import case_document, event_document, finding_document, publish

PATH = "/en/cases/K7Q4M2/invented-person/"


def section(reader, path=PATH):
    response = reader.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html5lib").select_one("#law")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_a_document_without_findings_has_no_section(published, reader):
    assert section(reader) is None


def test_a_finding_is_shown_with_its_working_its_law_and_that_it_is_no_advice(published, reader):
    publish(case_document(findings=[finding_document()]))
    shown = words(section(reader))
    assert "The last day is 20 May 2032. 2,006 days are left." in shown
    assert "Legal data awaiting review." in shown
    assert "A day counts for a day. (art. 72(3.1))" in shown
    assert "Criminal Code, art. 72(3.1) since 14 July 2018 (awaiting review)" in shown
    assert "between 21 May 2022 and 23 May 2022" in shown
    assert "Computed from Arrest, 21 May 2018" in shown
    assert "Computed from 1 fact on this page. Law as of 26 November 2026. Not legal advice." in shown


def test_it_is_read_in_the_language_of_the_page(published, reader):
    publish(case_document(findings=[finding_document()]))
    shown = words(section(reader, "/uk/cases/K7Q4M2/invented-person/"))
    assert "Останній день – 20 травня 2032. Залишилося 2 006 днів." in shown
    assert "Обчислено з Арешт, 21 травня 2018" in shown


def test_what_was_checked_carries_no_warning_and_what_is_possible_says_so(published, reader):
    checked = finding_document()["law"][0] | {"verified": True}
    publish(case_document(findings=[finding_document(kind="transfer", answer="possibly", law=[checked], last_day=[])]))
    shown = section(reader)
    assert "awaiting review" not in words(shown)
    assert words(shown.h3) == "Held outside the occupied territory: possibly"
    assert "days are left" not in words(shown)


def test_the_last_day_stands_at_the_head_of_the_page_and_leads_to_its_working(published, reader):
    assert BeautifulSoup(reader.get(PATH).content, "html5lib").select_one("#sentence .end") is None
    publish(case_document(findings=[finding_document()]))
    link = BeautifulSoup(reader.get(PATH).content, "html5lib").select_one("#sentence .end")
    assert (words(link), link["href"]) == ("computed last day: 20 May 2032", "#law")


def test_a_finding_can_be_quoted_by_a_link_to_the_version_that_says_it(published, reader):
    publish(case_document(findings=[finding_document()]))
    link = section(reader).select_one(".says .links a")["href"]
    path, anchor = link.split("#")
    assert BeautifulSoup(reader.get(path).content, "html5lib").select_one(f"#law #{anchor}") is not None


def test_an_interval_looks_uncertain(published, reader):
    publish(case_document(findings=[finding_document(last_day=["2032-05-20", "2032-05-22"])]))
    assert "computed--maybe" in section(reader).select_one(".computed")["class"]
    publish(case_document(findings=[finding_document()]))
    assert "computed--maybe" not in section(reader).select_one(".computed")["class"]


def test_the_calculator_and_the_calendar_are_found_from_the_case_and_the_first_page(published, reader):
    case = BeautifulSoup(reader.get(PATH).content, "html5lib").select("#dates a")
    assert [link["href"] for link in case] == ["/en/cases/K7Q4M2/calendar.ics", "/en/law/term/"]
    home = BeautifulSoup(reader.get("/en/").content, "html5lib").select(".tools a")
    assert [link["href"] for link in home] == ["/en/law/term/", "/en/law/", "/en/calendar.ics"]


def test_nothing_is_left_of_the_term_of_somebody_who_is_free(published, reader):
    exchange = event_document("exchange", "2024-08-01")
    document = case_document(findings=[finding_document()])
    publish(document | {"events": [*document["events"], exchange]})
    shown = words(section(reader))
    assert "The last day is 20 May 2032." in shown
    assert "left" not in shown


@pytest.mark.parametrize("path", ["/api/v1/cases/K7Q4M2/"])
def test_the_api_hands_the_findings_out_as_published(published, reader, path):
    assert "findings" not in reader.get(path).json()["document"]
    publish(case_document(findings=[finding_document()]))
    assert reader.get(path).json()["document"]["findings"] == [finding_document()]
