"""From published documents to what lists read: columns, cards, name keys, facets, totals. All can be rebuilt from versions.

Only the door and the commands write here; every function wants an open transaction on the database `using`.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, cast

from cases.domain.custody import Brief, brief
from cases.domain.names import sort_key
from cases.domain.partial_dates import PartialDate
from cases.enums import PublicationState
from cases.published import blocks, courses, lists_index, name_index, subjects
from cases.published.asked import Pair
from cases.published.case_tables import CASE_TOTALS, ShownCase
from cases.published.case_writing import Sums, clear_rows, count_in, count_out, write_rows_of
from cases.published.custody import case_facts, last_sentence
from cases.published.documents import Card, CardRehabilitation, CaseDocument, Period, ProvisionDocument, SiteDocument
from cases.published.facets import facets_of, places_of, site_of
from cases.published.models import (
    DocumentKind,
    Facet,
    PublishedCase,
    PublishedFacet,
    PublishedPhoto,
    PublishedProvision,
    PublishedSite,
    PublishedVersion,
)
from cases.published.name_vocabulary import count_changes, record, record_gone
from cases.published.rehabilitations import rehabilitations_of
from cases.published.state import renew
from cases.published.subject_models import PublishedSubject

#: How many other name forms and provisions a row of a list carries.
CARD_ITEMS = 6
#: How many cases are rebuilt in one go.
REBUILT_AT_ONCE = 500
#: So many blocks are gathered, of at most 8 KiB, before they are written.
BLOCKS_IN_MEMORY = 4_000
CHANGING = [column.name for column in PublishedCase._meta.concrete_fields if not column.primary_key]


def _text(value: PartialDate | None) -> str:
    return "" if value is None else value.text


def card_of(document: CaseDocument, now: Brief) -> Card:
    """Return what one row of a list shows of a case that stands as `now` says."""
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
        periods=[Period(start=_text(one.start), end=_text(one.end)) for one in now.periods],
        status_since=_text(now.since),
        release_kind=now.release.value if now.release else "",
        site=site_of(document, now.stay),
        photo=document["photo"]["sha256"] if document["photo"] else "",
    )
    return {**card, "rehabilitations": rehabilitations} if rehabilitations else card


def columns_of(document: CaseDocument, on: dt.date) -> dict[str, Any]:
    """Return the columns by which cases are filtered and sorted, as of the day `on`."""
    return shown_case(document, on, own={}).columns


def _columns_of(document: CaseDocument, now: Brief, facets: lists_index.Facets) -> dict[str, Any]:
    seized = now.held_since
    names = {language: document["name"].get(language, "") for language in ("en", "uk")}
    return {
        "document": document,
        "card": card_of(document, now),
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
        "sort_en": sort_name(document["name"].get("en", ""), "en"),
        "sort_uk": sort_name(document["name"].get("uk", ""), "uk"),
        **lists_index.columns_of(document, now, facets),
    }


def sort_name(name: str, language: str) -> str:
    """Return by what a name is sorted in lists: the last word, by convention the family name, before the others."""
    words = name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]), language)


def shown_case(document: CaseDocument, on: dt.date, *, own: Mapping[str, Any]) -> ShownCase:
    """Return a case as every list shows it on the day `on`; `own` are the columns that do not follow from its document."""
    now = brief(case_facts(document), on)
    facets = tuple(sorted(facets_of(document, now.status.value, on, now=now)))
    names, terms = tuple(name_index.names_of(document)), name_index.terms_of(document)
    return ShownCase(document, on, _columns_of(document, now, facets), facets, names, terms, own)


def show_case(
    document: CaseDocument,
    version: PublishedVersion,
    *,
    on: dt.date,
    changed_at: dt.datetime | None,
    using: str,
) -> PublishedCase:
    """Make `document` what every list and page shows; `changed_at` is None where the reader sees nothing new."""
    places = list(places_of(document))
    subjects.show_places(places, using=using)
    before = _take_out(document["code"], keeping={place["slug"] for place in places}, using=using)
    known = PublishedCase.objects.using(using).filter(pk=document["code"]).first()
    changed = changed_at or (known.published_at if known else version.published_at)
    shown = shown_case(document, on, own=own_columns(version, changed))
    case = _case(shown, first=known.first_published_at if known else changed)
    case.save(using=using)
    write_rows_of([shown], using=using)
    record(shown.terms, by=1, using=using)
    count_in(shown, using=using)
    blocks.move(case.code, before, shown.facets, using=using)
    courses.put_in(case.code, on=on, using=using)
    count_changes(using)
    renew(using)
    return case


def own_columns(version: PublishedVersion, changed: dt.datetime) -> dict[str, Any]:
    """Return the columns of a case that follow from its version and not from its document."""
    return {
        "version": version.number,
        "sha256": version.sha256,
        "show_until": version.show_until,
        "published_at": changed,
    }


def _case(shown: ShownCase, *, first: dt.datetime) -> PublishedCase:
    return PublishedCase(
        code=shown.code,
        state=PublicationState.PUBLISHED.value,
        first_published_at=first,
        withdrawn_at=None,
        **shown.columns,
        **shown.own,
    )


def hide_case(code: str, *, at: dt.datetime, using: str) -> None:
    """Take a case out of every list and table; its code stays, to answer that it is gone."""
    blocks.take_out(code, _take_out(code, using=using), using=using)
    courses.take_out(code, using=using)
    count_changes(using)
    renew(using)
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


def _take_out(code: str, *, using: str, keeping: Collection[str] = ()) -> list[Pair]:
    """Take the rows of a case out of every table, and what they add out of every sum; return the facets that it had.

    Its places are no longer found where no other case counts under them, but for those of `keeping`.
    """
    case = PublishedCase.objects.using(using).filter(pk=code).first()
    if case is None:
        return []
    facets = sorted(PublishedFacet.objects.using(using).filter(case_id=code).values_list("facet", "value"))
    places = {value for facet, value in facets if facet == Facet.PLACE}
    subjects.hide_places(places.difference(keeping), using=using)
    if case.document is not None and facets:
        was = ShownCase(cast("CaseDocument", case.document), case.published_at.date(), vars(case), tuple(facets))
        count_out(was, using=using)
    record_gone(code, using=using)
    clear_rows([code], using=using)
    return facets


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
    subjects.show_reference(table, document, using=using)


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
    expired leave the totals. Nobody else changes what is public until the transaction ends. The vocabulary of misspelt
    names is made anew after it, in a transaction of its own (`name_vocabulary.rebuild_vocabulary`).
    """
    done: Counter[str] = Counter()
    renew(using)
    clear_rows(using=using)
    PublishedSubject.objects.using(using).all().delete()
    for totals in CASE_TOTALS:
        totals.model._default_manager.using(using).all().delete()
    courses.clear(using=using)
    blocks.forget(using=using)
    sums, bits, histories = Sums(), blocks.Bits(), _histories(using)
    while batch := list(islice(histories, REBUILT_AT_ONCE)):
        last = [versions[-1] for versions in batch]
        done.update(version.kind for version in last)
        for version in last:
            document = json.loads(version.text) if version.text else None
            if version.kind == DocumentKind.SITE and document:
                show_reference(PublishedSite, document, version, using=using)
            elif version.kind == DocumentKind.PROVISION and document:
                show_reference(PublishedProvision, document, version, using=using)
        shown = _rebuild_cases([one for one in last if one.kind == DocumentKind.CASE], sums, on=on, using=using)
        listed = [one.code for one in shown]
        numbers = blocks.numbers_of(listed, using=using)
        for one in shown:
            bits.add([numbers[one.code]], one.facets)
        if len(bits) > BLOCKS_IN_MEMORY:
            bits.write(using=using)
        told = {versions[-1].key: versions for versions in batch if versions[-1].kind == DocumentKind.CASE}
        courses.write([courses.course_of(code, courses.told_by(told[code]), on) for code in listed], using=using)
    sums.write(using=using)
    bits.write(using=using)
    return done


