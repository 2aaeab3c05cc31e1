"""By what the lists of detention sites, provisions and organisations are narrowed: one filter set for page, file and API."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django_filters import Filter, FilterSet

from cases.enums import OrganisationKind, SiteKind, Vocabulary
from cases.published.strict_forms import StrictForm, WordField


class ReferenceFilter(FilterSet):
    """Rows narrowed by the parameters of a request, read strictly.

    Ask `is_valid()` first; `qs` then says what to list. `passing` names other parameters that the caller reads.
    """

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, passing: Collection[str] = ()) -> None:
        super().__init__(data, queryset)
        self.is_bound, self.passing = True, passing

    @cached_property
    def form(self) -> StrictForm:
        return self.form_class()(self.data, passing=self.passing)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for; only where the parameters are valid."""
        return any(self.form.cleaned_data.values())

    @classmethod
    def form_class(cls) -> type[StrictForm]:
        """Return the form that reads the parameters, for who describes them."""
        return type(f"{cls.__name__}Form", (StrictForm,), {name: one.field for name, one in cls.base_filters.items()})


def _words(vocabulary: type[Vocabulary]) -> list[tuple[str, str]]:
    return [("", gettext("Any")), *((value, gettext(label)) for value, label in vocabulary.choices())]


class WordFilter(Filter):
    field_class = WordField


class PatternFilter(Filter):
    field_class = forms.RegexField


class SlugFilter(Filter):
    field_class = forms.SlugField


class TextFilter(Filter):
    field_class = forms.CharField


class SiteFilter(ReferenceFilter):
    """Detention sites, by the region on whose territory they stand and by their kind."""

    region = PatternFilter(
        label=_("Region"),
        regex=r"^[A-Z]{2}-[A-Z0-9]{1,3}\Z",
        help_text=_("ISO 3166-2 code: UA-43 is Crimea"),
        error_messages={"invalid": _("Write the ISO 3166-2 code of a region: UA-43 is Crimea, UA-40 Sevastopol.")},
    )
    kind = WordFilter(label=_("Kind of site"), choices=lambda: _words(SiteKind))


class ProvisionFilter(ReferenceFilter):
    """Provisions of the law, by code and article."""

    code = SlugFilter(label=_("Code of law"), max_length=60, help_text=_("As in the field `code` of a provision"))
    article = TextFilter(label=_("Article"), max_length=20, help_text=_("Without its part: 205.5"))


class OrganisationFilter(ReferenceFilter):
    """Organisations that published cases name, by kind."""

    kind = WordFilter(label=_("Kind of organisation"), choices=lambda: _words(OrganisationKind))
