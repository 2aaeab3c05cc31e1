"""Cases as FollowTheMoney entities (followthemoney.tech, model 4): people, what courts did to them, what proves it.

A prisoner is a Person without any topic of crime, whatever they are charged with; a charge stands in words in the CourtCase.
Identifiers come from codes and stay. Only dates that are certain to the day, month or year are given: FollowTheMoney has no
"about". Citizenship that was imposed is none. The model has no charge, sentence or detention.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cases.enums import AffiliationKind, CitizenshipBasis, Ethnicity, ProceedingKind, Religion, Role, Sex, Vocabulary
from cases.published.documents import CaseDocument, OrganisationDocument, ProceedingDocument, SourceDocument, Words

Entity = dict[str, Any]  # id, schema, properties
Address = Callable[[str], str]  # from the path of a page to its full address

PREFIX = "tracker"
INVENTED = "Invented demonstration case"
#: Dates as FollowTheMoney reads them: a year, a month, a day.
PLAIN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
#: What a public role is among the topics of the model; the others have none. No topic of crime is ever given.
TOPICS = {
    Role.HUMAN_RIGHTS_DEFENDER: "role.act",
    Role.ACTIVIST: "role.act",
    Role.JOURNALIST: "role.journo",
    Role.CITIZEN_JOURNALIST: "role.journo",
    Role.LAWYER: "role.lawyer",
    Role.POLITICIAN: "role.pol",
}
#: ISO 639-3, which the model has, for our tags.
LANGUAGES = {
    "uk": "ukr",
    "en": "eng",
    "ru": "rus",
    "pl": "pol",
    "de": "deu",
    "tr": "tur",
    "yi": "yid",
    "he": "heb",
    "crh": "crh",
}


def entity(schema: str, key: str, **properties: Iterable[str]) -> Entity:
    """Return an entity; a property without any text is left out, none has the same text twice."""
    cleaned = {name: list(dict.fromkeys(one for one in values if one)) for name, values in properties.items()}
    return {
        "id": f"{PREFIX}-{key}",
        "schema": schema,
        "properties": {name: one for name, one in cleaned.items() if one},
    }


def entities_of(document: CaseDocument, *, address: Address, changed: str) -> Iterator[Entity]:
    """Yield the entities of one case: the person first. `changed` is the day on which it was last published."""
    code = document["code"]
    person = f"{PREFIX}-{code}"
    page = address(f"/en/cases/{code}/")
    yield _person(document, page, changed)
    for role in document["roles"]:
        yield from _position(code, person, role["role"], role["since"], role["until"])
    for number, one in enumerate(document["affiliations"], start=1):
        yield organisation_entity(one["organisation"])
        yield entity(
            "Membership",
            f"{code}-membership-{number}",
            member=[person],
            organization=[f"{PREFIX}-organisation-{one['organisation']['slug']}"],
            role=[_label(AffiliationKind, one["kind"])],
            startDate=_dates(one["since"]),
            endDate=_dates(one["until"]),
        )
    for number, proceeding in enumerate(document["proceedings"], start=1):
        yield from _court_case(document, number, proceeding, page)
    for source in document["sources"]:
        yield from _documentation(code, source)


def lines_of(documents: Iterable[tuple[CaseDocument, str]], *, address: Address) -> Iterator[str]:
    """Yield JSON lines of cases with the day of their last publication; what several cases share is written once."""
    shared: set[str] = set()
    for document, changed in documents:
        for one in entities_of(document, address=address, changed=changed):
            if one["schema"] in ("Organization", "Position"):
                if one["id"] in shared:
                    continue
                shared.add(one["id"])
            yield json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n"


def _person(document: CaseDocument, page: str, changed: str) -> Entity:
    roles = [Role(role["role"]) for role in document["roles"]]
    heads = list(document["name"].values())
    birthplace = document["birthplace"]
    return entity(
        "Person",
        document["code"],
        name=heads,
        alias=[name["text"] for name in document["names"] if name["text"] not in heads],
        gender=[document["sex"]] if document["sex"] in (Sex.MALE, Sex.FEMALE, Sex.OTHER) else [],
        birthDate=_dates(document["born"]),
        deathDate=_dates(document["died"]),
        birthPlace=birthplace["name"].values() if birthplace else [],
        birthCountry=[birthplace["sovereign"].lower()] if birthplace else [],
        citizenship=[
            one["country"].lower() for one in document["citizenships"] if one["basis"] != CitizenshipBasis.IMPOSED
        ],
        ethnicity=[_label(Ethnicity, document["ethnicity"])],
        religion=[_label(Religion, document["religion"])],
        spokenLanguage=[LANGUAGES.get(one["language"].split("-")[0], "") for one in document["languages"]],
        profession=[_label(Role, role.value) for role in roles if role is not Role.OTHER],
        topics=[TOPICS[role] for role in roles if role in TOPICS],
        summary=document["summary"].values(),
        notes=[INVENTED] if document["invented"] else [],
        sourceUrl=[page],
        modifiedAt=[changed],
    )


def _position(code: str, person: str, role: str, since: str, until: str) -> Iterator[Entity]:
    if role == Role.OTHER:
        return
    word = role.replace("_", "-")  # the model's identifiers have no underscore
    yield entity("Position", f"position-{word}", name=[_label(Role, role)])
    yield entity(
        "Occupancy",
        f"{code}-role-{word}",
        holder=[person],
        post=[f"{PREFIX}-position-{word}"],
        startDate=_dates(since),
        endDate=_dates(until),
    )


def organisation_entity(one: OrganisationDocument) -> Entity:
    """Return an organisation to which a person belongs."""
    return entity("Organization", f"organisation-{one['slug']}", name=one["name"].values())


def _court_case(document: CaseDocument, number: int, one: ProceedingDocument, page: str) -> Iterator[Entity]:
    code = document["code"]
    key = f"{code}-proceeding-{number}"
    charges = list(dict.fromkeys(charge["provision"]["number"] for charge in one["charges"]))
    kind, charged = _label(ProceedingKind, one["kind"]), f"charged under {', '.join(charges)}" if charges else ""
    name = next(iter(document["name"].values()), code)
    courts = [decision["court"]["name"] for decision in one["decisions"] if decision["court"]]
    yield entity(
        "CourtCase",
        key,
        name=one["title"].values() or [f"{kind}: {name}{f', {charged}' if charged else ''}"],
        category=[kind],
        caseNumber=[one["number"]],
        status=[decision["outcome"] for decision in one["decisions"][-1:]],
        court=[text for court in courts for text in _first(court)],
        fileDate=_dates(one["opened"]),
        description=[f"{name} is {charged}."] if charged else [],
        summary=one["summary"].values(),
        notes=[INVENTED] if document["invented"] else [],
        sourceUrl=[page],
    )
    yield entity(
        "CourtCaseParty",
        f"{key}-party",
        party=[f"{PREFIX}-{code}"],
        case=[f"{PREFIX}-{key}"],
        role=["defendant"],
        startDate=_dates(one["opened"]),
    )


def _documentation(code: str, source: SourceDocument) -> Iterator[Entity]:
    """Yield a source and that it documents the case; a confidential one is counted on the page and not named here."""
    if source["confidential"] or not (source["title"] or source["url"]):
        return
    key = f"{code}-source-{source['number']}"
    yield entity(
        "Document",
        key,
        fileName=[source["title"] or source["url"]],
        title=[source["title"]],
        author=[source["author"]],
        publisher=[source["publisher"]],
        publishedAt=_dates(source["published"]),
        retrievedAt=_dates(source["accessed"]),
        language=[LANGUAGES.get(source["language"].split("-")[0], "")],
        sourceUrl=[source["url"]] if source["url"].startswith(("http://", "https://")) else [],
    )
    yield entity(
        "Documentation",
        f"{key}-documentation",
        document=[f"{PREFIX}-{key}"],
        entity=[f"{PREFIX}-{code}"],
        role=[f"source {source['number']}"],
    )


def _first(words: Words) -> list[str]:
    return list(words.values())[:1]


def _label(vocabulary: type[Vocabulary], value: str) -> str:
    return {word.value: word.label for word in vocabulary}.get(value, "") if value != "unknown" else ""


def _dates(text: str) -> list[str]:
    return [text] if PLAIN.fullmatch(text) else []
