"""How stored values are shown."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from cases.templatetags import tracker
from tests.documents import place_document, tambov


def test_word_of_a_vocabulary_is_shown_by_its_label_and_an_unknown_one_as_it_is():
    assert tracker.label("in_transit", "Status") == "In transit, whereabouts unknown"
    assert tracker.label("no-such-word", "Status") == "no-such-word"


def test_text_in_another_language_is_marked_with_it():
    with override("en"):
        assert tracker.spoken({"en": "Here", "uk": "Тут"}) == "Here"
        assert tracker.spoken({"uk": "Тут <b>"}) == '<span lang="uk">Тут &lt;b&gt;</span>'
        assert tracker.spoken({"crh-latn": "Mında"}) == '<span lang="crh-Latn">Mında</span>'
        assert tracker.spoken({}) == ""
    with override("uk"):
        assert tracker.spoken({"en": "Here", "uk": "Тут"}) == "Тут"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2018-05-21", '<time datetime="2018-05-21">21 May 2018</time>'),
        ("2018", '<time datetime="2018">2018</time>'),
        ("1937~", '<span class="uncertain">around 1937</span>'),
        ("../2019", "2019 or earlier"),
        ("<script>", "&lt;script&gt;"),
        ("", ""),
        (None, ""),
        (dt.date(2026, 11, 22), '<time datetime="2026-11-22">22 November 2026</time>'),
    ],
)
def test_date_is_told_as_surely_as_it_is_known(value, shown):
    with override("en"):
        assert tracker.told(value) == shown


def test_whose_territory_a_place_is():
    with override("en"):
        assert tracker.sovereignty(place_document()) == "Ukraine, occupied by Russia since 27 February 2014"
        assert tracker.sovereignty(place_document(controlled_since="")) == "Ukraine, occupied by Russia"
        assert tracker.sovereignty(tambov()) == "Russia"
        assert tracker.sovereignty(None) == ""


def test_label_begins_in_lower_case_inside_a_sentence_but_abbreviations_stay():
    assert tracker.lower_first("Strict regime") == "strict regime"
    assert tracker.lower_first("SIZO") == "SIZO"


@time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False)
def test_how_long_ago_something_was_is_never_no_minutes() -> None:
    now = timezone.now()
    assert tracker.ago(now - dt.timedelta(seconds=59)) == "just now"
    assert tracker.ago(now - dt.timedelta(minutes=1)) == "1\xa0minute ago"


def test_what_stands_between_backticks_is_code_and_the_rest_is_escaped() -> None:
    assert tracker.with_code("From `next` or `<previous>` & on") == (
        "From <code>next</code> or <code>&lt;previous&gt;</code> &amp; on"
    )
    assert tracker.with_code("") == ""
