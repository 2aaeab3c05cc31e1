"""Pages by keyset: every row once, in either direction, whatever the order, empty values last."""

import base64
import datetime as dt
import json

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from cases.published.lists import (
    BY_ARREST,
    BY_CHANGE,
    BY_CUSTODY,
    BY_SENTENCE,
    Count,
    by_name,
    limited_count,
    page_of,
    rows_of,
)
from cases.published.models import PublishedCase
from tests.published.samples import TODAY, case, code_of, event, publish, publish_many

pytestmark = pytest.mark.django_db
ORDERINGS = {
    f"{'-' if is_reversed else ''}{one.column}": one.reversed() if is_reversed else one
    for one in (by_name("en"), by_name("uk"), BY_CHANGE, BY_ARREST, BY_CUSTODY, BY_SENTENCE)
    for is_reversed in (False, True)
}


def visible():
    return PublishedCase.objects.visible(TODAY)


def codes(rows):
    return [row.code for row in rows]


def walk(ordering, size, *, back=False, cursor=""):
    """Return the codes of all pages from the cursor on, and the last page."""
    found = []
    while True:
        page = page_of(visible(), ordering=ordering, cursor=cursor, size=size)
        found.append(codes(page.rows))
        cursor = page.previous_cursor if back else page.next_cursor
        if not cursor:
            return found, page


@pytest.fixture
def seven():
    dates = ["2018-05-21", "", "2016", "2018-05-21", "", "2020-02", "2018-05-21"]
    for number, text in enumerate(dates, start=1):
        events = [event("arrest", text)] if text else []
        moment = dt.datetime(2025, 1, 1 + number % 3, tzinfo=dt.UTC)
        names = {"en": f"Same {'Name' if number % 2 else 'Other'}", "uk": f"Їжак {number}"}
        publish(case(code_of(number), name=names, events=events), at=moment)


@pytest.mark.parametrize("name", ORDERINGS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10])
def test_the_pages_hold_every_row_once_in_order(seven, name, size):
    pages, _last = walk(ORDERINGS[name], size)

    assert [code for page in pages for code in page] == codes(rows_of(visible(), ordering=ORDERINGS[name]))
    assert sorted(code for page in pages for code in page) == [code_of(number) for number in range(1, 8)]
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("name", ORDERINGS)
def test_going_back_shows_the_same_pages(seven, name):
    forward, last = walk(ORDERINGS[name], 3)

    back, _first = walk(ORDERINGS[name], 3, back=True, cursor=last.previous_cursor)

    assert [code for page in reversed(back) for code in page] == [code for page in forward[:-1] for code in page]


@pytest.mark.parametrize("ordering", [BY_ARREST, BY_ARREST.reversed()])
def test_cases_without_a_date_come_last_in_both_orders(seven, ordering):
    found = codes(rows_of(visible(), ordering=ordering, chunk=2))

    assert set(found[-2:]) == {code_of(2), code_of(5)}


def test_the_last_arrested_come_first_when_asked():
    for number, text in enumerate(["2016", "2020", "2018"], start=1):
        publish(case(code_of(number), events=[event("arrest", text)]))

    assert codes(rows_of(visible(), ordering=BY_ARREST.reversed())) == [code_of(2), code_of(3), code_of(1)]


def test_ukrainian_names_sort_by_the_ukrainian_alphabet():
    for number, name in enumerate(["Їжак", "Ґудзь", "Гудзь", "Інна", "Ева", "Єва"], start=1):
        publish(case(code_of(number), name={"en": "Same", "uk": name}))

    rows = page_of(visible(), ordering=by_name("uk")).rows

    assert [row.name_uk for row in rows] == ["Гудзь", "Ґудзь", "Ева", "Єва", "Інна", "Їжак"]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(seven):
    first = page_of(visible(), ordering=BY_CHANGE, size=4)
    last = page_of(visible(), ordering=BY_CHANGE, size=4, cursor=first.next_cursor)

    assert first.previous_cursor == ""
    assert last.next_cursor == ""
    assert last.previous_cursor


