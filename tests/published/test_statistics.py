"""Statistics: every figure is as long as its list, now and on a past day; what is withdrawn is counted nowhere."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from cases.domain.counted_days import Dimension
from cases.enums import Status
from cases.publication.versions import close_some
from cases.published import courses, projections
from cases.published.charts import FACETS, PAST_CHARTS, Bar, Chart, custody_chart, past_charts, present_charts
from cases.published.course_models import PublishedCourse, PublishedSpan, PublishedSum
from cases.published.filters import CaseFilter
from cases.published.models import Facet, PublishedCase, PublishedVersion
from cases.published.representation import representations
from cases.published.statistics import (
    Moment,
    People,
    compare,
    counted,
    custody_by_year,
    net,
    totals,
    values_of,
    withdrawn_between,
    withdrawn_since,
)
from tests.lasting import lasting
from tests.published.samples import (
    case,
    charge,
    code_of,
    decision,
    event,
    full_case,
    place,
    proceeding,
    publish,
    publish_site,
    russian_place,
    sentence,
    stay,
    withdraw,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 1)
SERVING, TWICE, FREED, POET, UNDATED, GIRL, EXPIRED, GONE = (code_of(number) for number in range(1, 9))
JUNE, SEPTEMBER = dt.date(2025, 6, 1), dt.date(2025, 9, 1)
PAST_DAYS = (
    dt.date(1937, 12, 31),
    dt.date(2018, 5, 20),
    dt.date(2018, 5, 21),
    dt.date(2020, 1, 1),
    dt.date(2025, 12, 31),
)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def sentenced(years: int, on: str, *articles: str, **changes: Any) -> Any:
    convicted = decision("convicted", on, in_force_from=on, sentence=sentence(years=years, **changes))
    return proceeding(convicted, charges=[charge(article, "2") for article in articles])


def two_proceedings(**changes: Any) -> Any:
    """Return a woman with two proceedings, charged three times, twice under one article."""
    return case(
        TWICE,
        sex="female",
        ethnicity="ukrainian",
        home=place(),
        stays=[stay("2019-03-01")],
        events=[event("arrest", "2019-03-01", place=place())],
        proceedings=[sentenced(6, "2020-02-01", "275"), sentenced(12, "2021-02-01", "275", "205.5")],
        **changes,
    )


def make_world() -> None:
    publish_site()
    publish(full_case(SERVING), at=noon(JUNE))
    publish(two_proceedings(invented=True), at=noon(JUNE))
    publish(
        case(FREED, ethnicity="", born="2001", events=[event("arrest", "2018"), event("release", "2019-05-05")]),
        at=noon(JUNE),
    )
    publish(
        case(
            POET,
            kind="historical",
            ethnicity="ukrainian",
            born="1900",
            events=[event("arrest", "1937-09", place=russian_place()), event("execution", "1937-11-03")],
            proceedings=[
                proceeding(
                    decision("convicted", "1937-10", instance="extrajudicial", sentence=sentence(death=True)),
                    charges=[charge("54-10", "1")],
                )
            ],
        ),
        at=noon(JUNE),
    )
    publish(case(UNDATED, sex="unknown", ethnicity="", born="", events=[]), at=noon(SEPTEMBER))
    girl = {"sex": "female", "born": "2004-01-01", "ethnicity": "crimean_tatar", "home": place()}
    publish(case(GIRL, **girl, events=[event("arrest", "2021-02-02")]), at=noon(JUNE))
    publish(
        case(GIRL, **girl, events=[event("arrest", "2021-03-03"), event("release", "2025-08-01")]), at=noon(SEPTEMBER)
    )
    publish(full_case(EXPIRED), at=noon(JUNE), show_until=dt.date(2025, 12, 30))
    publish(full_case(GONE), at=noon(JUNE))
    withdraw(GONE, at=noon(SEPTEMBER))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with lasting(django_db_blocker):
        make_world()
        yield


def listed(query: dict[str, str] | None) -> int:
    found = CaseFilter(QueryDict(urlencode(query or {})), on=TODAY)
    assert found.is_valid(), found.problems
    return found.qs.count()


def chart_named(charts: list[Chart], name: str) -> dict[str, Bar]:
    return {bar.value: bar for chart in charts for bar in chart.bars if chart.name == name}


def test_every_figure_of_today_is_as_long_as_its_list(world):
    kept = totals(FACETS, TODAY)
    charts = present_charts(kept)
    assert {chart.name for chart in charts} == {
        *("status", "arrests", "articles", "parts", "regions", "sites", "ethnicity", "sex", "ages"),
        *("sentences", "time-held", "deaths"),
    }
    for bar in (bar for chart in charts for bar in chart.bars):
        assert (bar.query, bar.people) == (bar.query, listed(bar.query))
        if "status" not in bar.query:
            assert (bar.query, bar.in_custody) == (bar.query, listed({**bar.query, "status": "in_custody"}))
    everyone = kept[Facet.ALL.value, "all"]
    assert everyone == People(listed({}), listed({"status": "in_custody"}), 1)
    assert everyone.people == 6


def test_people_are_counted_and_not_their_proceedings(world):
    charts = present_charts(totals(FACETS, TODAY))
    assert {value: bar.people for value, bar in chart_named(charts, "articles").items()} == {
        "205.5": 2,
        "275": 1,
        "278": 1,
        "54-10": 1,
    }
    assert {value: bar.people for value, bar in chart_named(charts, "sentences").items()} == {
        "10-14": 2,
        "death": 1,
    }


def test_what_is_not_known_at_all_is_in_no_bar(world):
    charts = present_charts(totals(FACETS, TODAY))
    assert {value: bar.people for value, bar in chart_named(charts, "ages").items()} == {
        "under_18": 2,  # the girl, and who was born in 2001 and arrested in 2018
        "30_44": 3,
    }
    years = [bar.value for chart in charts if chart.name == "arrests" for bar in chart.bars]
    assert years == ["1937", "2018", "2019", "2021"]
    assert {value: bar.people for value, bar in chart_named(charts, "deaths").items()} == {"1937": 1}


def test_who_may_have_been_arrested_in_either_of_two_years_counts_in_both_as_in_the_lists(world):
    publish(case("ZZZZZ9", born="1989-01-15", events=[event("arrest", "2018-12/2019-02")]), at=noon(JUNE))
    charts = present_charts(totals(FACETS, TODAY))
    years, ages = chart_named(charts, "arrests"), chart_named(charts, "ages")
    assert {year: years[year].people for year in ("2018", "2019")} == {"2018": 3, "2019": 2}
    assert {band: ages[band].people for band in ("18_29", "30_44")} == {"18_29": 1, "30_44": 4}
    for bar in (*years.values(), *ages.values()):
        assert (bar.query, bar.people) == (bar.query, listed(bar.query))


@pytest.mark.parametrize("on", PAST_DAYS)
def test_every_figure_of_a_past_day_is_as_long_as_its_list(world, on):
    sums = counted(Moment(on, TODAY), TODAY)
    charts = past_charts(sums, on, has_lists=True)
    assert charts
    for bar in (bar for chart in charts for bar in chart.bars):
        assert (bar.query, bar.people) == (bar.query, listed(bar.query))
        if bar.held_query:
            assert (bar.held_query, bar.in_custody) == (bar.held_query, listed(bar.held_query))
    day = on.isoformat()
    assert net(sums, Dimension.ALL) == listed({"status_on": day})
    assert net(sums, Dimension.CUSTODY) == listed({"status": "in_custody", "status_on": day})


def test_the_sums_of_today_agree_with_the_totals(world):
    sums, kept = counted(Moment(TODAY, TODAY), TODAY), totals(FACETS, TODAY)
    for facts, dimension, _held in PAST_CHARTS:
        of_facet = {value: people.people for (facet, value), people in kept.items() if facet == facts.facet}
        assert dict(values_of(sums, dimension)) == of_facet
    assert net(sums, Dimension.CUSTODY) == kept[Facet.ALL.value, "all"].in_custody


def test_custody_at_the_end_of_each_year_is_as_long_as_its_list(world):
    by_year = custody_by_year(Moment(TODAY, TODAY), TODAY)
    chart = custody_chart(by_year, has_lists=True)
    assert (min(by_year), max(by_year)) == (2018, 2025)
    for bar in chart.bars:
        assert (bar.value, bar.people) == (bar.value, listed(bar.query))
    assert {year: people for year, people in by_year.items() if people} == {
        2018: 2,
        2019: 2,
        2020: 2,
        **dict.fromkeys(range(2021, 2025), 3),
        2025: 2,
    }


def test_what_had_been_published_by_a_day_is_counted_by_what_was_said_then(world):
    on = dt.date(2021, 2, 10)
    by_june, now = (net(counted(Moment(on, known), TODAY), Dimension.CUSTODY) for known in (JUNE, TODAY))
    assert (by_june, now) == (3, 2)  # the girl's arrest was first told of as a month earlier
    assert net(counted(Moment(on, JUNE - dt.timedelta(days=1)), TODAY), Dimension.ALL) == 0


def test_a_difference_is_told_as_events_discoveries_and_corrections(world):
    first, second = Moment(dt.date(2021, 2, 10), JUNE), Moment(TODAY, TODAY)
    found = compare(first, second, TODAY)
    held = found.explanations[Dimension.CUSTODY, ""]
    assert (held.first, held.came, held.gone, held.discovered, held.corrected, held.second) == (3, 1, -1, 0, -1, 2)
    assert found.withdrawn == 2  # the one whose consent ended, too
    everyone = compare(Moment(TODAY, JUNE), second, TODAY).explanations[Dimension.ALL, ""]
    assert (everyone.first, everyone.discovered, everyone.corrected, everyone.second) == (5, 1, 0, 6)


def test_who_is_withdrawn_is_said_as_a_number_and_nothing_else(world):
    assert (withdrawn_since(JUNE, TODAY), withdrawn_since(SEPTEMBER, TODAY)) == (2, 1)
    assert withdrawn_since(JUNE - dt.timedelta(days=1), TODAY) == 0
    assert withdrawn_between(JUNE, SEPTEMBER, TODAY) == withdrawn_between(SEPTEMBER, JUNE, TODAY) == 1


def test_the_share_of_an_ethnicity_is_of_people_in_custody_in_the_region(world):
    found = representations(totals(FACETS, TODAY))
    assert [(one.region, one.ethnicity, one.people, one.among, one.unknown) for one in found] == [
        ("UA-43", "crimean_tatar", 1, 2, 0),
        ("UA-43", "ukrainian", 1, 2, 0),
    ]
    assert [one.is_of_few for one in found] == [True, True]
    assert [share.percent for share in found[0].population] == [13, 12]
    for one in found:
        query = {"region": one.region, "status": "in_custody"}
        assert (one.people, one.among) == (listed({**query, "ethnicity": one.ethnicity}), listed(query))


# What publication keeps ---------------------------------------------------------------------------------------------


def kept_rows() -> tuple[Any, ...]:
    sums = PublishedSum.objects.order_by("day_grain", "known_grain", "day", "known", "dimension", "value", "reason")
    spans = PublishedSpan.objects.order_by("case", "since")
    return (
        list(
            sums.values_list("day_grain", "known_grain", "day", "known", "dimension", "value", "reason", "came", "went")
        ),
        list(spans.values_list("case", "status", "since", "until")),
        list(PublishedCourse.objects.order_by("pk").values_list("pk", "editions")),
    )


def test_a_withdrawn_case_leaves_nothing_as_if_it_had_never_been(world):
    before = kept_rows()
    later = case("ZZZZZ9", ethnicity="karaite", sex="other", events=[event("arrest", "1999-09-09")])
    publish(later, at=noon(JUNE))
    publish({**later, "ethnicity": "krymchak"}, at=noon(SEPTEMBER))
    assert kept_rows() != before
    withdraw("ZZZZZ9", at=noon(SEPTEMBER))
    assert kept_rows() == before


def test_a_closed_version_counts_as_the_next_one(world):
    later = case("ZZZZZ9", ethnicity="karaite", events=[event("arrest", "1999-09-09")])
    publish(later, at=noon(JUNE))
    publish({**later, "ethnicity": ""}, at=noon(SEPTEMBER))
    by_june = Moment(TODAY, JUNE)
    assert values_of(counted(by_june, TODAY), Dimension.ETHNICITY)["karaite"] == 1
    everybody = net(counted(by_june, TODAY), Dimension.ALL)
    first = PublishedVersion.objects.get(key="ZZZZZ9", number=1)
    close_some([first.pk], at=noon(SEPTEMBER), using=PublishedVersion.objects.db)
    courses.recount(["ZZZZZ9"], using=PublishedCase.objects.db)
    assert "karaite" not in values_of(counted(by_june, TODAY), Dimension.ETHNICITY)
    assert net(counted(by_june, TODAY), Dimension.ALL) == everybody
    assert not PublishedSum.objects.filter(value="karaite").exists()


def test_publishing_the_same_again_changes_no_sum(world):
    before = kept_rows()[0]
    publish(two_proceedings(invented=True), at=noon(SEPTEMBER))
    assert kept_rows()[0] == before


def test_everything_is_made_anew_from_the_versions_alone(world):
    using = PublishedCase.objects.db
    projections.rebuild(on=TODAY, using=using)
    rebuilt = kept_rows()
    sums = counted(Moment(TODAY, TODAY), TODAY)
    assert net(sums, Dimension.ALL) == 6
    courses.clear(using=using)
    for version in (
        PublishedVersion.objects.filter(kind="case").exclude(text="").values_list("key", flat=True).distinct()
    ):
        if version != EXPIRED:
            courses.put_in(version, on=TODAY, using=using)
    assert kept_rows() == rebuilt


def test_spans_are_one_a_status_whatever_is_uncertain(world):
    found = PublishedSpan.objects.filter(case=FREED).order_by("since").values_list("status", "since", "until")
    assert [*found] == [
        (Status.PRETRIAL, dt.date(2018, 1, 1), dt.date(2019, 5, 5)),
        (Status.RELEASED, dt.date(2019, 5, 5), dt.date.max),
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("death_year=18", "death_year"),
        ("time_held=20", "time_held"),
        ("sentence_length=5", "sentence_length"),
        ("status_on=yesterday", "status_on"),
        ("status_on=2026-01-02", "status_on"),
    ],
)
def test_a_filter_of_a_figure_refuses_what_it_does_not_understand(world, query, field):
    found = CaseFilter(QueryDict(query), on=TODAY)
    assert (found.is_valid(), list(found.problems)) == (False, [field])
