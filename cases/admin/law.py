"""Legal codes and provisions: laws change, so rows do."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.base import CitedAdmin, CitedRows, DeskInline
from cases.admin.forms import in_each_language
from cases.admin.site import desk
from cases.admin.wording import PUBLISHED_LATER
from cases.domain.provisions import read_number
from cases.models import LegalCode, Penalty, Provision


@admin.register(LegalCode, site=desk)
class LegalCodeAdmin(CitedAdmin):
    search_fields = ("slug", "name_en", "name_uk", "name_ru", "short_name_en", "short_name_uk")
    list_display = ("__str__", "jurisdiction", "in_force_from", "verified")
    list_filter = ("jurisdiction", "verified")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    in_each_language("name"),
                    in_each_language("short_name"),
                    ("slug", "jurisdiction"),
                    ("in_force_from", "in_force_to", "verified"),
                    "cited_source",
                )
            },
        ),
    )


class PenaltyInline(CitedRows, DeskInline):
    """What the provision threatened, wording after wording."""

    model = Penalty
    autocomplete_fields = ("source",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("in_force_from", "in_force_to", "enacted_by"),
                    ("least_months", "most_months", "life", "is_unknown"),
                    ("fine_most", "fine_currency"),
                    in_each_language("note"),
                    ("source", "verified"),
                    ("cited_source", "cited"),
                )
            },
        ),
    )


@admin.register(Provision, site=desk)
class ProvisionAdmin(CitedAdmin):
    search_fields = ("slug", "article", "title_en", "title_uk", "title_ru")
    search_help_text = _("Article and part, or title, for example 205.5(2)")
    list_display = ("__str__", "code", "in_force_from", "in_force_to", "verified")
    list_select_related = ("code",)
    list_filter = ("code", "verified")
    autocomplete_fields = ("code", "source")
    inlines = (PenaltyInline,)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find 205.5(2) as lawyers write it, in either language and order of words."""
        named = read_number(search_term)
        if named is None:
            return super().get_search_results(request, queryset, search_term)
        article, part = named
        return queryset.filter(article=article, part=part), False

    fieldsets = (
        (
            None,
            {
                "description": PUBLISHED_LATER,
                "fields": (
                    ("code", "article", "part"),
                    "slug",
                    in_each_language("title"),
                    in_each_language("description"),
                    ("in_force_from", "in_force_to", "introduced_by"),
                    ("rests_on", "source", "verified"),
                ),
            },
        ),
        (_("Private: never published"), {"fields": ("private_notes",)}),
    )
