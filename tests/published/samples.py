"""Published cases, sites and provisions for the tests of the reading side, made without the records."""

import datetime as dt
import itertools
from typing import Any

from django.db import router

from cases.published import projections
from cases.published.documents import canonical, sha256
from cases.published.models import DocumentKind, PublishedCase, PublishedProvision, PublishedSite, PublishedVersion

PUBLISHED_AT = dt.datetime(2025, 6, 1, 12, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 1, 1)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
FACT: dict[str, Any] = {"cites": {}, "assertions": []}


def code_of(number: int) -> str:
    """Return the number-th sample code; codes sort as their numbers."""
    digits = []
    for _ in range(6):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def place(slug: str = "simferopol", **changes: Any) -> Any:
    name = {"en": slug.replace("-", " ").title(), "uk": "Сімферополь"}
    occupied = {"sovereign": "UA", "region": "UA-43", "controlled_by": "RU", "controlled_since": "2014-02-27"}
    return {"slug": slug, "name": name, **occupied, "latitude": 44.95, "longitude": 34.1, **changes}


def russian_place(slug: str = "rostov") -> Any:
    name = {"en": slug.title(), "uk": "Ростов"}
    return place(slug, name=name, sovereign="RU", region="RU-ROS", controlled_by="", controlled_since="")


def site_reference(slug: str = "sizo-1", **changes: Any) -> Any:
    name = {"en": f"Site {slug}", "uk": f"Місце {slug}"}
    return {"slug": slug, "name": name, "kind": "sizo", "regime": "", "place": place(), **changes}


def provision_reference(article: str = "205.5", part: str = "2") -> Any:
    number = f"{article}({part})" if part else article
    return {
        "slug": f"rf-{article}-{part}".replace(".", "-").strip("-"),
        "code": "rf",
        "code_name": {"en": "CC RF", "uk": "КК РФ"},
        "article": article,
        "part": part,
        "number": number,
        "title": {"en": f"Title of {number}"},
        "verified": True,
    }


def event(kind: str, happened: str, **changes: Any) -> Any:
    empty = {"ended": "", "release_kind": "", "title": {}, "description": {}, "place": None, "organisation": None}
    return {"kind": kind, "happened": happened, **empty, **FACT, **changes}


def stay(started: str, ended: str = "", site: Any = None, kind: str = "site") -> Any:
    return {"kind": kind, "site": site or site_reference(), "started": started, "ended": ended, **FACT}


def sentence(**changes: Any) -> Any:
    empty = {"years": None, "months": None, "days": None, "life": False, "death": False, "suspended": False}
    return {**empty, "fine_amount": "", "fine_currency": "", "other": {}, "segments": [], **FACT, **changes}


def decision(outcome: str, decided_on: str, *, instance: str = "first", **changes: Any) -> Any:
    empty = {"court": None, "judges": "", "in_force_from": "", "summary": {}, "sentence": None}
    return {"instance": instance, "outcome": outcome, "decided_on": decided_on, **empty, **FACT, **changes}


def charge(article: str = "205.5", part: str = "2") -> Any:
    empty = {"act_from": "", "act_to": "", "brought": "", "dropped": ""}
    return {
        "provision": provision_reference(article, part),
        "form": "completed",
        **empty,
        "outcome": "convicted",
        **FACT,
    }


def proceeding(*decisions: Any, charges: Any = (), kind: str = "criminal") -> Any:
    empty = {"title": {}, "number": "", "opened": "", "summary": {}, "hearings": []}
    return {"kind": kind, **empty, "charges": list(charges), "decisions": list(decisions), **FACT}


def name(text: str, language: str, kind: str = "legal", *, preferred: bool = False) -> Any:
    return {"text": text, "language": language, "kind": kind, "preferred": preferred, **FACT}


def organisation(slug: str = "crimean-solidarity", **changes: Any) -> Any:
    return {"slug": slug, "name": {"en": "Crimean Solidarity"}, "kind": "movement", **changes}


def source(number: int) -> Any:
    text = {"title": f"Source {number}", "publisher": "Publisher", "author": "", "url": "https://example.org/report"}
    dates = {"published": "2020", "accessed": "2025-01-01"}
    words = {"language": "en", "kind": "report", "reliability": "reliable"}
    return {"number": number, "confidential": False, **text, **dates, **words, "invented": False}


def case(code: str = "22222A", **changes: Any) -> Any:
    """Return the document of a man held before trial since 21 May 2018, nothing else of whom is known."""
    lists = (
        *("names", "roles", "affiliations", "citizenships", "languages", "stays", "proceedings"),
        *("assessments", "sources"),
    )
    return {
        "schema": 1,
        "code": code,
        "slug": "server-mustafayev",
        "kind": "contemporary",
        "invented": False,
        "consent": "full",
        "name": {"en": "Server Mustafayev", "uk": "Сервер Мустафаєв"},
        "sex": "male",
        "ethnicity": "crimean_tatar",
        "religion": "",
        "whereabouts": "",
        "born": "1986-05-05",
        "died": "",
        "birthplace": None,
        "home": None,
        "summary": {},
        "photo": None,
        **{field: [] for field in lists},
        "events": [event("arrest", "2018-05-21")],
        **FACT,
        **changes,
    }


