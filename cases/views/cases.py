"""The list of cases and the page of one case, now and as it stood in a version."""

import json
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db import connections, router
from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from cases.exports.linked_data import data_block, person_of
from cases.published.documents import CaseDocument
from cases.published.filters import CaseFilter
from cases.published.models import DocumentKind, Facet, PublishedCase, PublishedFacet, PublishedSite, PublishedVersion
from cases.published.state import moment_of
from cases.templatetags.tracker import edtf
from cases.views.addresses import canonical, path
from cases.views.context import address_of
from cases.views.errors import VERSION_CLOSED, WITHDRAWN, answer
from cases.views.presentation.listing import listing_of
from cases.views.presentation.profile import Edition, Profile, profile_of
from cases.views.presentation.rows import case_path

#: What stands in the query for a page where the code and the day come.
SOME_CODE, SOME_DAY = "a code", date.min


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases that the filters let through; errors stand beside their fields and the list is then empty.

    Every list has one address: what a form sends along empty, or out of order, is led to it.
    """
    clean = canonical(request.GET)
    if clean.urlencode() != request.GET.urlencode():
        return HttpResponseRedirect(path(request.path, clean))
    today = timezone.localdate()
    found = CaseFilter(request.GET, on=today, language=get_language() or "en", passing=("cursor",))
    listing = listing_of(found, request.GET, on=today)
    address = address_of(request, path(request.path, clean))
    context = {"section": "cases", "listing": listing, "form": found.form, "canonical": address}
    return render(request, "public/cases.html", context)


@require_safe
def profile(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    today = timezone.localdate()
    case = _with_letter_address(code, today)
    if case is None:
        return _gone_or_404(request, code)
    if slug != case.slug:
        return HttpResponsePermanentRedirect(case_path(code, case.slug))
    edition = Edition(case.version, moment_of(case.published_at), is_current=True)
    document: CaseDocument = json.loads(case.document)
    return render_profile(request, document, edition, on=today, letters=(case.held_at, case.letter_address))


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show a version as it stood: time is counted to the day on which it was published."""
    case = _visible(code, timezone.localdate())
    if case is None:
        return _gone_or_404(request, code)
    kept = PublishedVersion.objects.filter(kind=DocumentKind.CASE, key=code, number=number).first()
    if kept is None:
        raise Http404
    if kept.closed_at is not None or not kept.text:
        return answer(request, VERSION_CLOSED, back=case_path(code, case.slug))
    edition = Edition(number, kept.published_at, is_current=False)
    day = timezone.localdate(kept.published_at)
    return render_profile(request, json.loads(kept.text), edition, on=day)


def render_profile(
    request: HttpRequest,
    document: CaseDocument,
    edition: Edition,
    *,
    on: date,
    preview_of: str = "",
    photo_address: str = "",
    letters: tuple[str | None, str | None] | None = None,
) -> HttpResponse:
    """Render a document as its page: published, an earlier version, or a preview.

    `preview_of` is the address to which the reader of a preview goes back; with it the page says that it is not published.
    Its photograph is then read at `photo_address`, for the public side does not have it yet. `letters`: a site and its
    postal address, where they are known.
    """
    shown = profile_of(document, edition, on=on)
    code = document["code"]
    version_path = reverse("case-version", args=[code, edition.version])
    context = {
        "section": "cases",
        "profile": shown,
        "day": on,
        "case_path": case_path(code, document["slug"]),
        "canonical": address_of(request, case_path(code, document["slug"])),
        "version_path": version_path,
        "citation": _citation(shown, address_of(request, version_path)),
        "report_address": _report_address(shown),
        "letter_address": _letter_address(shown, letters),
        "preview_of": preview_of,
        "photo_address": photo_address,
        "linked_address": "" if preview_of or not edition.is_current else f"/api/v1/cases/{code}/case.jsonld",
        "linked_data": "",
    }
    if context["linked_address"] and edition.published_at:
        node = person_of(document, address=lambda path: address_of(request, path), changed=edition.published_at)
        context["linked_data"] = data_block(node)
    return render(request, "public/profile.html", context)


class _Shown(NamedTuple):
    """A case as its page shows it, with the site that holds the person and its postal address, None where not known."""

    code: str
    version: int
    slug: str
    published_at: datetime | str
    document: str
    held_at: str | None
    letter_address: str | None


def _with_letter_address(code: str, on: date) -> _Shown | None:
    """Read with a case what its page shows of the place that holds the person, so that the page takes one query."""
    using = router.db_for_read(PublishedCase)
    sql, parameters = _question(using)
    given: dict[Any, Any] = {SOME_CODE: code, SOME_DAY: on, str(SOME_DAY): str(on)}
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [given.get(one, one) for one in parameters])
        found = cursor.fetchone()
    return None if found is None else _Shown(*found)


@cache
def _question(using: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of the query for a page, written by Django once a process: that takes longer than its answer."""
    held = PublishedFacet.objects.filter(case=OuterRef("pk"), facet=Facet.SITE.value).order_by().values("value")[:1]
    site = (
        PublishedSite.objects.filter(slug=OuterRef("held_at"))
        .order_by()
        .annotate(letters=KT("document__postal_address"))
    )
    read = PublishedCase.objects.visible(SOME_DAY).filter(code=SOME_CODE).order_by()
    read = read.annotate(held_at=Subquery(held)).annotate(letter_address=Subquery(site.values("letters")[:1]))
    asked = read.values_list(*_Shown._fields)
    sql, parameters = asked.query.get_compiler(using).as_sql()
    return sql, tuple(parameters)


def _visible(code: str, on: date) -> PublishedCase | None:
    return PublishedCase.objects.visible(on).filter(code=code).first()


def _gone_or_404(request: HttpRequest, code: str) -> HttpResponse:
    if PublishedCase.objects.filter(code=code).exists():
        return answer(request, WITHDRAWN, back=reverse("cases"))
    raise Http404


def _citation(shown: Profile, address: str) -> str:
    return gettext("%(name)s. Case %(code)s, version %(number)s, %(day)s. Case tracker. %(address)s") % {
        "name": shown.name.removesuffix("."),  # of initials
        "code": shown.document["code"],
        "number": shown.edition.version,
        "day": _day(shown.edition.published_at),
        "address": address,
    }


def _day(moment: datetime | None) -> str:
    return edtf(timezone.localdate(moment)) if moment else ""


def _report_address(shown: Profile) -> str:
    """Return a mailto address with the case in its subject, or "" where no contact is set."""
    if not settings.CONTACT_EMAIL:
        return ""
    subject = gettext("Error in case %(code)s, version %(number)s") % {
        "code": shown.document["code"],
        "number": shown.edition.version,
    }
    return f"mailto:{settings.CONTACT_EMAIL}?subject={quote(subject)}"


def _letter_address(shown: Profile, known: tuple[str | None, str | None] | None) -> str:
    """Return the postal address of the present site as published today, or ""."""
    if shown.present_site is None or not shown.may_receive_letters:
        return ""
    if known and known[0] == shown.present_site["slug"]:
        return known[1] or ""
    site = PublishedSite.objects.filter(slug=shown.present_site["slug"]).first()
    return str(site.document["postal_address"]) if site else ""
