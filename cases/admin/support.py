"""Families: seen only by those with the support permission. Nothing here is ever published."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.actions.erasure import MAY_ASK
from cases.admin.base import DeskAdmin, DeskInline
from cases.admin.site import desk
from cases.models import Aid, Household, Need, Relative
from cases.sealed import LookupField

SEARCHED_BY = _("A code, any form of the prisoner's name, or exactly: a whole name of the family or a phone number")


class RelativeInline(DeskInline):
    model = Relative
    autocomplete_fields = ("prisoner",)
    fieldsets = ((None, {"fields": (("full_name", "kinship", "prisoner"), ("born", "phone"), ("health", "notes"))}),)


class NeedInline(DeskInline):
    model = Need
    fieldsets = ((None, {"fields": (("kind", "urgency", "state"), "description", ("amount", "currency", "due"))}),)


class AidInline(DeskInline):
    model = Aid
    verbose_name_plural = _("aid that was given")
    autocomplete_fields = ("need", "organisation")
    fieldsets = (
        (
            None,
            {"fields": (("kind", "given_on", "need"), ("amount", "currency"), ("given_by", "organisation"), "notes")},
        ),
    )


class FoundBySeal:
    """A list in which a sealed value is found by typing exactly it: a whole name, a phone number however it is written."""

    sealed_lookups: ClassVar[tuple[str, ...]] = ()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        found, may_repeat = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        exact = Q()
        for path in self.sealed_lookups:
            hashes = lookup_at(queryset.model, path).hashes(search_term)
            if hashes:
                exact |= Q(**{f"{path}__in": hashes})
        if not exact:
            return found, may_repeat
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=queryset.filter(exact).values("pk"))), False


def lookup_at(model: Any, path: str) -> LookupField:
    """Return the lookup that a path of relations leads to."""
    *steps, name = path.split(LOOKUP_SEP)
    for step in steps:
        model = model._meta.get_field(step).related_model
    field: LookupField = model._meta.get_field(name)
    return field


@admin.register(Household, site=desk)
class HouseholdAdmin(FoundBySeal, DeskAdmin):
    sealed_lookups = ("label_lookup", "phone_lookup", "relatives__full_name_lookup", "relatives__phone_lookup")
    search_help_text = SEARCHED_BY
    search_fields = ("code", "prisoners__names__text")
    list_display = ("__str__", "updated_at")
    autocomplete_fields = ("prisoners",)
    inlines = (RelativeInline, NeedInline, AidInline)
    fieldsets = (
        (None, {"fields": ("label", "prisoners")}),
        (_("How to reach them"), {"fields": (("phone", "safe_contact"), "address", "notes")}),
    )


@admin.register(Relative, site=desk)
class RelativeAdmin(FoundBySeal, DeskAdmin):
    sealed_lookups = ("full_name_lookup", "phone_lookup")
    search_help_text = SEARCHED_BY
    search_fields = ("household__code",)
    list_display = ("__str__", "prisoner")
    list_select_related = ("household",)
    autocomplete_fields = ("household", "prisoner")
    change_form_template = "desk/relative/change_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_erase"] = request.user.has_perm(MAY_ASK)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request):  # type: ignore[no-untyped-def]
        return super().get_queryset(request).prefetch_related("prisoner__names")


@admin.register(Need, site=desk)
class NeedAdmin(DeskAdmin):
    search_fields = ("household__code",)
    list_display = ("household", "kind", "urgency", "state", "due")
    list_select_related = ("household",)
    list_filter = ("state", "urgency", "kind")
    autocomplete_fields = ("household",)


@admin.register(Aid, site=desk)
class AidAdmin(DeskAdmin):
    search_fields = ("household__code",)
    list_display = ("household", "kind", "given_on", "amount", "currency")
    list_select_related = ("household",)
    list_filter = ("kind",)
    autocomplete_fields = ("household", "need", "organisation")
