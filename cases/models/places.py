"""Where things happen: places with their sovereign and the power in control, and the sites where people are held."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from cases.enums import CoordinatePrecision, PlaceKind, Regime, SiteKind
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import COUNTRY_PATTERN, REGION_PATTERN, CitedRecord, words
from cases.sealed import SealedField


def coordinates_in_range(name: str) -> list[models.CheckConstraint]:
    """Both coordinates or neither, in degrees: latitude -90 to 90, longitude -180 to 180."""
    return [
        models.CheckConstraint(
            name=f"{name}_coordinates",
            condition=Q(latitude__isnull=True, longitude__isnull=True)
            | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
            violation_error_message=_(
                "Give both coordinates in degrees (latitude -90 to 90, longitude -180 to 180), or neither."
            ),
        ),
    ]


class Place(CitedRecord):
    """A country, region or settlement. Occupied territory has its sovereign and, apart from it, the power in control."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    name = words(_("name"))
    kind = VocabularyField(PlaceKind, default=PlaceKind.SETTLEMENT, verbose_name=_("kind"))
    sovereign = models.CharField(
        _("sovereign country"), max_length=2, help_text=_("ISO 3166-1, for example UA. Crimea and Sevastopol are UA.")
    )
    region = models.CharField(
        _("region"), max_length=6, blank=True, help_text=_("ISO 3166-2, for example UA-43 for Crimea")
    )
    controlled_by = models.CharField(
        _("power in control"),
        max_length=2,
        blank=True,
        help_text=_("Only where it is not the sovereign: RU for occupied territory of Ukraine"),
    )
    controlled_since = PartialDateField(_("in control since"), blank=True, null=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["slug"]
        indexes = [models.Index(fields=["region"], name="place_region")]
        constraints = [
            *coordinates_in_range("place"),
            models.CheckConstraint(
                name="place_sovereign_is_iso_3166_1",
                condition=Q(sovereign__regex=COUNTRY_PATTERN),
                violation_error_message=_("The sovereign country is two capital letters, for example UA."),
            ),
            models.CheckConstraint(
                name="place_region_is_of_its_sovereign",
                condition=Q(region="")
                | (Q(region__regex=REGION_PATTERN) & Q(region__startswith=Concat(F("sovereign"), models.Value("-")))),
                violation_error_message=_(
                    "The region is an ISO 3166-2 code of the sovereign country, for example UA-43. "
                    "Crimea and Sevastopol are UA-43 and UA-40."
                ),
            ),
            models.CheckConstraint(
                name="place_control_differs_from_sovereign",
                condition=Q(controlled_by="")
                | (Q(controlled_by__regex=COUNTRY_PATTERN) & ~Q(controlled_by=F("sovereign"))),
                violation_error_message=_("Name the power in control only where it is not the sovereign."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class DetentionSite(CitedRecord):
    """One place where people are held: a cell block, a colony, a prison, a camp of the Gulag, a cellar."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=100)
    name = words(_("name"))
    kind = VocabularyField(SiteKind, verbose_name=_("kind"))
    regime = VocabularyField(Regime, blank=True, verbose_name=_("regime"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("place"), related_name="sites")
    postal_address = models.TextField(
        _("address for letters"), blank=True, help_text=_("As the post needs it, in the language of the post")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    coordinate_precision = VocabularyField(CoordinatePrecision, blank=True, verbose_name=_("what the coordinates mark"))
    opened = PartialDateField(_("opened"), blank=True, null=True)
    closed = PartialDateField(_("closed"), blank=True, null=True)
    is_public = models.BooleanField(
        _("may have a public page"),
        default=False,
        help_text=_("Decided by a reviewer. Until then, a case with a stay here cannot be published."),
    )
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("detention site")
        verbose_name_plural = _("detention sites")
        ordering = ["slug"]
        constraints = [
            *coordinates_in_range("site"),
            models.CheckConstraint(
                name="site_coordinates_say_what_they_mark",
                condition=Q(latitude__isnull=True) | ~Q(coordinate_precision=""),
                violation_error_message=_("Say what the coordinates mark: the place itself or only its settlement."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug
