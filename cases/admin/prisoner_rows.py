"""The rows of a case on the prisoner's screen, in the order in which facts are learned."""

from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.base import CitedRows, DeskInline
from cases.admin.forms import RecordForm, in_each_language
from cases.enums import AssessmentCriterion
from cases.models import Affiliation, Assessment, Citizenship, Event, PersonName, PublicRole, SpokenLanguage, Stay

SOURCE_LINE = ("cited_source", "cited")


class NameInline(CitedRows, DeskInline):
    model = PersonName
    verbose_name_plural = _("names, in every language and spelling")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("text", "language", "kind"),
                    ("given", "patronymic", "family"),
                    ("is_preferred", "is_public"),
                    SOURCE_LINE,
                )
            },
        ),
    )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:  # noqa: ARG002 - Django's signature
        """Offer one empty name on a new case."""
        return 0 if obj else 1


class RoleInline(CitedRows, DeskInline):
    model = PublicRole
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("role", "since", "until", "is_public"),
                    in_each_language("detail"),
                    SOURCE_LINE,
                )
            },
        ),
    )


class AffiliationInline(CitedRows, DeskInline):
    model = Affiliation
    autocomplete_fields = ("organisation",)
    fieldsets = ((None, {"fields": (("organisation", "kind"), ("since", "until", "is_public"), SOURCE_LINE)}),)


class CitizenshipInline(CitedRows, DeskInline):
    model = Citizenship
    fieldsets = ((None, {"fields": (("country", "basis"), SOURCE_LINE)}),)


class LanguageInline(CitedRows, DeskInline):
    model = SpokenLanguage
    verbose_name_plural = _("languages, which matter before a court that uses another one")
    fieldsets = ((None, {"fields": (("language", "understanding"), SOURCE_LINE)}),)


class StayInline(CitedRows, DeskInline):
    model = Stay
    autocomplete_fields = ("site",)
    verbose_name_plural = _("custody: where the person was held, from when to when")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "site"),
                    ("started", "ended", "is_public"),
                    SOURCE_LINE,
                    "private_notes",
                )
            },
        ),
    )


class EventInline(CitedRows, DeskInline):
    model = Event
    autocomplete_fields = ("place", "organisation")
    verbose_name_plural = _("events: arrest, search, release, exchange, letter, award and others")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "release_kind"),
                    ("happened", "ended", "is_public"),
                    in_each_language("title"),
                    in_each_language("description"),
                    ("place", "organisation"),
                    SOURCE_LINE,
                    "private_notes",
                )
            },
        ),
    )


class AssessmentForm(RecordForm):
    """An assessment; its criteria are ticked."""

    criteria = forms.MultipleChoiceField(
        label=_("Criteria met"),
        choices=[(value, _(label)) for value, label in AssessmentCriterion.choices()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Those of the scheme chosen above"),
    )


class AssessmentInline(DeskInline):
    model = Assessment
    form = AssessmentForm
    autocomplete_fields = ("body", "source")
    verbose_name_plural = _("assessments: what bodies concluded about the detention")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("body", "scheme", "decision"),
                    ("decided_on", "document_number", "is_public"),
                    "criteria",
                    in_each_language("reasoning"),
                    "source",
                )
            },
        ),
    )


PERSON_ROWS: tuple[type[InlineModelAdmin], ...] = (RoleInline, AffiliationInline, CitizenshipInline, LanguageInline)
