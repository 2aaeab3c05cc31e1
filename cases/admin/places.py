"""Places and the sites where people are held."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.actions.publication import MAY_PUBLISH_REFERENCE
from cases.admin.after_saving import look_after
from cases.admin.base import CitedAdmin
from cases.admin.forms import in_each_language
from cases.admin.site import desk
from cases.admin.wording import PUBLISHED_LATER
from cases.models import DetentionSite, Place, Prisoner

NAMES = ("slug", "name_en", "name_uk", "name_ru", "name_crh_latn")


@admin.register(Place, site=desk)
class PlaceAdmin(CitedAdmin):
    search_fields = NAMES
    list_display = ("__str__", "kind", "sovereign", "region", "controlled_by")
    list_filter = ("kind", "sovereign", "controlled_by")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    in_each_language("name"),
                    ("slug", "kind"),
                    ("sovereign", "region"),
                    ("controlled_by", "controlled_since"),
                    ("latitude", "longitude"),
                    "cited_source",
                )
            },
        ),
    )


@admin.register(DetentionSite, site=desk)
class DetentionSiteAdmin(CitedAdmin):
    search_fields = (*NAMES, "number")
    search_help_text = _("Any form of the name, or the number")
    list_display = ("__str__", "kind", "number", "place", "is_public")
    list_select_related = ("place",)
    list_filter = ("is_public", "kind", "regime", "place__sovereign")
    autocomplete_fields = ("place",)
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = (
        (
            None,
            {
                "description": PUBLISHED_LATER,
                "fields": (
                    in_each_language("name"),
                    ("slug", "kind", "regime", "number"),
                    "place",
                    "postal_address",
                    ("latitude", "longitude", "coordinate_precision"),
                    ("opened", "closed"),
                    "is_public",
                    "cited_source",
                ),
            },
        ),
        (_("Private: never published"), {"fields": ("private_notes",)}),
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if change and "is_public" in form.changed_data:
            look_after(request, Prisoner.objects.filter(stays__site=form.instance).distinct())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whether a place of detention may have a public page is not for its author alone to say."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.has_perm(MAY_PUBLISH_REFERENCE) else (*fields, "is_public")