def full_case(code: str = "22222B", **changes: Any) -> Any:
    """Return the document of a case in which everything is told."""
    court = {
        "slug": "rostov-court",
        "name": {"en": "Rostov court"},
        "kind": "military_district",
        "place": russian_place(),
    }
    colony = site_reference("colony-1", kind="colony", regime="strict", place=russian_place())
    told: dict[str, Any] = {
        "names": [
            name("Server Mustafayev", "en", "romanised", preferred=True),
            name("Сервер Мустафаєв", "uk", preferred=True),
            name("Server Mustafayev", "crh-Latn"),
            name("Сервер Мустафаев", "ru", "charge_sheet"),
        ],
        "religion": "muslim",
        "birthplace": place("birthtown"),
        "home": place("bakhchysarai"),
        "summary": {"en": "A human-rights defender.", "uk": "Правозахисник."},
        "photo": {"sha256": "a" * 64, "width": 4, "height": 5, "credit": "Photo: A.", "licence": "CC BY", "alt": {}},
        "roles": [{"role": "human_rights_defender", "detail": {}, "since": "2016", "until": "", **FACT}],
        "affiliations": [
            {"organisation": organisation(), "kind": "cofounder", "since": "2016", "until": "", **FACT},
        ],
        "citizenships": [{"country": "UA", "basis": "birth_or_choice", **FACT}],
        "languages": [{"language": "crh-Latn", "understanding": "native", **FACT}],
        "stays": [stay("2018-05-21", "2022-01-31"), stay("2022-02-01", site=colony)],
        "events": [
            event("arrest", "2018-05-21", place=place("bakhchysarai"), cites={"": [1]}),
            event("award", "2025-05-20", title={"en": "Award"}, organisation=organisation("freedom-house")),
        ],
        "proceedings": [
            proceeding(
                decision(
                    "convicted",
                    "2020-09-16",
                    court=court,
                    sentence=sentence(
                        years=14,
                        segments=[
                            {
                                "regime": "strict",
                                "years": 14,
                                "months": None,
                                "days": None,
                                "is_remainder": False,
                                **FACT,
                            }
                        ],
                    ),
                    judges="A judge",
                ),
                decision("upheld", "2022-03-14", instance="appeal", in_force_from="2022-03-14"),
                charges=[charge(), charge("278", "")],
            )
        ],
        "assessments": [
            {
                "body": organisation("memorial", name={"en": "Memorial"}),
                "scheme": "pace",
                "criteria": ["pace_a", "pace_b"],
                "decision": "political_prisoner",
                "decided_on": "2019",
                "document_number": "",
                "reasoning": {},
                **FACT,
            }
        ],
        "sources": [source(1), source(2)],
    }
    return case(code, **{**told, **changes})


def publish(document: Any, *, at: dt.datetime = PUBLISHED_AT, show_until: dt.date | None = None) -> PublishedCase:
    """Publish a case document as the door does: a version, and everything that is read off it."""
    using = router.db_for_write(PublishedCase)
    version = add_version(DocumentKind.CASE, document["code"], document, at=at, show_until=show_until)
    return projections.show_case(document, version, on=at.date(), changed_at=at, using=using)


def add_version(kind: str, key: str, document: Any, *, at: dt.datetime, show_until: dt.date | None = None) -> Any:
    text = canonical(document)
    number = PublishedVersion.objects.filter(kind=kind, key=key).count() + 1
    return PublishedVersion.objects.create(
        kind=kind, key=key, number=number, text=text, sha256=sha256(text), published_at=at, show_until=show_until
    )


def withdraw(code: str, *, at: dt.datetime = PUBLISHED_AT) -> None:
    """Withdraw a case as the door does, its versions closed."""
    using = router.db_for_write(PublishedCase)
    versions = PublishedVersion.objects.filter(kind=DocumentKind.CASE, key=code)
    super(type(versions), versions).update(text="", closed_at=at)
    projections.hide_case(code, at=at, using=using)


def publish_many(count: int, **changes: Any) -> list[PublishedCase]:
    """Publish `count` cases of people named A..., B..., in the order of their codes."""
    letters = itertools.cycle("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return [
        publish(
            full_case(
                code_of(number), name={"en": f"Person {letter}son{number:03}", "uk": f"Особа {letter}"}, **changes
            ),
            at=PUBLISHED_AT + dt.timedelta(minutes=number),
        )
        for number, letter in zip(range(1, count + 1), letters, strict=False)
    ]


def publish_site(slug: str = "sizo-1", **changes: Any) -> PublishedSite:
    """Publish the document of a detention site."""
    reference = site_reference(slug)
    empty = {"number": "1", "postal_address": "", "coordinate_precision": "settlement", "opened": "", "closed": ""}
    document = {
        **reference,
        "schema": 1,
        "latitude": 44.95,
        "longitude": 34.1,
        **empty,
        **FACT,
        "sources": [],
        **changes,
    }
    version = add_version(DocumentKind.SITE, slug, document, at=PUBLISHED_AT)
    projections.show_reference(PublishedSite, document, version, using=router.db_for_write(PublishedSite))
    return PublishedSite.objects.get(slug=slug)


def publish_provision(article: str = "205.5", part: str = "2", **changes: Any) -> PublishedProvision:
    """Publish the document of a provision."""
    document = {
        **provision_reference(article, part),
        "schema": 1,
        "code_short_name": {"en": "CC RF"},
        "jurisdiction": "RU",
        "description": {},
        "in_force_from": "2013-11-14",
        "in_force_to": "",
        "introduced_by": "302-FZ",
        **FACT,
        "sources": [],
        **changes,
    }
    version = add_version(DocumentKind.PROVISION, document["slug"], document, at=PUBLISHED_AT)
    projections.show_reference(PublishedProvision, document, version, using=router.db_for_write(PublishedProvision))
    return PublishedProvision.objects.get(slug=document["slug"])
