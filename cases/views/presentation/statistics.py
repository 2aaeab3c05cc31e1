"""The page of statistics: numbers in sentences, charts with the addresses of their lists, what a comparison says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from cases.domain.counted_days import Dimension, Explanation
from cases.enums import CUSTODY_STATUSES, AgeBand, Status
from cases.exports.chart_drawing import Drawing, drawings
from cases.published.charts import FACETS, Bar, Chart, Query, custody_chart, past_charts, present_charts
from cases.published.models import Facet
from cases.published.representation import Representation, representations
from cases.published.statistics import (
    NOBODY,
    Comparison,
    Moment,
    Sums,
    Totals,
    counted,
    custody_by_year,
    net,
    totals,
    withdrawn_since,
)
from cases.templatetags.tracker import edtf, label, number

MORE = gettext_lazy("and %(count)s more in the table")


@dataclass(frozen=True, slots=True)
class Counts:
    """All that the page counts for one moment."""

    moment: Moment
    today: date
    charts: list[Chart]
    headline: list[tuple[int, str, Query | None]]
    people: int
    invented: int
    uncertain: int
    withdrawn: int
    representations: list[Representation]

    @property
    def is_present(self) -> bool:
        """Whether it is today that is counted, by everything published."""
        return self.moment == Moment(self.today, self.today)

    @property
    def has_lists(self) -> bool:
        """Whether what is counted can be read now."""
        return self.moment.known == self.today


def counts_of(moment: Moment, today: date) -> Counts:
    """Count for a moment: today's state from the totals that lists share, a past one from the sums of changes."""
    is_present, has_lists = moment == Moment(today, today), moment.known == today
    sums = counted(moment, today, among=[Dimension.UNCERTAIN] if is_present else tuple(Dimension))
    kept = totals(FACETS if is_present else [Facet.ALL], today)
    over_time = custody_chart(custody_by_year(moment, today), has_lists=has_lists)
    others = present_charts(kept) if is_present else past_charts(sums, moment.on, has_lists=has_lists)
    everyone = kept.get((Facet.ALL.value, "all"), NOBODY)
    return Counts(
        moment=moment,
        today=today,
        charts=[*([over_time] if any(bar.people for bar in over_time.bars) else []), *others],
        headline=_present_headline(kept) if is_present else _past_headline(sums, moment, has_lists=has_lists),
        people=everyone.people if is_present else net(sums, Dimension.ALL),
        invented=everyone.invented,
        uncertain=net(sums, Dimension.UNCERTAIN),
        withdrawn=0 if has_lists else withdrawn_since(moment.known, today),
        representations=representations(kept) if is_present else [],
    )


# In sentences -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the address of the list behind it, "" where there is none."""

    number: int
    words: str
    path: str


def _present_headline(kept: Totals) -> list[tuple[int, str, Query | None]]:
    def people(facet: Facet, value: str) -> int:
        return kept.get((facet.value, value), NOBODY).people

    everyone = kept.get((Facet.ALL.value, "all"), NOBODY)
    dead, missing = (people(Facet.STATUS, one.value) for one in (Status.DEAD_IN_CUSTODY, Status.MISSING))
    women, minors = people(Facet.SEX, "female"), people(Facet.AGE, AgeBand.MINOR.value)
    return [
        (everyone.in_custody, gettext("in custody"), {"status": "in_custody"}),
        (
            everyone.people,
            ngettext("person published, free or held", "people published, free or held", everyone.people),
            {},
        ),
        (missing, ngettext("missing", "missing", missing), {"status": Status.MISSING.value}),
        (dead, ngettext("died in custody", "died in custody", dead), {"status": Status.DEAD_IN_CUSTODY.value}),
        (women, ngettext("woman, free or held", "women, free or held", women), {"sex": "female"}),
        (
            minors,
            ngettext("under 18, or perhaps so, when arrested", "under 18, or perhaps so, when arrested", minors),
            {"age": AgeBand.MINOR.value},
        ),
    ]


def _past_headline(sums: Sums, moment: Moment, *, has_lists: bool) -> list[tuple[int, str, Query | None]]:
    def listed(**query: str) -> Query | None:
        return {**query, "status_on": moment.on.isoformat()} if has_lists else None

    everyone, held = net(sums, Dimension.ALL), net(sums, Dimension.CUSTODY)
    missing, dead = (net(sums, Dimension.STATUS, one.value) for one in (Status.MISSING, Status.DEAD_IN_CUSTODY))
    case = ngettext("person whose case had begun", "people whose cases had begun", everyone)
    return [
        (held, gettext("in custody"), listed(status="in_custody")),
        (everyone, case, listed()),
        (missing, ngettext("missing", "missing", missing), listed(status=Status.MISSING.value)),
        (dead, ngettext("died in custody", "died in custody", dead), listed(status=Status.DEAD_IN_CUSTODY.value)),
    ]


