"""The one filter set that the list, the export and the API share. Nothing that it does not understand is ever ignored."""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language, gettext, gettext_lazy as _

from cases.domain.partial_dates import PartialDate
from cases.enums import CaseKind, Ethnicity, Role, Status, Vocabulary
from cases.fields import PartialDateFormField
from cases.published.lists import BY_ARREST, BY_CHANGE, Ordering, by_name
from cases.published.models import (
    Facet,
    PublishedCase,
    PublishedCaseQuerySet,
    PublishedFacet,
    PublishedProvision,
    PublishedSite,
    PublishedTotal,
)
from cases.published.regions import REGIONS, region_name
from cases.published.search import Found, find, is_ready, is_searchable
from cases.published.strict_forms import StrictForm, WordField, shown

Choices = list[tuple[str, str]]

IN_CUSTODY = "in_custody"
LONGEST_QUERY = 200
MOST_WORDS = 8
DEFAULT_ORDERING = "name"
ORDERINGS = {
    "name": _("Name, A to Z"),
    "-name": _("Name, Z to A"),
    "-updated": _("Last updated first"),
    "updated": _("Longest unchanged first"),
    "-arrested": _("Last arrested first"),
    "arrested": _("First arrested first"),
}
DATE_HELP = _(
    "Dates as people write them: 2018, 05/2018, 21.05.2018, May 2018. A case matches if the arrest may have been then."
)


