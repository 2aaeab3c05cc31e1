"""The citations of a whole case in one place: which source says what about which fact."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.actions.citations import case_of
from cases.admin.base import DeskInline, DeskRows
from cases.admin.forms import Foldable, SourceField
from cases.models import Citation, Decision, Defendant, Hearing, Prisoner, Proceeding
from cases.publication.casefile import CaseFile
from cases.queries.facts import CitableCase, citable_case, fact_in_words, key_of_fact, read_fact

SET_BY_THE_FACT = {"content_type", "object_id", "field"}


class CitationForm(Foldable, forms.ModelForm):
    """One citation; which record and field it is about is chosen once, in words."""

    fact = forms.ChoiceField(label=_("Fact"), help_text=_("A row of this case as a whole, or one field of it"))
    source = SourceField(required=True, help_text=_("Search by title or publisher, or add a new source with +"))

    class Meta:
        model = Citation
        fields = ("fact", "source", "value", "quote", "page", "confidence")

    @property
    def line(self) -> list[str]:
        """The fact in words before what the source says of it."""
        choices: Any = self.fields["fact"].choices  # type: ignore[attr-defined]
        return [str(words) for key, words in choices if key] + super().line

    def clean(self) -> dict[str, Any]:
        """Turn the fact into the record and field that it stands for."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is None and cleaned.get("fact"):
            content_type, pk, field = read_fact(cleaned["fact"])
            self.instance.content_type, self.instance.object_id, self.instance.field = content_type, pk, field
        if self.instance.object_id and self.instance.record is None:
            raise ValidationError(_("The row that is cited was deleted: remove this citation."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraints of the record and field too, although they are no boxes of the form."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - SET_BY_THE_FACT if self.instance.object_id else excluded

    def save(self, commit: bool = True) -> Citation:  # noqa: FBT001, FBT002 - Django's signature
        """Give what belongs to one case to that case, and what several cases share to none."""
        self.instance.prisoner = case_of(self.instance.record)
        saved: Citation = super().save(commit)
        return saved


class CaseCitations(DeskRows):
    """Every citation of the case, those of its proceedings included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [citation.pk for citation in self.citable.citations]
        self.queryset = Citation.objects.filter(pk__in=pks).select_related("source", "content_type").order_by("pk")

    @cached_property
    def citable(self) -> CitableCase:
        """What can be cited here; empty before the case is saved."""
        return citable_case(self.instance) if self.instance.pk else CitableCase(rows=[], citations=[])

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk is None:
            form.fields["fact"].choices = [("", "---------"), *self.citable.choices()]
            return
        citation = form.instance
        key = key_of_fact(citation.content_type.model, citation.object_id, citation.field)
        form.fields["fact"].choices = [(key, fact_in_words(citation, self.citable.rows))]
        form.fields["fact"].initial = key
        form.fields["fact"].disabled = True
        for field in form.fields.values():
            field.help_text = ""

    def validate_unique(self) -> None:
        """Compare whole citations: Django would compare boxes alone, and the record and field are none."""
        seen = set()
        for form in self.forms:
            if form in self.deleted_forms or (not form.has_changed() and form.instance.pk is None):
                continue
            row = form.instance
            key = (row.content_type_id, row.object_id, row.field, row.source_id, row.value, row.page)
            if key in seen:
                raise ValidationError(_("The same source is cited twice for the same fact."))
            seen.add(key)

    def save_new(self, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        return form.save(commit=commit)


def case_read_for(inlines: Iterable[Any]) -> CaseFile | None:
    """Return the case as the citations of a page have read it; None where the page has none."""
    formsets = (inline.formset for inline in inlines)
    return next((one.citable.file for one in formsets if isinstance(one, CaseCitations)), None)


class CitationInline(DeskInline):
    model = Citation
    fk_name = "prisoner"
    form = CitationForm
    formset = CaseCitations
    verbose_name_plural = _("citations")
    fieldsets = ((None, {"fields": ("fact", ("source", "page", "confidence"), ("value", "quote"))}),)

    @classmethod
    def also_shown(cls, prisoner: Prisoner) -> Q:
        """Return which citations stand here beside the case's own: those of its proceedings, as their history tells it."""
        tried = Defendant.history.order_by().filter(prisoner_id=prisoner.pk).values("proceeding_id")
        keys: dict[Any, Any] = {Proceeding: tried}
        for model in (Hearing, Decision):
            keys[model] = model.history.order_by().filter(proceeding_id__in=tried).values("id")
        found = Q()
        for model, rows in keys.items():
            found |= Q(content_type_id=ContentType.objects.get_for_model(model).pk, object_id__in=rows)
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Say the fact as text to those who only read."""
        if self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("about", ("source", "page", "confidence"), ("value", "quote"))}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if self.has_change_permission(request, obj) else ("about",)

    def about(self, citation: Citation) -> str:
        """Say which record and field the citation is about."""
        if citation is None or citation.pk is None:
            return ""
        return f"{citation.record}: {citation.field}".rstrip(": ")

    about.short_description = _("Fact")  # type: ignore[attr-defined]
