"""The drawing of the years: what is certain, what is perhaps, and words that never overlap."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from cases.domain.partial_dates import from_day, parse
from cases.views.presentation.timeline import GAP, LETTER, TRANSIT, Moment, Part, Span, draw

TODAY = date(2026, 11, 22)


def drawn(spans, moments=(), *, convicted=None, width=328, parts=()):
    return draw("narrow", width=width, spans=spans, moments=moments, convicted=convicted, today=TODAY, parts=parts)


def test_custody_is_split_at_the_verdict_and_ends_today():
    drawing = drawn([Span(parse("2018-05-21"), None)], convicted=date(2020, 9, 16))
    assert [block.kind for block in drawing.blocks] == ["before", "after"]
    first, second = drawing.blocks
    assert first.x == 0
    assert abs(first.x + first.width - second.x) <= 1
    assert abs(second.x + second.width - drawing.today_x) <= 1


def test_days_that_are_not_known_are_drawn_as_perhaps():
    drawing = drawn([Span(parse("1945"), parse("1955"))])
    assert [block.kind for block in drawing.blocks] == ["maybe", "before", "maybe"]
    assert drawing.today_x is None
    assert drawing.has_doubt


@pytest.mark.parametrize("spans", [[], [Span(parse("../2019"), parse("2019/.."))]])
def test_nothing_is_drawn_of_what_has_no_days(spans):
    drawing = drawn(spans)
    assert drawing is None or all(block.width >= 2 for block in drawing.blocks)


MOMENTS = st.lists(
    st.tuples(st.dates(date(2014, 1, 1), TODAY), st.text("abcde ", min_size=3, max_size=24)), min_size=1, max_size=8
)


@given(MOMENTS, st.sampled_from([328, 712]))
def test_words_never_overlap_stay_inside_and_are_crossed_by_no_stem(moments, width):
    drawing = drawn(
        [Span(parse("2014"), None)],
        [Moment(from_day(day), title, "21 May 2018") for day, title in moments],
        width=width,
    )
    flags, bar = drawing.flags, drawing.bar_y
    boxes = []
    for flag in flags:
        words = round(max(len(flag.title), len(flag.when)) * LETTER)
        left, right = (flag.x, flag.x + words) if flag.anchor == "start" else (flag.x - words, flag.x)
        assert left >= 0
        assert right <= width
        boxes.append((flag.y, left, right))
    for place, (y, left, right) in enumerate(boxes):
        for other_y, other_left, other_right in boxes[place + 1 :]:
            assert y != other_y or right + GAP <= other_left or other_right + GAP <= left
    for flag in flags:
        passed = [box for box in boxes if min(bar, flag.stem_y) < box[0] < max(bar, flag.stem_y)]
        others = [(left, right) for y, left, right in passed if y != flag.y]
        assert [box for box in others if box[0] < flag.x < box[1]] == []


def test_words_without_room_are_said_in_fewer_and_left_out_where_not_even_those_fit():
    held = [Span(parse("2016"), None)]
    long = Moment(parse("2021-04-30"), "The end of the term, computed", "30 April – 2 May 2021")
    assert drawn(held, [long]).flags == ()
    told = drawn(held, [replace(long, short_title="Computed end", short_when="2021")]).flags
    assert [(flag.title, flag.when) for flag in told] == [("Computed end", "2021")]
    wide = drawn(held, [replace(long, short_title="Computed end")], width=712).flags
    assert [(flag.title, flag.when) for flag in wide] == [(long.title, long.when)]


TRANSPORT = Span(parse("2021-03-01"), parse("2021-03-20"), is_transit=True)
HELD = Span(parse("2018-05-21"), None)


def test_transport_is_drawn_over_the_custody_wide_enough_to_be_seen():
    drawing = drawn([HELD, TRANSPORT])
    assert [block.kind for block in drawing.blocks] == ["before", "transit"]
    assert drawing.blocks[1].width == TRANSIT
    assert drawing.has("transit")


def test_transport_alone_is_no_custody_to_draw():
    assert drawn([TRANSPORT]) is None


def test_the_sentence_reaches_beyond_today_to_its_end_part_by_part():
    parts = [Part(date(2022, 5, 21), date(2026, 5, 21), "prison"), Part(date(2026, 5, 21), date(2032, 5, 20), "strict")]
    drawing = draw("wide", width=712, spans=[HELD], moments=[], convicted=None, today=TODAY, parts=parts)
    first, second = drawing.parts
    assert (first.title, first.served) == ("prison", first.width)
    assert abs(first.x + first.width - second.x) <= 1
    assert abs(second.x + second.served - drawing.today_x) <= 1
    assert drawing.today_x < second.x + second.width <= drawing.width


def test_words_that_do_not_fit_a_part_are_left_to_the_list():
    parts = [Part(date(2022, 5, 21), date(2022, 8, 21), "strict regime")]
    assert [part.title for part in drawn([HELD], parts=parts).parts] == [""]


def test_a_course_of_months_is_measured_in_months():
    ticks = [tick.text for tick in drawn([Span(parse("1937-02-24"), parse("1937-05-24"))], width=712).ticks]
    assert ticks == ["Mar 1937", "Apr 1937", "May 1937"]
