"""The computed last day of a term as a published document has it, and what is left of it on a day; never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from cases.domain.term_working import Days
from cases.enums import LegalFindingKind
from cases.published.digits import grouped
from cases.published.documents import CaseDocument, FindingDocument
from cases.published.words import gettext as _


@dataclass(frozen=True, slots=True)
class ComputedEnd:
    """The last day of one term as it was published; `proceeding` is its place in the document's proceedings."""

    proceeding: int | None
    last_day: Days
    transfers: tuple[tuple[dict[str, str], Days], ...]
    is_verified: bool


def computed_ends(document: CaseDocument) -> list[ComputedEnd]:
    """Return the published last days of a case, none where no reviewer ticked one; documents of any version."""
    return list(_ends(document))


def _ends(document: CaseDocument) -> Iterator[ComputedEnd]:
    for finding in document.get("findings", []):
        days = days_of(finding["last_day"])
        if finding["kind"] == LegalFindingKind.TERM and days is not None:
            transfers = ((one["says"], read) for one in finding["transfers"] if (read := days_of(one["falls"])))
            yield ComputedEnd(finding["proceeding"], days, tuple(transfers), is_verified(finding))


def is_verified(finding: FindingDocument) -> bool:
    """Tell whether every rule that a finding applies was checked against the law."""
    return all(row["verified"] for row in finding["law"])


def days_of(pair: list[str]) -> Days | None:
    """Return the first and last possible day of a document's pair; None for an empty one."""
    return Days(date.fromisoformat(pair[0]), date.fromisoformat(pair[1])) if pair else None


def told_remaining(last_day: Days, on: date) -> str:
    """Say how much of a term is left on a day, or that it is over."""
    most, least = (last_day.latest - on).days, (last_day.earliest - on).days
    if most < 0:
        return ngettext("The last day passed %(count)s day ago.", "The last day passed %(count)s days ago.", -most) % {
            "count": grouped(-most)
        }
    if most == 0:
        return _("Today is the last day.") if least == 0 else _("The last day is today, if it has not passed.")
    if least < 0:
        return ngettext(
            "The last day may have passed; at most %(count)s day is left.",
            "The last day may have passed; at most %(count)s days are left.",
            most,
        ) % {"count": grouped(most)}
    if least == most:
        return ngettext("%(count)s day is left.", "%(count)s days are left.", most) % {"count": grouped(most)}
    said = {"least": grouped(least), "most": grouped(most)}
    return _("Between %(least)s and %(most)s days are left.") % said