def test_a_page_that_began_before_the_first_row_ends_the_way_back(seven):
    second = page_of(
        visible(), ordering=BY_CHANGE, size=4, cursor=page_of(visible(), ordering=BY_CHANGE, size=4).next_cursor
    )

    back = page_of(visible(), ordering=BY_CHANGE, size=4, cursor=second.previous_cursor)

    assert back.previous_cursor == ""
    assert back.next_cursor


def test_an_empty_list_is_one_empty_page():
    page = page_of(visible(), ordering=by_name("en"))

    assert (page.rows, page.next_cursor, page.previous_cursor) == ([], "", "")


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_one_query_and_leaves_the_document_where_it_is(count):
    publish_many(count)
    using = visible().db

    with CaptureQueriesContext(
        connections[using],
    ) as queries:
        rows = page_of(visible(), ordering=by_name("en")).rows

    assert len(queries) == 1
    assert len(rows) == count
    assert '"document"' not in queries[0]["sql"]
    assert "document" not in rows[0].__dict__
    assert rows[0].card["provisions"] == ["205.5(2)", "278"]


def written(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "?",
        "\x00",
        "abc\x00",
        "Їжак",
        "=" * 5,
        "A" * 5000,
        "/wAA",
        base64.urlsafe_b64encode(b"[" * 800).decode(),
        written([]),
        written({}),
        written(7),
        written(["arrested_earliest", "not a date", "22222A", 0]),
        written(["arrested_earliest", 7, "22222A", 0]),
        written(["arrested_earliest", "2018-01-01", "'; drop", 0]),
        written(["arrested_earliest", "2018-01-01", "2222\x002A", 0]),
        written(["arrested_earliest", "2018-01-01", None, 0]),
        written(["arrested_earliest", "2018-01-01", "22222A", 2]),
        written(["arrested_earliest", "2018-01-01", "22222A", []]),
        written(["-arrested_earliest", "2018-01-01", "22222A", 0]),
        written(["published_at", "2018-01-01T00:00:00+00:00", "22222A", 0]),
    ],
)
def test_a_cursor_that_was_never_given_out_is_refused(cursor):
    with pytest.raises(ValueError, match="cursor"):
        page_of(visible(), ordering=BY_ARREST, cursor=cursor)


@pytest.mark.parametrize("value", [-1, 3_000_000, "12", 1.5, True])
def test_a_cursor_with_a_number_that_is_no_length_is_refused(value):
    with pytest.raises(ValueError, match="cursor"):
        page_of(visible(), ordering=BY_SENTENCE, cursor=written(["sentence_days", value, "22222A", 0]))


@pytest.mark.parametrize("value", ["a\x00b", 7, None, "x" * 401, ["x"]])
def test_a_cursor_with_a_text_that_is_no_sort_key_is_refused(value):
    with pytest.raises(ValueError, match="cursor"):
        page_of(visible(), ordering=by_name("en"), cursor=written(["sort_en", value, "22222A", 0]))


def test_a_cursor_altered_by_hand_begins_elsewhere_in_the_same_list(seven):
    page = page_of(visible(), ordering=BY_ARREST, cursor=written(["arrested_earliest", "2017-01-01", "22222A", 0]))

    assert codes(page.rows) == [code_of(1), code_of(4), code_of(7), code_of(6), code_of(2), code_of(5)]


def test_a_cursor_shows_no_case_that_is_hidden_in_the_meantime(seven):
    first = page_of(visible(), ordering=by_name("en"), size=2)
    PublishedCase.objects.filter(code=code_of(7)).update(show_until=dt.date(2020, 1, 1))

    rest = page_of(visible(), ordering=by_name("en"), size=10, cursor=first.next_cursor)

    assert code_of(7) not in codes(first.rows)
    assert code_of(7) not in codes(rest.rows)


def test_rows_are_counted_up_to_a_limit(seven):
    assert limited_count(visible()) == Count(7, is_more=False)
    assert limited_count(visible(), limit=7) == Count(7, is_more=False)
    assert limited_count(visible(), limit=5) == Count(5, is_more=True)


def test_all_rows_come_with_their_documents_in_a_bounded_number_of_queries(seven):
    with CaptureQueriesContext(connections[visible().db]) as queries:
        rows = list(rows_of(visible(), ordering=by_name("en"), chunk=3))
        assert all(row.document["code"] == row.code for row in rows)

    assert len(queries) == 3
