"""The rows of a proceeding: defendants with their charges, hearings, decisions with sentences and segments, officials."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy
from nested_admin.formsets import NestedInlineFormSet
from nested_admin.nested import NestedStackedInline

from cases.actions.permissions import worked_on_by
from cases.admin.base import OVERRIDES, CitedRows, Labelled, Lined
from cases.admin.forms import TERM_UNITS, CitingForm, RecordForm, TermForm, in_each_language, leave_out, only_own_cases
from cases.models import Charge, Decision, Defendant, Hearing, Involvement, Sentence, SentenceSegment
from cases.published.rehabilitations import AS_A_DECISION

SOURCE_LINE = ("cited_source", "cited")


class OwnRows(NestedInlineFormSet):
    """Takes the rows that stand below this record: the library would take any row of the table by its number, move it here
    and show what is in it."""

    def get_queryset(self) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset()
        return queryset.filter(**{self.fk.attname: self.instance.pk}) if self.is_bound else queryset

    def clean(self) -> None:
        super().clean()
        key = self.model._meta.pk.name
        own = {str(pk) for pk in self.get_queryset().values_list("pk", flat=True)}
        sent = {self.data.get(f"{self.add_prefix(place)}-{key}") for place in range(self.total_form_count())}
        if sent - own - {None, ""}:
            raise ValidationError(_("A row that was sent does not belong to this record. Open the form again."))


class Rows(Lined, Labelled, NestedStackedInline):
    """Rows that may hold rows."""

    template = "desk/rows/nested_rows.html"
    form = RecordForm
    formset = OwnRows
    extra = 0
    formfield_overrides = OVERRIDES
    is_sortable = False


class CitedNestedRows(CitedRows, Rows):
    """Cited rows that may hold rows."""


class OwnDefendants:
    """Offers the defendants of this proceeding and no others."""

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "defendant":
            match = request.resolver_match
            pk = match.kwargs.get("object_id") if match else None
            kwargs["queryset"] = Defendant.objects.filter(proceeding_id=pk or 0).prefetch_related("prisoner__names")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class ChargeInline(CitedNestedRows):
    model = Charge
    autocomplete_fields = ("provision", "act_place", "organisation")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("provision", "form", "outcome"),
                    ("act_from", "act_to"),
                    ("act_place", "organisation"),
                    ("brought", "dropped"),
                    SOURCE_LINE,
                )
            },
        ),
    )


class DefendantInline(Rows):
    model = Defendant
    inlines = (ChargeInline,)
    autocomplete_fields = ("prisoner",)
    fieldsets = ((None, {"fields": (("prisoner", "counsel"),)}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Defendant]:
        queryset: QuerySet[Defendant] = super().get_queryset(request)
        return queryset.prefetch_related("prisoner__names")

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Take cases that are the reader's to change, and those that stand here already."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "prisoner":
            match = request.resolver_match
            here = Defendant.objects.filter(proceeding_id=(match.kwargs.get("object_id") if match else None) or 0)
            only_own_cases(field, worked_on_by(request.user, or_in=here.values("prisoner")))
        return field

    def get_extra(self, _request: HttpRequest, obj: Any = None, **_kwargs: Any) -> int:
        """Offer one defendant on a new proceeding."""
        return 0 if obj else 1


class HearingInline(CitedNestedRows):
    model = Hearing
    autocomplete_fields = ("court",)
    fieldsets = (
        (
            None,
            {"fields": (("held_on", "instance", "court"), in_each_language("note"), ("is_public",), SOURCE_LINE)},
        ),
    )


class SegmentForm(TermForm):
    """A segment; one without a term is the rest of the sentence, or the whole of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "term" in self.fields:
            self.fields["term"].help_text = gettext_lazy("Leave it empty for the whole sentence, or for the rest of it")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "term" not in self.errors and not any(cleaned.get(unit) for unit in TERM_UNITS):
            cleaned["is_remainder"] = True
        return cleaned


class SegmentInline(CitedNestedRows):
    model = SentenceSegment
    form = SegmentForm
    verbose_name_plural = gettext_lazy("regime of the sentence, or of each of its parts")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("position", "regime"),
                    "term",
                    ("years", "months", "days", "is_remainder"),
                    SOURCE_LINE,
                )
            },
        ),
    )


class SentenceForm(TermForm):
    """A sentence; where the proceeding has one defendant, that is whose it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "defendant" in self.fields:
            self.fields["defendant"].required = False
            self.fields["defendant"].help_text = _("May stay empty where the proceeding has one defendant")


class SentenceFormSet(OwnRows):
    """Gives a sentence without a defendant to the only one. `accused` is set by the screen of the proceeding."""

    accused: BaseInlineFormSet | None = None

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if form not in self.deleted_forms and form.has_changed()]
        orphans = [form for form in rows if not _has_defendant(form)]
        if orphans and _standing_rows(self.accused) != 1:
            for form in orphans:
                form.add_error("defendant", _("Choose whose sentence it is. Save new defendants first."))
        elif len(orphans) > 1:
            orphans[-1].add_error("defendant", _("This defendant already has a sentence in this decision."))

    def adopt(self, defendant: Defendant) -> None:
        """Give the sentences without a defendant to `defendant`, who has been saved by now."""
        for form in self.forms:
            if form.instance.defendant_id is None:
                form.instance.defendant = defendant


def _has_defendant(form: forms.BaseForm) -> bool:
    return bool(getattr(form, "cleaned_data", {}).get("defendant"))


def _standing_rows(formset: BaseInlineFormSet | None) -> int:
    """Count the rows that will be there after saving."""
    if formset is None or not formset.is_valid():
        return 0
    kept = (form for form in formset.forms if form not in formset.deleted_forms)
    return sum(1 for form in kept if form.instance.pk or form.has_changed())


class SentenceInline(OwnDefendants, CitedNestedRows):
    model = Sentence
    form = SentenceForm
    formset = SentenceFormSet
    inlines = (SegmentInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "defendant",
                    "term",
                    ("years", "months", "days"),
                    ("life", "death", "suspended"),
                    ("fine_amount", "fine_currency"),
                    in_each_language("other"),
                    SOURCE_LINE,
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sentence]:
        queryset: QuerySet[Sentence] = super().get_queryset(request)
        return queryset.prefetch_related("defendant__prisoner__names")


class DecisionForm(CitingForm):
    """A decision of a court; what was decided on rehabilitation is a row of the person's case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave_out(self, "outcome", AS_A_DECISION)


class DecisionInline(OwnDefendants, CitedNestedRows):
    model = Decision
    form = DecisionForm
    inlines = (SentenceInline,)
    autocomplete_fields = ("court",)
    verbose_name_plural = gettext_lazy("decisions, instance by instance, with the sentence as it stood after each")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("instance", "outcome", "court"),
                    ("decided_on", "in_force_from", "is_public"),
                    ("judges", "defendant"),
                    in_each_language("summary"),
                    SOURCE_LINE,
                )
            },
        ),
    )


class InvolvementInline(CitedNestedRows):
    model = Involvement
    autocomplete_fields = ("official",)
    fieldsets = ((None, {"fields": (("official", "kind"), "note", SOURCE_LINE)}),)
