"""What changed in a case, in words: for feeds and e-mails."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext_lazy, ngettext

from cases.published.changes import Changes, News, Part
from cases.published.documents import SiteReference
from cases.published.models import PublishedCase
from cases.published.words import gettext
from cases.templatetags.tracker import edtf, label, lower_first, number, words
from cases.views.presentation.chronology import decision_title
from cases.views.presentation.sentences import in_full

#: How each part is called; a test holds it complete.
NAMES = {
    Part.NAMES: gettext_lazy("names"),
    Part.PERSON: gettext_lazy("the person’s details"),
    Part.SUMMARY: gettext_lazy("the summary"),
    Part.PHOTO: gettext_lazy("the photograph"),
    Part.WORK: gettext_lazy("work and organisations"),
    Part.CUSTODY: gettext_lazy("places of detention"),
    Part.EVENTS: gettext_lazy("events"),
    Part.PROCEEDINGS: gettext_lazy("proceedings"),
    Part.CHARGES: gettext_lazy("charges"),
    Part.HEARINGS: gettext_lazy("hearings"),
    Part.DECISIONS: gettext_lazy("decisions"),
    Part.ASSESSMENTS: gettext_lazy("assessments"),
    Part.REHABILITATIONS: gettext_lazy("rehabilitation"),
    Part.FINDINGS: gettext_lazy("what follows from the law"),
    Part.SOURCES: gettext_lazy("sources"),
    Part.OTHER: gettext_lazy("other details"),
}


def name_of(case: PublishedCase) -> str:
    """Return the name that heads the page in the active language."""
    name = (case.name_uk or case.name_en) if get_language() == "uk" else (case.name_en or case.name_uk)
    return name or gettext("Name withheld")


def headline_of(case: PublishedCase, news: News) -> str:
    """Say in one line who, and whether the case is new: "Invented Person: first published"."""
    said = gettext("%(name)s: first published") if news.is_first else gettext("%(name)s: changed")
    return said % {"name": name_of(case)}


def told_news(case: PublishedCase, news: News) -> list[str]:
    """Say what is new, a sentence each: where a new case stands, or what changed as far as that can be said."""
    said = [gettext("Invented demonstration case.")] if case.is_invented else []
    if news.is_first:
        return [*said, gettext("Status: %(now)s.") % {"now": lower_first(label(case.status, "Status"))}]
    if news.changes is None:
        return [*said, gettext("The page was published anew.")]
    return [*said, *_told(news.changes)]


def _told(changes: Changes) -> Iterator[str]:
    if changes.status:
        before, now = (lower_first(label(one, "Status")) for one in changes.status)
        yield gettext("Status: %(now)s (before: %(before)s).") % {"now": now, "before": before}
    if changes.sentence:
        before, now = (_or_none(in_full(one, get_language() or "en")) for one in changes.sentence)
        yield gettext("Sentence: %(now)s (before: %(before)s).") % {"now": now, "before": before}
    if changes.site:
        before, now = (_site(one) for one in changes.site)
        yield gettext("Place of detention: %(now)s (before: %(before)s).") % {"now": now, "before": before}
    for decision in changes.decisions:
        when = edtf(decision["decided_on"])
        said = ", ".join(part for part in (lower_first(decision_title(decision)), when) if part)
        yield gettext("Decision added or corrected: %(decision)s.") % {"decision": said}
    if changes.new_sources:
        said = ngettext("%(count)s new source.", "%(count)s new sources.", changes.new_sources)
        yield said % {"count": number(changes.new_sources)}
    if changes.parts:
        yield gettext("Changed: %(parts)s.") % {"parts": ", ".join(str(NAMES[part]) for part in changes.parts)}


def _or_none(text: str) -> str:
    return text or gettext("none known")


def _site(site: SiteReference | None) -> str:
    return words(site["name"]) if site else gettext("not known or none")
