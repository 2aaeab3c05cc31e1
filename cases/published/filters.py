"""The one filter set that the list, the export and the API share. Nothing that it does not understand is ever ignored."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from cases.enums import CUSTODY_STATUSES, AgeBand
from cases.published.asked import Asked, OneOf, Range
from cases.published.case_form import CERTAIN, DEFAULT_ORDERING, IN_CUSTODY, CaseFilterForm
from cases.published.cells import CELL_FIELDS
from cases.published.lists import BY_ARREST, BY_CHANGE, BY_CUSTODY, BY_SENTENCE, Ordering, by_name
from cases.published.measures import BANDS, OLDEST, days_of_years, first_day, last_day
from cases.published.models import EVER, UNSURE, Facet, PublishedCase, PublishedCaseQuerySet
from cases.published.past_days import had_status
from cases.published.search import Best, Found, best_of, find
from cases.published.selection import Selection

__all__ = ["DEFAULT_ORDERING", "FACETS", "IN_CUSTODY", "CaseFilter", "CaseFilterForm"]

#: The facets of each parameter of which a case may have several values.
FACETS: dict[str, tuple[Facet, ...]] = {
    "article": (Facet.ARTICLE,),
    "provision": (Facet.PROVISION,),
    "place": (Facet.PLACE,),
    "region": (Facet.REGION,),
    "home_region": (Facet.HOME_REGION,),
    "arrest_region": (Facet.ARREST_REGION,),
    "site_region": (Facet.SITE_REGION,),
    "site": (Facet.SITE,),
    "site_ever": (Facet.SITE, Facet.PAST_SITE),
    "role": (Facet.ROLE,),
    "organisation": (Facet.ORGANISATION,),
    "religion": (Facet.RELIGION,),
    "arrest_year": (Facet.ARREST_YEAR,),
    "age": (Facet.AGE,),
    "sentence": (Facet.SENTENCE,),
    "rehabilitation": (Facet.REHABILITATION,),
    "sentence_length": (Facet.SENTENCE_LENGTH,),
    "time_held": (Facet.TIME_HELD,),
    "death_year": (Facet.DEATH_YEAR,),
}


class CaseFilter:
    """Published cases that may be shown on the day `on`, narrowed by the parameters of a request.

    Ask `is_valid()` first; then `qs` and `ordering` say what to list. `problems` is {parameter: [messages]}, for the API and
    exports; the page shows `form.errors`, each beside its field. `passing` names other parameters that the caller reads.
    """

    def __init__(self, data: QueryDict, *, on: date, language: str = "en", passing: Collection[str] = ()) -> None:
        self.on, self.language = on, language
        self.form = CaseFilterForm(data, passing=passing)
        self.form.today = on

    def is_valid(self) -> bool:
        return self.form.is_valid()

    @property
    def problems(self) -> dict[str, list[str]]:
        """What is wrong with the parameters, by their names."""
        return self.form.problems

    @cached_property
    def asked(self) -> Asked:
        """What is asked for; only where the parameters are valid."""
        text = self.form.cleaned_data["q"]
        return asked_by(self.form.cleaned_data, find(text, PublishedCase.objects.visible(self.on)) if text else None)

    @property
    def found(self) -> Found | None:
        """What the words of a question found, whatever the other filters leave of it; None without a valid question."""
        return self.asked.found if self.is_valid() else None

    @property
    def is_ranked(self) -> bool:
        """Whether the best match comes first: words are asked for and no order is."""
        return self.found is not None and not self.form.cleaned_data["ordering"]

    @cached_property
    def best(self) -> Best:
        """The best answers to the question among the cases that the other filters leave; nobody without a question."""
        if self.found is None:
            return Best([], is_cut=False)
        others = replace(self.asked, found=None)
        return best_of(self.found, Selection(others, self.on).cases() if others.is_narrowed else None)

    @cached_property
    def qs(self) -> PublishedCaseQuerySet:
        """What every filter leaves; nothing at all where a parameter is refused."""
        if not self.is_valid():
            return PublishedCase.objects.none()
        selection = Selection(self.asked, self.on)
        return selection.cases(selection.rarest)

    @property
    def is_everybody(self) -> bool:
        """Whether nothing narrows the list."""
        return self.asked == Asked()

    @property
    def ordering_asked_for(self) -> Ordering | None:
        """The order that is asked for by name; None where none is."""
        return self.ordering if self.is_valid() and self.form.cleaned_data.get("ordering") else None

    @property
    def ordering(self) -> Ordering:
        """The order that is asked for; by name where none is, or where it is refused."""
        word = (self.form.cleaned_data.get("ordering") if self.form.is_valid() else "") or DEFAULT_ORDERING
        columns = {
            "name": by_name(self.language),
            "updated": BY_CHANGE,
            "arrested": BY_ARREST,
            "sentence": BY_SENTENCE,
            "held": BY_CUSTODY.reversed(),  # who is held longest was taken first
        }
        column = columns[word.removeprefix("-")]
        return column.reversed() if word.startswith("-") else column


def asked_by(cleaned: Mapping[str, Any], found: Found | None) -> Asked:
    """Return what the cleaned parameters of the form ask for; `found` is what their question found."""
    past = cleaned["status_on"]
    words = {
        name: _words(name, cleaned[name]) for name in CELL_FIELDS if cleaned[name] and (name != "status" or not past)
    }
    one_of = [
        OneOf((name,), tuple((facet.value, value) for value in cleaned[name] for facet in facets))
        for name, facets in FACETS.items()
        if cleaned[name]
    ]
    if cleaned["rescinded"]:
        one_of.append(OneOf(("rescinded",), ((Facet.RESCINDED.value, EVER),)))
    return Asked(
        words=words,
        one_of=(*one_of, *_assessments(cleaned["assessed"], cleaned["assessed_by"])),
        ranges=tuple(_ranges(cleaned)),
        found=found,
    )


def _words(name: str, words: Collection[str]) -> frozenset[str]:
    if name == "status" and IN_CUSTODY in words:
        return frozenset({*words, *(status.value for status in CUSTODY_STATUSES)} - {IN_CUSTODY})
    return frozenset(words)


def _assessments(decisions: Collection[str], bodies: Collection[str]) -> Iterator[OneOf]:
    """Yield one part: that a body took a decision, where both are asked for; else the one or the other."""
    fields = tuple(name for name, values in (("assessed", decisions), ("assessed_by", bodies)) if values)
    if decisions and bodies:
        pairs = [(Facet.ASSESSMENT.value, f"{decision} {body}") for decision in decisions for body in bodies]
    else:
        pairs = [(Facet.ASSESSED.value, decision) for decision in decisions]
        pairs += [(Facet.ASSESSED_BY.value, body) for body in bodies]
    if pairs:
        yield OneOf(fields, tuple(pairs))


def _ranges(cleaned: Mapping[str, Any]) -> Iterator[Range]:
    certain = cleaned["certainty"] == CERTAIN
    if cleaned["status_on"]:
        yield Range(("status", "status_on"), had_status(_words("status", cleaned["status"]), cleaned["status_on"]))
    if cleaned["arrested_after"]:
        yield _arrested_after(cleaned["arrested_after"].earliest, certain=certain)
    if cleaned["arrested_before"]:
        yield _arrested_before(cleaned["arrested_before"].latest, certain=certain)
    if certain and cleaned["arrest_year"]:
        yield Range(("arrest_year",), _surely_in_years(cleaned["arrest_year"]))
    if certain and cleaned["age"]:
        yield Range(("age",), _surely_of_ages(cleaned["age"]))
    if cleaned["sentence_at_least"] is not None:
        condition = Q(sentence_days__gte=days_of_years(cleaned["sentence_at_least"]))
        yield Range(("sentence_at_least",), condition, along=condition, column="sentence_days")
    if cleaned["sentence_at_most"] is not None:
        condition = Q(sentence_days__lte=days_of_years(cleaned["sentence_at_most"]))
        yield Range(("sentence_at_most",), condition, along=condition, column="sentence_days")
    for name, column in (("published_since", "first_published_at"), ("updated_since", "published_at")):
        if cleaned[name]:
            since = _beginning(cleaned[name].earliest)
            yield Range(
                (name,), Q(**{f"{column}__gte": since}), along=Q(published_at__gte=since), column="published_at"
            )


def _beginning(day: date) -> datetime:
    """Return the first moment of a day where the site is."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day.year > 1 else datetime.min.replace(tzinfo=UTC)


