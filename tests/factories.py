"""Invented records for the tests. Every name here belongs to nobody."""

from typing import Any

import factory
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases import enums, models

PASSWORD = "an invented password 1"


class UserFactory(DjangoModelFactory):
    """A desk account; `UserFactory(group="Reviewer")` makes it a member of that group."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"account{number}")
    is_staff = True
    is_active = True

    @factory.post_generation
    def password(self: Any, _create: bool, extracted: str | None, **_kwargs: Any) -> None:
        self.set_password(extracted or PASSWORD)
        self.save()

    @factory.post_generation
    def group(self: Any, _create: bool, extracted: str | None, **_kwargs: Any) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    slug = factory.Sequence(lambda number: f"place-{number}")
    name_en = factory.Sequence(lambda number: f"Vydumane {number}")
    name_uk = factory.Sequence(lambda number: f"Видумане {number}")
    kind = enums.PlaceKind.SETTLEMENT.value
    sovereign = "UA"
    region = "UA-43"
    controlled_by = "RU"
    controlled_since = "2014-02-27"


class DetentionSiteFactory(DjangoModelFactory):
    class Meta:
        model = models.DetentionSite

    slug = factory.Sequence(lambda number: f"site-{number}")
    name_en = factory.Sequence(lambda number: f"Invented SIZO {number}")
    name_uk = factory.Sequence(lambda number: f"Вигаданий СІЗО {number}")
    kind = enums.SiteKind.SIZO.value
    is_public = True
    place = factory.SubFactory(PlaceFactory)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    slug = factory.Sequence(lambda number: f"organisation-{number}")
    name_en = factory.Sequence(lambda number: f"Invented Solidarity {number}")
    name_uk = factory.Sequence(lambda number: f"Вигадана солідарність {number}")
    kind = enums.OrganisationKind.NGO.value


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    title = factory.Sequence(lambda number: f"Invented report {number}")
    publisher = "Invented Press"
    kind = enums.SourceKind.REPORT.value
    is_invented = True


class PrisonerFactory(DjangoModelFactory):
    """A bare case without names, with full consent; `CaseFactory` is the one that can be published."""

    class Meta:
        model = models.Prisoner

    kind = enums.CaseKind.CONTEMPORARY.value
    is_invented = True
    sex = enums.Sex.MALE.value
    consent = enums.Consent.FULL.value
    consent_given_by = enums.ConsentGiver.INVENTED.value


class PersonNameFactory(DjangoModelFactory):
    class Meta:
        model = models.PersonName

    prisoner = factory.SubFactory(PrisonerFactory)
    text = factory.Sequence(lambda number: f"Vyhadan Nikhto{number}")
    language = enums.Language.ENGLISH.value
    kind = enums.NameKind.LEGAL.value


class PublicRoleFactory(DjangoModelFactory):
    class Meta:
        model = models.PublicRole

    prisoner = factory.SubFactory(PrisonerFactory)
    role = enums.Role.TEACHER.value


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    prisoner = factory.SubFactory(PrisonerFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = enums.AffiliationKind.MEMBER.value


class CitizenshipFactory(DjangoModelFactory):
    class Meta:
        model = models.Citizenship

    prisoner = factory.SubFactory(PrisonerFactory)
    country = "UA"
    basis = enums.CitizenshipBasis.BIRTH_OR_CHOICE.value


class SpokenLanguageFactory(DjangoModelFactory):
    class Meta:
        model = models.SpokenLanguage

    prisoner = factory.SubFactory(PrisonerFactory)
    language = enums.Language.UKRAINIAN.value
    understanding = enums.Understanding.NATIVE.value


class StayFactory(DjangoModelFactory):
    class Meta:
        model = models.Stay

    prisoner = factory.SubFactory(PrisonerFactory)
    kind = enums.StayKind.SITE.value
    site = factory.SubFactory(DetentionSiteFactory)
    started = "2018-05-21"


class EventFactory(DjangoModelFactory):
    class Meta:
        model = models.Event

    prisoner = factory.SubFactory(PrisonerFactory)
    kind = enums.EventKind.ARREST.value
    happened = "2018-05-21"


class LegalCodeFactory(DjangoModelFactory):
    class Meta:
        model = models.LegalCode

    slug = factory.Sequence(lambda number: f"code-{number}")
    name_en = factory.Sequence(lambda number: f"Invented Code {number}")
    short_name_en = "IC"
    jurisdiction = "RU"


class ProvisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Provision

    slug = factory.Sequence(lambda number: f"provision-{number}")
    code = factory.SubFactory(LegalCodeFactory)
    article = factory.Sequence(lambda number: f"{900 + number}")
    part = "2"
    title_en = "An invented offence"


class PenaltyFactory(DjangoModelFactory):
    """Five to ten years since 14 November 2013."""

    class Meta:
        model = models.Penalty

    provision = factory.SubFactory(ProvisionFactory)
    in_force_from = "2013-11-14"
    least_months = 60
    most_months = 120
    life = False


class DesignationFactory(DjangoModelFactory):
    class Meta:
        model = models.Designation

    organisation = factory.SubFactory(OrganisationFactory)
    kind = enums.DesignationKind.TERRORIST.value
    state = "RU"
    designated = "2022-06-01"


class CourtFactory(DjangoModelFactory):
    class Meta:
        model = models.Court

    slug = factory.Sequence(lambda number: f"court-{number}")
    name_en = factory.Sequence(lambda number: f"Invented Court {number}")
    kind = enums.CourtKind.DISTRICT.value


class ProceedingFactory(DjangoModelFactory):
    class Meta:
        model = models.Proceeding

    title_en = factory.Sequence(lambda number: f"Invented case {number}")
    kind = enums.ProceedingKind.CRIMINAL.value


class DefendantFactory(DjangoModelFactory):
    class Meta:
        model = models.Defendant

    prisoner = factory.SubFactory(PrisonerFactory)
    proceeding = factory.SubFactory(ProceedingFactory)


class ChargeFactory(DjangoModelFactory):
    class Meta:
        model = models.Charge

    defendant = factory.SubFactory(DefendantFactory)
    provision = factory.SubFactory(ProvisionFactory)


class HearingFactory(DjangoModelFactory):
    class Meta:
        model = models.Hearing

    proceeding = factory.SubFactory(ProceedingFactory)
    held_on = "2019-03-01"


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Decision

    proceeding = factory.SubFactory(ProceedingFactory)
    instance = enums.Instance.FIRST.value
    decided_on = "2020-09-16"
    outcome = enums.DecisionOutcome.CONVICTED.value


class SentenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Sentence

    defendant = factory.SubFactory(DefendantFactory)
    decision = factory.SubFactory(DecisionFactory, proceeding=factory.SelfAttribute("..defendant.proceeding"))
    years = 14


class SentenceSegmentFactory(DjangoModelFactory):
    class Meta:
        model = models.SentenceSegment

    sentence = factory.SubFactory(SentenceFactory)
    position = 1
    regime = enums.Regime.STRICT.value
    is_remainder = True


class OfficialFactory(DjangoModelFactory):
    class Meta:
        model = models.Official

    name_en = factory.Sequence(lambda number: f"Invented Official {number}")
    kind = enums.OfficialKind.JUDGE.value


class InvolvementFactory(DjangoModelFactory):
    class Meta:
        model = models.Involvement

    official = factory.SubFactory(OfficialFactory)
    proceeding = factory.SubFactory(ProceedingFactory)
    kind = enums.InvolvementKind.DECIDED.value


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assessment

    prisoner = factory.SubFactory(PrisonerFactory)
    body = factory.SubFactory(OrganisationFactory)
    scheme = enums.AssessmentScheme.PACE.value
    criteria = factory.LazyFunction(lambda: [enums.AssessmentCriterion.PACE_A.value])
    decision = enums.AssessmentDecision.POLITICAL_PRISONER.value


class RehabilitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Rehabilitation

    prisoner = factory.SubFactory(PrisonerFactory)
    outcome = enums.RehabilitationOutcome.GRANTED.value


class CitationFactory(DjangoModelFactory):
    """`CitationFactory(record=stay, prisoner=stay.prisoner)` cites a record as a whole."""

    class Meta:
        model = models.Citation
        exclude = ("record",)

    record = factory.SubFactory(PrisonerFactory)
    content_type = factory.LazyAttribute(lambda made: ContentType.objects.get_for_model(made.record))
    object_id = factory.SelfAttribute("record.pk")
    source = factory.SubFactory(SourceFactory)


class HouseholdFactory(DjangoModelFactory):
    class Meta:
        model = models.Household

    label = factory.Sequence(lambda number: f"Invented household {number}")


class RelativeFactory(DjangoModelFactory):
    class Meta:
        model = models.Relative

    household = factory.SubFactory(HouseholdFactory)
    full_name = factory.Sequence(lambda number: f"Vyhadana Ridna{number}")
    kinship = enums.Kinship.SPOUSE.value


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = models.Need

    household = factory.SubFactory(HouseholdFactory)
    kind = enums.NeedKind.FOOD.value


class AidFactory(DjangoModelFactory):
    class Meta:
        model = models.Aid

    household = factory.SubFactory(HouseholdFactory)
    kind = enums.NeedKind.FOOD.value
    given_on = factory.LazyFunction(timezone.localdate)


class SubmissionFactory(DjangoModelFactory):
    """A waiting submission with a document that was made up; the action `submit` makes real ones."""

    class Meta:
        model = models.Submission

    prisoner = factory.SubFactory(PrisonerFactory)
    submitted_by = factory.SubFactory(UserFactory)
    submitted_at = factory.LazyFunction(timezone.now)
    sha256 = "0" * 64


def case(name: str = "Vyhadan Nikhto", **fields: Any) -> models.Prisoner:
    """Return a case that the door lets through: named, cited, held, charged and sentenced."""
    prisoner: models.Prisoner = PrisonerFactory(
        summary_en="An invented teacher.", summary_uk="Вигаданий учитель.", born="1980-02-03", **fields
    )
    english = PersonNameFactory(prisoner=prisoner, text=name, is_preferred=True)
    ukrainian = PersonNameFactory(
        prisoner=prisoner, text="Вигадан Ніхто", language=enums.Language.UKRAINIAN.value, is_preferred=True
    )
    stay = StayFactory(prisoner=prisoner)
    arrest = EventFactory(prisoner=prisoner)
    charge = ChargeFactory(defendant__prisoner=prisoner)
    sentence = SentenceFactory(defendant=charge.defendant)
    source = SourceFactory()
    for record in (prisoner, english, ukrainian, stay, arrest, charge, sentence):
        CitationFactory(record=record, prisoner=prisoner, source=source)
    return prisoner
