"""A list of cases with all that stands around it: the count in words, filters, orders, pages, the same as a file."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy

from cases.published.counts import Counted, Counts, How
from cases.published.filters import DEFAULT_ORDERING, CaseFilter
from cases.published.lists import BESIDE_ROWS, Page, limited_count, page_of
from cases.published.models import PublishedCase
from cases.published.parts import kept_part
from cases.published.search import Best, Found
from cases.published.words import gettext
from cases.templatetags.tracker import number
from cases.views.addresses import canonical, changed, path
from cases.views.presentation.chips import Chip, chips_of, told
from cases.views.presentation.panels import MORE, TYPED, Panels, panels_of
from cases.views.presentation.rows import Row, found_rows, rows
from cases.views.presentation.subjects import SubjectGroup, subjects_of

# The orders to choose from, in a word or two; `cases.published.case_form.ORDERINGS` has them all.
ORDERINGS = (
    ("name", pgettext_lazy("of a person", "name")),
    ("-arrested", gettext_lazy("latest arrest")),
    ("arrested", gettext_lazy("earliest arrest")),
    ("-held", gettext_lazy("longest held")),
    ("-sentence", gettext_lazy("longest sentence")),
    ("-updated", gettext_lazy("last update")),
)
NO_PAGE: Page[PublishedCase] = Page([], "", "")


FILES = (
    ("XLSX", gettext_lazy("for a spreadsheet, with headings in words"), "export-xlsx"),
    ("CSV", gettext_lazy("for analysis, with names of columns that never change"), "export-csv"),
    ("JSON Lines", gettext_lazy("whole documents, for programs"), "export-jsonl"),
    ("ZIP", gettext_lazy("CSV with its dictionary, licence and SHA-256"), "export-zip"),
)


@dataclass(frozen=True, slots=True)
class Order:
    name: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name to try instead."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class File:
    """The list as a file: its kind, what it is for, and its address."""

    name: str
    use: str
    path: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list of cases.

    `typed` is what stands in the fields to type in, as part of an address; None where one of them is refused.
    `best_of` says that only the best matches of a question are shown, and `everybody_path` leads to all of them.
    """

    is_filtered: bool
    is_unfolded: bool
    is_wrong_further: bool
    count: str
    chips: list[Chip]
    in_words: str
    panels: Panels
    typed: str | None
    rows: list[Row]
    orders: list[Order]
    next_path: str
    previous_path: str
    files: list[File]
    feed_path: str
    follow_path: str
    clear_path: str
    bad_cursor: bool
    ordering: str
    best_of: str
    everybody_path: str
    suggestions: list[Suggestion]
    subjects: tuple[SubjectGroup, ...]


def listing_of(found: CaseFilter, query: QueryDict, *, on: date) -> Listing:
    """Return the page of the list that `query` asks for, in the active language."""
    is_valid, base = found.is_valid(), reverse("cases")
    question = found.found
    is_ranked = found.is_ranked and not query.get("cursor")
    page, bad_cursor = _page(found, query.get("cursor", "")) if is_valid and not is_ranked else (NO_PAGE, False)
    asked = {name for name in query if query.get(name) and name not in ("cursor", "ordering")}
    counts = Counts(found.asked, on) if is_valid else None
    chips = chips_of(found, query, base) if is_valid else []
    further, same = {*MORE, *TYPED}, changed(query).urlencode()
    return Listing(
        is_filtered=bool(asked),
        is_unfolded=bool(found.form.errors),
        is_wrong_further=bool(further & found.form.errors.keys()),
        count=_count(counts, query, page) if counts else "",
        chips=chips,
        in_words=told(chips),
        panels=panels_of(found, counts),
        typed=None if found.form.errors else _typed(query),
        rows=found_rows(found.best, on=on) if is_ranked else rows(page.rows, on=on),
        orders=kept_part("orders", same, lambda: _orders(base, query, is_asked=question is not None)),
        next_path=_page_path(base, query, page.next_cursor),
        previous_path=_page_path(base, query, page.previous_cursor),
        files=kept_part("files", same, lambda: _files(query)),
        feed_path=path(reverse("feed"), changed(query, without=["ordering"])) if is_valid else "",
        follow_path=follow_path(query) if is_valid else "",
        clear_path=path(base, changed(QueryDict(), ordering=query.get("ordering", ""))),
        bad_cursor=bad_cursor,
        ordering=query.get("ordering", ""),
        best_of=_best_of(found.best) if is_ranked else "",
        everybody_path=path(base, changed(query, ordering=DEFAULT_ORDERING)),
        suggestions=_suggestions(question, base, query),
        subjects=subjects_of(query.get("q", ""), found.on) if question else (),
    )


