"""Where a person was held and what happened to them, as dated facts; the status follows from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import EventKind, ReleaseKind, StayKind
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import CaseRecord, passage, words
from cases.models.organisations import Organisation
from cases.models.places import DetentionSite, Place
from cases.models.prisoners import Prisoner
from cases.sealed import SealedField


class Stay(CaseRecord):
    """A person at one site, in transit, under house arrest or at a place not known, from one date to another."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="stays", verbose_name=_("prisoner"))
    kind = VocabularyField(StayKind, default=StayKind.SITE, verbose_name=_("held"))
    site = models.ForeignKey(
        DetentionSite, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=_("detention site")
    )
    started = PartialDateField(_("from"), blank=True, null=True)
    ended = PartialDateField(_("to"), blank=True, null=True, help_text=_("Empty while it lasts"))
    is_public = models.BooleanField(_("may be shown"), default=True)
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("places of detention")
        ordering = ["prisoner", "started_earliest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="stay_at_a_site_names_it",
                condition=(Q(kind=StayKind.SITE.value) & Q(site__isnull=False))
                | (~Q(kind=StayKind.SITE.value) & Q(site__isnull=True)),
                violation_error_message=_(
                    "A stay at a site names the site; in transit, house arrest and place not known have none."
                ),
            ),
            models.CheckConstraint(
                name="stay_ends_after_it_begins",
                condition=Q(ended_latest__isnull=True)
                | Q(started_earliest__isnull=True)
                | Q(ended_latest__gte=F("started_earliest")),
                violation_error_message=_("The stay ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site or self.get_kind_display()}, {self.started or '?'} – {self.ended or ''}"


class Event(CaseRecord):
    """Something that happened to a person or that they did, on a date as well as it is known."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="events", verbose_name=_("prisoner"))
    kind = VocabularyField(EventKind, verbose_name=_("what happened"))
    happened = PartialDateField(_("on"), blank=True, null=True)
    ended = PartialDateField(_("until"), blank=True, null=True)
    release_kind = VocabularyField(ReleaseKind, blank=True, verbose_name=_("kind of release"))
    title = words(_("in a few words"))
    description = passage(_("description"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("organisation"),
        help_text=_("For an award: who gave it. For a letter: who published it."),
    )
    is_public = models.BooleanField(_("may be shown"), default=True)
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["prisoner", "happened_earliest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_release_kind_is_for_releases",
                condition=Q(release_kind="") | Q(kind=EventKind.RELEASE.value),
                violation_error_message=_("The kind of release is for releases only."),
            ),
            models.CheckConstraint(
                name="event_ends_after_it_begins",
                condition=Q(ended_latest__isnull=True)
                | Q(happened_earliest__isnull=True)
                | Q(ended_latest__gte=F("happened_earliest")),
                violation_error_message=_("The event ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened or '?'}"
