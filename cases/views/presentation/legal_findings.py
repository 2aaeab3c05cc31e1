"""What the law says about a case, as its public page shows it: published findings, and what is left of a term today."""

from dataclasses import dataclass
from datetime import date

from cases.domain.custody import CaseFacts, standing
from cases.published.documents import CaseDocument, DatedDocument, FindingDocument, Words
from cases.published.last_days import days_of, is_verified, told_remaining
from cases.published.term_telling import told_days


@dataclass(frozen=True, slots=True)
class Dated:
    says: Words
    days: str


@dataclass(frozen=True, slots=True)
class LegalFinding:
    """One finding; `remaining` is counted to the day of the page and "" where the person is no longer held.

    `is_interval`: the facts and rules leave more than one last day.
    """

    finding: FindingDocument
    remaining: str
    transfers: tuple[Dated, ...]
    thresholds: tuple[Dated, ...]
    is_interval: bool
    is_verified: bool


def legal_findings(document: CaseDocument, facts: CaseFacts, *, on: date) -> tuple[LegalFinding, ...]:
    """Return the findings that a document has; documents from before there were any have none."""
    is_held = standing(facts, on).status.in_custody
    return tuple(_shown(one, on, is_held=is_held) for one in document.get("findings", []))


def _shown(finding: FindingDocument, on: date, *, is_held: bool) -> LegalFinding:
    last_day = days_of(finding["last_day"])
    return LegalFinding(
        finding=finding,
        remaining=told_remaining(last_day, on) if last_day is not None and is_held else "",
        transfers=tuple(map(_dated, finding["transfers"])),
        thresholds=tuple(map(_dated, finding["thresholds"])),
        is_interval=last_day is not None and last_day.earliest != last_day.latest,
        is_verified=is_verified(finding),
    )


def _dated(row: DatedDocument) -> Dated:
    days = days_of(row["falls"])
    return Dated(row["says"], told_days(days) if days is not None else "")
