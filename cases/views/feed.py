"""What was published and changed, as a feed: of everything, or of any list by the filters of the list."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from cases.enums import PublicationState
from cases.exports.atom import MEDIA_TYPE, NEVER, Entry, Feed, Gone, atom_of, tag
from cases.published.changes import news_of
from cases.published.filters import CaseFilter
from cases.published.lists import BY_CHANGE, Page, page_of
from cases.published.models import PublishedCase
from cases.templatetags.tracker import label
from cases.views.addresses import CURSOR, canonical, changed, path
from cases.views.context import address_of
from cases.views.presentation.changes import headline_of, told_news
from cases.views.presentation.chips import chips_of, told
from cases.views.presentation.rows import case_path

PAGE_SIZE = 50
#: How many withdrawn cases a page names; the newest, where there are more.
MOST_GONE = 1000
ANEW = BY_CHANGE.reversed()


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Answer with the cases of a list, the one that changed last first; the feed of everything also says which are gone.

    400, naming the parameter, where one is not understood: an order is none of them, for a feed has one of its own.
    """
    clean = canonical(request.GET)
    if clean.urlencode() != request.GET.urlencode():
        return HttpResponseRedirect(path(request.path, clean))
    today = timezone.localdate()
    found = CaseFilter(request.GET, on=today, language=get_language() or "en", passing=(CURSOR,))
    problems = {name: " ".join(messages) for name, messages in found.problems.items()}
    if "ordering" in request.GET:
        problems["ordering"] = gettext("A feed is in the order of changes: leave the order out.")
    if problems:
        return _refused(problems)
    try:
        page = page_of(found.qs, ordering=ANEW, cursor=request.GET.get(CURSOR, ""), size=PAGE_SIZE)
    except ValueError as error:
        return _refused({CURSOR: str(error)})
    is_whole = not changed(request.GET)
    gone = list(_gone(page, today)) if is_whole else []
    return HttpResponse(_file(request, found, page, gone), content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _refused(problems: dict[str, str]) -> HttpResponse:
    lines = [f"{name}: {message}" for name, message in problems.items()]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


def _gone(page: Page[PublishedCase], on: date) -> list[PublishedCase]:
    """Return the withdrawn cases of the time that a page covers: pages follow one another without a gap."""
    withdrawn = PublishedCase.objects.filter(state=PublicationState.WITHDRAWN.value, withdrawn_at__isnull=False)
    if page.next_cursor:
        withdrawn = withdrawn.filter(withdrawn_at__gt=page.rows[-1].published_at)
    if page.previous_cursor:
        later = PublishedCase.objects.visible(on).filter(published_at__gt=page.rows[0].published_at)
        bound = later.order_by("published_at").values_list("published_at", flat=True).first()
        withdrawn = withdrawn.filter(withdrawn_at__lte=bound or page.rows[0].published_at)
    return list(withdrawn.only("code", "withdrawn_at").order_by("-withdrawn_at", "code")[:MOST_GONE])


def _file(request: HttpRequest, found: CaseFilter, page: Page[PublishedCase], gone: list[PublishedCase]) -> bytes:
    query, site = changed(request.GET), address_of(request, "/")
    in_words = told(chips_of(found, request.GET, reverse("cases")))
    title = gettext("Case tracker: published and changed")
    feed = Feed(
        id=tag(site, f"feed/{get_language()}{'?' if query else ''}{query.urlencode()}"),
        title=f"{title}. {in_words}" if in_words else title,
        subtitle=gettext("People imprisoned for political reasons, with the source beside each fact."),
        rights=gettext("Cite each case by its code, its version and the day. %(address)s")
        % {"address": address_of(request, reverse("data"))},
        language=get_language() or "en",
        author=gettext("Case tracker"),
        author_address=address_of(request, reverse("home")),
        links=list(_links(request, page)),
    )
    left = (Gone(_case_tag(site, row.code), row.withdrawn_at or NEVER) for row in gone)
    return atom_of(feed, _entries(request, page.rows, site), left)


def _links(request: HttpRequest, page: Page[PublishedCase]) -> Iterator[tuple[str, str, str]]:
    query = changed(request.GET)
    yield "self", MEDIA_TYPE, address_of(request, path(request.path, request.GET))
    yield "alternate", "text/html", address_of(request, path(reverse("cases"), query))
    yield "first", MEDIA_TYPE, address_of(request, path(request.path, query))
    for relation, cursor in (("previous", page.previous_cursor), ("next", page.next_cursor)):
        if cursor:
            there = changed(request.GET)
            there[CURSOR] = cursor
            yield relation, MEDIA_TYPE, address_of(request, path(request.path, canonical(there)))


def _entries(request: HttpRequest, cases: Sequence[PublishedCase], site: str) -> Iterator[Entry]:
    news = news_of(cases)
    for case in cases:
        yield Entry(
            id=_case_tag(site, case.code),
            title=headline_of(case, news[case.code]),
            summary=" ".join(told_news(case, news[case.code])),
            address=address_of(request, case_path(case.code, case.slug)),
            published=case.first_published_at,
            updated=case.published_at,
            status=case.status,
            status_label=label(case.status, "Status"),
        )


def _case_tag(site: str, code: str) -> str:
    return tag(site, f"case/{code}")
