"""The days of cases in the words of a calendar."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

from django.utils.translation import get_language, gettext

from cases.exports.calendar import Entry
from cases.published.documents import CaseDocument, CourtDocument
from cases.published.models import PublishedCase
from cases.published.occasions import YEARLY, Occasion, OccasionKind, occasions
from cases.templatetags.tracker import choose, label, sovereignty, words
from cases.views.presentation.rows import case_path

#: Ends every identifier, so that the same event is the same in every language and at every address of the site.
DOMAIN = "case-tracker"


def entries(cases: Iterable[PublishedCase], *, site_address: str) -> Iterator[Entry]:
    """Yield the entries of cases in the active language; `site_address` is the scheme and host of their links."""
    for case in cases:
        document = cast("CaseDocument", case.document)
        name = choose(document["name"], get_language() or "en")[0] or gettext("Name withheld")
        address = f"{site_address}{case_path(case.code, case.slug)}"
        for occasion in occasions(document):
            yield _entry(occasion, case, name, address)


def _entry(occasion: Occasion, case: PublishedCase, name: str, address: str) -> Entry:
    return Entry(
        uid=f"{case.code}-{occasion.key}@{DOMAIN}".lower(),
        first=occasion.first,
        last=occasion.last,
        is_yearly=occasion.kind in YEARLY,
        title=_title(occasion, name),
        description="\n".join(part for part in (_told(occasion), _invented(case), address) if part),
        location=_court(occasion.hearing["court"]) if occasion.hearing else "",
        category=_category(occasion.kind),
        address=address,
        stamp=_stamp(case),
        version=case.version,
    )


def _title(occasion: Occasion, name: str) -> str:
    texts = {
        OccasionKind.HEARING: gettext("Hearing: %(name)s"),
        OccasionKind.END: gettext("%(name)s: computed end of the term"),
        OccasionKind.ARREST: gettext("%(name)s: taken into custody on this day in %(year)s"),
        OccasionKind.DEATH: gettext("%(name)s: died on this day in %(year)s"),
    }
    title = texts[occasion.kind] % {"name": name, "year": occasion.first.year}
    return title if occasion.first == occasion.last else gettext("%(title)s (one of these days)") % {"title": title}


def _told(occasion: Occasion) -> str:
    if occasion.kind is OccasionKind.END:
        return gettext(
            "Computed from the published dates and the captor’s own law; not legal advice. The working is on the page."
        )
    if occasion.hearing is None:
        return ""
    instance, note = label(occasion.hearing["instance"], "Instance"), words(occasion.hearing["note"])
    return f"{instance}. {note}" if note else instance


def _invented(case: PublishedCase) -> str:
    return gettext("Invented demonstration case") if case.is_invented else ""


def _court(court: CourtDocument | None) -> str:
    """Say where: the court, its place, and whose territory that is."""
    if court is None:
        return ""
    place = court["place"]
    parts = [words(court["name"]), *([words(place["name"]), str(sovereignty(place))] if place else [])]
    return ", ".join(part for part in parts if part)


def _category(kind: OccasionKind) -> str:
    return {
        OccasionKind.HEARING: gettext("Hearing"),
        OccasionKind.END: gettext("End of a term"),
        OccasionKind.ARREST: gettext("Anniversary"),
        OccasionKind.DEATH: gettext("Anniversary"),
    }[kind]


def _stamp(case: PublishedCase) -> datetime:
    return case.published_at.replace(microsecond=0)
