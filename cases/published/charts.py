"""The charts of the statistics: what each counts, its bars with their words, and the filters of the list behind each bar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy as _

from cases.domain.bands import SENTENCES_WITHOUT_TERM, TERM_YEARS, UNKNOWN_BAND, YEARS_HELD, band_names
from cases.domain.counted_days import Dimension
from cases.enums import AgeBand, Ethnicity, Sex, Status, Vocabulary
from cases.published.bands_telling import years_label
from cases.published.models import UNSURE, Facet, PublishedSite
from cases.published.regions import region_name
from cases.published.statistics import People, Sums, Totals, values_of

Query = dict[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: how many people, how many of them in custody, and the filters of the lists of both.

    A filter of None: there is no list of them, for what was published then is no longer to be read.
    """

    value: str
    label: str
    people: int
    in_custody: int = 0
    query: Query | None = None
    held_query: Query | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; `name` stands in its address. Charts over time have one bar for every year.

    `is_split`: of a value some may be in custody and some not.
    """

    name: str
    title: str
    counts: str
    bars: list[Bar]
    is_over_time: bool = False
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted under a facet, and how it is told."""

    name: str
    facet: Facet
    parameter: str
    title: Any
    counts: Any
    label: Callable[[str], str]
    order: Callable[[str], Any] | None = None  # None: the largest first
    is_over_time: bool = False
    is_split: bool = True
    has: Callable[[str], bool] = bool


def _word(vocabulary: type[Vocabulary]) -> Callable[[str], str]:
    labels = {word.value: word.label for word in vocabulary}
    return lambda value: gettext(labels.get(value, value))


def _in_order(values: Iterable[str]) -> Callable[[str], int]:
    places = {value: place for place, value in enumerate([*values, UNKNOWN_BAND])}
    return lambda value: places.get(value, len(places))


def _year(value: str) -> str:
    return gettext("Not known") if value == UNKNOWN_BAND else value


def _year_order(value: str) -> int:
    return 10_000 if value == UNKNOWN_BAND else int(value)


STATUSES = Facts(
    "status",
    Facet.STATUS,
    "status",
    _("Status"),
    _("People by their status, which follows from dated facts."),
    _word(Status),
    is_split=False,
)
ETHNICITIES = Facts(
    "ethnicity",
    Facet.ETHNICITY,
    "ethnicity",
    _("Ethnicity"),
    _("People by ethnicity, where it is published."),
    _word(Ethnicity),
)
SEXES = Facts("sex", Facet.SEX, "sex", _("Sex"), _("People by sex, where it is published."), _word(Sex))

CHARTS = (
    STATUSES,
    Facts(
        "arrests",
        Facet.ARREST_YEAR,
        "arrest_year",
        _("Year of arrest"),
        _(
            "People by the year in which their present custody began, or their last one. Who may have been arrested in one "
            "of several years counts in each; who is not known to have been arrested within any ten years counts in none."
        ),
        _year,
        _year_order,
        is_over_time=True,
        has=lambda value: value != UNSURE,
    ),
    Facts(
        "articles",
        Facet.ARTICLE,
        "article",
        _("Articles"),
        _("People charged under an article at least once, however many charges or proceedings each has."),
        str,
        has=lambda value: "(" not in value,
    ),
    Facts(
        "parts",
        Facet.ARTICLE,
        "article",
        _("Parts of articles"),
        _("People charged under a part of an article, such as 205.5(2), at least once."),
        str,
        has=lambda value: "(" in value,
    ),
    Facts(
        "regions",
        Facet.REGION,
        "region",
        _("Regions"),
        _(
            "People connected with a region by home, arrest or present place of detention. One person may count in several."
        ),
        lambda value: region_name(value, get_language() or "en"),
    ),
    Facts(
        "sites",
        Facet.SITE,
        "site",
        _("Places of detention"),
        _("People by the place where they are held now, where it is known."),
        str,
        is_split=False,
    ),
    ETHNICITIES,
    SEXES,
    Facts(
        "ages",
        Facet.AGE,
        "age",
        _("Age at arrest"),
        _(
            "People by full years of age when their present or last custody began. Who may have been of two of these ages "
            "counts in both; who was born or arrested at a time not known counts in none."
        ),
        _word(AgeBand),
        _in_order(AgeBand),
    ),
    Facts(
        "sentences",
        Facet.SENTENCE_LENGTH,
        "sentence_length",
        _("Length of the sentence"),
        _("People with a sentence, as it stands after the last decision."),
        years_label,
        _in_order([*band_names(TERM_YEARS), *SENTENCES_WITHOUT_TERM]),
    ),
    Facts(
        "time-held",
        Facet.TIME_HELD,
        "time_held",
        _("Time in custody so far"),
        _("People in custody now, by full years held; times between two periods of freedom add up."),
        years_label,
        _in_order(band_names(YEARS_HELD)),
        is_split=False,
    ),
    Facts(
        "deaths",
        Facet.DEATH_YEAR,
        "death_year",
        _("Deaths in custody"),
        _("People who died in custody or were executed, by the year of their death."),
        _year,
        _year_order,
        is_over_time=True,
        is_split=False,
    ),
)
PAST_CHARTS = (
    (STATUSES, Dimension.STATUS, None),
    (ETHNICITIES, Dimension.ETHNICITY, Dimension.ETHNICITY_HELD),
    (SEXES, Dimension.SEX, Dimension.SEX_HELD),
)
CUSTODY = "custody"
NAMES = (CUSTODY, *(one.name for one in CHARTS))
FACETS = (Facet.ALL, Facet.KIND, Facet.SHARE, *(one.facet for one in CHARTS))


