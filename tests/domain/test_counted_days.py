"""Counts as sums of changes: they are what counting people one by one gives, and a difference is all explained."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from cases.domain.counted_days import (
    EARLIEST,
    Changes,
    Counted,
    Dimension,
    Edition,
    Explanation,
    Flow,
    Reason,
    SumKey,
    begins,
    changes_of,
    difference,
    explain,
    stretches,
    sums_of,
)
from cases.domain.status_spans import StatusSpan
from cases.enums import Status

DAYS = st.dates(date(2021, 11, 1), date(2023, 2, 28))
SPANS = st.dictionaries(
    DAYS,
    st.tuples(st.sampled_from([Status.PRETRIAL, Status.SERVING, Status.RELEASED]), st.booleans()),
    min_size=1,
    max_size=4,
).map(lambda found: tuple(StatusSpan(day, *found[day]) for day in sorted(found)))
WORDS = st.sampled_from(["", "crimean_tatar", "ukrainian"])


@st.composite
def histories(draw: st.DrawFn) -> tuple[Edition, ...]:
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3)))
    return tuple(Edition(day, draw(SPANS), draw(WORDS), "male") for day in days)


PEOPLE = st.lists(histories(), max_size=5)
Sums = dict[SumKey, Flow]


def stored(people: Sequence[Sequence[Edition]]) -> Sums:
    """Return the sums as the tables hold them after every case was put in."""
    sums: Sums = {}
    for editions in people:
        for key, flow in sums_of(changes_of(editions)).items():
            sums[key] = sums.get(key, Flow()).plus(flow)
    return sums


def read(sums: Sums, dimension: Dimension, value: str, on: date, known: date) -> Counted:
    """Read a count as the page does: from the fewest sums that cover every day up to both."""
    days, publications = stretches(on), stretches(known)
    found: Counted = {}
    for key, flow in sums.items():
        of_days = any(one.grain == key.day_grain and key.day in one.beginnings() for one in days)
        of_known = any(one.grain == key.known_grain and one.first <= key.known <= one.last for one in publications)
        if of_days and of_known and (key.dimension, key.value) == (dimension, value):
            found[key.reason] = found.get(key.reason, Flow()).plus(flow)
    return found


def net(counted: Counted) -> int:
    return sum(flow.net for flow in counted.values())


def one_by_one(people: Sequence[Sequence[Edition]], on: date, known: date) -> dict[tuple[Dimension, str], int]:
    """Count people by looking at each: the last version published by `known`, and its status on the day."""
    counts: dict[tuple[Dimension, str], int] = {}
    for editions in people:
        published = [edition for edition in editions if edition.known <= known]
        begun = [span for span in published[-1].spans if span.since <= on] if published else []
        if not begun:
            continue
        status, ethnicity = begun[-1].status, published[-1].ethnicity
        keys = [(Dimension.ALL, ""), (Dimension.STATUS, status.value)]
        keys += [(Dimension.ETHNICITY, ethnicity)] if ethnicity else []
        if status.in_custody:
            keys += [(Dimension.CUSTODY, ""), *([(Dimension.ETHNICITY_HELD, ethnicity)] if ethnicity else [])]
        keys += [] if begun[-1].certain else [(Dimension.UNCERTAIN, "")]
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
    return counts


@settings(deadline=None, max_examples=30)
@given(PEOPLE, DAYS, DAYS)
def test_sums_give_what_counting_people_one_by_one_gives(people, on: date, known: date) -> None:
    sums = stored(people)
    keys = {(key.dimension, key.value) for key in sums if key.dimension not in (Dimension.SEX, Dimension.SEX_HELD)}
    counts = {key: number for key in keys if (number := net(read(sums, *key, on, known)))}
    assert counts == one_by_one(people, on, known)


@settings(deadline=None, max_examples=30)
@given(PEOPLE, DAYS, DAYS, DAYS, DAYS)
def test_the_explained_parts_add_up_to_the_difference(people, on: date, known: date, on_2: date, known_2: date) -> None:
    sums = stored(people)
    for key in {(key.dimension, key.value) for key in sums}:
        first, between, second = (read(sums, *key, *moment) for moment in ((on, known), (on, known_2), (on_2, known_2)))
        explained = explain(first, between, second)
        parts = explained.came - explained.went + explained.discovered + explained.corrected
        assert (explained.first, explained.second) == (net(first), net(second))
        assert parts == net(second) - net(first)


@settings(deadline=None, max_examples=20)
@given(PEOPLE, histories())
def test_a_case_that_is_taken_out_leaves_no_sum_behind(people, editions) -> None:
    sums = stored([*people, editions])
    for key, flow in sums_of(difference({}, changes_of(editions))).items():
        sums[key] = sums.get(key, Flow()).plus(flow)
    assert {key: flow for key, flow in sums.items() if flow != Flow()} == {
        key: flow for key, flow in stored(people).items() if flow != Flow()
    }


def test_a_release_published_later_than_it_came_is_an_event_and_a_person_published_later_a_discovery():
    arrested, freed = date(2021, 12, 1), date(2022, 6, 1)
    held, known_freed = (StatusSpan(arrested, Status.PRETRIAL, True),), date(2022, 7, 1)
    freed_later = [
        Edition(date(2022, 1, 1), held),
        Edition(known_freed, (*held, StatusSpan(freed, Status.RELEASED, True))),
    ]
    found_later = [Edition(known_freed, held)]
    sums = stored([freed_later, found_later])
    first, second = (date(2022, 2, 1), date(2022, 2, 1)), (date(2022, 8, 1), date(2022, 8, 1))
    between = (first[0], second[1])
    explained = explain(*(read(sums, Dimension.CUSTODY, "", *moment) for moment in (first, between, second)))
    assert explained == Explanation(first=1, came=0, went=1, discovered=1, corrected=0)
    assert (explained.gone, explained.second) == (-1, 1)


def test_a_wrong_arrest_taken_back_is_a_correction_and_no_event():
    wrong, right = (StatusSpan(date(2021, 12, day), Status.PRETRIAL, True) for day in (1, 20))
    sums = stored([[Edition(date(2022, 1, 1), (wrong,)), Edition(date(2022, 3, 1), (right,))]])
    day = date(2021, 12, 10)
    moments = ((day, date(2022, 2, 1)), (day, date(2022, 4, 1)), (day, date(2022, 4, 1)))
    explained = explain(*(read(sums, Dimension.CUSTODY, "", *moment) for moment in moments))
    assert explained == Explanation(first=1, came=0, went=0, discovered=0, corrected=-1)


def test_a_version_that_says_the_same_changes_nothing():
    spans = (StatusSpan(date(2022, 1, 1), Status.PRETRIAL, True),)
    once: Changes = changes_of([Edition(date(2022, 2, 1), spans)])
    assert changes_of([Edition(date(2022, 2, 1), spans), Edition(date(2022, 3, 1), spans)]) == once
    assert {cell.reason for cell in once} == {Reason.DISCOVERED}


def test_stretches_cover_every_day_once():
    for until in (date(2022, 1, 1), date(2022, 5, 1), date(2022, 5, 17), date(2022, 12, 31), EARLIEST):
        found = stretches(until)
        assert (found[0].first, found[-1].last) == (EARLIEST, until)
        assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(found))
        assert [one.beginnings()[0] for one in found] == [one.first for one in found]
        assert all(begins(one.grain, one.last) == one.beginnings()[-1] for one in found)


def test_what_came_before_the_earliest_day_counts_from_it_on():
    spans = (StatusSpan(date(1789, 7, 14), Status.RELEASED, True),)
    assert net(read(stored([[Edition(date(2022, 1, 1), spans)]]), Dimension.ALL, "", EARLIEST, date(2022, 1, 1))) == 1
