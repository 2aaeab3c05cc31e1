import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError

from cases.actions.accounts import (
    ANALYST,
    FAMILY,
    GROUPS,
    RESEARCHER,
    SUPPORT,
    codenames,
    create_desk_account,
    ensure_groups,
)
from cases.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_every_group_of_the_table_has_exactly_its_permissions_however_often_it_is_made() -> None:
    ensure_groups()
    ensure_groups()
    found = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert found == {name: set(codenames(name)) for name in GROUPS}


def test_a_permission_that_was_added_by_hand_is_taken_away_again() -> None:
    group = ensure_groups()[RESEARCHER]
    group.permissions.add(*ensure_groups()[SUPPORT].permissions.filter(codename="view_relative"))
    ensure_groups()
    assert not group.permissions.filter(codename="view_relative").exists()


def test_no_group_but_support_names_a_family_table() -> None:
    endings = tuple(f"_{model}" for model in FAMILY)
    naming = {name for name in GROUPS if any(codename.endswith(endings) for codename in codenames(name))}
    assert naming == {SUPPORT}


def test_family_is_every_table_of_the_support_module() -> None:
    support = {
        model._meta.model_name
        for model in apps.get_app_config("cases").get_models()
        if model.__module__.endswith("support")
    }
    assert {name for name in support if not name.startswith("historical") and "_" not in name} == set(FAMILY)


def test_a_desk_account_signs_in_and_belongs_to_its_group() -> None:
    ensure_groups()
    account = create_desk_account("rita", RESEARCHER, "an invented password 1")
    assert (account.is_staff, account.is_superuser, account.check_password("an invented password 1")) == (
        True,
        False,
        True,
    )
    assert [group.name for group in account.groups.all()] == [RESEARCHER]


def test_an_account_that_exists_keeps_its_password() -> None:
    ensure_groups()
    create_desk_account("rita", RESEARCHER, "an invented password 1")
    assert create_desk_account("rita", RESEARCHER, "another password 2").check_password("an invented password 1")
    assert User.objects.count() == 1


def test_a_short_password_is_refused() -> None:
    ensure_groups()
    with pytest.raises(ValidationError):
        create_desk_account("rita", RESEARCHER, "short")


def test_what_a_group_gains_or_loses_is_in_the_audit() -> None:
    group = ensure_groups()[ANALYST]
    assert not AuditEntry.objects.exists()
    group.permissions.set([Permission.objects.get(codename="change_prisoner")])
    ensure_groups()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("account_changed", "group", group.pk)
    assert entry.payload == {"group": ANALYST, "given": sorted(codenames(ANALYST)), "taken": ["change_prisoner"]}
