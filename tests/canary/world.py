"""A small world with a mark in every field: one case for each way in which the public may or may not learn of it."""

import datetime as dt
import hashlib
import io
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image

from cases.actions.accounts import RESEARCHER, REVIEWER, create_desk_account, ensure_groups
from cases.actions.publication import publish_reference, withdraw
from cases.actions.review import approve, submit
from cases.enums import (
    Consent,
    ConsentGiver,
    DateDetail,
    DecisionOutcome,
    EventKind,
    Language,
    PlaceKind,
    Regime,
    StayKind,
    SubmissionState,
)
from cases.models import (
    Affiliation,
    Aid,
    Assessment,
    Charge,
    Citation,
    Citizenship,
    Court,
    Decision,
    Defendant,
    DetentionSite,
    Event,
    FindingTick,
    Hearing,
    Household,
    Involvement,
    LegalCode,
    Need,
    Official,
    Organisation,
    PersonName,
    Place,
    Prisoner,
    Proceeding,
    Provision,
    PublicRole,
    Rehabilitation,
    Relative,
    ReviewComment,
    Sentence,
    SentenceSegment,
    Source,
    SpokenLanguage,
    Stay,
    Submission,
)
from cases.models.base import new_code
from cases.publication.casefile import read_case
from cases.publication.legal_findings import findings_by_law
from cases.publication.policy_table import Disclosure
from tests.canary.marks import Mark, Planter

AT = dt.datetime(2026, 1, 15, 12, 0, tzinfo=dt.UTC)
EARLIER = dt.datetime(2025, 1, 15, 12, 0, tzinfo=dt.UTC)
EXPIRED = dt.date(2025, 6, 30)
#: Published in full, published by initials, and four cases of which the public may learn nothing.
CASES = ("full", "initials", "draft", "waiting", "withdrawn", "expired")
#: Shown less than its consent allows, in the case published in full.
REDUCED = {("full", "prisoner", "born")}


@dataclass
class World:
    """What was planted, and the addresses under which the public could look for it."""

    planter: Planter
    prisoners: dict[str, Prisoner] = field(default_factory=dict)

    @property
    def private(self) -> list[Mark]:
        return [mark for mark in self.planter.marks if not self.may_be_public(mark)]

    @property
    def public(self) -> list[Mark]:
        return [mark for mark in self.planter.marks if self.may_be_public(mark)]

    @staticmethod
    def may_be_public(mark: Mark) -> bool:
        if not mark.is_open or (mark.case, mark.model, mark.field) in REDUCED:
            return False
        # Sources are named, beside the facts of somebody who is not, too.
        sourced = {Disclosure.PUBLIC, *([Disclosure.DERIVED] if mark.model == "source" else [])}
        allowed = {
            "reference": sourced,
            "full": {Disclosure.PUBLIC, Disclosure.DERIVED},
            "initials": sourced,
        }
        return mark.disclosure in allowed.get(mark.case, ())


def jpeg_with_comment(comment: str) -> ContentFile:
    picture = Image.new("RGB", (60, 80), "#6688aa")
    exif = Image.Exif()
    exif[0x010E] = comment  # ImageDescription
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif, comment=comment.encode())
    return ContentFile(buffer.getvalue(), name="portrait.jpg")


