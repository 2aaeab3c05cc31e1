"""A case as the public may have it: built field by field through the policy, reduced as far as the consent asks."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from cases.domain.names import fold, initials
from cases.domain.partial_dates import PartialDate
from cases.enums import DateDetail, Language
from cases.models import Event, PersonName, Prisoner
from cases.publication.casefile import CaseFile, by_date, read_case
from cases.publication.citing import Numbering
from cases.publication.legal_findings import ticked_findings
from cases.publication.photos import PhotoUnreadable, describe_photo, published_pixels
from cases.publication.policy import NEVER_SHOWN, is_named, shown, shown_words, weighed
from cases.publication.reference import (
    build_organisation,
    build_place,
    edtf,
    maybe,
    public_place,
    refer_to_site,
)
from cases.publication.trials import build_trial
from cases.publication.withholding import withheld_in
from cases.published.documents import (
    SCHEMA,
    AffiliationDocument,
    AssessmentDocument,
    CaseDocument,
    CitizenshipDocument,
    EventDocument,
    LanguageDocument,
    NameDocument,
    PhotoDocument,
    RehabilitationDocument,
    RoleDocument,
    StayDocument,
    Words,
)

#: For each language of the interface, the languages whose name form stands at the head of the page, best first.
HEAD_FORMS = {
    "en": (
        Language.ENGLISH,
        Language.UKRAINIAN_LATIN,
        Language.CRIMEAN_TATAR_LATIN,
        Language.RUSSIAN_LATIN,
        Language.POLISH,
        Language.GERMAN,
        Language.TURKISH,
    ),
    "uk": (Language.UKRAINIAN, Language.CRIMEAN_TATAR_CYRILLIC, Language.RUSSIAN),
}


def build_case(prisoner: Prisoner) -> CaseDocument:
    """Return the public document of a case as it is recorded now.

    The document of a case without consent can be built, for the preview at the desk; `findings.py` forbids to publish it.
    """
    return build_from(read_case(prisoner))


def build_from(case: CaseFile) -> CaseDocument:
    """Return the public document of a case that has been read."""
    prisoner = case.prisoner
    named = is_named(prisoner)
    withheld = withheld_in(case)
    numbering = Numbering(lambda text: bool(withheld.found_in(text)))
    head = _head_names(case, named=named)
    own = numbering.fact(case.cited(prisoner), hidden=hidden_fields(prisoner, named=named))
    return CaseDocument(
        schema=SCHEMA,
        code=shown(prisoner, "code"),
        slug=_slug(head["en"]) if named else "",
        kind=shown(prisoner, "kind"),
        invented=shown(prisoner, "is_invented"),
        consent="full" if named else "initials",
        name=head,
        names=_names(case, numbering) if named else [],
        sex=shown(prisoner, "sex"),
        ethnicity=shown(prisoner, "ethnicity"),
        religion=weighed(prisoner, "religion") if named and weighed(prisoner, "religion_is_public") else "",
        whereabouts=shown(prisoner, "whereabouts"),
        born=_born(prisoner, named=named),
        died=edtf(weighed(prisoner, "died")) if named else _year(weighed(prisoner, "died")),
        birthplace=maybe(build_place, public_place(weighed(prisoner, "birthplace"), named=named)),
        home=maybe(build_place, public_place(weighed(prisoner, "home"), named=named))
        if weighed(prisoner, "home_is_public")
        else None,
        summary=shown_words(prisoner, "summary"),
        photo=_photo(prisoner),
        roles=_roles(case, numbering),
        affiliations=_affiliations(case, numbering),
        citizenships=[
            CitizenshipDocument(
                country=shown(row, "country"), basis=shown(row, "basis"), **numbering.fact(case.cited(row))
            )
            for row in prisoner.citizenships.all()
        ],
        languages=[
            LanguageDocument(
                language=shown(row, "language"),
                understanding=shown(row, "understanding"),
                **numbering.fact(case.cited(row)),
            )
            for row in prisoner.languages.all()
        ],
        stays=_stays(case, numbering),
        events=_events(case, numbering),
        proceedings=[build_trial(case, trial, numbering, named=named) for trial in case.trials],
        assessments=_assessments(case, numbering),
        rehabilitations=_rehabilitations(case, numbering, named=named),
        **own,
        **ticked_findings(case),
        sources=numbering.sources,
    )


def hidden_fields(prisoner: Prisoner, *, named: bool) -> frozenset[str]:
    """Return the fields of the prisoner whose citations would say more than the page."""
    hidden = set()
    if not named or weighed(prisoner, "born_detail") != DateDetail.DAY:
        hidden.add("born")
    if not named:
        hidden |= {"died", "birthplace", "home", "religion", "photo"}
    if not weighed(prisoner, "home_is_public"):
        hidden.add("home")
    if not weighed(prisoner, "religion_is_public"):
        hidden.add("religion")
    return frozenset(hidden)


def public_names(case: CaseFile) -> list[PersonName]:
    """Return the name forms that may be shown, the preferred ones first."""
    names = [name for name in case.prisoner.names.all() if weighed(name, "is_public")]
    return sorted(names, key=lambda name: (not weighed(name, "is_preferred"), name.pk))


def _head_names(case: CaseFile, *, named: bool) -> Words:
    """Return the name at the head of the page for each interface language; initials where the name is withheld."""
    candidates = public_names(case) if named else list(case.prisoner.names.all())
    return {language: _head_name(candidates, forms, named=named) for language, forms in HEAD_FORMS.items()}


def _head_name(candidates: list[PersonName], forms: Iterable[Language], *, named: bool) -> str:
    ranks = {language.value: rank for rank, language in enumerate(forms)}
    ordered = sorted(
        candidates,
        key=lambda name: (ranks.get(weighed(name, "language"), len(ranks)), not weighed(name, "is_preferred"), name.pk),
    )
    if not ordered:
        return ""
    best = ordered[0]
    if named:
        return str(weighed(best, "text"))
    parts = [part for part in (weighed(best, "given"), weighed(best, "family")) if part]
    return initials(*parts) if parts else initials(str(weighed(best, "text")))


def _names(case: CaseFile, numbering: Numbering) -> list[NameDocument]:
    return [
        NameDocument(
            text=weighed(name, "text"),
            language=weighed(name, "language"),
            kind=weighed(name, "kind"),
            preferred=weighed(name, "is_preferred"),
            **numbering.fact(case.cited(name)),
        )
        for name in public_names(case)
    ]


def _slug(name: str) -> str:
    return slugify(name)[:80] or "-".join(fold(name).split())[:80]


def _year(value: PartialDate | None) -> str:
    """Return a date reduced to its year, or to the years between which it lies."""
    if value is None or value.earliest is None or value.latest is None:
        return ""
    first, last = value.earliest.year, value.latest.year
    return f"{first}" if first == last else f"{first}/{last}"


def _born(prisoner: Prisoner, *, named: bool) -> str:
    detail, born = weighed(prisoner, "born_detail"), weighed(prisoner, "born")
    if detail == DateDetail.HIDDEN:
        return ""
    return edtf(born) if named and detail == DateDetail.DAY else _year(born)


def _photo(prisoner: Prisoner) -> PhotoDocument | None:
    try:
        return describe_photo(prisoner, published_pixels(prisoner))
    except PhotoUnreadable:
        return None  # findings.py says so at the desk and refuses to publish


def open_rows(rows: Iterable[Any]) -> list[Any]:
    """Return the rows that are marked to be shown."""
    return [row for row in rows if weighed(row, "is_public")]


def _roles(case: CaseFile, numbering: Numbering) -> list[RoleDocument]:
    return [
        RoleDocument(
            role=shown(row, "role"),
            detail=shown_words(row, "detail"),
            since=edtf(shown(row, "since")),
            until=edtf(shown(row, "until")),
            **numbering.fact(case.cited(row)),
        )
        for row in open_rows(case.prisoner.roles.all())
    ]


def _affiliations(case: CaseFile, numbering: Numbering) -> list[AffiliationDocument]:
    return [
        AffiliationDocument(
            organisation=build_organisation(shown(row, "organisation")),
            kind=shown(row, "kind"),
            since=edtf(shown(row, "since")),
            until=edtf(shown(row, "until")),
            **numbering.fact(case.cited(row)),
        )
        for row in open_rows(case.prisoner.affiliations.all())
    ]


def _stays(case: CaseFile, numbering: Numbering) -> list[StayDocument]:
    return [
        StayDocument(
            kind=shown(row, "kind"),
            site=maybe(refer_to_site, shown(row, "site")),
            started=edtf(shown(row, "started")),
            ended=edtf(shown(row, "ended")),
            **numbering.fact(case.cited(row)),
        )
        for row in by_date(open_rows(case.prisoner.stays.all()), "started")
    ]


def shown_events(case: CaseFile) -> list[Event]:
    """Return the events that may be shown, in the order of the document."""
    rows = [row for row in open_rows(case.prisoner.events.all()) if row.kind not in NEVER_SHOWN]
    return by_date(rows, "happened")


def _events(case: CaseFile, numbering: Numbering) -> list[EventDocument]:
    return [
        EventDocument(
            kind=shown(row, "kind"),
            happened=edtf(shown(row, "happened")),
            ended=edtf(shown(row, "ended")),
            release_kind=shown(row, "release_kind"),
            title=shown_words(row, "title"),
            description=shown_words(row, "description"),
            place=maybe(build_place, shown(row, "place")),
            organisation=maybe(build_organisation, shown(row, "organisation")),
            **numbering.fact(case.cited(row)),
        )
        for row in shown_events(case)
    ]


def _assessments(case: CaseFile, numbering: Numbering) -> list[AssessmentDocument]:
    found = []
    for row in by_date(open_rows(case.prisoner.assessments.all()), "decided_on"):
        fact = numbering.fact(case.cited(row))
        source = shown(row, "source")
        if source is not None:
            number = numbering.number(source)
            fact["cites"].setdefault("", [])
            fact["cites"][""] += [number] if number not in fact["cites"][""] else []
        found.append(
            AssessmentDocument(
                body=build_organisation(shown(row, "body")),
                scheme=shown(row, "scheme"),
                criteria=sorted(shown(row, "criteria")),
                decision=shown(row, "decision"),
                decided_on=edtf(shown(row, "decided_on")),
                document_number=shown(row, "document_number"),
                reasoning=shown_words(row, "reasoning"),
                **fact,
            )
        )
    return found


def _rehabilitations(case: CaseFile, numbering: Numbering, *, named: bool) -> list[RehabilitationDocument]:
    """Return every decision that may be shown; the number of a document, which leads to a name, only of who is named."""
    return [
        RehabilitationDocument(
            outcome=shown(row, "outcome"),
            body=maybe(build_organisation, shown(row, "body")),
            decided_on=edtf(shown(row, "decided_on")),
            law=shown_words(row, "law"),
            document_number=weighed(row, "document_number") if named else "",
            reasoning=shown_words(row, "reasoning"),
            **numbering.fact(case.cited(row)),
        )
        for row in by_date(open_rows(case.prisoner.rehabilitations.all()), "decided_on")
    ]
