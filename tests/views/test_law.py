"""The page of a provision: its penalties in time, marked where unchecked, and who is charged under which."""

import pytest
from bs4 import BeautifulSoup

from tests.documents import NO_NOTES, case_document, provision_document, publish, publish_provision


def page(reader, path):
    response = reader.get(path)
    assert response.status_code == 200, response.content[:400]
    return BeautifulSoup(response.content, "html5lib")


def words(element):
    return " ".join(element.get_text(" ").split())


def penalty(first="2013-11-14", last="", least=60, most=120, **changes):
    empty = {"is_unknown": False, "life": False, "fine_most": "", "fine_currency": "", "note": {}, "verified": False}
    months = {"least_months": least, "most_months": most, "enacted_by": "302-FZ"}
    return NO_NOTES | {"in_force_from": first, "in_force_to": last, **empty, **months} | changes


RAISED = [penalty(last="2016-07-19"), penalty("2016-07-20", least=120, most=240, enacted_by="375-FZ", verified=True)]
PATH = "/en/law/ru-uk-205-5-2/"


def acted(code, first, last):
    document = case_document(code=code, slug=code.lower())
    for charge in document["proceedings"][0]["charges"]:
        charge["act_from"], charge["act_to"] = first, last
    return document


@pytest.fixture
def raised(db, on_the_day):
    """Publish the provision with two wordings, and three people: of the first, of the second, of either."""
    provision = publish_provision(provision_document(penalties=RAISED))
    publish(acted("ACTB23", "2015", "2015"))
    publish(acted("ACTC23", "2017", "2018"))
    publish(acted("ACTD23", "2015", "2018"))
    return f"/en/law/{provision.slug}/"


def test_each_wording_says_its_penalty_period_law_and_who_is_charged_under_it(raised, reader):
    table = page(reader, raised).select_one("table.wordings")
    assert [words(row) for row in table.select("tbody tr")] == [
        "5 to 10 years legal data awaiting review from: 14 November 2013 to: 19 July 2016 302-FZ 1 person",
        "10 to 20 years from: 20 July 2016 still in force 375-FZ 1 person",
        "Not known under which The published dates do not place the alleged act within one wording. – 1 person",
    ]


def test_a_count_leads_to_the_people_of_the_wording(raised, reader):
    shown = page(reader, raised)
    assert len(shown.select(".people li")) == 3
    link = shown.select_one("table.wordings a[href*=wording]")["href"]
    listed = page(reader, link.partition("#")[0]).select(".people li")
    assert [row.a["href"] for row in listed] == ["/en/cases/ACTB23/actb23/"]


@pytest.mark.parametrize("number", ["0", "3", "x", "²", "99999999", "-1"])
def test_a_wording_that_is_not_there_shows_everybody(raised, reader, number):
    assert len(page(reader, f"{raised}?wording={number}").select(".people li")) == 3


def test_the_drawings_have_a_bar_a_wording_and_their_words(raised, reader):
    for name in ("wide", "narrow"):
        drawing = page(reader, raised).select_one(f"svg.drawing--{name}")
        assert len(drawing.select("rect.after")) == 2
        assert [words(text) for text in drawing.select("text")[:2]] == ["5 to 10 years", "10 to 20 years"]
        assert drawing["aria-label"].endswith("The same facts follow as a table.")


def test_preparation_and_attempt_are_computed_from_the_present_wording(raised, reader):
    told = page(reader, raised).select_one("table.wordings ~ .pairs")
    assert [words(one).split(" Criminal")[0] for one in told.select("div")] == [
        "For preparation up to 10 years",
        "For an attempt up to 15 years",
    ]


def test_the_list_says_the_penalty_of_now(raised, reader):
    assert words(page(reader, "/en/law/").select_one(".provisions .penalty")) == "10 to 20 years"


def test_the_list_marks_a_penalty_that_was_not_checked_where_the_provision_was(db, on_the_day, reader):
    publish_provision(provision_document(verified=True, penalties=[penalty()]))
    assert page(reader, "/en/law/").select_one(".provisions .unchecked") is not None
    publish_provision(provision_document(verified=True, penalties=RAISED))
    assert page(reader, "/en/law/").select_one(".provisions .unchecked") is None


def test_what_is_not_known_is_said(db, on_the_day, reader):
    unknown = penalty("", "2016-07-19", None, None, is_unknown=True, life=None, note={"en": "It was milder."})
    publish_provision(provision_document(penalties=[unknown, penalty("2016-07-20", most=180)]))
    shown = page(reader, PATH)
    assert words(shown.select_one("table.wordings tbody tr")) == (
        "not known legal data awaiting review since when is not recorded to: 19 July 2016 It was milder. 302-FZ not known"
    )
    assert len(shown.select("svg.drawing--wide rect.maybe")) == 1


def test_a_document_of_before_penalties_were_recorded_is_still_shown(published, reader):
    shown = page(reader, PATH)
    assert shown.select_one("table.wordings") is None
    assert len(shown.select(".people li")) == 1


def test_more_people_need_no_more_queries(raised, reader, django_assert_num_queries):
    with django_assert_num_queries(7):
        reader.get(raised)
    publish(acted("ACTF23", "2015", "2015"))
    with django_assert_num_queries(7):
        reader.get(raised)
