"""Assessments are written down on the prisoner's screen; here all of them can be searched."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from cases.actions.permissions import may_work_on, worked_on_by
from cases.admin.base import DeskAdmin
from cases.admin.forms import only_own_cases
from cases.admin.prisoner_rows import AssessmentForm, AssessmentInline
from cases.admin.site import desk
from cases.models import Assessment


@admin.register(Assessment, site=desk)
class AssessmentAdmin(DeskAdmin):
    form = AssessmentForm
    search_fields = ("document_number", "prisoner__names__text", "body__name_en", "body__name_uk")
    list_display = ("prisoner", "body", "scheme", "decision", "decided_on")
    list_select_related = ("body",)
    list_filter = ("scheme", "decision")
    autocomplete_fields = ("prisoner", *AssessmentInline.autocomplete_fields)
    fieldsets = ((None, {"fields": ("prisoner",)}), *AssessmentInline.fieldsets)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        queryset: QuerySet[Assessment] = super().get_queryset(request)
        return queryset.prefetch_related("prisoner__names")

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "prisoner":
            only_own_cases(field, worked_on_by(request.user))
        return field

    def has_change_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """An assessment of a case that is assigned to somebody else is read, not changed."""
        return super().has_change_permission(request, obj) and (obj is None or may_work_on(request.user, obj.prisoner))

    def has_delete_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_work_on(request.user, obj.prisoner))
