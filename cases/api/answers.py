"""What the API answers with: the shapes, which are also the schema, and how they are made from published rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NotRequired, TypedDict, cast

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cases.domain.custody import current_stay, days_held, held_since, standing
from cases.enums import StayKind
from cases.published.custody import case_facts, last_sentence, read_date
from cases.published.documents import (
    CaseDocument,
    ProvisionDocument,
    SentenceDocument,
    SiteDocument,
    SiteReference,
    Words,
)
from cases.published.match_telling import why
from cases.published.models import PublishedCase, PublishedProvision, PublishedSite, PublishedVersion
from cases.published.search import Hit

#: The fields of documents that hold a date, and those in which there is none.
DATES = frozenset(
    {
        *("born", "died", "started", "ended", "happened", "since", "until", "opened", "closed", "brought", "dropped"),
        *("act_from", "act_to", "held_on", "decided_on", "in_force_from", "in_force_to", "controlled_since"),
        *("published", "accessed", "law_as_of"),
    }
)
NO_DATES = frozenset({"cites", "assertions", "name", "summary", "title", "description"})

INVENTED = "Invented demonstration case"

Address = Callable[[str], str]


class NameForm(TypedDict):
    text: str
    language: str


class MatchAnswer(TypedDict):
    """Why a case answers the words that were asked for: the weakest link, the name form that fits, a sentence."""

    reason: str  # a Reason of domain/name_matching.py, or "text"
    name: str
    said: str


class EdtfDate(TypedDict):
    """A date known as far as `edtf` says ("" where it is not known), and the first and last day that it can be."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None


class CaseSummary(TypedDict):
    """One row of the list of cases; with a match where the list is the best answers to a question."""

    code: str
    url: str
    page_urls: Words
    invented: bool
    notice: str
    kind: str
    name: Words
    other_names: list[NameForm]
    sex: str
    ethnicity: str
    status: str
    status_since: EdtfDate
    in_custody: bool
    arrested_earliest: dt.date | None
    arrested_latest: dt.date | None
    site: SiteReference | None
    charges: list[str]
    sentence: SentenceDocument | None
    version: int
    published_at: dt.datetime
    match: NotRequired[MatchAnswer]


class DaysHeld(TypedDict):
    least: int | None
    most: int | None


class StandingNow(TypedDict):
    """What follows from the dated facts on the day `on`; computed when asked for, never stored."""

    on: dt.date
    status: str
    since: EdtfDate
    certain: bool
    release_kind: str
    in_custody: bool
    held_since: EdtfDate
    days_held: DaysHeld
    site: SiteReference | None
    sentence: SentenceDocument | None


class CaseAnswer(TypedDict):
    """One case: its document as published, and what follows from it today. `dates` has every date of the document by its
    EDTF text, with its first and last possible day."""

    code: str
    url: str
    page_urls: Words
    permanent_urls: Words
    version_url: str
    invented: bool
    notice: str
    version: int
    sha256: str
    first_published_at: dt.datetime
    published_at: dt.datetime
    standing: StandingNow
    dates: dict[str, EdtfDate]
    document: CaseDocument


class CaseVersionAnswer(TypedDict):
    """One published version of a case; `sha256` is of the canonical JSON text of `document`."""

    code: str
    number: int
    url: str
    page_urls: Words
    invented: bool
    notice: str
    sha256: str
    published_at: dt.datetime
    dates: dict[str, EdtfDate]
    document: CaseDocument


class VersionSummary(TypedDict):
    """One published version in the list of them; `url` is null where it may no longer be shown."""

    code: str
    number: int
    url: str | None
    published_at: dt.datetime
    closed_at: dt.datetime | None
    sha256: str


class ReferenceAnswer(TypedDict):
    slug: str
    url: str
    page_urls: Words
    version: int
    sha256: str
    published_at: dt.datetime


class SiteAnswer(ReferenceAnswer):
    """A detention site: the country to which it belongs, and the power in control now."""

    name: Words
    kind: str
    sovereign: str
    region: str
    controlled_by: str
    document: SiteDocument


class ProvisionAnswer(ReferenceAnswer):
    """A provision of a code of law."""

    number: str
    code: str
    article: str
    part: str
    title: Words
    verified: bool
    document: ProvisionDocument


def _pages(address: Address, name: str, *parts: Any) -> Words:
    """Return the address of a page in each language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = address(reverse(name, args=parts))
    return found


def case_pages(address: Address, code: str, slug: str) -> Words:
    return _pages(address, "case", code, slug) if slug else _pages(address, "case-code", code)


def case_summary(case: PublishedCase, address: Address) -> CaseSummary:
    """Return one row of the list, from the columns and the card alone."""
    card: Any = case.card
    return CaseSummary(
        code=case.code,
        url=address(reverse("api-case", args=[case.code])),
        page_urls=case_pages(address, case.code, case.slug),
        invented=case.is_invented,
        notice=INVENTED if case.is_invented else "",
        kind=str(case.kind),
        name={"en": case.name_en, "uk": case.name_uk},
        other_names=[NameForm(text=text, language=language) for text, language in card["names"]],
        sex=str(case.sex),
        ethnicity=str(case.ethnicity),
        status=str(case.status),
        status_since=edtf_date(card["status_since"]),
        in_custody=case.in_custody,
        arrested_earliest=case.arrested_earliest,
        arrested_latest=case.arrested_latest,
        site=card["site"],
        charges=card["provisions"],
        sentence=card["sentence"],
        version=case.version,
        published_at=case.published_at,
    )


def found_summary(case: PublishedCase, hit: Hit, address: Address) -> CaseSummary:
    """Return one row of the best answers to a question."""
    reason, name = (hit.match.reason.value, hit.match.form) if hit.match else ("text", "")
    return {**case_summary(case, address), "match": MatchAnswer(reason=reason, name=name, said=why(hit))}


@lru_cache(maxsize=20_000)
def _days(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a date; nothing where it is open, or lies before or after all calendars."""
    date = read_date(text)
    return (date.earliest, date.latest) if date else (None, None)