def present_charts(counts: Totals) -> list[Chart]:
    """Return the charts of today in the active language; one that would be empty is left out."""
    charts = [_chart(facts, _present_bars(facts, counts)) for facts in CHARTS]
    return [chart for chart in charts if chart.bars]


def past_charts(sums: Sums, on: date, *, has_lists: bool) -> list[Chart]:
    """Return the charts of a past day; bars lead to lists where what is counted is still published."""
    charts = []
    for facts, dimension, held_dimension in PAST_CHARTS:
        held = values_of(sums, held_dimension) if held_dimension else {}
        bars = [
            Bar(
                value=value,
                label=facts.label(value),
                people=people,
                in_custody=held.get(value, 0) if held_dimension else _all_or_none(facts, value, people),
                query={facts.parameter: value, "status_on": on.isoformat()} if has_lists else None,
                held_query={facts.parameter: value, "status": "in_custody", "status_on": on.isoformat()}
                if has_lists and held_dimension
                else None,
            )
            for value, people in values_of(sums, dimension).items()
        ]
        charts.append(_chart(facts, bars))
    return [chart for chart in charts if chart.bars]


def custody_chart(by_year: dict[int, int], *, has_lists: bool) -> Chart:
    """Return the chart of people in custody at the end of each year."""
    bars = [
        Bar(
            value=str(year),
            label=str(year),
            people=people,
            in_custody=people,
            query={"status": "in_custody", "status_on": f"{year:04}-12-31"} if has_lists else None,
        )
        for year, people in by_year.items()
    ]
    counts = gettext("People in custody on 31 December of each year, by what is known of them.")
    return Chart(CUSTODY, gettext("In custody, year by year"), counts, bars, is_over_time=True)


def _chart(facts: Facts, bars: list[Bar]) -> Chart:
    order = facts.order
    bars.sort(key=lambda bar: (order(bar.value), bar.value) if order else (-bar.people, bar.label, bar.value))
    return Chart(facts.name, str(facts.title), str(facts.counts), bars, facts.is_over_time, facts.is_split)


def _present_bars(facts: Facts, counts: Totals) -> list[Bar]:
    found = {value: people for (facet, value), people in counts.items() if facet == facts.facet and facts.has(value)}
    label = _sites(found) if facts.facet is Facet.SITE else facts.label
    return [_present_bar(facts, value, label(value), people) for value, people in found.items()]


def _present_bar(facts: Facts, value: str, label: str, people: People) -> Bar:
    query = {facts.parameter: value}
    if not facts.is_split:
        return Bar(value, label, people.people, people.in_custody, query)
    return Bar(value, label, people.people, people.in_custody, query, {**query, "status": "in_custody"})


def _all_or_none(facts: Facts, value: str, people: int) -> int:
    """Return how many are in custody where the value itself says whether they are."""
    return people if facts is STATUSES and Status(value).in_custody else 0


def _sites(slugs: Iterable[str]) -> Callable[[str], str]:
    language = get_language() or "en"
    rows = PublishedSite.objects.filter(slug__in=list(slugs)).values_list("slug", "document__name")
    names = {slug: name.get(language) or name.get("en") or slug for slug, name in rows}
    return lambda slug: names.get(slug, slug)
