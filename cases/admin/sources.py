"""Sources: written down once, cited many times."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.after_saving import look_after
from cases.admin.base import DeskAdmin
from cases.admin.file_boxes import SHOWN, ShowsFile
from cases.admin.site import desk
from cases.models import Prisoner, Source


@admin.register(Source, site=desk)
class SourceAdmin(ShowsFile, DeskAdmin):
    file_column = "file"
    search_fields = ("title", "publisher", "author", "url")
    search_help_text = _("Title, publisher, author or address")
    list_display = ("title", "publisher", "kind", "reliability", "published", "is_public")
    list_filter = ("kind", "reliability", "is_public", "language")
    readonly_fields = ("file_sha256", SHOWN)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("publisher", "author"),
                    "url",
                    ("kind", "language", "reliability"),
                    ("published", "accessed"),
                )
            },
        ),
        (
            _("File"),
            {
                "description": _("Kept sealed at the desk. Its SHA-256 shows later that it was not altered."),
                "fields": ("file", "file_sha256"),
            },
        ),
        (_("What may be shown"), {"fields": (("is_public", "is_invented"),)}),
        (_("Private: never published"), {"fields": ("private_notes",)}),
    )

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if change and "is_public" in form.changed_data:
            look_after(request, Prisoner.objects.filter(case_citations__source=obj).distinct())
