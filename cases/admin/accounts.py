"""Accounts and groups. What a group may do comes from the table in `cases/actions/accounts.py` and is not edited here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.actions.fixture_accounts import FIXTURE_ACCOUNTS
from cases.admin.site import desk


@admin.register(User, site=desk)
class AccountAdmin(UserAdmin):
    """An account. Nobody but a superuser makes superusers, touches theirs, or changes their own groups."""

    list_display = ("username", "groups_in_words", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("What the account may do"), {"fields": (("is_active", "is_staff"), "groups")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "usable_password", "password1", "password2")}),)
    filter_horizontal = ()
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        """The accounts of people; those of the fixtures belong to the machine and cannot be woken here."""
        return super().get_queryset(request).exclude(username__in=FIXTURE_ACCOUNTS).prefetch_related("groups")

    @admin.display(description=_("groups"))
    def groups_in_words(self, account: User) -> str:
        """Name the groups of the account."""
        return ", ".join(group.name for group in account.groups.all())

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        if obj is not None and obj.pk == request.user.pk and not request.user.is_superuser:
            return ("is_active", "is_staff", "groups")
        return ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)


@admin.register(Group, site=desk)
class RoleAdmin(GroupAdmin):
    """A role, to be read."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Group | None = None) -> bool:
        return False
