"""What every screen of the desk has in common: sections in order, sources beside rows, history in place of Django's log."""

from functools import partial, reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.actions.citations import cite
from cases.admin.chosen import ByNumber
from cases.admin.file_boxes import KeptFileWidget
from cases.admin.forms import CitingForm, KnownAutocomplete, RecordForm, label_in_language, language_of
from cases.admin.history import history_page, moment_page, restore_page
from cases.admin.lists import in_words
from cases.admin.problems import problems
from cases.admin.together import Together, is_taken_up
from cases.admin.unsealing import look_up_sealing
from cases.fields import PartialDateField
from cases.file_fields import KeptFileField
from cases.models import Prisoner
from cases.models.base import CONTENT_LANGUAGES, CitedRecord
from cases.queries.lines import rows_told_by
from cases.sealed import SealedFormField

CITED = "cited_source"
#: Words that are looked for in a list: each is asked for in several ways, so a page of text would keep the database busy.
MOST_WORDS = 12
OVERRIDES: dict[Any, dict[str, Any]] = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    models.URLField: {"assume_scheme": "https"},
    KeptFileField: {"widget": KeptFileWidget},
}


class Labelled:
    """Says the language of each column of a translated field, and offers people of the desk where a person is asked."""

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is User:
            kwargs["queryset"] = User.objects.filter(is_active=True, is_staff=True).order_by("username")
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs.setdefault("widget", KnownAutocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if not isinstance(field, forms.Field):
            return field
        if isinstance(field, SealedFormField):
            field.is_open = getattr(request, "unsealed", False)
            field.is_late = getattr(request, "is_late", False)
            if field.is_open:
                field.widget.attrs["data-sealed"] = True
        language = language_of(db_field)
        if language:
            field.label = label_in_language(db_field, language)  # type: ignore[assignment]
        if (language and language != CONTENT_LANGUAGES[0]) or _is_later_date(db_field):
            field.help_text = ""
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = field.widget.can_delete_related = False
        return field


def _is_later_date(column: models.Field) -> bool:
    """Tell whether another date of the same row already says how dates are written."""
    if not isinstance(column, PartialDateField) or column.help_text:
        return False
    dates = [field.name for field in column.model._meta.concrete_fields if isinstance(field, PartialDateField)]
    return dates[0] != column.name


class DeskAdmin(ByNumber, Together, Labelled, admin.ModelAdmin):
    """A record at the desk.

    `sections` puts fieldsets (by their translated title), inlines (by class) and templates (by path) into one order.
    """

    form: Any = RecordForm
    formfield_overrides = OVERRIDES
    list_per_page = 50
    show_full_result_count = False
    sections: ClassVar[tuple[Any, ...]] = ()
    change_form_template = "desk/change_form.html"

    # The history is kept by simple_history; Django's own log would keep names of relatives a second time.
    def log_addition(self, _request: HttpRequest, _obj: Any, _message: Any) -> Any:
        return None

    def log_change(self, _request: HttpRequest, _obj: Any, _message: Any) -> Any:
        return None

    def log_deletions(self, _request: HttpRequest, _queryset: Any) -> Any:
        return []

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse to filter by what refers to a record: `?households=7` would tell who shares a household.

        What the list itself offers as a filter is asked for on purpose.
        """
        if any(isinstance(one, str) and lookup.startswith(one) for one in self.get_list_filter(request)):
            return super().lookup_allowed(lookup, value, request)
        model: Any = self.model
        for part in lookup.split(LOOKUP_SEP):
            field = next((one for one in model._meta.get_fields() if one.name == part), None)
            if field is None:
                break
            if field.auto_created and not field.concrete:
                return False
            model = field.related_model or model
        return super().lookup_allowed(lookup, value, request)

    def get_list_display(self, request: HttpRequest) -> Any:
        return in_words(self.model, super().get_list_display(request))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id)) if object_id else None
        sealing = look_up_sealing(request, record) if record is not None else None
        return super().changeform_view(request, object_id, form_url, {"sealing": sealing, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history_page(self, request, object_id, extra_context)

    def get_urls(self) -> list[URLPattern]:
        """Put the pages that put back what the history kept before Django's own, which take any path for a key."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"

        def page(view: Any) -> Any:
            return self.admin_site.admin_view(partial(view, self))

        own = [
            path("<int:pk>/history/<slug:kind>/<int:version>/", page(restore_page), name=f"{name}_restore"),
            path("<int:pk>/history/moment/", page(moment_page), name=f"{name}_moment"),
        ]
        is_case = self.model is Prisoner
        return own[: 1 + is_case] + super().get_urls()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find each word as typed and in other cases: SQLite compares Cyrillic letter by letter."""
        fields = self.get_search_fields(request)
        if not fields:
            return queryset, False
        for word in search_term.split()[:MOST_WORDS]:
            forms_of_word = {word, word.lower(), word.upper(), word.capitalize()}
            queryset = queryset.filter(
                reduce(or_, (Q(**{f"{field}__icontains": form}) for field in fields for form in forms_of_word))
            )
        return queryset, any("__" in field for field in fields)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        self._cite(request, form)
        for formset in formsets:
            for row in formset.forms:
                if row not in formset.deleted_forms:
                    self._cite(request, row)

    def _cite(self, request: HttpRequest, form: Any) -> None:
        source = getattr(form, "cleaned_data", {}).get(CITED)
        if source is not None and isinstance(form.instance, CitedRecord) and form.instance.pk:
            cite(request.user, form.instance, source=source)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["sections"] = self._in_order(context)
        if context["errors"] and not is_taken_up(request):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["problems"] = problems(context["adminform"].form, formsets)
        if context.get("original") is not None:
            context |= {"title": str(context["original"]), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def _in_order(self, context: dict[str, Any]) -> list[dict[str, Any]]:
        fieldsets = {str(fieldset.name): fieldset for fieldset in context["adminform"]}
        inlines = {type(inline.opts): inline for inline in context["inline_admin_formsets"]}
        ordered: list[dict[str, Any]] = []
        for section in self.sections:
            if isinstance(section, type):
                if section in inlines:
                    ordered.append({"inline": inlines.pop(section)})
            elif isinstance(section, str):
                ordered.append({"template": section})
            elif str(section) in fieldsets:
                ordered.append({"fieldset": fieldsets.pop(str(section))})
        ordered += [{"fieldset": fieldset} for fieldset in fieldsets.values()]
        return ordered + [{"inline": inline} for inline in inlines.values()]


class CitedAdmin(DeskAdmin):
    """A record that is cited: its form has a box for a source."""

    form = CitingForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request)):
            return fieldsets
        return without_source(fieldsets)


class Lined:
    """An inline whose saved rows fold to one line each; what the lines tell is fetched with the rows."""

    model: Any

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        if issubclass(self.model, CitedRecord):
            queryset = queryset.prefetch_related("citations__source")
        keys = rows_told_by(self.model)
        return queryset.select_related(*keys) if keys else queryset


class DeskRows(BaseInlineFormSet):
    """The rows of a record; the empty one is made once a page, where Django makes it anew each time it is asked for."""

    @cached_property
    def empty_form(self) -> Any:
        return super().empty_form


class DeskInline(Lined, Labelled, admin.StackedInline):
    """Rows of a record, each with its fields in a few lines."""

    form: Any = RecordForm
    formset: Any = DeskRows
    extra = 0
    formfield_overrides = OVERRIDES
    template = "desk/rows/rows.html"


class CitedRows:
    """An inline whose rows are cited: a box for a source, and the titles of those cited already."""

    form: Any = CitingForm
    readonly_fields: Any = ("cited",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if self.has_change_permission(request, obj) or self.has_add_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        return without_source(fieldsets)

    @admin.display(description=_("Cited already"))
    def cited(self, row: Any) -> Any:
        """List the sources that are cited for this row or for one of its fields."""
        if row is None or row.pk is None:
            return "–"
        titles = dict.fromkeys(str(citation.source) for citation in row.citations.all())
        return format_html_join("; ", "{}", ((title,) for title in titles)) or _("No source yet")


def without_source(fieldsets: Any) -> Any:
    """Return the fieldsets without boxes that are no fields of the record, for those who only read."""
    unwanted = {CITED, "term"}

    def kept(line: Any) -> Any:
        if isinstance(line, str):
            return line if line not in unwanted else None
        return tuple(name for name in line if name not in unwanted) or None

    return [
        (title, {**options, "fields": [line for line in map(kept, options["fields"]) if line]})
        for title, options in fieldsets
    ]
