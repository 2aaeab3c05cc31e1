"""What speaks against publishing a case: findings that forbid it, and findings that a reviewer should see."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Consent, PublicationState
from cases.models import Prisoner, Publication, Submission
from cases.publication.casefile import CaseFile, read_case
from cases.publication.document import build_from, public_names
from cases.publication.legal_findings import offered_findings
from cases.publication.photos import PhotoUnreadable, published_pixels
from cases.publication.withheld import Withheld, leaks
from cases.publication.withholding import withheld_in
from cases.published.documents import CaseDocument


@dataclass(frozen=True)
class Finding:
    """One reason; `field` is a path in the public document ("summary.en") or the name of a field at the desk."""

    blocks: bool
    field: str
    message: str


def blocking(field: str, message: str) -> Finding:
    """Return a finding that forbids publishing."""
    return Finding(blocks=True, field=field, message=message)


def noted(field: str, message: str) -> Finding:
    """Return a finding that the reviewer should see."""
    return Finding(blocks=False, field=field, message=message)


def case_findings(prisoner: Prisoner, document: CaseDocument | None = None, *, on: dt.date) -> list[Finding]:
    """Return what speaks against publishing the case on the day `on`, the findings that forbid it first."""
    case = read_case(prisoner)
    return findings_of(case, build_from(case) if document is None else document, on=on)


def findings_of(case: CaseFile, document: CaseDocument, *, on: dt.date) -> list[Finding]:
    """Return the findings of a case that has been read."""
    found = [
        *_consent(case.prisoner, on),
        *_names(case),
        *_photo(case.prisoner),
        *_sites(case),
        *_leaks(case, document),
        *_named_elsewhere(case),
        *_lapsed(case),
        *_uncited(document),
        *_untranslated(document),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def _consent(prisoner: Prisoner, on: dt.date) -> Iterator[Finding]:
    if prisoner.consent == Consent.NONE:
        yield blocking("consent", _("There is no consent: record who consented to what before publishing."))
    elif prisoner.consent_expires is not None and prisoner.consent_expires < on:
        yield blocking("consent_expires", _("The consent has expired: ask again before publishing."))


def _names(case: CaseFile) -> Iterator[Finding]:
    if not case.prisoner.names.all():
        yield blocking("names", _("The case has no name: write down at least one, it can be kept from the public."))
    elif case.prisoner.consent == Consent.FULL and not public_names(case):
        yield blocking("names", _("No name may be shown: allow one, or set the consent to initials only."))


def _photo(prisoner: Prisoner) -> Iterator[Finding]:
    try:
        published_pixels(prisoner)
    except PhotoUnreadable as error:
        yield blocking("photo", str(error))


def _sites(case: CaseFile) -> Iterator[Finding]:
    hidden = {row.site for row in case.prisoner.stays.all() if row.is_public and row.site and not row.site.is_public}
    for site in sorted(hidden, key=lambda one: one.pk):
        yield blocking(
            "stays",
            _("%(site)s may not have a public page yet: ask a reviewer to allow it, or keep the stay from the public.")
            % {"site": site},
        )


def _leaks(case: CaseFile, document: CaseDocument) -> Iterator[Finding]:
    withheld = withheld_in(case)
    for problem in sorted(withheld.unreadable):
        yield blocking(
            "private_notes",
            _("Sealed values cannot be opened, so nobody can tell whether the public text repeats them: %(problem)s")
            % {"problem": problem},
        )
    for leak in leaks(document, withheld):
        yield blocking(leak.path, _leak_message(leak.kind))


def _leak_message(kind: str) -> str:
    return {
        "name": _("This text contains a name that the case withholds. Reword it, or allow the name."),
        "date": _("This text contains a date that the case withholds. Reword it, or show the full date."),
        "number": _("This text contains a phone or document number that is recorded as private. Remove it."),
        "private text": _("This text repeats words that are recorded as private. Reword it."),
    }[kind]


def _named_elsewhere(case: CaseFile) -> Iterator[Finding]:
    """Point to the published pages of codefendants that name somebody who may no longer be named."""
    proceedings = [trial.proceeding for trial in case.trials]
    pages = Publication.objects.filter(
        state=PublicationState.PUBLISHED.value, prisoner__defendants__proceeding__in=proceedings
    ).exclude(prisoner=case.prisoner)
    named_in = list(pages.distinct().select_related("prisoner"))
    withheld = withheld_in(case) if named_in else Withheld()
    for page in named_in:
        shown = Submission.objects.filter(prisoner=page.prisoner, sha256=page.sha256).first()
        if shown is not None and any(leak.kind == "name" for leak in leaks(shown.document, withheld)):
            yield noted(
                "names",
                _("The published case %(code)s contains a name that this case withholds: correct or withdraw it.")
                % {"code": page.prisoner.code},
            )


def _lapsed(case: CaseFile) -> Iterator[Finding]:
    """Point to ticks that stand for nothing any more: what was ticked has changed, so it is not published."""
    if not case.prisoner.finding_ticks.all():
        return
    for _tick in offered_findings(case).lapsed:
        yield noted(
            "findings",
            _("What the law says has changed since it was ticked: it is not published until a reviewer looks again."),
        )


def _uncited(document: CaseDocument) -> Iterator[Finding]:
    for path, fact in facts(document):
        if not fact["cites"] and not fact["assertions"]:
            yield noted(path, _("No source is cited for this."))


def facts(document: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each row of a document that can be cited, with its path; the case as a whole has none."""
    if isinstance(document, dict):
        if path and "cites" in document:
            yield path, document
        for key, value in document.items():
            yield from facts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            yield from facts(value, f"{path}.{position}")


def _untranslated(document: CaseDocument) -> Iterator[Finding]:
    summary = document["summary"]
    if not summary:
        yield noted("summary", _("There is no summary: say in one or two sentences who the person is."))
    missing = [language for language in ("en", "uk") if summary and language not in summary]
    for language in missing:
        yield noted(f"summary.{language}", _("The summary is not written in this language."))
