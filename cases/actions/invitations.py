"""Invitations to the desk, and the way back in for whoever lost a password or a second factor."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.accounts import GROUPS
from cases.actions.permissions import ActionRefused, Actor, require
from cases.actions.second_factors import remove_factors
from cases.actions.sessions import end_sessions
from cases.domain.tokens import kept_of, new_token
from cases.enums import AuditAction
from cases.models import AuditEntry, Invitation

MAY_INVITE = "cases.invite_account"
MAY_RESET = "cases.reset_account"
#: An invitation that nobody accepted by then is worth nothing.
GOOD_FOR = timedelta(hours=72)


@transaction.atomic
def invite(actor: Actor | None, username: str, *, group: str, at: datetime) -> str:
    """Invite a person into a group of the desk; return the secret of the link, which is kept nowhere.

    None is the machine's administrator at the command line. An earlier invitation to the same name ends. Raises
    ValidationError for a name that no account may have.
    """
    by = require(actor, MAY_INVITE) if actor is not None else None
    if group not in GROUPS:
        raise ActionRefused(_("There is no such group. Choose one of the list."))
    User(username=username, password="-").clean_fields(exclude=["email"])  # noqa: S106 - the name is what is checked
    if User.objects.filter(username__iexact=username).exists():
        raise ActionRefused(_("There is an account of this name already. Choose another name, or reset the account."))
    Invitation.objects.open(at).filter(username__iexact=username).update(expires_at=at)
    token = _invitation(username, group, None, by, at)
    _tell(AuditAction.INVITED, by, None, {"account": username, "group": group}, at)
    return token


@transaction.atomic
def reset_account(actor: Actor | None, account: User, *, at: datetime) -> str:
    """Take password, second factors and sessions from an account; return the secret of a link by which its owner comes back.

    The invitations that it made end as well: whoever had the account may have kept the links.
    None is the machine's administrator at the command line, who alone resets superusers.
    """
    by = require(actor, MAY_RESET) if actor is not None else None
    if by is not None and account.is_superuser:
        raise ActionRefused(_("A superuser is reset at the machine itself: manage.py reset_account."))
    if by is not None and account.pk == by.pk:
        raise ActionRefused(_("This is your own account. Another Administrator resets it."))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    kinds = remove_factors(account)
    Invitation.objects.open(at).filter(account=account).update(expires_at=at)
    for made in Invitation.objects.open(at).filter(invited_by=account):
        _end(made, by, at)
    end_sessions(account, by=by, at=at, why="reset")
    token = _invitation(account.get_username(), "", account, by, at)
    payload = {"account": account.get_username(), "reset": True, "factors": kinds}
    _tell(AuditAction.INVITED, by, account, payload, at)
    return token


def _invitation(username: str, group: str, account: User | None, actor: User | None, at: datetime) -> str:
    token = new_token()
    Invitation.objects.create(
        username=username,
        group=group,
        account=account,
        token=kept_of(token),
        invited_by=actor,
        invited_at=at,
        expires_at=at + GOOD_FOR,
    )
    return token


def found_invitation(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation of a link, if it can still be accepted."""
    found = Invitation.objects.select_related("account", "invited_by").open(at).filter(token=kept_of(token)).first()
    return found if found is not None and is_stood_by(found) else None


def is_stood_by(invitation: Invitation) -> bool:
    """Tell whether whoever made it may still do so: a closed account or a former Administrator lets nobody in."""
    by = invitation.invited_by
    return by is None or by.has_perm(MAY_RESET if invitation.account_id else MAY_INVITE)


@transaction.atomic
def accept(token: str, *, password: str, at: datetime) -> User:
    """Make the account, or give it back to its owner, with a password of their own. The second factor comes at sign-in.

    Raises ActionRefused for a link that is not good any more, ValidationError for a password that is too easy.
    """
    locked = Invitation.objects.select_for_update().filter(token=kept_of(token)).open(at).first()
    if locked is None or not is_stood_by(locked):
        raise ActionRefused(_("This link is not good any more. Ask for a new one."))
    account = locked.account or _new_account(locked)
    validate_password(password, account)
    account.set_password(password)
    account.save()
    if locked.account is None:
        account.groups.add(Group.objects.get(name=locked.group))
    locked.accepted_at, locked.account = at, account
    locked.save(update_fields=["accepted_at", "account"])
    payload = {"account": account.get_username(), "group": locked.group, "invited_by": str(locked.invited_by or "")}
    _tell(AuditAction.JOINED, account, account, payload, at)
    return account


def _new_account(invitation: Invitation) -> User:
    if User.objects.filter(username__iexact=invitation.username).exists():
        raise ActionRefused(_("There is an account of this name already. Ask for an invitation to another name."))
    return User(username=invitation.username, is_staff=True)


def withdraw_invitation(actor: Actor, invitation: Invitation, *, at: datetime) -> None:
    """End an invitation that was not accepted yet."""
    _end(invitation, require(actor, MAY_INVITE), at)


def _end(invitation: Invitation, by: User | None, at: datetime) -> None:
    Invitation.objects.open(at).filter(pk=invitation.pk).update(expires_at=at)
    _tell(AuditAction.INVITED, by, None, {"account": invitation.username, "withdrawn": True}, at)


def _tell(action: AuditAction, actor: User | None, subject: User | None, payload: dict[str, Any], at: datetime) -> None:
    AuditEntry.objects.append(action, actor=actor, subject=subject, payload=payload, at=at)
