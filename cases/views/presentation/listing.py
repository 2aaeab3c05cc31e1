"""A list of cases with all that stands around it: the count in words, filters, orders, pages, the same as a file."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from cases.published.counts import Counted, Counts, How
from cases.published.filters import DEFAULT_ORDERING, CaseFilter
from cases.published.lists import Page, limited_count, page_of
from cases.published.models import PublishedCase
from cases.templatetags.tracker import number
from cases.views.addresses import canonical, changed, path
from cases.views.presentation.chips import Chip, chips_of, told
from cases.views.presentation.panels import MORE, Panels, panels_of
from cases.views.presentation.rows import Row, rows

#: The fields that stand among the further filters beside the panels.
TYPED = (
    *("arrested_after", "arrested_before", "certainty", "sentence_at_least", "sentence_at_most"),
    *("rescinded", "published_since", "updated_since"),
)
# The orders to choose from, in a word or two; `cases.published.case_form.ORDERINGS` has them all.
ORDERINGS = (
    ("name", pgettext_lazy("of a person", "name")),
    ("-arrested", gettext_lazy("latest arrest")),
    ("arrested", gettext_lazy("earliest arrest")),
    ("-held", gettext_lazy("longest held")),
    ("-sentence", gettext_lazy("longest sentence")),
    ("-updated", gettext_lazy("last update")),
)


@dataclass(frozen=True, slots=True)
class Order:
    name: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list of cases."""

    is_filtered: bool
    is_unfolded: bool
    is_wrong_further: bool
    count: str
    chips: list[Chip]
    in_words: str
    panels: Panels
    rows: list[Row]
    orders: list[Order]
    next_path: str
    previous_path: str
    csv_path: str
    clear_path: str
    bad_cursor: bool
    ordering: str


def listing_of(found: CaseFilter, query: QueryDict, *, on: date) -> Listing:
    """Return the page of the list that `query` asks for, in the active language."""
    is_valid, base = found.is_valid(), reverse("cases")
    page, bad_cursor = _page(found, query.get("cursor", "")) if is_valid else (Page([], "", ""), False)
    asked = {name for name in query if query.get(name) and name not in ("cursor", "ordering")}
    counts = Counts(found.asked, on) if is_valid else None
    chips = chips_of(found, query, base) if is_valid else []
    further = {*MORE, *TYPED}
    return Listing(
        is_filtered=bool(asked),
        is_unfolded=bool(found.form.errors),
        is_wrong_further=bool(further & found.form.errors.keys()),
        count=counted_in_words(counts.people()) if counts else "",
        chips=chips,
        in_words=told(chips),
        panels=panels_of(found, counts),
        rows=rows(page.rows, on=on),
        orders=[
            Order(
                str(name),
                path(base, changed(query, ordering=value)),
                (query.get("ordering") or DEFAULT_ORDERING) == value,
            )
            for value, name in ORDERINGS
        ],
        next_path=_page_path(base, query, page.next_cursor),
        previous_path=_page_path(base, query, page.previous_cursor),
        csv_path=path(reverse("export-csv"), changed(query)),
        clear_path=path(base, changed(QueryDict(), ordering=query.get("ordering", ""))),
        bad_cursor=bad_cursor,
        ordering=query.get("ordering", ""),
    )


def _page(found: CaseFilter, cursor: str) -> tuple[Page[PublishedCase], bool]:
    """Return the page and whether the cursor was refused; then there is none to show."""
    try:
        return page_of(found.qs, ordering=found.ordering, cursor=cursor), False
    except ValueError:
        return Page([], "", ""), True


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
