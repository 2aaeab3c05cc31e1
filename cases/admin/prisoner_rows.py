"""The rows of a case on the prisoner's screen, in the order in which facts are learned."""

from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.base import CitedRows, DeskInline, DeskRows
from cases.admin.forms import CitingForm, RecordForm, in_each_language, leave_out
from cases.enums import AssessmentCriterion
from cases.models import (
    Affiliation,
    Assessment,
    Citizenship,
    Event,
    PersonName,
    PublicRole,
    Rehabilitation,
    SpokenLanguage,
    Stay,
)
from cases.published.rehabilitations import AS_AN_EVENT

SOURCE_LINE = ("cited_source", "cited")


class NameForm(CitingForm):
    """A name; which one is preferred is a question about all of them, asked by `NameFormSet`."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"is_preferred"}


class NameFormSet(DeskRows):
    """The names of a person, as they will stand together once all of them are saved."""

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            said = getattr(form, "cleaned_data", {})
            if form in self.deleted_forms or not said.get("is_preferred") or not said.get("language"):
                continue
            if said["language"] in seen:
                form.add_error("is_preferred", _("Only one name can be the preferred one in a language."))
            seen.add(said["language"])

    def save_existing_objects(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Free the place of the preferred name before another takes it, whatever the order of the rows."""
        freed = [form for form in self.initial_forms if not form.cleaned_data.get("is_preferred")]
        if commit:
            names = PersonName.objects.filter(is_preferred=True)
            # The save of a changed row, which follows, tells history and audit of it; of the others nothing else would.
            names.filter(pk__in=[form.instance.pk for form in freed if form.has_changed()]).update(is_preferred=False)
            for name in names.filter(pk__in=[form.instance.pk for form in freed if not form.has_changed()]):
                name.is_preferred = False
                name.save()
        return super().save_existing_objects(commit)


class NameInline(CitedRows, DeskInline):
    model = PersonName
    form = NameForm
    formset = NameFormSet
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


class EventForm(CitingForm):
    """An event; what was decided on rehabilitation is a row of its own, and an older event of it stays what it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave_out(self, "kind", AS_AN_EVENT)


class EventInline(CitedRows, DeskInline):
    model = Event
    form = EventForm
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


class RehabilitationInline(CitedRows, DeskInline):
    model = Rehabilitation
    autocomplete_fields = ("body",)
    verbose_name_plural = _("rehabilitation: each decision is a row of its own, the last one is the present status")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("outcome", "decided_on", "is_public"),
                    ("body", "document_number"),
                    in_each_language("law"),
                    in_each_language("reasoning"),
                    SOURCE_LINE,
                )
            },
        ),
    )


PERSON_ROWS: tuple[type[InlineModelAdmin], ...] = (RoleInline, AffiliationInline, CitizenshipInline, LanguageInline)
