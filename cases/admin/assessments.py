"""Assessments are written down on the prisoner's screen; here all of them can be searched."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cases.admin.base import DeskAdmin
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