def figures(counts: Counts) -> list[Figure]:
    """Return the headline; a number that would be nought is left out, but for the first."""
    shown = [one for place, one in enumerate(counts.headline) if one[0] or place == 0]
    return [Figure(people, words, list_path(query)) for people, words, query in shown]


def list_path(query: Query | None) -> str:
    """Return the address of the list that a figure counts, or ""."""
    if query is None:
        return ""
    return f"{reverse('cases')}?{urlencode(query)}" if query else reverse("cases")


def credit(counts: Counts, address: str) -> str:
    """Return the line inside every drawing: who counted what, for which day, how many are invented, and where."""
    parts = [
        gettext("Case tracker: state on %(on)s, as published by %(known)s.")
        % {"on": edtf(counts.moment.on), "known": edtf(counts.moment.known)},
        gettext("Counts people, not prosecutions."),
    ]
    if counts.invented:
        parts.append(invented_words(counts.invented))
    return " ".join([*parts, address])


def invented_words(invented: int) -> str:
    return ngettext(
        "%(count)s of all people published is invented for demonstration.",
        "%(count)s of all people published are invented for demonstration.",
        invented,
    ) % {"count": number(invented)}


# Charts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownBar:
    """A row of the table below a chart."""

    bar: Bar
    path: str
    held_path: str


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart with its drawings, its rows, and the addresses of its files.

    `has_key`: some people of it are in custody and some not, so that its bars have two shades.
    """

    chart: Chart
    drawings: list[Drawing]
    rows: list[ShownBar]
    most: ShownBar | None
    has_key: bool
    has_lists: bool
    csv_path: str
    svg_path: str


def shown_charts(counts: Counts, query: str, address: str) -> list[ShownChart]:
    """Return the charts as the page shows them; `query` is that of the page, for the files."""
    return [_shown(chart, counts, query, credit(counts, address)) for chart in counts.charts]


def _shown(chart: Chart, counts: Counts, query: str, credit_line: str) -> ShownChart:
    rows = [ShownBar(bar, list_path(bar.query), list_path(bar.held_query)) for bar in chart.bars]
    known = [row for row in rows if row.bar.value != "unknown"]
    return ShownChart(
        chart=chart,
        drawings=drawings(chart, credit_line, more=str(MORE)),
        rows=rows,
        most=max(known, key=lambda row: row.bar.people, default=None),
        has_key=any(bar.in_custody for bar in chart.bars) and any(bar.in_custody < bar.people for bar in chart.bars),
        has_lists=counts.has_lists,
        csv_path=f"{reverse('statistics-csv', args=[chart.name])}{query}",
        svg_path=f"{reverse('statistics-svg', args=[chart.name])}{query}",
    )


# Representation -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownRepresentation:
    """The share of an ethnicity with the addresses of the two lists that it is a share of."""

    one: Representation
    people_path: str
    among_path: str


def shown_representations(counts: Counts) -> list[ShownRepresentation]:
    """Return the shares of the page with their lists."""
    return [
        ShownRepresentation(
            one,
            people_path=list_path({"status": "in_custody", "region": one.region, "ethnicity": one.ethnicity}),
            among_path=list_path({"status": "in_custody", "region": one.region}),
        )
        for one in counts.representations
    ]


# Comparing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a comparison: what is counted, and why the second number is other than the first."""

    words: str
    explanation: Explanation


def steps(compared: Comparison) -> list[Step]:
    """Return the lines of a comparison: everybody, people in custody, then each status."""
    found = compared.explanations
    lines = [
        (gettext("In custody"), (Dimension.CUSTODY, "")),
        (gettext("All people whose cases had begun"), (Dimension.ALL, "")),
        *((label(one.value, "Status"), (Dimension.STATUS, one.value)) for one in _statuses()),
    ]
    return [Step(words, found[key]) for words, key in lines if key in found]


def _statuses() -> Sequence[Status]:
    return sorted(Status, key=lambda one: one not in CUSTODY_STATUSES)
