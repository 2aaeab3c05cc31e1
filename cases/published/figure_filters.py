"""The filters by which the list shows exactly whom a figure of the statistics counts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from cases.domain.bands import AGES, SENTENCES_WITHOUT_TERM, TERM_YEARS, UNKNOWN_BAND, YEARS_HELD, band_names
from cases.enums import CUSTODY_STATUSES, Sex
from cases.published.models import PublishedCaseQuerySet, PublishedSpan
from cases.published.strict_forms import StrictForm, WordField

YEAR = r"^([12]\d{3}|unknown)\Z"
YEAR_REFUSAL = _("Write a year, for example 2018, or “unknown” for people of whom it is not known.")
WITHOUT_TERM = {
    "life": _("For life"),
    "death": _("Death"),
    "not_custodial": _("Suspended, or without deprivation of liberty"),
}


def band_label(band: str) -> str:
    """Say a band of years or of ages: "18–24", "65 and over", "Not known"."""
    if band == UNKNOWN_BAND:
        return gettext("Not known")
    if band in WITHOUT_TERM:
        return gettext(str(WITHOUT_TERM[band]))
    if band.endswith("-and-over"):
        return gettext("%(number)s and over") % {"number": band.removesuffix("-and-over")}
    first, last = band.split("-")
    return first if first == last else f"{first}–{last}"


def years_label(band: str) -> str:
    """Say a band of full years as a length: "Less than a year", "5 to 10 years", "20 years and more"."""
    if band.endswith("-and-over"):
        years = int(band.removesuffix("-and-over"))
        return ngettext("%(years)s year and more", "%(years)s years and more", years) % {"years": years}
    if band == UNKNOWN_BAND or band in WITHOUT_TERM:
        return band_label(band)
    first, last = map(int, band.split("-"))
    if last == 0:
        return gettext("Less than a year")
    return ngettext(
        "From %(first)s to less than %(last)s year", "From %(first)s to less than %(last)s years", last + 1
    ) % {"first": first, "last": last + 1}


def _bands(
    starts: Sequence[int], label: Callable[[str], str], others: Sequence[str] = ()
) -> Callable[[], list[tuple[str, str]]]:
    names = [*band_names(starts), *others, UNKNOWN_BAND]
    return lambda: [("", gettext("Any")), *((name, label(name)) for name in names)]


class FigureForm(StrictForm):
    """The fields of these filters; `status_on` asks with `status` for that day instead of now."""

    sex = WordField(
        label=_("Sex"),
        required=False,
        choices=lambda: [("", gettext("Any")), *((value, gettext(label)) for value, label in Sex.choices())],
    )
    arrest_year = forms.RegexField(
        YEAR, label=_("Year of arrest"), required=False, error_messages={"invalid": YEAR_REFUSAL}
    )
    arrest_age = WordField(label=_("Age at arrest"), required=False, choices=_bands(AGES, band_label))
    sentence = WordField(
        label=_("Length of the sentence"),
        required=False,
        choices=_bands(TERM_YEARS, years_label, SENTENCES_WITHOUT_TERM),
    )
    time_held = WordField(label=_("Time in custody so far"), required=False, choices=_bands(YEARS_HELD, years_label))
    death_year = forms.RegexField(
        YEAR, label=_("Year of death in custody"), required=False, error_messages={"invalid": YEAR_REFUSAL}
    )
    status_on = forms.DateField(
        label=_("Status on the day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write a day like 2023-01-31: year, month, day.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FigureFilters(django_filters.FilterSet):
    """The filters themselves, for `CaseFilter`."""

    sex = django_filters.CharFilter()
    arrest_year = django_filters.CharFilter(method="filter_facet")
    arrest_age = django_filters.CharFilter(method="filter_facet")
    sentence = django_filters.CharFilter(method="filter_facet")
    time_held = django_filters.CharFilter(method="filter_facet")
    death_year = django_filters.CharFilter(method="filter_facet")
    status_on = django_filters.Filter(method="filter_status_on")

    def filter_status_on(self, queryset: PublishedCaseQuerySet, _name: str, value: date) -> PublishedCaseQuerySet:
        """Keep who had the status that is asked for on the day `value`; without one, whose case had begun by then."""
        return queryset.filter(pk__in=spans_on(value, self.form.cleaned_data["status"]).values("case"))


def spans_on(day: date, status: str) -> "Any":
    """Return the status spans of a day; `status` is a status, "in_custody" for all of custody, or "" for any."""
    spans = PublishedSpan.objects.filter(since__lte=day, until__gt=day)
    if not status:
        return spans
    among = [one.value for one in CUSTODY_STATUSES] if status == "in_custody" else [status]
    return spans.filter(status__in=among)