def _typed(query: QueryDict) -> str:
    return urlencode([(name, query[name]) for name in TYPED if query.get(name)])


def _count(counts: Counts, query: QueryDict, page: Page[PublishedCase]) -> str:
    if page is not NO_PAGE and not (query.get("cursor") or page.next_cursor or page.previous_cursor):
        return counted_in_words(Counted(len(page.rows)))  # all of them are on it
    same = changed(query, without=["ordering"]).urlencode()
    return kept_part("count", same, lambda: counted_in_words(counts.people()))


def _orders(base: str, query: QueryDict, *, is_asked: bool) -> list[Order]:
    """Return the orders to choose from; the best match comes first where words are asked for."""
    current = query.get("ordering") or ("" if is_asked else DEFAULT_ORDERING)
    known = [("", gettext("best match")), *ORDERINGS] if is_asked else ORDERINGS
    return [Order(str(name), path(base, changed(query, ordering=value)), current == value) for value, name in known]


def _best_of(best: Best) -> str:
    """Say how many of the cases are shown where a question found more than are worth ranking."""
    if not best.is_cut:
        return ""
    return gettext("The %(count)s best matches are shown. Write more of the name to narrow them down.") % {
        "count": number(len(best.rows))
    }


def _suggestions(question: Found | None, base: str, query: QueryDict) -> list[Suggestion]:
    names = question.suggestions if question else []
    return [Suggestion(name, path(base, changed(query, q=name))) for name in names]


def follow_path(query: QueryDict) -> str:
    """Return the address at which a list is followed by e-mail, perhaps on another host; "" where that is not offered."""
    if not (settings.FOLLOWS or settings.FOLLOW_URL):
        return ""
    here = f"/{get_language() or 'en'}/follow/"  # no name: the public site itself has no such page
    return f"{settings.FOLLOW_URL}{path(here, changed(query, without=['ordering']))}"


def _files(query: QueryDict) -> list[File]:
    """Return the files of the same list in the same order, which they follow only where it is asked for by name."""
    asked = changed(query)
    asked["ordering"] = query.get("ordering") or DEFAULT_ORDERING
    return [File(name, str(use), path(reverse(route), asked)) for name, use, route in FILES]


def _page(found: CaseFilter, cursor: str) -> tuple[Page[PublishedCase], bool]:
    """Return the page and whether the cursor was refused; then there is none to show."""
    try:
        return page_of(found.qs, ordering=found.ordering, cursor=cursor, left_out=BESIDE_ROWS), False
    except ValueError:
        return NO_PAGE, True


def _page_path(base: str, query: QueryDict, cursor: str) -> str:
    if not cursor:
        return ""
    found = changed(query)
    found["cursor"] = cursor
    return path(base, canonical(found))


def people_in_words(found: QuerySet[PublishedCase]) -> str:
    """Say how many people a list has: "12 people", or that they are more than is worth counting."""
    count = limited_count(found)
    return counted_in_words(Counted(count.number, How.MORE_THAN if count.is_more else How.EXACTLY))


def counted_in_words(counted: Counted) -> str:
    """Say a number of people and how it is meant: "12 people", "About 45,000 people"."""
    said = {
        How.MORE_THAN: gettext("More than %(count)s people"),
        How.ABOUT: gettext("About %(count)s people"),
        How.FEWER_THAN: gettext("Fewer than about %(count)s people"),
        How.EXACTLY: ngettext("%(count)s person", "%(count)s people", counted.number),
    }[counted.how]
    return said % {"count": number(counted.number)}
