"""By what the lists of detention sites and provisions can be narrowed."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.enums import OrganisationKind, SiteKind
from cases.published.models import PublishedProvision, PublishedSite, PublishedTotal
from cases.published.strict_forms import StrictForm, WordField


class SiteFilterForm(StrictForm):
    region = forms.RegexField(
        r"^[A-Z]{2}-[A-Z0-9]{1,3}\Z",
        label=_("Region"),
        required=False,
        help_text=_("ISO 3166-2 code: UA-43 is Crimea"),
        error_messages={"invalid": _("Write the ISO 3166-2 code of a region: UA-43 is Crimea, UA-40 Sevastopol.")},
    )
    kind = WordField(label=_("Kind of site"), required=False, choices=lambda: [("", ""), *SiteKind.choices()])

    def select(self) -> QuerySet[PublishedSite]:
        return PublishedSite.objects.filter(**{name: value for name, value in self.cleaned_data.items() if value})


class ProvisionFilterForm(StrictForm):
    code = forms.SlugField(
        label=_("Code of law"), required=False, max_length=60, help_text=_("As in the field `code` of a provision")
    )
    article = forms.CharField(label=_("Article"), required=False, max_length=20, help_text=_("Without its part: 205.5"))

    def select(self) -> QuerySet[PublishedProvision]:
        return PublishedProvision.objects.filter(**{name: value for name, value in self.cleaned_data.items() if value})


class OrganisationFilterForm(StrictForm):
    kind = WordField(
        label=_("Kind of organisation"), required=False, choices=lambda: [("", ""), *OrganisationKind.choices()]
    )

    def select(self, rows: QuerySet[PublishedTotal]) -> QuerySet[PublishedTotal]:
        return rows.filter(**{name: value for name, value in self.cleaned_data.items() if value})