class PresentField(forms.CharField):
    """A value that something published has. `exists` asks for one value; `options` lists those to choose from."""

    widget = forms.Select

    def __init__(self, *, pattern: str, refusal: Any, exists: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(max_length=120, strip=True, **kwargs)
        self.pattern, self.refusal, self.exists = re.compile(pattern), refusal, exists

    def clean(self, value: Any) -> str:
        cleaned: str = super().clean(value)
        if cleaned and not (self.pattern.fullmatch(cleaned) and self.exists(cleaned)):
            raise ValidationError(self.refusal, code="invalid", params={"value": shown(cleaned)})
        return cleaned


class ArticleField(PresentField):
    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", "", super().to_python(value) or "")


class RegionField(PresentField):
    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").upper()


def _has_total(value: str, *facets: Facet) -> bool:
    return PublishedTotal.objects.filter(facet__in=facets, value=value, people__gt=0).exists()


def _is_article(value: str) -> bool:
    named = Q(article=value) | Q(number=value)
    return _has_total(value, Facet.ARTICLE) or PublishedProvision.objects.filter(named).exists()


def _is_region(value: str) -> bool:
    return value in REGIONS or _has_total(value, Facet.REGION) or PublishedSite.objects.filter(region=value).exists()


def _is_site(value: str) -> bool:
    return PublishedSite.objects.filter(slug=value).exists() or _has_total(value, Facet.SITE, Facet.PAST_SITE)


def _words(vocabulary: type[Vocabulary]) -> Callable[[], Choices]:
    return lambda: [("", gettext("Any")), *((value, gettext(label)) for value, label in vocabulary.choices())]


def _statuses() -> Choices:
    return [("", gettext("Any")), (IN_CUSTODY, gettext("In custody")), *_words(Status)()[1:]]


class CaseFilterForm(StrictForm):
    """The fields and their errors; parameters that are unknown or given twice are errors of the whole form."""

    q = forms.CharField(
        label=_("Name, place or article"),
        required=False,
        max_length=LONGEST_QUERY,
        help_text=_("A name in any script and spelling or its beginning, a place, an article, or the code of a case"),
    )
    status = WordField(label=_("Status"), required=False, choices=_statuses)
    article = ArticleField(
        label=_("Article"),
        required=False,
        pattern=r"[\w.\-]{1,20}(\([\w.\-]{1,20}\))?",
        exists=_is_article,
        refusal=_("No published case or provision has the article “%(value)s”. Write it like 205.5 or 205.5(2)."),
        help_text=_("An article, or an article with its part: 205.5 or 205.5(2)"),
    )
    region = RegionField(
        label=_("Region"),
        required=False,
        pattern=r"[A-Z]{2}-[A-Z0-9]{1,3}",
        exists=_is_region,
        refusal=_(
            "“%(value)s” is no region that we know. Write its ISO 3166-2 code: UA-43 is Crimea, UA-40 Sevastopol."
        ),
        help_text=_(
            "ISO 3166-2 code of the region of home, of arrest or of the present place of detention: UA-43 is Crimea"
        ),
    )
    place = PresentField(
        label=_("Place"),
        required=False,
        pattern=r"[a-z0-9-]{1,120}",
        exists=lambda value: _has_total(value, Facet.PLACE),
        refusal=_("No published case has the place “%(value)s”. Look for it by name in the search box."),
        help_text=_("A place of home, arrest or detention, as in the address of its list: search for it by name"),
        widget=forms.TextInput,
    )
    site = PresentField(
        label=_("Detention site"),
        required=False,
        pattern=r"[a-z0-9-]{1,120}",
        exists=_is_site,
        refusal=_("There is no published detention site “%(value)s”. Write its name as in the address of its page."),
        help_text=_("Held there now; the name of the site as in the address of its page"),
    )
    ethnicity = WordField(label=_("Ethnicity"), required=False, choices=_words(Ethnicity))
    role = WordField(label=_("Public role"), required=False, choices=_words(Role))
    kind = WordField(label=_("Kind of case"), required=False, choices=_words(CaseKind))
    arrested_after = PartialDateFormField(label=_("Arrested on or after"), required=False, help_text=DATE_HELP)
    arrested_before = PartialDateFormField(label=_("Arrested on or before"), required=False, help_text=DATE_HELP)
    ordering = WordField(label=_("Order"), required=False, choices=list(ORDERINGS.items()))

    def __init__(self, data: QueryDict, *, passing: Collection[str] = ()) -> None:
        super().__init__(data, passing=passing)
        for name, options in (("article", self.articles), ("region", self.regions), ("site", self.sites)):
            self.fields[name].widget.choices = CallableChoiceIterator(options)

    @cached_property
    def present(self) -> dict[str, list[str]]:
        """The articles, regions and sites that published cases have, from the totals."""
        rows = PublishedTotal.objects.filter(
            facet__in=[Facet.ARTICLE, Facet.REGION, Facet.SITE], people__gt=0
        ).values_list("facet", "value")
        found: dict[str, list[str]] = {}
        for facet, value in rows:
            found.setdefault(facet, []).append(value)
        return found

    def articles(self) -> Choices:
        return _options(sorted(self.present.get(Facet.ARTICLE, []), key=_natural), str)

    def regions(self) -> Choices:
        language = get_language() or "en"
        codes = self.present.get(Facet.REGION, [])
        return _options(
            sorted(codes, key=lambda code: (code[:2] != "UA", region_name(code, language))),
            lambda code: region_name(code, language),
        )

    def sites(self) -> Choices:
        language = get_language() or "en"
        rows = PublishedSite.objects.filter(slug__in=self.present.get(Facet.SITE, []))
        ordered = rows.order_by(by_name(language).column).values_list("slug", "document__name")
        names = {slug: name.get(language) or name.get("en") or slug for slug, name in ordered}
        return _options(names, names.__getitem__)

    def clean_q(self) -> str:
        text = str(self.cleaned_data["q"] or "")
        if text and not is_searchable(text):
            raise ValidationError(_("Write at least one letter or digit of a name."), code="invalid")
        if len(text.split()) > MOST_WORDS:
            raise ValidationError(_("Write at most eight words."), code="invalid")
        if text and not is_ready():
            raise ValidationError(
                _("Names cannot be searched just now: their index is being made. Use the filters, or try again later."),
                code="unavailable",
            )
        return text

    def clean_arrested_after(self) -> PartialDate | None:
        value: PartialDate | None = self.cleaned_data["arrested_after"]
        if value is not None and value.earliest is None:
            raise ValidationError(
                _("Write a date that has a beginning, for example 2018 or 21.05.2018."), code="invalid"
            )
        return value

    def clean_arrested_before(self) -> PartialDate | None:
        value: PartialDate | None = self.cleaned_data["arrested_before"]
        if value is not None and value.latest is None:
            raise ValidationError(_("Write a date that has an end, for example 2018 or 21.05.2018."), code="invalid")
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        after, before = cleaned.get("arrested_after"), cleaned.get("arrested_before")
        if after and before and before.latest < after.earliest:
            self.add_error("arrested_before", _("This is before the other date: no arrest lies between them."))
        return cleaned


def _options(values: Iterable[str], label: Callable[[str], str]) -> Choices:
    return [("", gettext("Any")), *((value, label(value)) for value in values)]


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", number)]


class CaseFilter(django_filters.FilterSet):
    """Published cases that may be shown on the day `on`, narrowed by the parameters of a request.

    Ask `is_valid()` first; then `qs` and `ordering` say what to list. `problems` is {parameter: [messages]}, for the API and
    exports; the page shows `form.errors`, each beside its field. `passing` names other parameters that the caller reads.
    """

    status = django_filters.CharFilter(method="filter_status")
    article = django_filters.CharFilter(method="filter_facet")
    region = django_filters.CharFilter(method="filter_facet")
    site = django_filters.CharFilter(method="filter_facet")
    place = django_filters.CharFilter(method="filter_facet")
    role = django_filters.CharFilter(method="filter_facet")
    ethnicity = django_filters.CharFilter()
    kind = django_filters.CharFilter()
    arrested_after = django_filters.Filter(method="filter_arrested_after")
    arrested_before = django_filters.Filter(method="filter_arrested_before")

    def __init__(self, data: QueryDict, *, on: date, language: str = "en", passing: Collection[str] = ()) -> None:
        super().__init__(data, PublishedCase.objects.visible(on))
        self.language, self.passing = language, passing
        self._found: Found | None = None

    def get_form_class(self) -> type[CaseFilterForm]:
        return CaseFilterForm

    @property
    def form(self) -> CaseFilterForm:
        if not hasattr(self, "_form"):
            self._form = CaseFilterForm(self.data, passing=self.passing)
        return self._form

    def filter_queryset(self, queryset: PublishedCaseQuerySet) -> PublishedCaseQuerySet:
        """Return what every filter leaves; nothing at all where a parameter is refused."""
        if not self.form.is_valid():
            return queryset.none()
        for name, one in self.filters.items():
            queryset = one.filter(queryset, self.form.cleaned_data[name])
        text = self.form.cleaned_data["q"]
        self._found = find(text, queryset) if text else None
        return self._found.cases if self._found else queryset

    @property
    def found(self) -> Found | None:
        """What the words of a question found among the cases that the other filters leave; None without a question."""
        _ = self.qs
        return self._found

    @property
    def is_ranked(self) -> bool:
        """Whether the best match comes first: words are asked for and no order is."""
        return self.is_valid() and bool(self.form.cleaned_data["q"]) and not self.form.cleaned_data["ordering"]

    @property
    def ordering(self) -> Ordering:
        """The order that is asked for; by name where none is, or where it is refused."""
        word = (self.form.cleaned_data.get("ordering") if self.form.is_valid() else "") or DEFAULT_ORDERING
        columns = {"name": by_name(self.language), "updated": BY_CHANGE, "arrested": BY_ARREST}
        column = columns[word.removeprefix("-")]
        return column.reversed() if word.startswith("-") else column

    @property
    def problems(self) -> dict[str, list[str]]:
        """What is wrong with the parameters, by their names."""
        return self.form.problems

    def filter_status(self, queryset: PublishedCaseQuerySet, _name: str, value: str) -> PublishedCaseQuerySet:
        return queryset.filter(in_custody=True) if value == IN_CUSTODY else queryset.filter(status=value)

    def filter_facet(self, queryset: PublishedCaseQuerySet, name: str, value: str) -> PublishedCaseQuerySet:
        having = PublishedFacet.objects.filter(facet=Facet(name), value=value)
        return queryset.filter(pk__in=having.values("case"))

    def filter_arrested_after(
        self, queryset: PublishedCaseQuerySet, _name: str, value: PartialDate
    ) -> PublishedCaseQuerySet:
        """Keep cases whose arrest may have been on or after the first day of `value`; never those without any date."""
        open_end = Q(arrested_latest__isnull=True, arrested_earliest__isnull=False)
        return queryset.filter(Q(arrested_latest__gte=value.earliest) | open_end)

    def filter_arrested_before(
        self, queryset: PublishedCaseQuerySet, _name: str, value: PartialDate
    ) -> PublishedCaseQuerySet:
        """Keep cases whose arrest may have been on or before the last day of `value`; never those without any date."""
        open_start = Q(arrested_earliest__isnull=True, arrested_latest__isnull=False)
        return queryset.filter(Q(arrested_earliest__lte=value.latest) | open_start)
