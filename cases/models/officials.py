"""Judges, prosecutors, investigators and others who took part in a proceeding."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from cases.enums import InvolvementKind, OfficialKind
from cases.fields import VocabularyField
from cases.models.base import CitedRecord, words
from cases.models.organisations import Organisation
from cases.models.proceedings import Proceeding
from cases.sealed import SealedField


class Official(CitedRecord):
    """A person who acts for a state body."""

    name = words(pgettext_lazy("of a person", "name"))
    kind = VocabularyField(OfficialKind, verbose_name=_("office"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("state body"))
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["name_en", "name_uk", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class Involvement(CitedRecord):
    """How an official took part in a proceeding."""

    official = models.ForeignKey(Official, models.CASCADE, related_name="involvements", verbose_name=_("official"))
    proceeding = models.ForeignKey(
        Proceeding, models.CASCADE, related_name="involvements", verbose_name=_("proceeding")
    )
    kind = VocabularyField(InvolvementKind, verbose_name=_("involvement"))
    note = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("involvement of an official")
        verbose_name_plural = _("involvements of officials")
        ordering = ["proceeding", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "proceeding", "kind"],
                name="involvement_once",
                violation_error_message=_("This involvement is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_kind_display()}"
