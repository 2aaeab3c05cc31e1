"""Who gets an e-mail when a list changes: an address, sealed, and what it follows. Nothing else is known of them.

No record: there is no history, or it would keep the address of somebody who left.
"""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.domain.tokens import KEPT
from cases.enums import Frequency
from cases.fields import VocabularyField
from cases.sealed import LookupField, RecordKey, SealedField

#: For how many days the link in the first e-mail is good; who does not open it by then is forgotten.
GOOD_DAYS = 3
LONGEST_QUERY = 2000


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Which of them are waited for, and which are due."""

    def with_token(self, token: str) -> Self:
        return self.filter(token=token)

    def waiting(self, on: date) -> Self:
        """Those who asked and can still confirm it."""
        return self.filter(confirmed_on=None, asked_on__gte=on - timedelta(days=GOOD_DAYS))

    def forgotten(self, on: date) -> Self:
        """Those who asked and never confirmed it."""
        return self.filter(confirmed_on=None, asked_on__lt=on - timedelta(days=GOOD_DAYS))

    def due(self, on: date) -> Self:
        """Those who confirmed and whose next e-mail may go out."""
        return self.filter(confirmed_on__isnull=False, due_on__lte=on)


class Follower(models.Model):
    """One address that follows one list. Days, not times; the list is the address of its page, without the language.

    Of the secret in its links a hash finds the row, and the secret itself is sealed, for the next e-mail.
    """

    id = RecordKey(primary_key=True)
    address = SealedField(max_length=254)
    address_lookup = LookupField(source="address", normalise="email")
    secret = SealedField()
    token = models.CharField(max_length=KEPT, unique=True)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    language = models.CharField(max_length=10)
    frequency = VocabularyField(Frequency)
    asked_on = models.DateField()
    is_asked_to_confirm = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True)
    covered_until = models.DateTimeField(null=True, help_text="What was published up to then was told")
    due_on = models.DateField(null=True, db_index=True)
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="How often its mail server said that it does not exist"
    )

    objects: Any = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ()
        indexes = [models.Index(fields=["confirmed_on", "asked_on"], name="follower_waiting")]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()}, {self.language}"
