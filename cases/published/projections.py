"""From published documents to what lists read: columns, cards, name keys, facets, totals. All can be rebuilt from versions.

Only the door and the commands write here; every function wants an open transaction on the database `using`.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from cases.domain.custody import custody_periods, held_since, standing
from cases.domain.names import sort_key, tokens
from cases.domain.partial_dates import PartialDate
from cases.enums import PublicationState
from cases.published import lists_index, organisations
from cases.published.custody import case_facts, last_sentence
from cases.published.documents import Card, CardRehabilitation, CaseDocument, Period, ProvisionDocument, SiteDocument
from cases.published.engine import add_up
from cases.published.facets import facets_of, present_site
from cases.published.models import (
    DocumentKind,
    Facet,
    PublishedCase,
    PublishedCell,
    PublishedCellTotal,
    PublishedFacet,
    PublishedName,
    PublishedPhoto,
    PublishedProvision,
    PublishedSite,
    PublishedTotal,
    PublishedVersion,
)
from cases.published.organisation_models import PublishedOrganisation
from cases.published.rehabilitations import rehabilitations_of

#: How many other name forms and provisions a row of a list carries.
CARD_ITEMS = 6


def _text(value: PartialDate | None) -> str:
    return "" if value is None else value.text


def card_of(document: CaseDocument, on: dt.date) -> Card:
    """Return what one row of a list shows of a case."""
    facts = case_facts(document)
    now = standing(facts, on)
    heads = set(document["name"].values())
    provisions = [charge["provision"]["number"] for trial in document["proceedings"] for charge in trial["charges"]]
    rehabilitations = [
        CardRehabilitation(
            outcome=one["outcome"], decided_on=one["decided_on"], body=one["body"]["name"] if one["body"] else {}
        )
        for one in rehabilitations_of(document)
    ]
    card = Card(
        names=[[name["text"], name["language"]] for name in document["names"] if name["text"] not in heads][
            :CARD_ITEMS
        ],
        provisions=list(dict.fromkeys(provisions))[:CARD_ITEMS],
        sentence=last_sentence(document),
        periods=[Period(start=_text(one.start), end=_text(one.end)) for one in custody_periods(facts, on)],
        status_since=_text(now.since),
        release_kind=now.release.value if now.release else "",
        site=present_site(document, on),
        photo=document["photo"]["sha256"] if document["photo"] else "",
    )
    return {**card, "rehabilitations": rehabilitations} if rehabilitations else card


def columns_of(document: CaseDocument, on: dt.date) -> dict[str, Any]:
    """Return the columns by which cases are filtered and sorted, as of the day `on`."""
    facts = case_facts(document)
    now = standing(facts, on)
    seized = held_since(facts, on)
    names = {language: document["name"].get(language, "") for language in ("en", "uk")}
    return {
        "document": document,
        "card": card_of(document, on),
        "slug": document["slug"],
        "kind": document["kind"],
        "is_invented": document["invented"],
        "sex": document["sex"],
        "ethnicity": document["ethnicity"],
        "status": now.status.value,
        "in_custody": now.status.in_custody,
        "arrested_earliest": seized.earliest if seized else None,
        "arrested_latest": seized.latest if seized else None,
        "name_en": names["en"][:200],
        "name_uk": names["uk"][:200],
        "sort_en": sort_key(_family_first(document, "en"), "en"),
        "sort_uk": sort_key(_family_first(document, "uk"), "uk"),
        **lists_index.columns_of(document, on),
    }


def _family_first(document: CaseDocument, language: str) -> str:
    """Return the name as lists are sorted: the last word, by convention the family name, before the others."""
    words = document["name"].get(language, "").split()
    return " ".join([*words[-1:], *words[:-1]])


def show_case(
    document: CaseDocument,
    version: PublishedVersion,
    *,
    on: dt.date,
    changed_at: dt.datetime | None,
    using: str,
) -> PublishedCase:
    """Make `document` what every list and page shows; `changed_at` is None where the reader sees nothing new."""
    _take_out(document["code"], using=using)
    known = PublishedCase.objects.using(using).filter(pk=document["code"]).first()
    changed = changed_at or (known.published_at if known else version.published_at)
    case = PublishedCase(
        code=document["code"],
        state=PublicationState.PUBLISHED.value,
        version=version.number,
        sha256=version.sha256,
        show_until=version.show_until,
        first_published_at=known.first_published_at if known else changed,
        published_at=changed,
        withdrawn_at=None,
        **columns_of(document, on),
    )
    case.save(using=using)
    _put_in(case, document, on, using=using)
    return case


def hide_case(code: str, *, at: dt.datetime, using: str) -> None:
    """Take a case out of every list and table; its code stays, to answer that it is gone."""
    facets = _take_out(code, using=using)
    organisations.reword(organisations.slugs_among(facets), using=using)
    PublishedPhoto.objects.using(using).filter(case_id=code).delete()
    blank = dict.fromkeys(
        ("slug", "kind", "sex", "ethnicity", "status", "name_en", "name_uk", "sort_en", "sort_uk"), ""
    )
    PublishedCase.objects.using(using).filter(pk=code).update(
        state=PublicationState.WITHDRAWN.value,
        document=None,
        card=None,
        withdrawn_at=at,
        show_until=None,
        in_custody=False,
        arrested_earliest=None,
        arrested_latest=None,
        **blank,
        **lists_index.NOTHING,
    )


def _put_in(case: PublishedCase, document: CaseDocument, on: dt.date, *, using: str) -> None:
    texts = [case.code, *document["name"].values(), *_name_texts(document)]
    keys = {token for text in texts for token in tokens(text)}
    PublishedName.objects.using(using).bulk_create(PublishedName(case=case, token=token) for token in sorted(keys))
    facets = facets_of(document, case.status, on)
    PublishedFacet.objects.using(using).bulk_create(
        PublishedFacet(case=case, facet=facet, value=value, cell=case.cell) for facet, value in sorted(facets)
    )
    _count(facets, case, by=1, using=using)
    lists_index.put_in(case, facets, using=using)
    organisations.put_in(case, document, using=using)


def _take_out(code: str, *, using: str) -> set[tuple[str, str]]:
    """Take a case out of everything; return the facets under which it was counted."""
    case = PublishedCase.objects.using(using).filter(pk=code).first()
    if case is None:
        return set()
    facets = set(PublishedFacet.objects.using(using).filter(case_id=code).values_list("facet", "value"))
    _count(facets, case, by=-1, using=using)
    lists_index.take_out(code, using=using)
    PublishedFacet.objects.using(using).filter(case_id=code).delete()
    organisations.take_out(organisations.slugs_among(facets), using=using)
    PublishedName.objects.using(using).filter(case_id=code).delete()
    return facets


def _name_texts(document: CaseDocument) -> list[str]:
    return [name["text"] for name in document["names"]]


def _count(facets: Iterable[tuple[str, str]], case: PublishedCase, *, by: int, using: str) -> None:
    """Add a case to the totals of its facets, or take it out of them.

    The total of all comes first, so that two publications at once wait for each other before either holds another row.
    """
    ordered = sorted(facets, key=lambda pair: (pair[0] != Facet.ALL, pair))
    add_up(
        PublishedTotal,
        [{"facet": facet, "value": value} for facet, value in ordered],
        key=["facet", "value"],
        by={
            "people": by,
            "in_custody": by if case.in_custody else 0,
            "invented": by if case.is_invented else 0,
        },
        using=using,
    )
    PublishedTotal.objects.using(using).filter(people=0).delete()


def show_reference(
    table: type[PublishedSite] | type[PublishedProvision],
    document: Any,
    version: PublishedVersion,
    *,
    using: str,
) -> None:
    """Make `document` what the pages of a site or provision show."""
    columns = site_columns(document) if table is PublishedSite else provision_columns(document)
    row = table(
        slug=document["slug"],
        version=version.number,
        sha256=version.sha256,
        document=document,
        published_at=version.published_at,
        **columns,
    )
    row.save(using=using)


def site_columns(document: SiteDocument) -> dict[str, Any]:
    """Return the columns by which sites are filtered and sorted."""
    place = document["place"]
    return {
        "kind": document["kind"],
        "sovereign": place["sovereign"],
        "region": place["region"],
        "controlled_by": place["controlled_by"] or place["sovereign"],
        **_sort_columns(document["name"]),
    }


def provision_columns(document: ProvisionDocument) -> dict[str, Any]:
    """Return the columns by which provisions are filtered and sorted: by number, as lawyers read it."""
    key = f"{natural(document['article'])} {natural(document['part'])}".strip()
    return {
        "code": document["code"],
        "article": document["article"],
        "part": document["part"],
        "number": document["number"],
        "sort_en": key[:400],
        "sort_uk": key[:400],
    }


def natural(number: str) -> str:
    """Return a number of an article so that 58 comes before 205.5 and 205.5 before 205.10."""
    return ".".join(part.zfill(5) if part.isdigit() else part for part in number.split("."))


def _sort_columns(name: dict[str, str]) -> dict[str, str]:
    fallback = next(iter(name.values()), "")
    return {f"sort_{language}": sort_key(name.get(language, fallback), language) for language in ("en", "uk")}


def rebuild(*, on: dt.date, using: str) -> Counter[str]:
    """Make every projection anew from the versions alone, as of the day `on`; return how many rows of each there are.

    A case whose last version is closed is withdrawn. Statuses are derived for the day, and cases whose consent has
    expired leave the totals, so this also runs once a day.
    """
    done: Counter[str] = Counter()
    for table in (
        PublishedFacet,
        PublishedName,
        PublishedTotal,
        PublishedCell,
        PublishedCellTotal,
        PublishedOrganisation,
    ):
        table._default_manager.using(using).all().delete()
    for version in _last_versions(using):
        document = json.loads(version.text) if version.text else None
        if version.kind == DocumentKind.SITE and document:
            show_reference(PublishedSite, document, version, using=using)
        elif version.kind == DocumentKind.PROVISION and document:
            show_reference(PublishedProvision, document, version, using=using)
        elif version.kind == DocumentKind.CASE:
            _rebuild_case(version, document, on=on, using=using)
        done[version.kind] += 1
    return done


def _rebuild_case(version: PublishedVersion, document: CaseDocument | None, *, on: dt.date, using: str) -> None:
    cases = PublishedCase.objects.using(using)
    if document is not None:
        case = show_case(document, version, on=on, changed_at=None, using=using)
        if case.show_until and case.show_until < on:
            _take_out(case.code, using=using)
        return
    if not cases.filter(pk=version.key).exists():
        PublishedCase(
            code=version.key,
            state=PublicationState.WITHDRAWN.value,
            version=version.number,
            sha256=version.sha256,
            first_published_at=version.published_at,
            published_at=version.published_at,
            withdrawn_at=version.closed_at,
        ).save(using=using)


def _last_versions(using: str) -> Iterable[PublishedVersion]:
    last: PublishedVersion | None = None
    for version in PublishedVersion.objects.using(using).order_by("kind", "key", "number").iterator(chunk_size=500):
        if last is not None and (last.kind, last.key) != (version.kind, version.key):
            yield last
        last = version
    if last is not None:
        yield last
