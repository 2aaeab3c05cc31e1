"""The people: one row is one person, whatever the number of proceedings against them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from cases.enums import (
    AffiliationKind,
    CaseKind,
    CitizenshipBasis,
    Consent,
    ConsentGiver,
    DateDetail,
    Ethnicity,
    Language,
    NameKind,
    Religion,
    Role,
    Sex,
    Understanding,
    Whereabouts,
)
from cases.fields import PartialDateField, VocabularyField
from cases.file_fields import PhotographField
from cases.models.base import COUNTRY_PATTERN, CaseRecord, new_code, passage, words
from cases.models.organisations import Organisation
from cases.models.places import Place
from cases.sealed import SealedField


class Prisoner(CaseRecord):
    """A person imprisoned for political reasons, now or in the past."""

    prisoner_path = "pk"

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    kind = VocabularyField(CaseKind, default=CaseKind.CONTEMPORARY, verbose_name=_("kind of case"))
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_prisoners",
        verbose_name=_("assigned to"),
    )

    sex = VocabularyField(Sex, default=Sex.UNKNOWN, verbose_name=_("sex"))
    born = PartialDateField(_("born"), blank=True, null=True)
    died = PartialDateField(_("died"), blank=True, null=True)
    birthplace = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="born_here", verbose_name=_("birthplace")
    )
    home = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="at_home_here", verbose_name=_("home settlement")
    )
    ethnicity = VocabularyField(Ethnicity, blank=True, verbose_name=_("ethnicity"))
    religion = VocabularyField(Religion, blank=True, verbose_name=_("religion"))
    whereabouts = VocabularyField(Whereabouts, blank=True, verbose_name=_("what the captor acknowledges"))
    summary = passage(
        _("summary"), help_text=_("Who the person is, in one or two sentences, before any word about the case")
    )

    consent = VocabularyField(Consent, default=Consent.NONE, verbose_name=_("consent"))
    consent_given_by = VocabularyField(ConsentGiver, blank=True, verbose_name=_("given by"))
    consent_given_on = models.DateField(_("given on"), null=True, blank=True)
    consent_expires = models.DateField(
        _("expires"),
        null=True,
        blank=True,
        help_text=_("From the day after, the public pages answer that the case is gone"),
    )
    consent_notes = SealedField(_("notes on consent"), blank=True)
    born_detail = VocabularyField(
        DateDetail, default=DateDetail.DAY, verbose_name=_("how much of the birth date is shown")
    )
    home_is_public = models.BooleanField(_("home settlement may be shown"), default=True)
    religion_is_public = models.BooleanField(_("religion may be shown"), default=False)

    photo = PhotographField(_("photograph"), folder="photos", hash_name="photo_sha256", blank=True)
    photo_sha256 = models.CharField(_("SHA-256 of the photograph"), max_length=64, blank=True, editable=False)
    photo_credit = models.CharField(_("photographer or owner"), max_length=200, blank=True)
    photo_licence = models.CharField(_("licence"), max_length=100, blank=True, help_text=_("For example CC BY 4.0"))
    photo_alt = words(_("what the photograph shows"))
    photo_is_public = models.BooleanField(_("photograph may be shown"), default=False)

    health = SealedField(_("health (private)"), blank=True)
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("prisoner")
        verbose_name_plural = _("prisoners")
        ordering = ["-updated_at", "pk"]
        permissions = [
            ("unseal_prisoner", _("Can open sealed values of a case")),
            ("export_prisoner", _("Can take cases out of the desk as a file")),
        ]
        indexes = [
            models.Index(fields=["-updated_at"], name="prisoner_updated"),
            models.Index(fields=["consent_expires"], name="prisoner_consent_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                name="prisoner_code_is_unambiguous",
                condition=Q(code__regex=r"^[2-9BCDFGHJKMNPQRSTVWXZ]{6,12}$"),
                violation_error_message=_("A code is made of digits and consonants that cannot be confused."),
            ),
            models.CheckConstraint(
                name="prisoner_consent_says_by_whom",
                condition=Q(consent=Consent.NONE.value) | ~Q(consent_given_by=""),
                violation_error_message=_("Say who gave the consent."),
            ),
            models.CheckConstraint(
                name="prisoner_died_after_birth",
                condition=Q(born_earliest__isnull=True)
                | Q(died_latest__isnull=True)
                | Q(died_latest__gte=models.F("born_earliest")),
                violation_error_message=_("The date of death is before the date of birth."),
            ),
            models.CheckConstraint(
                name="prisoner_public_photo_has_credit",
                condition=Q(photo_is_public=False) | (~Q(photo="") & ~Q(photo_credit="") & ~Q(photo_licence="")),
                violation_error_message=_("A public photograph needs the photograph, its credit and its licence."),
            ),
            models.CheckConstraint(
                name="prisoner_photo_has_its_hash",
                condition=Q(photo="") | Q(photo_sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("A photograph is kept with its SHA-256."),
            ),
        ]

    def __str__(self) -> str:
        names = sorted(self.names.all(), key=lambda name: (not name.is_preferred, name.pk))
        return f"{names[0].text} · {self.code}" if names else self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        while self._state.adding and Prisoner.objects.filter(code=self.code).exists():
            self.code = new_code()
        super().save(*args, **kwargs)


class PersonName(CaseRecord):
    """One form of a person's name, in one language and script."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="names", verbose_name=_("prisoner"))
    text = models.CharField(_("name as written"), max_length=200, help_text=_("For example Сервер Мустафаєв"))
    given = models.CharField(_("given name"), max_length=80, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    family = models.CharField(_("family name"), max_length=100, blank=True)
    language = VocabularyField(Language, verbose_name=_("language and script"))
    kind = VocabularyField(NameKind, default=NameKind.LEGAL, verbose_name=_("kind"))
    is_preferred = models.BooleanField(_("preferred in its language"), default=False)
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = pgettext_lazy("of a person", "name")
        verbose_name_plural = _("names")
        ordering = ["prisoner", "-is_preferred", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "language"],
                condition=Q(is_preferred=True),
                name="name_one_preferred_a_language",
                violation_error_message=_("Only one name can be the preferred one in a language."),
            ),
            models.UniqueConstraint(
                fields=["prisoner", "text", "language", "kind"],
                name="name_once",
                violation_error_message=_("This name is already there."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PublicRole(CaseRecord):
    """An occupation or public role: human-rights defender, citizen journalist, schoolteacher."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="roles", verbose_name=_("prisoner"))
    role = VocabularyField(Role, verbose_name=_("role or occupation"))
    detail = words(_("in more words"), help_text=_("For example: schoolteacher in the Kharkiv region"))
    since = PartialDateField(_("since"), blank=True, null=True)
    until = PartialDateField(_("until"), blank=True, null=True)
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = _("role or occupation")
        verbose_name_plural = _("roles and occupations")
        ordering = ["prisoner", "pk"]

    def __str__(self) -> str:
        return str(self.get_role_display())


class Affiliation(CaseRecord):
    """What a person is or was in an organisation."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="affiliations", verbose_name=_("prisoner"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"))
    kind = VocabularyField(AffiliationKind, verbose_name=_("as"))
    since = PartialDateField(_("since"), blank=True, null=True)
    until = PartialDateField(_("until"), blank=True, null=True)
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["prisoner", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"


class Citizenship(CaseRecord):
    """A citizenship, held by birth or choice or imposed by an occupying power."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="citizenships", verbose_name=_("prisoner"))
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1, for example UA"))
    basis = VocabularyField(CitizenshipBasis, default=CitizenshipBasis.UNKNOWN, verbose_name=_("basis"))

    class Meta:
        verbose_name = _("citizenship")
        verbose_name_plural = _("citizenships")
        ordering = ["prisoner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "country"],
                name="citizenship_once",
                violation_error_message=_("This citizenship is already there."),
            ),
            models.CheckConstraint(
                name="citizenship_is_iso_3166_1",
                condition=Q(country__regex=COUNTRY_PATTERN),
                violation_error_message=_("The country is two capital letters, for example UA."),
            ),
        ]

    def __str__(self) -> str:
        return self.country


class SpokenLanguage(CaseRecord):
    """A language and how well the person understands it, which matters before a court that uses another one."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="languages", verbose_name=_("prisoner"))
    language = VocabularyField(Language, verbose_name=_("language"))
    understanding = VocabularyField(Understanding, default=Understanding.UNKNOWN, verbose_name=_("understanding"))

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["prisoner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "language"],
                name="spoken_language_once",
                violation_error_message=_("This language is already there."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())
