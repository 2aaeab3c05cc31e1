"""Public documents as the door writes them, for tests of the public wing: invented people, every section filled."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.published.documents import SCHEMA, canonical, sha256
from cases.published.models import (
    DocumentKind,
    PublishedCase,
    PublishedProvision,
    PublishedSite,
    PublishedVersion,
)
from cases.published.projections import show_case, show_reference
from cases.published.state import renew

NO_NOTES: dict[str, Any] = {"cites": {}, "assertions": []}


def cited(*numbers: int, **assertions: Any) -> dict[str, Any]:
    """Return the notes of a fact that the numbered sources state as a whole."""
    return {"cites": {"": list(numbers)}, "assertions": list(assertions.get("others", []))}


def assertion(field: str, value: str, source: int, quote: str = "") -> dict[str, Any]:
    return {"field": field, "value": value, "source": source, "quote": quote, "page": "", "confidence": "probable"}


def place_document(**changes: Any) -> dict[str, Any]:
    return {
        "slug": "bakhchysarai",
        "name": {"en": "Bakhchysarai", "uk": "Бахчисарай"},
        "sovereign": "UA",
        "region": "UA-43",
        "controlled_by": "RU",
        "controlled_since": "2014-02-27",
        "latitude": 44.755,
        "longitude": 33.861,
    } | changes


def tambov() -> dict[str, Any]:
    names = {"en": "Tambov", "uk": "Тамбов"}
    return place_document(
        slug="tambov", name=names, sovereign="RU", region="RU-TAM", controlled_by="", controlled_since=""
    )


def source_document(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "confidential": False,
        "title": f"Invented report {number}",
        "publisher": "Invented Press",
        "author": "",
        "url": f"https://example.org/report-{number}",
        "published": "2025-05-20",
        "accessed": "2026-11-01",
        "language": "en",
        "kind": "news",
        "reliability": "reliable",
        "invented": True,
    } | changes


def site_reference(**changes: Any) -> dict[str, Any]:
    return {
        "slug": "sizo-1-simferopol",
        "name": {"en": "SIZO-1, Simferopol", "uk": "СІЗО-1, Сімферополь"},
        "kind": "sizo",
        "regime": "",
        "place": place_document(slug="simferopol", name={"en": "Simferopol", "uk": "Сімферополь"}),
    } | changes


def colony_reference() -> dict[str, Any]:
    names = {"en": "Colony IK-1, Tambov", "uk": "Колонія ІК-1, Тамбов"}
    return site_reference(slug="ik-1-tambov", name=names, kind="colony", regime="strict", place=tambov())


def site_document(reference: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    base = reference or site_reference()
    own = {name: base[name] for name in ("slug", "name", "kind", "regime", "place")}
    return (
        own
        | cited(1)
        | {
            "schema": SCHEMA,
            "number": "1",
            "postal_address": "295006, Simferopol, bulvar Lenina 4",
            "latitude": 44.94,
            "longitude": 34.1,
            "coordinate_precision": "settlement",
            "opened": "18XX",
            "closed": "",
            "sources": [source_document(1, kind="official", title="Invented register of sites")],
        }
        | changes
    )


def provision_reference(**changes: Any) -> dict[str, Any]:
    title = {
        "en": "Taking part in the activities of an organisation that Russia designates as terrorist",
        "uk": "Участь у діяльності організації, яку Росія визначила терористичною",
    }
    return {
        "slug": "ru-uk-205-5-2",
        "code": "ru-uk",
        "code_name": {"en": "the Criminal Code of Russia", "uk": "Кримінальний кодекс Росії"},
        "article": "205.5",
        "part": "2",
        "number": "205.5(2)",
        "title": title,
        "verified": False,
    } | changes


def provision_document(**changes: Any) -> dict[str, Any]:
    reference = provision_reference()
    own = {name: reference[name] for name in ("slug", "code", "article", "part", "number", "title", "verified")}
    return (
        own
        | cited(1)
        | {
            "schema": SCHEMA,
            "code_name": {"en": "Criminal Code of the Russian Federation", "uk": "Кримінальний кодекс РФ"},
            "code_short_name": {"en": "Criminal Code of Russia", "uk": "КК РФ"},
            "jurisdiction": "RU",
            "description": {"en": "Ten to twenty years since July 2016.", "uk": "Від 10 до 20 років з липня 2016."},
            "in_force_from": "2013-11-14",
            "in_force_to": "",
            "introduced_by": "302-FZ of 2 November 2013",
            "sources": [source_document(1, kind="official", title="Invented gazette")],
        }
        | changes
    )


def name_document(text: str, language: str, kind: str = "legal", *, preferred: bool = False) -> dict[str, Any]:
    return NO_NOTES | {"text": text, "language": language, "kind": kind, "preferred": preferred}


def sentence_document(**changes: Any) -> dict[str, Any]:
    return (
        NO_NOTES
        | {
            "years": 14,
            "months": None,
            "days": None,
            "life": False,
            "death": False,
            "suspended": False,
            "fine_amount": "",
            "fine_currency": "",
            "other": {},
            "segments": [segment_document("prison", years=4), segment_document("strict", is_remainder=True)],
        }
        | changes
    )


def segment_document(regime: str, **changes: Any) -> dict[str, Any]:
    empty = {"regime": regime, "years": None, "months": None, "days": None, "is_remainder": False}
    return NO_NOTES | empty | changes


def event_document(kind: str, happened: str, **changes: Any) -> dict[str, Any]:
    return (
        cited(2)
        | {
            "kind": kind,
            "happened": happened,
            "ended": "",
            "release_kind": "",
            "title": {},
            "description": {},
            "place": None,
            "organisation": None,
        }
        | changes
    )


def stay_document(site: dict[str, Any] | None, started: str, ended: str = "", **changes: Any) -> dict[str, Any]:
    kind = "site" if site else "unknown"
    return cited(2) | {"kind": kind, "site": site, "started": started, "ended": ended} | changes


def court_document(**changes: Any) -> dict[str, Any]:
    names = {"en": "Southern District Military Court", "uk": "Південний окружний військовий суд"}
    rostov = place_document(
        slug="rostov-on-don",
        name={"en": "Rostov-on-Don", "uk": "Ростов-на-Дону"},
        sovereign="RU",
        region="RU-ROS",
        controlled_by="",
        controlled_since="",
    )
    return {"slug": "southern-military", "name": names, "kind": "military_district", "place": rostov} | changes


def decision_document(outcome: str, decided_on: str, **changes: Any) -> dict[str, Any]:
    return (
        cited(2)
        | {
            "instance": "first",
            "court": court_document(),
            "decided_on": decided_on,
            "judges": "",
            "outcome": outcome,
            "in_force_from": "",
            "summary": {},
            "sentence": sentence_document(),
        }
        | changes
    )


def charge_document(provision: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return (
        cited(2)
        | {
            "provision": provision,
            "form": "completed",
            "act_from": "2016",
            "act_to": "2018-05",
            "brought": "2018-05-22",
            "dropped": "",
            "outcome": "convicted",
        }
        | changes
    )


def hearing_document(held_on: str, **changes: Any) -> dict[str, Any]:
    return cited(1) | {"instance": "first", "held_on": held_on, "court": None, "note": {}} | changes


def proceeding_document(**changes: Any) -> dict[str, Any]:
    seizure = provision_reference(
        slug="ru-uk-278",
        article="278",
        part="",
        number="278",
        title={"en": "Violent seizure of power", "uk": "Насильницьке захоплення влади"},
        verified=True,
    )
    appeal = {"instance": "appeal", "in_force_from": "2022-03-14", "sentence": sentence_document()}
    return (
        cited(2)
        | {
            "kind": "criminal",
            "title": {"en": "Invented Bakhchysarai case", "uk": "Вигадана бахчисарайська справа"},
            "number": "",
            "opened": "2017",
            "summary": {},
            "charges": [charge_document(provision_reference()), charge_document(seizure, form="preparation")],
            "hearings": [],
            "decisions": [
                decision_document("convicted", "2020-09-16"),
                decision_document("upheld", "2022-03-14", **appeal),
            ],
        }
        | changes
    )


def finding_document(**changes: Any) -> dict[str, Any]:
    """Return the term of `proceeding_document` as the law counts it and a reviewer ticked it."""
    rule = {
        "rule": "72(3.1)",
        "name": {"en": "Criminal Code, art. 72(3.1)"},
        "url": "",
        "quote": {},
        "since": "2018-07-14",
        "until": "",
        "verified": False,
    }
    return {
        "kind": "term",
        "answer": "figure",
        "proceeding": 0,
        "says": {"en": "The last day is 20 May 2032.", "uk": "Останній день – 20 травня 2032."},
        "working": [{"says": {"en": "A day counts for a day.", "uk": "День за день."}, "rule": "72(3.1)"}],
        "computed_from": [{"en": "Arrest, 21 May 2018", "uk": "Арешт, 21 травня 2018"}],
        "law": [rule],
        "law_as_of": "2026-11-26",
        "last_day": ["2032-05-20", "2032-05-20"],
        "transfers": [{"says": {"en": "Prison → Strict regime"}, "falls": ["2022-05-21", "2022-05-23"]}],
        "thresholds": [],
        "kilometres": None,
    } | changes


def organisation_document(**changes: Any) -> dict[str, Any]:
    return {"slug": "invented-solidarity", "name": {"en": "Invented Solidarity"}, "kind": "movement"} | changes


def assessment_document(**changes: Any) -> dict[str, Any]:
    return (
        cited(1)
        | {
            "body": organisation_document(slug="invented-memorial", name={"en": "Invented Memorial"}, kind="ngo"),
            "scheme": "pace",
            "criteria": ["pace_a", "pace_e"],
            "decision": "political_prisoner",
            "decided_on": "2019-02",
            "document_number": "",
            "reasoning": {},
        }
        | changes
    )


def rehabilitation_document(outcome: str, decided_on: str, **changes: Any) -> dict[str, Any]:
    return (
        cited(1)
        | {
            "outcome": outcome,
            "body": None,
            "decided_on": decided_on,
            "law": {},
            "document_number": "",
            "reasoning": {},
        }
        | changes
    )


def case_document(**changes: Any) -> dict[str, Any]:
    """Return the document of an invented man, in custody since 21 May 2018, with something in every section."""
    return {
        "cites": {"summary": [1], "born": [1], "home": [1]},
        "assertions": [],
        "schema": SCHEMA,
        "code": "K7Q4M2",
        "slug": "invented-person",
        "kind": "contemporary",
        "invented": True,
        "consent": "full",
        "name": {"en": "Invented Person", "uk": "Вигадана Особа"},
        "names": [
            name_document("Invented Person", "en", preferred=True),
            name_document("Вигадана Особа", "uk", preferred=True),
            name_document("Вымышленная Особа", "ru"),
            name_document("Uydurma Kişi", "crh-Latn"),
            name_document("Vyhadana Osoba", "uk-Latn", "romanised"),
        ],
        "sex": "male",
        "ethnicity": "crimean_tatar",
        "religion": "muslim",
        "whereabouts": "contact_family",
        "born": "1986-05",
        "died": "",
        "birthplace": None,
        "home": place_document(),
        "summary": {
            "en": "Human rights defender and cofounder of a movement that gave legal and medical support.",
            "uk": "Правозахисник і співзасновник руху, який надавав правову й медичну допомогу.",
        },
        "photo": None,
        "roles": [NO_NOTES | {"role": "human_rights_defender", "detail": {}, "since": "2016~", "until": ""}],
        "affiliations": [
            cited(1) | {"organisation": organisation_document(), "kind": "cofounder", "since": "2016", "until": ""}
        ],
        "citizenships": [NO_NOTES | {"country": "UA", "basis": "birth_or_choice"}],
        "languages": [NO_NOTES | {"language": "crh-Latn", "understanding": "native"}],
        "stays": [
            stay_document(site_reference(), "2018-05-21", "2019-09"),
            stay_document(None, "2019-09", "2020-01~"),
            stay_document(colony_reference(), "2022-06"),
        ],
        "events": [
            event_document("search", "2018-05-21"),
            event_document(
                "arrest",
                "2018-05-21",
                place=place_document(),
                **cited(2, others=[assertion("happened", "2020", 1, "imprisoned since 2020")]),
            ),
            event_document("letter", "2023", description={"en": "A letter from prison.", "uk": "Лист із в’язниці."}),
            event_document("award", "2025-05-20?"),
        ],
        "proceedings": [proceeding_document()],
        "assessments": [assessment_document()],
        "sources": [
            source_document(1),
            source_document(2, title="Invented court record", kind="court_document"),
            source_document(3, confidential=True, title="", publisher="", url="", published="", accessed=""),
        ],
    } | changes


def publish(
    document: dict[str, Any], *, at: dt.datetime | None = None, show_until: dt.date | None = None
) -> PublishedCase:
    """Put a case on the public side as the door does: one more version and every projection of it."""
    when = at or timezone.now()
    version = _version(DocumentKind.CASE, document["code"], document, when, show_until=show_until)
    with transaction.atomic():
        return show_case(document, version, on=timezone.localdate(when), changed_at=when, using="default")


def publish_site(document: dict[str, Any], *, at: dt.datetime | None = None) -> PublishedSite:
    version = _version(DocumentKind.SITE, document["slug"], document, at or timezone.now())
    show_reference(PublishedSite, document, version, using="default")
    renew("default")
    return PublishedSite.objects.get(pk=document["slug"])


def publish_provision(document: dict[str, Any], *, at: dt.datetime | None = None) -> PublishedProvision:
    version = _version(DocumentKind.PROVISION, document["slug"], document, at or timezone.now())
    show_reference(PublishedProvision, document, version, using="default")
    renew("default")
    return PublishedProvision.objects.get(pk=document["slug"])


def _version(
    kind: DocumentKind, key: str, document: dict[str, Any], at: dt.datetime, *, show_until: dt.date | None = None
) -> PublishedVersion:
    text = canonical(document)
    number = PublishedVersion.objects.filter(kind=kind, key=key).count() + 1
    return PublishedVersion.objects.create(
        kind=kind, key=key, number=number, text=text, sha256=sha256(text), published_at=at, show_until=show_until
    )
