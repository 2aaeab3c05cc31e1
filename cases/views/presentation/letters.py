"""The words of the e-mails to who follows a list: plain text, nothing that tells the sender who opened it."""

import re
from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from cases.published.changes import news_of
from cases.published.filters import CaseFilter
from cases.published.letters import Following, Letter, ListNotUnderstood
from cases.published.lists import BY_CHANGE, page_of
from cases.templatetags.tracker import number
from cases.views.addresses import path
from cases.views.presentation.changes import headline_of, told_news
from cases.views.presentation.chips import chips_of, told
from cases.views.presentation.rows import case_path

#: Whoever asked may not be whose mailbox it is: their search gets no line of its own in a letter, and nothing that a mail
#: program makes a link of. A point stands in the number of an article alone.
NOT_SAID = re.compile(r"(?<![0-9])\.|\.(?![0-9])|[^\w\s.()'’ʼ-]|_")
MOST_SAID = 60
#: How many cases an e-mail names; the list itself has the others.
MOST = 100


def question(following: Following) -> Letter:
    """Ask whether somebody wants e-mails about a list. Nothing is sent before they say so."""
    with translation.override(following.language):
        lines = [
            gettext("Somebody, perhaps you, asked for an e-mail at this address when this list changes:"),
            *_list(following),
            gettext("If it was you, open this page and confirm it:"),
            _address(following, "follow-confirm"),
            gettext("If it was not, do nothing: no e-mail follows, and your address is deleted within days."),
        ]
        return Letter(gettext("Case tracker: do you want these e-mails?"), _text(lines))


def digest(following: Following, since: datetime, until: datetime) -> Letter | None:
    """Tell what was published and changed after `since` and until `until`; None where nothing was."""
    with translation.override(following.language):
        query = QueryDict(following.query)
        found = CaseFilter(query, on=timezone.localdate(), language=following.language)
        if not found.is_valid():
            raise ListNotUnderstood(following.query)
        changed = found.qs.filter(published_at__gt=since, published_at__lte=until)
        page = page_of(changed, ordering=BY_CHANGE.reversed(), size=MOST)
        if not page.rows:
            return None
        news = news_of(page.rows)
        told_cases = [
            "\n".join(
                [
                    headline_of(case, news[case.code]),
                    " ".join(told_news(case, news[case.code])),
                    f"{settings.SITE_URL}{case_path(case.code, case.slug)}",
                ]
            )
            for case in page.rows
        ]
        leave = _address(following, "follow-leave")
        more = [gettext("More has changed than stands here: see the list.")] if page.next_cursor else []
        lines = [
            gettext("This was published or changed in the list that you follow:"),
            *_list(following),
            *told_cases,
            *more,
            "-- ",
            gettext("You get this because you asked for it. To stop it, open this page; you need no password:"),
            leave,
        ]
        return Letter(_subject(len(page.rows), is_more=bool(page.next_cursor)), _text(lines), leave)


def list_in_words(query: str, language: str) -> str:
    """Say which list it is: "Status: On trial", that it is all cases, or that it cannot be read any more."""
    parameters = QueryDict(query)
    found = CaseFilter(parameters, on=timezone.localdate(), language=language)
    if not found.is_valid():
        return gettext("A list that cannot be shown any more: something that it asks for is no longer published")
    return told(chips_of(found, parameters, reverse("cases"))) or gettext("All cases")


def _list(following: Following) -> list[str]:
    query = QueryDict(following.query, mutable=True)
    address = f"{settings.SITE_URL}{path(reverse('cases'), query)}"
    if "q" in query:
        query["q"] = " ".join(NOT_SAID.sub("", str(query["q"])).split())[:MOST_SAID]
    return [f"{list_in_words(query.urlencode(), following.language)}\n{address}"]


def _subject(count: int, *, is_more: bool) -> str:
    """Say how many, and no name: subjects stand on locked screens."""
    if is_more:
        return gettext("Case tracker: more than %(count)s cases") % {"count": number(count)}
    return ngettext("Case tracker: %(count)s case", "Case tracker: %(count)s cases", count) % {"count": number(count)}


def _address(following: Following, name: str) -> str:
    return f"{settings.FOLLOW_URL or settings.SITE_URL}{reverse(name, args=[following.secret])}"


def _text(lines: list[str]) -> str:
    return "\n\n".join(lines) + "\n"