class Builder:
    """Plants the reference records, then one case after the other."""

    def __init__(self) -> None:
        self.planter = Planter()
        self.world = World(self.planter)
        ensure_groups()
        self.author = self._account("author", RESEARCHER)
        self.reviewer = self._account("reviewer", REVIEWER)
        self.reference()

    def _account(self, username: str, group: str) -> User:
        account = create_desk_account(username, group, "correct horse battery staple")
        where = ("desk", "prisoner", "assigned_to")
        account.first_name = self.planter.word(where, is_open=False)
        account.last_name = self.planter.word(where, is_open=False)
        account.email = f"{self.planter.word(where, is_open=False)}@desk.example"
        account.save()
        return account

    def place(self, case: str, *, is_open: bool = True) -> models.Model:
        return self.planter.row(
            Place,
            case,
            is_open=is_open,
            sovereign="UA",
            region="UA-43",
            controlled_by="RU",
            latitude="44.95719",
            longitude="34.11079",
        )

    def source(self, case: str, *, is_open: bool = True, is_public: bool | None = None) -> models.Model:
        words = self.planter.word((case, "source", "file"), is_open=False)
        file = ContentFile(words.encode(), name=f"{words}.txt")
        digest = hashlib.sha256(words.encode()).hexdigest()
        self.planter.mark((digest,), (case, "source", "file_sha256"), is_open=False, kind="hash")
        fixed = {} if is_public is None else {"is_public": is_public}
        return self.planter.row(Source, case, is_open=is_open, kind="report", file=file, file_sha256=digest, **fixed)

    def reference(self) -> None:
        row = self.planter.row
        Place.objects.create(
            slug="crimea", kind=PlaceKind.REGION.value, sovereign="UA", region="UA-43", name_en="Crimea"
        )
        self.shown_place = self.place("reference")
        self.organisation = row(Organisation, "reference", kind="ngo", country="UA")
        self.code = row(LegalCode, "reference", jurisdiction="RU")
        self.provision = row(Provision, "reference", code=self.code, source=self.source("reference"))
        self.court = row(Court, "reference", kind="district", place=self.shown_place)
        self.site = row(DetentionSite, "reference", kind="sizo", place=self.shown_place)

    def cite(self, case: str, record: models.Model, prisoner: Prisoner, *, is_open: bool, field: str = "") -> None:
        """Cite an open and a confidential source for a record or a field of it."""
        for shows_source in (True, False):
            source = self.source(case, is_open=is_open and shows_source)
            self._citation(case, record, prisoner, source, is_open=is_open and shows_source, field=field, value="")

    def cite_hidden(self, case: str, record: models.Model, prisoner: Prisoner, field: str) -> None:
        """Cite a source that could be named for a field that is not shown, once for it and once against it."""
        for said in ({"value": ""}, {}):
            source = self.source(case, is_open=False, is_public=True)
            self._citation(case, record, prisoner, source, is_open=False, field=field, **said)

    def _citation(
        self,
        case: str,
        record: models.Model,
        prisoner: Prisoner,
        source: models.Model,
        *,
        is_open: bool,
        **fixed: object,
    ) -> None:
        self.planter.row(
            Citation,
            case,
            is_open=is_open,
            prisoner=prisoner,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            source=source,
            **fixed,
        )

    def case(self, name: str) -> Prisoner:
        row = self.planter.row
        is_public = name in ("full", "initials")
        # Where the person is shown by initials or not at all, nobody may learn these places.
        shows_places = name == "full"
        prisoner = row(
            Prisoner,
            name,
            consent=(Consent.INITIALS if name == "initials" else Consent.FULL).value,
            consent_given_by=ConsentGiver.INVENTED.value,
            consent_expires=EXPIRED if name == "expired" else None,
            code=Prisoner().code,
            born_detail=DateDetail.YEAR.value,
            birthplace=self.place(name, is_open=shows_places),
            home=self.place(name, is_open=False),
            home_is_public=False,
            assigned_to=self.author,
            photo_is_public=False,
        )
        prisoner.photo.save(
            "portrait.jpg", jpeg_with_comment(self.planter.word((name, "prisoner", "health"), is_open=False))
        )
        prisoner.photo_is_public = True
        prisoner.save()
        self.world.prisoners[name] = prisoner
        for is_open in (True, False):
            self.person(name, prisoner, is_open=is_open)
            self.custody(name, prisoner, is_open=is_open)
        self.trial(name, prisoner)
        row(Citizenship, name, prisoner=prisoner, country="UA")
        row(SpokenLanguage, name, prisoner=prisoner, language=Language.UKRAINIAN.value)
        self.cite(name, prisoner, prisoner, is_open=is_public, field="summary")
        for name_of_field in ("born", "home", "health", "private_notes", "consent_notes"):
            self.cite_hidden(name, prisoner, prisoner, name_of_field)
        self.family(name, prisoner)
        return prisoner

    def person(self, name: str, prisoner: Prisoner, *, is_open: bool) -> None:
        row = self.planter.row
        for language in (Language.ENGLISH, Language.UKRAINIAN, Language.RUSSIAN):
            form = row(
                PersonName, name, is_open=is_open, prisoner=prisoner, language=language.value, is_preferred=is_open
            )
            self.cite(name, form, prisoner, is_open=is_open)
        role = row(PublicRole, name, is_open=is_open, prisoner=prisoner, role="journalist")
        belongs = row(
            Affiliation, name, is_open=is_open, prisoner=prisoner, organisation=self.organisation, kind="leader"
        )
        for record in (role, belongs):
            self.cite(name, record, prisoner, is_open=is_open)

    def trial(self, name: str, prisoner: Prisoner) -> None:
        row = self.planter.row
        proceeding = row(Proceeding, name)
        defendant = row(Defendant, name, prisoner=prisoner, proceeding=proceeding)
        charge = row(Charge, name, defendant=defendant, provision=self.provision)
        official = row(Official, name, is_open=False, kind="judge", organisation=self.organisation)
        row(Involvement, name, is_open=False, official=official, proceeding=proceeding, kind="ordered")
        records = [proceeding, charge]
        for shows in (True, False):
            records.append(row(Hearing, name, is_open=shows, proceeding=proceeding, court=self.court))
            decision = row(
                Decision,
                name,
                is_open=shows,
                proceeding=proceeding,
                defendant=defendant,
                court=self.court,
                outcome=DecisionOutcome.CONVICTED.value,
            )
            sentence = row(
                Sentence, name, is_open=shows, decision=decision, defendant=defendant, years=12, fine_currency="RUB"
            )
            row(SentenceSegment, name, is_open=shows, sentence=sentence, regime=Regime.STRICT.value, is_remainder=True)
            records += [decision, sentence]
        for record in records:
            self.cite(name, record, prisoner, is_open=getattr(record, "is_public", True))

    def custody(self, name: str, prisoner: Prisoner, *, is_open: bool) -> None:
        row = self.planter.row
        stay = row(Stay, name, is_open=is_open, prisoner=prisoner, kind=StayKind.SITE.value, site=self.site)
        self.cite_hidden(name, stay, prisoner, "private_notes")
        event = row(
            Event,
            name,
            is_open=is_open,
            prisoner=prisoner,
            kind=EventKind.LETTER.value,
            place=self.shown_place if is_open else self.place(name, is_open=False),
            organisation=self.organisation,
        )
        assessment = row(
            Assessment,
            name,
            is_open=is_open,
            prisoner=prisoner,
            body=self.organisation,
            scheme="pace",
            decision="political_prisoner",
            source=self.source(name, is_open=is_open),
        )
        rehabilitation = row(
            Rehabilitation, name, is_open=is_open, prisoner=prisoner, outcome="rescinded", body=self.organisation
        )
        for record in (stay, event, assessment, rehabilitation):
            self.cite(name, record, prisoner, is_open=is_open)

    def law(self, name: str, prisoner: Prisoner) -> None:
        """Let the law say something, and tick it: in the case shown in full it follows from an arrest that is hidden."""
        row = self.planter.row
        for is_open in (False, True) if name == "full" else (True, False):
            place = self.place("reference" if is_open else name, is_open=is_open)
            row(Event, name, is_open=is_open, prisoner=prisoner, kind=EventKind.ARREST.value, place=place)
        row(Stay, name, prisoner=prisoner, kind=StayKind.SITE.value, site=self.site, ended=None)
        for finding in findings_by_law(read_case(prisoner)):
            FindingTick.objects.create(
                prisoner=prisoner, key=finding.key, sha256=finding.digest, ticked_by=self.reviewer, ticked_at=AT
            )

    def family(self, name: str, prisoner: Prisoner) -> None:
        row = self.planter.row
        household = row(Household, name, code=new_code())
        household.prisoners.add(prisoner)
        row(Relative, name, household=household, prisoner=prisoner, kinship="spouse")
        need = row(Need, name, household=household, kind="medical", currency="UAH")
        row(Aid, name, household=household, need=need, kind="medical", currency="UAH", given_by=self.author)

    def submit(self, name: str) -> Submission:
        where = (name, "submission", "note")
        note = self.planter.word(where, is_open=False)
        return submit(self.author, self.world.prisoners[name], note=note, at=_moment(name))

    def comment(self, name: str, submission: Submission) -> None:
        self.planter.row(ReviewComment, name, is_open=False, submission=submission, author=self.reviewer, at=AT)

    def publish(self, name: str) -> None:
        note = self.planter.word((name, "submission", "decision_note"), is_open=False)
        approve(self.reviewer, self.submit(name), note=note, at=_moment(name))


def _moment(name: str) -> dt.datetime:
    """The case whose consent has expired was published while it was valid."""
    return EARLIER if name == "expired" else AT


def build_world() -> World:
    """Plant everything and take each case as far as its name says."""
    builder = Builder()
    for name in CASES:
        builder.case(name)
    publish_reference(builder.reviewer, at=AT)
    for name in ("full", "initials"):
        builder.law(name, builder.world.prisoners[name])
    for name in ("full", "initials", "withdrawn", "expired"):
        builder.publish(name)
    builder.comment("waiting", builder.submit("waiting"))
    reason = builder.planter.word(("withdrawn", "publication", "reason"), is_open=False)
    withdraw(builder.reviewer, builder.world.prisoners["withdrawn"], reason=reason, at=AT)
    assert Submission.objects.filter(state=SubmissionState.WAITING.value).count() == 1
    return builder.world
