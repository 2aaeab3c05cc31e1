"""A list of cases with all that stands around it: the count in words, orders to choose, pages, the same list as a file."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from cases.published.filters import DEFAULT_ORDERING, CaseFilter
from cases.published.lists import Page, limited_count, page_of
from cases.published.models import PublishedCase
from cases.published.search import MOST_RANKED, Found
from cases.templatetags.tracker import number
from cases.views.presentation.rows import Row, found_rows, rows
from cases.views.presentation.subjects import SubjectGroup, subjects_of

FOLDED = ("site", "place", "ethnicity", "role", "kind", "arrested_after", "arrested_before")
# The orders to choose from, in a word each; `cases.published.filters.ORDERINGS` has them all.
ORDERINGS = (
    ("name", pgettext_lazy("of a person", "name")),
    ("-arrested", gettext_lazy("latest arrest")),
    ("arrested", gettext_lazy("earliest arrest")),
    ("-updated", gettext_lazy("last update")),
)
NO_PAGE: Page[PublishedCase] = Page([], "", "")


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
class Listing:
    """One page of the list of cases.

    `best_of` says that only the best matches of a question are shown, and `everybody_path` leads to all of them.
    """

    is_filtered: bool
    is_unfolded: bool
    count: str
    rows: list[Row]
    orders: list[Order]
    next_path: str
    previous_path: str
    csv_path: str
    bad_cursor: bool
    ordering: str
    best_of: str = ""
    everybody_path: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    subjects: tuple[SubjectGroup, ...] = ()


def listing_of(found: CaseFilter, query: QueryDict, *, on: date) -> Listing:
    """Return the page of the list that `query` asks for, in the active language."""
    is_valid = found.is_valid()
    question = found.found if is_valid else None
    is_ranked = question is not None and found.is_ranked and not query.get("cursor")
    page, bad_cursor = _page(found, query.get("cursor", "")) if is_valid and not is_ranked else (NO_PAGE, False)
    asked = {name for name in query if query.get(name) and name not in ("cursor", "ordering")}
    return Listing(
        is_filtered=bool(asked),
        is_unfolded=any(query.get(name) for name in FOLDED) or any(name in found.form.errors for name in FOLDED),
        count=people_in_words(found.qs) if is_valid else "",
        rows=found_rows(question, on=on) if question and is_ranked else rows(page.rows, on=on),
        orders=_orders(query, is_asked=question is not None),
        next_path=_path(query, cursor=page.next_cursor) if page.next_cursor else "",
        previous_path=_path(query, cursor=page.previous_cursor) if page.previous_cursor else "",
        csv_path=f"{reverse('export-csv')}{_query(query)}",
        bad_cursor=bad_cursor,
        ordering=query.get("ordering", ""),
        best_of=_best_of(question) if question and is_ranked else "",
        everybody_path=_path(query, ordering=DEFAULT_ORDERING),
        suggestions=tuple(Suggestion(name, _path(query, q=name)) for name in question.suggestions) if question else (),
        subjects=subjects_of(query.get("q", "")) if question else (),
    )


def _orders(query: QueryDict, *, is_asked: bool) -> list[Order]:
    """Return the orders to choose from; the best match comes first where words are asked for."""
    current = query.get("ordering") or ("" if is_asked else DEFAULT_ORDERING)
    known = [("", gettext("best match")), *ORDERINGS] if is_asked else ORDERINGS
    return [Order(str(name), _path(query, ordering=value), current == value) for value, name in known]


def _best_of(question: Found) -> str:
    """Say how many of the cases are shown where a question found more than are worth ranking."""
    if not question.is_cut:
        return ""
    return gettext("The %(count)s best matches are shown. Write more of the name to narrow them down.") % {
        "count": number(min(MOST_RANKED, len(question.hits)))
    }


def _page(found: CaseFilter, cursor: str) -> tuple[Page[PublishedCase], bool]:
    """Return the page and whether the cursor was refused; then there is none to show."""
    try:
        return page_of(found.qs, ordering=found.ordering, cursor=cursor), False
    except ValueError:
        return NO_PAGE, True


def people_in_words(found: QuerySet[PublishedCase]) -> str:
    """Say how many people a list has: "12 people", or that they are more than is worth counting."""
    count = limited_count(found)
    if count.is_more:
        return gettext("More than %(count)s people") % {"count": number(count.number)}
    return ngettext("%(count)s person", "%(count)s people", count.number) % {"count": number(count.number)}


def _query(query: QueryDict, **changes: str) -> str:
    """Return the query string with changes; a cursor never outlives a change, and empty values are left out."""
    changed = query.copy()
    changed.pop("cursor", None)
    for name, value in changes.items():
        changed[name] = value
    for name in [name for name in changed if not changed.get(name)]:
        del changed[name]
    return f"?{changed.urlencode()}" if changed else ""


def _path(query: QueryDict, **changes: str) -> str:
    return f"{reverse('cases')}{_query(query, **changes)}"
