"""Families: seen only by those with the support permission. Nothing here is ever published."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.actions.erasure import MAY_ASK
from cases.admin.base import DeskAdmin, DeskInline
from cases.admin.site import desk
from cases.models import Aid, Household, Need, Relative


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


@admin.register(Household, site=desk)
class HouseholdAdmin(DeskAdmin):
    search_fields = ("code", "prisoners__names__text")
    list_display = ("__str__", "updated_at")
    autocomplete_fields = ("prisoners",)
    inlines = (RelativeInline, NeedInline, AidInline)
    fieldsets = (
        (None, {"fields": ("label", "prisoners")}),
        (_("How to reach them"), {"fields": (("phone", "safe_contact"), "address", "notes")}),
    )


@admin.register(Relative, site=desk)
class RelativeAdmin(DeskAdmin):
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