def _arrested_after(day: date, *, certain: bool) -> Range:
    """Keep cases whose arrest was, or may have been, on or after a day; never those without any date."""
    years = Q(facet=Facet.ARREST_YEAR, value__gte=f"{day.year:04}")  # UNSURE stands after every year
    open_end = Q(arrested_latest__isnull=True, arrested_earliest__isnull=False)
    condition = Q(arrested_earliest__gte=day) if certain else Q(arrested_latest__gte=day) | open_end
    return Range(("arrested_after",), condition, wider=years)


def _arrested_before(day: date, *, certain: bool) -> Range:
    """Keep cases whose arrest was, or may have been, on or before a day; never those without any date."""
    years = Q(facet=Facet.ARREST_YEAR, value__lte=f"{day.year:04}") | Q(facet=Facet.ARREST_YEAR, value=UNSURE)
    open_start = Q(arrested_earliest__isnull=True, arrested_latest__isnull=False)
    condition = Q(arrested_latest__lte=day) if certain else Q(arrested_earliest__lte=day) | open_start
    return Range(("arrested_before",), condition, wider=years)


def _surely_in_years(years: Collection[str]) -> Q:
    """Return the condition that the arrest was in these years and in no other."""
    found = Q(pk__in=[])
    for first, last in _runs(sorted({(int(year), int(year)) for year in years})):
        found |= Q(arrested_earliest__gte=first_day(str(first)), arrested_latest__lte=last_day(str(last)))
    return found


def _surely_of_ages(bands: Collection[str]) -> Q:
    """Return the condition that the age at arrest was in these bands and in no other."""
    found = Q(pk__in=[])
    for first, last in _runs(sorted(BANDS[AgeBand(band)] for band in bands)):
        found |= Q(age_least__gte=first, age_most__lte=min(last, OLDEST))
    return found


def _runs(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans of whole numbers that follow one another."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
