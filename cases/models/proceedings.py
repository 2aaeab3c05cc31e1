"""Cases before courts and other bodies: who is charged, with what, when it was heard."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import ChargeOutcome, CourtKind, Instance, OffenceForm, ProceedingKind
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import CaseRecord, CitedRecord, passage, words
from cases.models.law import Provision
from cases.models.organisations import Organisation
from cases.models.places import Place
from cases.models.prisoners import Prisoner
from cases.sealed import SealedField


class Court(CitedRecord):
    """A court, or a body that took its place (troika, special council)."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=100)
    name = words(_("name"))
    kind = VocabularyField(CourtKind, verbose_name=_("kind"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))

    class Meta:
        verbose_name = _("court")
        verbose_name_plural = _("courts")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug


class Proceeding(CitedRecord):
    """One criminal or administrative case. It may have many defendants; a person may have many proceedings."""

    title = words(_("title"), help_text=_("For example: second Bakhchysarai group"))
    kind = VocabularyField(ProceedingKind, default=ProceedingKind.CRIMINAL, verbose_name=_("kind"))
    number = models.CharField(_("case number"), max_length=80, blank=True)
    opened = PartialDateField(_("opened"), blank=True, null=True)
    summary = passage(_("summary"))
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or self.number or f"{self.get_kind_display()} {self.pk}"


class Defendant(CaseRecord):
    """A prisoner as a party to one proceeding."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="defendants", verbose_name=_("prisoner"))
    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="defendants", verbose_name=_("proceeding"))
    counsel = SealedField(_("counsel (private)"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("defendant")
        verbose_name_plural = _("defendants")
        ordering = ["proceeding", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "proceeding"],
                name="defendant_once",
                violation_error_message=_("This person is already a defendant in this proceeding."),
            )
        ]

    def __str__(self) -> str:
        return str(self.prisoner)


class Charge(CaseRecord):
    """What one defendant is accused of under one provision, and what became of it."""

    prisoner_path = "defendant__prisoner"

    defendant = models.ForeignKey(Defendant, models.CASCADE, related_name="charges", verbose_name=_("defendant"))
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="charges", verbose_name=_("provision"))
    form = VocabularyField(OffenceForm, default=OffenceForm.COMPLETED, verbose_name=_("form of the offence"))
    act_from = PartialDateField(_("alleged act from"), blank=True, null=True)
    act_to = PartialDateField(
        _("alleged act to"), blank=True, null=True, help_text=_("For an act of one day, the same day again")
    )
    act_place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alleged_acts",
        verbose_name=_("place of the alleged act"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        verbose_name=_("organisation"),
        help_text=_("The one on whose designation the charge rests, as articles 205.5 and 282.2 do"),
    )
    brought = PartialDateField(_("brought"), blank=True, null=True)
    dropped = PartialDateField(_("dropped"), blank=True, null=True)
    outcome = VocabularyField(ChargeOutcome, default=ChargeOutcome.UNKNOWN, verbose_name=_("outcome"))

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["defendant", "pk"]
        constraints = [
            models.CheckConstraint(
                name="charge_dropped_after_brought",
                condition=Q(dropped_latest__isnull=True)
                | Q(brought_earliest__isnull=True)
                | Q(dropped_latest__gte=F("brought_earliest")),
                violation_error_message=_("The charge is dropped before it is brought."),
            ),
            models.CheckConstraint(
                name="charge_act_ends_after_it_begins",
                condition=Q(act_to_latest__isnull=True)
                | Q(act_from_earliest__isnull=True)
                | Q(act_to_latest__gte=F("act_from_earliest")),
                violation_error_message=_("The alleged act ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.provision)


class Hearing(CitedRecord):
    """One sitting of a court in a proceeding."""

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="hearings", verbose_name=_("proceeding"))
    court = models.ForeignKey(Court, models.PROTECT, null=True, blank=True, verbose_name=_("court"))
    instance = VocabularyField(Instance, default=Instance.FIRST, verbose_name=_("instance"))
    held_on = PartialDateField(_("on"))
    note = words(_("what happened"))
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["proceeding", "held_on_earliest", "pk"]

    def __str__(self) -> str:
        return f"{self.get_instance_display()}, {self.held_on}"
