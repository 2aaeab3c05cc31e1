"""Calendars for people's own programs: of everybody, and of one person."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from cases.exports.calendar import calendar_of
from cases.published.lists import BY_CHANGE, page_of
from cases.published.models import PublishedCase
from cases.templatetags.tracker import number
from cases.views.context import address_of
from cases.views.errors import WITHDRAWN, answer
from cases.views.presentation.calendar import entries

#: How many cases the calendar of everybody holds: those whose publication changed last.
MOST = 500


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Answer with the days of the MOST cases that changed last; what is withdrawn leaves it at once."""
    today = timezone.localdate()
    page = page_of(PublishedCase.objects.visible(today), ordering=BY_CHANGE.reversed(), size=MOST)
    title, about = gettext("Case tracker"), gettext("Hearings, computed ends of terms and anniversaries.")
    if page.next_cursor:
        said = gettext("It holds the %(count)s cases that changed last; each case has a calendar of its own.")
        about = f"{about} {said % {'count': number(MOST)}}"
    return _calendar(request, page.rows, title=title, about=about)


@require_safe
def of_one(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the days of one case; 410 where it was withdrawn."""
    case = PublishedCase.objects.visible(timezone.localdate()).filter(code=code).first()
    if case is None and PublishedCase.objects.filter(code=code).exists():
        return answer(request, WITHDRAWN, back=reverse("cases"))
    if case is None:
        raise Http404
    name = (case.name_uk or case.name_en) if get_language() == "uk" else (case.name_en or case.name_uk)
    about = gettext("Hearings, computed ends of terms and anniversaries.")
    return _calendar(request, [case], title=name or gettext("Name withheld"), about=about)


def _calendar(request: HttpRequest, shown: Sequence[PublishedCase], *, title: str, about: str) -> HttpResponse:
    documents = PublishedCase.objects.visible(timezone.localdate()).filter(pk__in=[case.pk for case in shown])
    here, language = address_of(request, request.path), get_language() or "en"
    body = calendar_of(
        entries(documents.order_by("code"), site_address=here.removesuffix(request.path)),
        name=title,
        description=about,
        address=here,
        language=language,
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response
