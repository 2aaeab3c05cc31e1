"""Proceedings and courts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from nested_admin.nested import NestedModelAdminMixin

from cases.actions.permissions import may_delete_proceeding, may_work_on_proceeding
from cases.admin.after_saving import look_after
from cases.admin.base import CitedAdmin
from cases.admin.chosen import number_in
from cases.admin.forms import in_each_language
from cases.admin.proceeding_rows import (
    DecisionInline,
    DefendantInline,
    HearingInline,
    InvolvementInline,
    SentenceFormSet,
)
from cases.admin.site import desk
from cases.models import Court, Defendant, Prisoner, Proceeding

THE_CASE = _("The proceeding")
PRIVATE = _("Private: never published")


@admin.register(Proceeding, site=desk)
class ProceedingAdmin(NestedModelAdminMixin, CitedAdmin):
    search_fields = ("title_en", "title_uk", "title_ru", "number", "defendants__prisoner__names__text")
    search_help_text = _("Title, number, or the name of a defendant")
    list_display = ("__str__", "kind", "number", "opened", "people")
    list_filter = ("kind",)
    inlines = (DefendantInline, HearingInline, DecisionInline, InvolvementInline)
    fieldsets = (
        (
            THE_CASE,
            {
                "fields": (
                    ("kind", "number", "opened"),
                    in_each_language("title"),
                    in_each_language("summary"),
                    "cited_source",
                )
            },
        ),
        (PRIVATE, {"fields": ("private_notes",)}),
    )
    sections = (THE_CASE, DefendantInline, HearingInline, DecisionInline, InvolvementInline, PRIVATE)
    change_form_template = "desk/proceeding/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proceeding]:
        queryset: QuerySet[Proceeding] = super().get_queryset(request)
        return queryset.prefetch_related("defendants__prisoner__names")

    def has_change_permission(self, request: HttpRequest, obj: Proceeding | None = None) -> bool:
        """A proceeding all of whose defendants are assigned to others is read, not changed."""
        return super().has_change_permission(request, obj) and (
            obj is None or may_work_on_proceeding(request.user, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Proceeding | None = None) -> bool:
        """A proceeding of which a defendant is assigned to somebody else is not deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or may_delete_proceeding(request.user, obj))

    @admin.display(description=_("defendants"))
    def people(self, proceeding: Proceeding) -> str:
        """Name the first defendants and count the others."""
        names = [str(defendant) for defendant in proceeding.defendants.all()]
        more = len(names) - 3
        return ", ".join(names[:3]) + (f" +{more}" if more > 0 else "")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        before = set(Prisoner.objects.filter(defendants__proceeding=form.instance))
        super().save_related(request, form, formsets, change)
        look_after(request, before | set(Prisoner.objects.filter(defendants__proceeding=form.instance)))

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Fill in the defendant for 'add a proceeding for this person'."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        wanted = number_in(request.GET.get("prisoner", ""))
        is_new = obj is None or obj.pk is None
        if request.method == "GET" and is_new and isinstance(inline, DefendantInline) and wanted is not None:
            prisoner = Prisoner.objects.filter(pk=wanted).first()
            kwargs["initial"] = [{"prisoner": prisoner.pk}] if prisoner else []
        return kwargs

    def _create_formsets(self, request: HttpRequest, obj: Any, change: Any) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)
        accused = next((formset for formset in formsets if formset.model is Defendant), None)
        for formset in formsets:
            if isinstance(formset, SentenceFormSet):
                formset.accused = accused
        return formsets, inlines

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        if isinstance(formset, SentenceFormSet):
            only = list(Defendant.objects.filter(proceeding=form.instance)[:2])
            if len(only) == 1:
                formset.adopt(only[0])
        super().save_formset(request, form, formset, change)


@admin.register(Court, site=desk)
class CourtAdmin(CitedAdmin):
    search_fields = ("slug", "name_en", "name_uk", "name_ru", "name_crh_latn")
    list_display = ("__str__", "kind", "place")
    list_select_related = ("place",)
    list_filter = ("kind",)
    autocomplete_fields = ("place",)
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = ((None, {"fields": (in_each_language("name"), ("kind", "place"), "slug", "cited_source")}),)