def _rebuild_cases(versions: list[PublishedVersion], sums: Sums, *, on: dt.date, using: str) -> list[ShownCase]:
    """Write the rows of cases anew from their last versions; what is added up goes into `sums`. Return who is listed."""
    cases = PublishedCase.objects.using(using)
    known = {
        code: (first, changed)
        for code, first, changed in cases.filter(pk__in=[version.key for version in versions]).values_list(
            "code", "first_published_at", "published_at"
        )
    }
    written, listed = [], []
    for version in versions:
        if not version.text:
            if version.key not in known:
                written.append(_withdrawn(version))
            continue
        first, changed = known.get(version.key, (version.published_at, version.published_at))
        shown = shown_case(json.loads(version.text), on, own=own_columns(version, changed))
        written.append(_case(shown, first=first))
        if version.show_until is None or version.show_until >= on:
            listed.append(shown)
            sums.add(shown)
    cases.bulk_create(written, update_conflicts=True, unique_fields=["code"], update_fields=CHANGING)
    write_rows_of(listed, using=using)
    subjects.show_places((place for shown in listed for place in places_of(shown.document)), using=using)
    return listed


def _withdrawn(version: PublishedVersion) -> PublishedCase:
    return PublishedCase(
        code=version.key,
        state=PublicationState.WITHDRAWN.value,
        version=version.number,
        sha256=version.sha256,
        first_published_at=version.published_at,
        published_at=version.published_at,
        withdrawn_at=version.closed_at,
    )


def _histories(using: str) -> Iterator[list[PublishedVersion]]:
    """Yield the versions of each case, site and provision, oldest first."""
    versions = PublishedVersion.objects.using(using).order_by("kind", "key", "number").iterator(chunk_size=500)
    for _document, history in groupby(versions, key=lambda version: (version.kind, version.key)):
        yield list(history)
