"""Bodies, and the people who act for states."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cases.admin.base import CitedAdmin, CitedRows, DeskInline
from cases.admin.forms import in_each_language
from cases.admin.site import desk
from cases.models import Designation, Official, Organisation

PRIVATE: Any = (_("Private: never published"), {"fields": ("private_notes",)})


class DesignationInline(CitedRows, DeskInline):
    """What states call the organisation, and since when."""

    model = Designation
    autocomplete_fields = ("source",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("state", "kind", "designated"),
                    "designated_by",
                    in_each_language("note"),
                    ("source", "verified"),
                    ("cited_source", "cited"),
                )
            },
        ),
    )


@admin.register(Organisation, site=desk)
class OrganisationAdmin(CitedAdmin):
    search_fields = ("slug", "name_en", "name_uk", "name_ru", "name_crh_latn")
    list_display = ("__str__", "kind", "country")
    list_filter = ("kind", "country")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (DesignationInline,)
    fieldsets = (
        (None, {"fields": (in_each_language("name"), ("slug", "kind"), ("country", "website"), "cited_source")}),
        PRIVATE,
    )


@admin.register(Official, site=desk)
class OfficialAdmin(CitedAdmin):
    search_fields = ("name_en", "name_uk", "name_ru", "name_crh_latn")
    list_display = ("__str__", "kind", "organisation")
    list_select_related = ("organisation",)
    list_filter = ("kind",)
    autocomplete_fields = ("organisation",)
    fieldsets = (
        (None, {"fields": (in_each_language("name"), ("kind", "organisation"), "cited_source")}),
        PRIVATE,
    )
