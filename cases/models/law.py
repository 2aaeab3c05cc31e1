"""Codes, their provisions and the penalties of these. Each has its period in force; laws change, so rows do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from cases.enums import DesignationKind
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import COUNTRY_PATTERN, CitedRecord, passage, words
from cases.models.sources import Source
from cases.sealed import SealedField


class LegalCode(CitedRecord):
    """A code of law with its jurisdiction and period, for example the Criminal Code of the Russian Federation."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    name = words(_("name"))
    short_name = words(_("short name"), max_length=60)
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=6, help_text=_("ISO 3166-1 of the state, or SU for the Soviet Union")
    )
    in_force_from = PartialDateField(_("in force from"), blank=True, null=True)
    in_force_to = PartialDateField(_("in force to"), blank=True, null=True)
    verified = models.BooleanField(_("checked against the law"), default=False)

    class Meta:
        verbose_name = _("legal code")
        verbose_name_plural = _("legal codes")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="code_jurisdiction_is_a_country",
                condition=Q(jurisdiction__regex=COUNTRY_PATTERN),
                violation_error_message=_("The jurisdiction is two capital letters, for example RU or SU."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class Provision(CitedRecord):
    """An article and part of a code while it was in force."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    code = models.ForeignKey(
        LegalCode, models.PROTECT, related_name="provisions", verbose_name=pgettext_lazy("of law", "code")
    )
    article = models.CharField(_("article"), max_length=20, help_text=_("For example 205.5"))
    part = models.CharField(_("part"), max_length=20, blank=True, help_text=_("For example 2"))
    title = words(_("title"), max_length=400)
    description = passage(_("what it covers"))
    in_force_from = PartialDateField(_("in force from"), blank=True, null=True)
    in_force_to = PartialDateField(_("in force to"), blank=True, null=True)
    introduced_by = models.CharField(
        _("law that introduced it"), max_length=200, blank=True, help_text=_("For example 302-FZ of 2 Nov 2013")
    )
    rests_on = VocabularyField(
        DesignationKind,
        blank=True,
        verbose_name=_("rests on a designation"),
        help_text=_("Where the act is one only because a state designated an organisation"),
    )
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    verified = models.BooleanField(
        _("checked against the law"), default=False, help_text=_("Until ticked, pages say that it awaits review")
    )
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["code", "article", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "article", "part", "in_force_from"],
                name="provision_once",
                violation_error_message=_("This provision is already there for this period."),
            ),
            models.CheckConstraint(
                name="provision_ends_after_it_begins",
                condition=Q(in_force_to_latest__isnull=True)
                | Q(in_force_from_earliest__isnull=True)
                | Q(in_force_to_latest__gte=models.F("in_force_from_earliest")),
                violation_error_message=_("The provision ends before it begins."),
            ),
        ]

    @property
    def number(self) -> str:
        """The provision as lawyers write it: 205.5(2)."""
        return f"{self.article}({self.part})" if self.part else self.article

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Penalty(CitedRecord):
    """What a provision threatens for the completed offence while one wording of it is in force."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="penalties", verbose_name=_("provision"))
    in_force_from = PartialDateField(
        _("in force from"), blank=True, null=True, help_text=_("Empty: since when is not recorded")
    )
    in_force_to = PartialDateField(_("last day in force"), blank=True, null=True)
    is_unknown = models.BooleanField(
        _("the penalty is not known"), default=False, help_text=_("It was another one, and what it was is not recorded")
    )
    least_months = models.PositiveSmallIntegerField(_("minimum, months"), null=True, blank=True)
    most_months = models.PositiveSmallIntegerField(_("maximum, months"), null=True, blank=True)
    life = models.BooleanField(_("life"), null=True, blank=True, help_text=_("Unknown: not recorded"))
    fine_most = models.DecimalField(_("fine, at most"), max_digits=12, decimal_places=2, null=True, blank=True)
    fine_currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("ISO 4217, for example RUB"))
    enacted_by = models.CharField(
        _("law that brought it"), max_length=200, blank=True, help_text=_("For example 375-FZ of 6 Jul 2016")
    )
    note = words(_("note"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    verified = models.BooleanField(
        _("checked against the law"), default=False, help_text=_("Until ticked, pages say that it awaits review")
    )

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties, one for each wording of the law")
        ordering = ["provision", "in_force_from_earliest", "in_force_to_latest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "in_force_from", "in_force_to"],
                name="penalty_once",
                violation_error_message=_("This provision already has a penalty for this period."),
            ),
            models.CheckConstraint(
                name="penalty_ends_after_it_begins",
                condition=Q(in_force_to_latest__isnull=True)
                | Q(in_force_from_earliest__isnull=True)
                | Q(in_force_to_latest__gte=models.F("in_force_from_earliest")),
                violation_error_message=_("The penalty ends before it begins."),
            ),
            models.CheckConstraint(
                name="penalty_least_is_not_above_most",
                condition=Q(least_months__isnull=True)
                | Q(most_months__isnull=True)
                | Q(most_months__gte=models.F("least_months")),
                violation_error_message=_("The minimum is above the maximum."),
            ),
            models.CheckConstraint(
                name="penalty_is_known_or_not",
                condition=Q(is_unknown=False)
                | Q(least_months__isnull=True, most_months__isnull=True, life__isnull=True, fine_most__isnull=True),
                violation_error_message=_("A penalty that is not known has no minimum, maximum, life or fine."),
            ),
            models.CheckConstraint(
                name="penalty_says_something",
                condition=Q(is_unknown=True) | Q(most_months__isnull=False) | Q(life=True) | Q(fine_most__isnull=False),
                violation_error_message=_("Give the maximum, life or the fine, or say that the penalty is not known."),
            ),
            models.CheckConstraint(
                name="penalty_fine_has_a_currency",
                condition=Q(fine_most__isnull=True) | Q(fine_currency__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("Give the currency of the fine, for example RUB."),
            ),
        ]

    def __str__(self) -> str:
        if self.is_unknown:
            return str(_("not known"))
        known = [str(months) for months in (self.least_months, self.most_months) if months is not None]
        term = str(_("%(months)s months") % {"months": "–".join(known)}) if known else ""
        return ", ".join(part for part in (term, str(_("life")) if self.life else "") if part) or str(self.pk)
