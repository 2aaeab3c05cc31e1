"""The page of one person: what it says, in which order, and from which source."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from tests.documents import case_document, event_document, proceeding_document, publish, stay_document

PATH = "/en/cases/K7Q4M2/invented-person/"


def page(reader, path=PATH):
    response = reader.get(path)
    assert response.status_code == 200, response.content[:400]
    return BeautifulSoup(response.content, "html5lib")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_name_comes_first_and_other_forms_carry_their_language(published, reader):
    shown = page(reader)
    assert words(shown.h1) == "Invented Person"
    forms = {(words(form), form["lang"]) for form in shown.select(".forms span[lang]")}
    assert forms == {
        ("Вигадана Особа", "uk"),
        ("Вымышленная Особа", "ru"),
        ("Uydurma Kişi", "crh-Latn"),
        ("Vyhadana Osoba", "uk-Latn"),
    }


def test_ukrainian_page_is_headed_by_the_ukrainian_name(published, reader):
    shown = page(reader, "/uk/cases/K7Q4M2/invented-person/")
    assert words(shown.h1) == "Вигадана Особа"
    assert shown.html["lang"] == "uk"


def test_who_the_person_is_stands_before_any_word_about_the_case(published, reader):
    text = words(page(reader).main)
    assert text.index("Human rights defender") < text.index("Serving a sentence") < text.index("Charged under")


def test_three_facts_are_computed_for_the_day_on_which_the_page_is_read(published, reader):
    facts = {fact["id"]: words(fact.select_one(".value")) for fact in page(reader).select(".three > div")}
    assert facts == {"status": "Serving a sentence", "held": "8 years 6 months", "sentence": "14 years"}
    assert "3,108 days since 21 May 2018" in words(page(reader).select_one("#held"))


def test_every_mark_leads_to_a_source_and_every_source_leads_back(published, reader):
    shown = page(reader)
    marks = shown.select(".mark a")
    assert marks
    for mark in marks:
        assert shown.select_one(mark["href"]) is not None, mark
    ids = [element["id"] for element in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    back = {link["href"].removeprefix("#") for link in shown.select(".back a")}
    assert back == {mark["id"] for mark in marks}


def test_what_another_source_says_stands_beside_the_fact(published, reader):
    other = page(reader).select_one("#timeline .other")
    assert words(other.p) == "Another source says: 2020 Source 1"
    assert words(other.blockquote) == "imprisoned since 2020"


def test_head_says_only_since_when_another_source_counts(published, reader):
    other = page(reader).select_one("#held .other")
    assert words(other) == "Another source says: since 2020 Source 1"
    assert other.blockquote is None


def test_decisions_of_several_proceedings_stand_under_their_own_headings(db, on_the_day, reader):
    second = proceeding_document(title={"en": "Second case"}, number="2/2024")
    publish(case_document(proceedings=[proceeding_document(title={"en": "First case"}, number=""), second]))
    headings = [words(heading) for heading in page(reader).select("#decisions h3")]
    assert headings == ["First case", "Second case, no. 2/2024"]


def test_charges_are_said_to_be_the_accusers_and_unverified_law_says_so(published, reader):
    charges = page(reader).select_one("#charges")
    assert "What the accuser alleges" in words(charges)
    first, second = charges.select("li.entry")
    assert "Charged under the Criminal Code of Russia:" in words(first)
    assert "Legal data awaiting review." in words(first)
    assert "Legal data awaiting review." not in words(second)


def test_occupied_places_are_ukraine(published, reader):
    text = words(page(reader).select_one("#places"))
    assert "Simferopol, Ukraine, occupied by Russia since 27 February 2014" in text
    assert "Tambov, Russia" in text


def test_uncertain_dates_look_uncertain(published, reader):
    uncertain = {words(one) for one in page(reader).select(".uncertain")}
    assert {"around January 2020", "possibly 20 May 2025"} <= uncertain


def test_confidential_source_is_counted_and_not_named(published, reader):
    source = page(reader).select_one("#source-3")
    assert words(source) == "3 A confidential source, known to the editors"


def test_invented_case_says_so_and_a_real_one_does_not(published, reader):
    publish(case_document(code="REAL22", slug="real", invented=False))
    assert "Invented demonstration case" in words(page(reader).select_one(".kicker"))
    assert page(reader, "/en/cases/REAL22/real/").select_one(".kicker") is None


def test_withheld_name_is_said_to_be_withheld_and_has_no_slug(published, reader):
    publish(case_document(code="WXTHHE", slug="", consent="initials", name={"en": "A. B.", "uk": "А. Б."}, names=[]))
    shown = page(reader, "/en/cases/WXTHHE/")
    assert words(shown.h1) == "A. B."
    assert "The name is withheld: initials only" in words(shown.select_one(".kicker"))
    assert words(shown.select_one(".plate")) == ""


def test_drawing_exists_in_a_wide_and_a_narrow_form_with_a_name(published, reader):
    drawings = page(reader).select("svg.drawing")
    assert [drawing["class"][1] for drawing in drawings] == ["drawing--wide", "drawing--narrow"]
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in drawings)
    assert {"Arrest", "Convicted"} <= {words(text) for text in drawings[1].select("text")}


def test_case_without_any_custody_has_no_drawing_but_its_facts(published, reader):
    publish(
        case_document(
            code="NQDATE", slug="no-date", stays=[], events=[event_document("letter", "2020")], proceedings=[]
        )
    )
    shown = page(reader, "/en/cases/NQDATE/no-date/")
    assert shown.select("svg.drawing") == []
    assert "Letter" in words(shown.select_one("#timeline"))


def test_letters_go_to_the_present_site_only_while_the_person_is_held(published, reader):
    assert "bulvar Lenina" in words(page(reader).select_one("#letters address"))
    free = [event_document("release", "2024-01-01", release_kind="term_served")]
    ended = [stay_document(None, "2018-05-21", "2024-01-01")]
    publish(case_document(code="FREED2", slug="freed", events=free, stays=ended))
    assert page(reader, "/en/cases/FREED2/freed/").select_one("#letters") is None


def test_report_says_what_to_do_where_no_contact_is_set(published, reader, settings):
    settings.CONTACT_EMAIL = ""
    assert "name the case K7Q4M2" in words(page(reader).select_one("#report"))
    settings.CONTACT_EMAIL = "errors@example.org"
    link = page(reader).select_one("#report a")["href"]
    assert link == "mailto:errors@example.org?subject=Error%20in%20case%20K7Q4M2%2C%20version%201"


@pytest.mark.parametrize(("path", "status"), [("/en/cases/K7Q4M2/", 301), ("/en/cases/K7Q4M2/another-name/", 301)])
def test_other_addresses_of_a_case_lead_to_its_own(published, reader, path, status):
    response = reader.get(path)
    assert (response.status_code, response["Location"]) == (status, PATH)


def test_page_that_the_reader_has_is_not_sent_again_until_the_day_changes(published, reader):
    etag = reader.get(PATH)["ETag"]
    assert reader.get(PATH, headers={"if-none-match": etag}).status_code == 304
    assert reader.get("/uk/cases/K7Q4M2/invented-person/", headers={"if-none-match": etag}).status_code == 200
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC), tick=False):
        assert reader.get(PATH, headers={"if-none-match": etag}).status_code == 200


def test_profile_takes_at_most_two_queries(published, reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        page(reader)


def test_undated_facts_stand_in_the_order_of_a_case_and_before_a_death(published, reader):
    events = [
        event_document("death", "2023"),
        event_document("release", "", release_kind="unknown"),
        event_document("torture_alleged", ""),
        event_document("persecuted_act", "1932"),
        event_document("abduction", ""),
    ]
    publish(case_document(code="UNDATE", slug="undated", events=events, stays=[], proceedings=[]))
    shown = page(reader, "/en/cases/UNDATE/undated/")
    titles = [words(entry.select_one("div span")) for entry in shown.select(".dated li")]
    assert titles == ["The act that was persecuted", "Abduction", "Torture alleged", "Release", "Death"]
    held = shown.select_one("#held .value")
    assert words(held) == "Not known"


def test_contents_name_every_section_in_the_order_of_the_page(published, reader):
    shown = page(reader)
    links = {link["href"]: words(link) for link in shown.select(".contents a")}
    headed = {f"#{section['id']}": words(section.h2) for section in shown.select(".columns section[id]:has(h2)")}
    beside = {"#where", "#dates"}  # short, and next to what is named
    assert list(links.items()) == [(one, title) for one, title in headed.items() if one not in beside]