def edtf_date(text: str) -> EdtfDate:
    """Return a date of a document with its first and last possible day."""
    earliest, latest = _days(text)
    return EdtfDate(edtf=text, earliest=earliest, latest=latest)


def dates_in(document: Any) -> dict[str, EdtfDate]:
    """Return every date of a document by its text."""
    found = dict.fromkeys(sorted(_date_texts(document)))
    return {text: edtf_date(text) for text in found}


def _date_texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _date_texts(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if isinstance(value, str):
                if value and name in DATES:
                    yield value
            elif name not in NO_DATES:
                yield from _date_texts(value)


def standing_on(document: CaseDocument, on: dt.date) -> StandingNow:
    """Return what follows from a document on the day `on`."""
    facts = case_facts(document)
    now, days, seized, stay = standing(facts, on), days_held(facts, on), held_since(facts, on), current_stay(facts, on)
    at_site = stay is not None and stay.kind is StayKind.SITE
    return StandingNow(
        on=on,
        status=now.status.value,
        since=edtf_date(str(now.since or "")),
        certain=now.certain,
        release_kind=now.release.value if now.release else "",
        in_custody=now.status.in_custody,
        held_since=edtf_date(str(seized or "")),
        days_held=DaysHeld(least=days.least, most=days.most),
        site=document["stays"][int(stay.ref.split("/")[1])]["site"] if stay and at_site else None,
        sentence=last_sentence(document),
    )


def case_answer(case: PublishedCase, address: Address, *, on: dt.date) -> CaseAnswer:
    """Return one case as it stands on the day `on`."""
    document = cast("CaseDocument", case.document)
    return CaseAnswer(
        code=case.code,
        url=address(reverse("api-case", args=[case.code])),
        page_urls=case_pages(address, case.code, case.slug),
        permanent_urls=_pages(address, "case-version", case.code, case.version),
        version_url=address(reverse("api-case-version", args=[case.code, case.version])),
        invented=case.is_invented,
        notice=INVENTED if case.is_invented else "",
        version=case.version,
        sha256=case.sha256,
        first_published_at=case.first_published_at,
        published_at=case.published_at,
        standing=standing_on(document, on),
        dates=dates_in(document),
        document=document,
    )


def version_answer(version: PublishedVersion, document: CaseDocument, address: Address) -> CaseVersionAnswer:
    """Return one version of a case as it was published."""
    return CaseVersionAnswer(
        code=version.key,
        number=version.number,
        url=address(reverse("api-case-version", args=[version.key, version.number])),
        page_urls=_pages(address, "case-version", version.key, version.number),
        invented=document["invented"],
        notice=INVENTED if document["invented"] else "",
        sha256=version.sha256,
        published_at=version.published_at,
        dates=dates_in(document),
        document=document,
    )


def version_summary(version: PublishedVersion, address: Address) -> VersionSummary:
    """Return one version as the list of versions shows it."""
    url = address(reverse("api-case-version", args=[version.key, version.number]))
    return VersionSummary(
        code=version.key,
        number=version.number,
        url=url if version.closed_at is None else None,
        published_at=version.published_at,
        closed_at=version.closed_at,
        sha256=version.sha256,
    )


def site_answer(site: PublishedSite, address: Address) -> SiteAnswer:
    """Return a detention site."""
    document = cast("SiteDocument", site.document)
    return SiteAnswer(
        slug=site.slug,
        url=address(reverse("api-site", args=[site.slug])),
        page_urls=_pages(address, "site", site.slug),
        version=site.version,
        sha256=site.sha256,
        published_at=site.published_at,
        name=document["name"],
        kind=str(site.kind),
        sovereign=site.sovereign,
        region=site.region,
        controlled_by=site.controlled_by,
        document=document,
    )


def provision_answer(provision: PublishedProvision, address: Address) -> ProvisionAnswer:
    """Return a provision."""
    document = cast("ProvisionDocument", provision.document)
    return ProvisionAnswer(
        slug=provision.slug,
        url=address(reverse("api-provision", args=[provision.slug])),
        page_urls=_pages(address, "provision", provision.slug),
        version=provision.version,
        sha256=provision.sha256,
        published_at=provision.published_at,
        number=provision.number,
        code=provision.code,
        article=provision.article,
        part=provision.part,
        title=document["title"],
        verified=document["verified"],
        document=document,
    )
