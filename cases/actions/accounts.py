"""Desk accounts and the groups that give them their permissions. One table says who may do what."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from cases.actions.sessions import end_sessions
from cases.enums import AuditAction
from cases.models import AuditEntry

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"
READ = (VIEW,)
EXTEND = (VIEW, ADD)
WRITE = (VIEW, ADD, CHANGE)
ALL = (VIEW, ADD, CHANGE, DELETE)

RESEARCHER = "Researcher"
REVIEWER = "Reviewer"
SUPPORT = "Support coordinator"
ANALYST = "Analyst"
ADMINISTRATOR = "Administrator"

#: What belongs to a case and is entered with it.
CASE_ROWS = (
    "personname",
    "publicrole",
    "affiliation",
    "citizenship",
    "spokenlanguage",
    "stay",
    "event",
    "proceeding",
    "defendant",
    "charge",
    "hearing",
    "decision",
    "sentence",
    "sentencesegment",
    "involvement",
    "assessment",
    "rehabilitation",
    "citation",
)
#: What many cases share and researchers write.
SHARED = ("source", "official", "organisation")
#: What changes seldom and is kept by administrators.
REFERENCE = ("place", "detentionsite", "court", "legalcode", "provision", "penalty", "designation")
#: Families. Only the support coordinators' row below names these.
FAMILY = ("household", "relative", "need", "aid")

#: Group: {(models): what its members may do}, and the permissions that are not of that form.
GROUPS: dict[str, tuple[dict[tuple[str, ...], tuple[str, ...]], tuple[str, ...]]] = {
    RESEARCHER: (
        {
            ("prisoner",): WRITE,
            CASE_ROWS: ALL,
            SHARED: WRITE,
            REFERENCE: EXTEND,
            ("submission",): EXTEND,
            ("reviewcomment",): READ,
            ("publication",): READ,
        },
        ("unseal_prisoner",),
    ),
    REVIEWER: (
        {
            ("prisoner",): WRITE,
            CASE_ROWS: ALL,
            SHARED: WRITE,
            REFERENCE: WRITE,
            ("submission", "reviewcomment"): EXTEND,
            ("publication",): READ,
        },
        (
            "review_submission",
            "publish_finding",
            "withdraw_publication",
            "republish_publication",
            "publish_reference",
            "unseal_prisoner",
            "export_prisoner",
            "ask_erasure",
            "confirm_erasure",
        ),
    ),
    SUPPORT: (
        {
            ("prisoner", *CASE_ROWS): READ,
            SHARED: READ,
            REFERENCE: READ,
            FAMILY: ALL,
        },
        ("unseal_household", "ask_erasure"),
    ),
    ANALYST: (
        {
            ("prisoner", *CASE_ROWS): READ,
            SHARED: READ,
            REFERENCE: READ,
            ("publication",): READ,
        },
        ("export_prisoner",),
    ),
    ADMINISTRATOR: (
        {
            ("user",): (VIEW, CHANGE),
            ("group",): READ,
            ("prisoner", *CASE_ROWS): READ,
            SHARED: ALL,
            REFERENCE: ALL,
            ("publication",): READ,
            ("auditentry",): READ,
        },
        (
            "publish_reference",
            "invite_account",
            "reset_account",
            "manage_webhook",
            "ask_erasure",
            "confirm_erasure",
            "export_audit",
        ),
    ),
}


def codenames(group: str) -> frozenset[str]:
    """Return the names of the permissions that the table gives to a group."""
    rows, special = GROUPS[group]
    regular = (f"{verb}_{model}" for models, verbs in rows.items() for model in models for verb in verbs)
    return frozenset((*regular, *special))


@transaction.atomic
def ensure_groups() -> dict[str, Group]:
    """Bring the groups and their permissions to what the table says; run again, it changes nothing."""
    permissions = Permission.objects.filter(content_type__app_label__in=("cases", "auth"))
    by_name = dict(permissions.values_list("codename", "pk"))
    groups = {}
    for name in GROUPS:
        group, is_new = Group.objects.get_or_create(name=name)
        before, wanted = set(group.permissions.values_list("codename", flat=True)), codenames(name)
        if before != wanted:
            group.permissions.set(by_name[codename] for codename in sorted(wanted))
        if before != wanted and not is_new:
            changed = {"given": sorted(wanted - before), "taken": sorted(before - wanted)}
            AuditEntry.objects.append(AuditAction.ACCOUNT_CHANGED, subject=group, payload={"group": name, **changed})
        groups[name] = group
    return groups


@transaction.atomic
def create_desk_account(username: str, group: str, password: str) -> User:
    """Make a desk account that is a member of `group`. Run by commands; raises ValidationError for a bad value.

    An account of this name that exists is left as it is, with its password.
    """
    existing = User.objects.filter(username=username).first()
    if existing is not None:
        return existing
    account = User(username=username, is_staff=True)
    validate_password(password, account)
    account.set_password(password)
    account.full_clean()
    account.save()
    account.groups.add(Group.objects.get(name=group))
    payload = {"account": username, "group": group, "by": "command"}
    AuditEntry.objects.append(AuditAction.JOINED, subject=account, payload=payload)
    return account


def account_facts(account: User) -> dict[str, Any]:
    """Return what the audit tells of an account: its name, whether it is open, what it may do."""
    fresh = User.objects.prefetch_related("groups").get(pk=account.pk)
    return {
        "username": fresh.username,
        "is_active": fresh.is_active,
        "is_staff": fresh.is_staff,
        "is_superuser": fresh.is_superuser,
        "groups": sorted(group.name for group in fresh.groups.all()),
    }


def note_change(actor: User, account: User, *, before: dict[str, Any], at: datetime) -> None:
    """Tell the audit what a saved form has changed of an account; a closed account's sessions end."""
    now = account_facts(account)
    changed = {name: [before[name], value] for name, value in now.items() if before[name] != value}
    if not changed:
        return
    AuditEntry.objects.append(
        AuditAction.ACCOUNT_CHANGED, actor=actor, subject=account, payload={"fields": changed}, at=at
    )
    if not (now["is_active"] and now["is_staff"]):
        end_sessions(account, by=actor, at=at, why="closed")
