"""Accounts and groups. What a group may do comes from the table in `cases/actions/accounts.py` and is not edited here.

Accounts begin with an invitation, are closed rather than deleted, and nobody sets another's password.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.accounts import account_facts, note_change
from cases.actions.fixture_accounts import FIXTURE_ACCOUNTS
from cases.actions.invitations import MAY_INVITE, MAY_RESET
from cases.admin.chosen import ByNumber
from cases.admin.confirmed import confirmation, is_confirmed
from cases.admin.gate import account_of
from cases.admin.roles import role_in_words
from cases.admin.site import desk


class GroupFilter(admin.RelatedFieldListFilter):
    """Groups by their words."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [(key, role_in_words(str(name))) for key, name in super().field_choices(field, request, model_admin)]


class RolesField(forms.ModelMultipleChoiceField):
    """The groups of an account by their words."""

    def label_from_instance(self, obj: Any) -> str:
        return role_in_words(obj.name)


@admin.register(User, site=desk)
class AccountAdmin(ByNumber, UserAdmin):
    """An account. Nobody but a superuser makes superusers, touches theirs, or changes their own groups."""

    change_form_template = "desk/accounts/change_form.html"
    change_list_template = "desk/accounts/change_list.html"
    list_display = ("username", "groups_in_words", "is_active", "last_login")
    list_filter = (("groups", GroupFilter), "is_active")
    fieldsets = (
        (None, {"fields": ("username",)}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("What the account may do"), {"fields": (("is_active", "is_staff"), "groups")}),
    )
    filter_horizontal = ()
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        """Leave out Django's page on which one person sets the password of another."""
        return [found for found in super().get_urls() if found.name != "auth_user_password_change"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The accounts of people; those of the fixtures belong to the machine and cannot be woken here."""
        return super().get_queryset(request).exclude(username__in=FIXTURE_ACCOUNTS).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["form_class"] = RolesField
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("groups"))
    def groups_in_words(self, account: User) -> str:
        """Name the groups of the account."""
        return ", ".join(role_in_words(group.name) for group in account.groups.all())

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        if obj is not None and obj.pk == request.user.pk and not request.user.is_superuser:
            return ("is_active", "is_staff", "groups")
        return ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        extra = {"title": _("Accounts"), "may_invite": request.user.has_perm(MAY_INVITE), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show and change an account for who has lately confirmed who they are, and tell the audit what changed."""
        if not is_confirmed(request):
            return confirmation(request)
        extra = {"title": _("Account"), "may_reset": request.user.has_perm(MAY_RESET), **(extra_context or {})}
        with transaction.atomic():
            account = self.get_object(request, object_id)
            before = account_facts(account) if account else {}
            response = super().change_view(request, object_id, form_url, extra)
            if account and request.method == "POST":
                note_change(account_of(request), account, before=before, at=timezone.now())
        return response


@admin.register(Group, site=desk)
class RoleAdmin(GroupAdmin):
    """A role, to be read."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Group | None = None) -> bool:
        return False
