"""The desk: Django's admin with work first and our own theme."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.desk_export import MAY_EXPORT
from cases.actions.erasure import MAY_ASK, MAY_CONFIRM
from cases.actions.invitations import MAY_INVITE
from cases.actions.publication import MAY_PUBLISH_REFERENCE
from cases.actions.review import MAY_REVIEW
from cases.actions.webhooks import MAY_MANAGE
from cases.admin.gate import is_inside
from cases.admin.language import choices, in_chosen_language
from cases.admin.refused import told_inside
from cases.queries import queues
from cases.queries.alarm_board import alarm_groups
from cases.queries.alarm_choice import NOBODY, assignees, read_choice, regions
from cases.queries.erased import waiting_for
from cases.queries.webhooks import in_trouble

#: The first page's lists of records: what a visitor may not see is left out, and so is a heading without records.
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Cases"), ("Prisoner", "Proceeding")),
    (_("Families"), ("Household", "Relative", "Need", "Aid")),
    (_("Sources and bodies"), ("Source", "Organisation", "Official")),
    (_("Reference data"), ("DetentionSite", "Place", "Provision", "LegalCode", "Court")),
    (_("Accounts"), ("User", "Group")),
)

#: What a list calls its records where Django calls them otherwise.
CALLED: dict[str, Any] = {"User": _("Accounts")}

#: The way about the desk: (words, address, permission).
NAVIGATION: tuple[tuple[Any, str, str], ...] = (
    (_("Cases"), "admin:cases_prisoner_changelist", "cases.view_prisoner"),
    (_("Proceedings"), "admin:cases_proceeding_changelist", "cases.view_proceeding"),
    (_("Review"), "admin:review", MAY_REVIEW),
    (_("Sources"), "admin:cases_source_changelist", "cases.view_source"),
    (_("Sites"), "admin:cases_detentionsite_changelist", "cases.view_detentionsite"),
    (_("Families"), "admin:cases_household_changelist", "cases.view_household"),
    (_("Accounts"), "admin:auth_user_changelist", "auth.view_user"),
    (_("Audit"), "admin:audit", "cases.view_auditentry"),
)


class DeskSite(admin.AdminSite):
    """The private side."""

    site_header = _("Case tracker: desk")
    site_title = _("Desk")
    index_title = _("Desk")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """The gate has let this request in; where it did not stand, nobody comes in."""
        return super().has_permission(request) and is_inside(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Our own page stands at this address before Django's; whatever still comes here goes there."""
        return redirect("account_login")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ARG002
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ARG002
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ARG002
        return redirect("admin:index")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        return in_chosen_language(told_inside(super().admin_view(view, cacheable), self.each_context))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        if not context["has_permission"]:
            context["available_apps"] = []
        context["navigation"] = [
            (words, reverse(address))
            for words, address, permission in NAVIGATION
            if context["has_permission"] and request.user.has_perm(permission)
        ]
        context["other_languages"] = choices()
        return context

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the work that waits, then the records."""
        today = timezone.localdate()
        may_see_cases = request.user.has_perm("cases.view_prisoner")
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "sections": self._sections(request),
            "may_add_case": request.user.has_perm("cases.add_prisoner"),
            "may_review": request.user.has_perm(MAY_REVIEW),
            "may_publish_reference": request.user.has_perm(MAY_PUBLISH_REFERENCE),
            "may_export": request.user.has_perm(MAY_EXPORT),
            "may_invite": request.user.has_perm(MAY_INVITE),
            "may_manage_webhooks": request.user.has_perm(MAY_MANAGE),
            "webhooks_in_trouble": in_trouble(timezone.now()).count() if request.user.has_perm(MAY_MANAGE) else 0,
            "may_erase": request.user.has_perm(MAY_ASK),
            "erasures_waiting": waiting_for(request.user).count() if request.user.has_perm(MAY_CONFIRM) else 0,
            "shown": queues.SHOWN,
            **(extra_context or {}),
        }
        if may_see_cases and isinstance(request.user, User):
            context |= {
                "sent_back": queues.sent_back_to(request.user)[: queues.SHOWN],
                "assigned": queues.assigned_to(request.user)[: queues.SHOWN],
                "waiting": queues.waiting(request.user)[: queues.SHOWN],
                "drafts": queues.drafts()[: queues.SHOWN],
                **self._alarms(request, today),
            }
        request.current_app = self.name
        return TemplateResponse(request, "desk/index.html", context)

    def _alarms(self, request: HttpRequest, today: date) -> dict[str, Any]:
        """Return the alarms of the cases that the reader chose, and what there is to choose."""
        choice = read_choice(request.GET.get("region", ""), request.GET.get("assignee", ""))
        return {
            "alarms": alarm_groups(today, at=timezone.now(), choice=choice, transit_days=settings.TRANSIT_ALARM_DAYS),
            "choice": choice,
            "regions": regions(),
            "assignees": [(str(user.pk), user.get_username()) for user in assignees()],
            "nobody": NOBODY,
        }

    def _sections(self, request: HttpRequest) -> list[tuple[Any, list[dict[str, Any]]]]:
        models = {model["object_name"]: model for app in self.get_app_list(request) for model in app["models"]}
        models = {name: {**model, "name": CALLED.get(name, model["name"])} for name, model in models.items()}
        named = ((title, [models[name] for name in names if name in models]) for title, names in SECTIONS)
        return [(title, found) for title, found in named if found]


desk = DeskSite(name="admin")
