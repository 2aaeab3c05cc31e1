"""Bodies, and the people who act for states."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cases.admin.base import CitedAdmin
from cases.admin.forms import in_each_language
from cases.admin.site import desk
from cases.models import Official, Organisation

PRIVATE: Any = (_("Private: never published"), {"fields": ("private_notes",)})


@admin.register(Organisation, site=desk)
class OrganisationAdmin(CitedAdmin):
    search_fields = ("slug", "name_en", "name_uk", "name_ru", "name_crh_latn")
    list_display = ("__str__", "kind", "country")
    list_filter = ("kind", "country")
    prepopulated_fields = {"slug": ("name_en",)}
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
