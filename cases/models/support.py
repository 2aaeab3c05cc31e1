"""Families and what they need. Nothing here is ever public: relatives live under occupation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from cases.enums import Kinship, NeedKind, NeedState, Urgency
from cases.fields import VocabularyField
from cases.models.base import Record, new_code
from cases.models.organisations import Organisation
from cases.models.prisoners import Prisoner
from cases.sealed import LookupField, SealedDateField, SealedField

MONEY_HAS_A_CURRENCY = Q(amount__isnull=True) | (Q(currency__regex=r"^[A-Z]{3}$") & Q(amount__gte=0))
CURRENCY_MESSAGE = _("Give an amount of zero or more and its currency, for example UAH.")


class Household(Record):
    """A family that lives together and is supported together."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    label = SealedField(_("name of the household"), max_length=120, help_text=_("How coordinators call it"))
    label_lookup = LookupField(source="label", normalise="name")
    prisoners = models.ManyToManyField(Prisoner, blank=True, related_name="households", verbose_name=_("prisoners"))
    address = SealedField(_("home address"), blank=True)
    phone = SealedField(_("phone"), max_length=60, blank=True)
    phone_lookup = LookupField(source="phone", normalise="phone")
    safe_contact = SealedField(_("how to reach them safely"), blank=True)
    notes = SealedField(_("notes"), blank=True)

    _history_m2m_fields = ["prisoners"]

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["-updated_at", "pk"]
        permissions = [("unseal_household", _("Can open sealed values of families"))]

    def __str__(self) -> str:
        return _("Household %(code)s") % {"code": self.code}


class Relative(Record):
    """A member of a prisoner's family."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="relatives", verbose_name=_("household"))
    prisoner = models.ForeignKey(
        Prisoner, models.SET_NULL, null=True, blank=True, related_name="relatives", verbose_name=_("relative of")
    )
    full_name = SealedField(pgettext_lazy("of a person", "name"), max_length=200)
    full_name_lookup = LookupField(source="full_name", normalise="name")
    kinship = VocabularyField(Kinship, verbose_name=_("kinship"))
    born = SealedDateField(_("born"), blank=True)
    phone = SealedField(_("phone"), max_length=60, blank=True)
    phone_lookup = LookupField(source="phone", normalise="phone")
    health = SealedField(_("health"), blank=True)
    notes = SealedField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("relative")
        verbose_name_plural = _("relatives")
        ordering = ["household", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kinship_display()}, {self.household}"


class Need(Record):
    """Something a household lacks."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="needs", verbose_name=_("household"))
    kind = VocabularyField(NeedKind, verbose_name=_("kind"))
    urgency = VocabularyField(Urgency, default=Urgency.ROUTINE, verbose_name=_("urgency"))
    state = VocabularyField(NeedState, default=NeedState.OPEN, verbose_name=_("state"))
    description = SealedField(_("description"), blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("ISO 4217, for example UAH"))
    due = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                name="need_amount_has_a_currency",
                condition=MONEY_HAS_A_CURRENCY,
                violation_error_message=CURRENCY_MESSAGE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.household}"


class Aid(Record):
    """Help that was given to a household, for a need or beside it."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="aid", verbose_name=_("household"))
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="aid", verbose_name=_("for the need")
    )
    kind = VocabularyField(NeedKind, verbose_name=_("kind"))
    given_on = models.DateField(_("given on"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("ISO 4217, for example UAH"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("given by")
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("paid by"))
    notes = SealedField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("aid")
        verbose_name_plural = _("aid")
        ordering = ["-given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="aid_amount_has_a_currency",
                condition=MONEY_HAS_A_CURRENCY,
                violation_error_message=CURRENCY_MESSAGE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.household}, {self.given_on}"
