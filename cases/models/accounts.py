"""Accounts of the desk beyond what Django keeps: invitations, and the sessions that are open."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.domain.tokens import KEPT


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations can still be accepted."""

    def open(self, at: datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link that lets one person set the password of one account, once. Of its secret only a hash is kept.

    Without `account` the person joins with the name and the group written here; with it, they come back into an account
    whose password or second factor was lost.
    """

    username = models.CharField(_("account name"), max_length=150)
    group = models.CharField(_("group"), max_length=150, blank=True)
    account = models.ForeignKey(User, verbose_name=_("account"), on_delete=models.CASCADE, null=True, related_name="+")
    token = models.CharField(max_length=KEPT, unique=True)
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]
        default_permissions = ()
        permissions = [
            ("invite_account", _("Can invite people to the desk")),
            ("reset_account", _("Can give an account a new password and second factor")),
        ]

    def __str__(self) -> str:
        return self.username


class DeskSessionQuerySet(models.QuerySet["DeskSession"]):
    """Which sessions still let anybody in."""

    def over(self, at: datetime) -> "DeskSessionQuerySet":
        """Those that are too old, or in which nobody has been for too long."""
        oldest = at - timedelta(hours=settings.SESSION_HOURS)
        idle = at - timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        return self.filter(models.Q(started_at__lte=oldest) | models.Q(seen_at__lte=idle))


class DeskSession(models.Model):
    """A browser in which an account is signed in. Neither its address nor its exact kind is kept, nor the session's key."""

    key = models.CharField(max_length=KEPT, unique=True)
    account = models.ForeignKey(User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="desk_sessions")
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    started_at = models.DateTimeField(_("signed in"))
    seen_at = models.DateTimeField(_("last used"))

    objects = DeskSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-seen_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.browser
