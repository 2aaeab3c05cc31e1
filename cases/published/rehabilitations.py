"""Rehabilitation as a published document tells it: the sequence of decisions, and what stands after it."""

from collections.abc import Iterable

from cases.domain.rehabilitation import Decided, Present, present
from cases.enums import DecisionOutcome, EventKind, RehabilitationOutcome
from cases.published.custody import read_date
from cases.published.documents import CardRehabilitation, CaseDocument, Fact, RehabilitationDocument

#: A date within more years than these is no answer to "in which year".
MOST_YEARS = 10

#: How a decision was told before it had a row of its own: as an event, or as the decision of a proceeding.
AS_AN_EVENT: dict[str, RehabilitationOutcome] = {
    EventKind.REHABILITATION_GRANTED.value: RehabilitationOutcome.GRANTED,
    EventKind.REHABILITATION_REFUSED.value: RehabilitationOutcome.REFUSED,
    EventKind.REHABILITATION_RESCINDED.value: RehabilitationOutcome.RESCINDED,
}
AS_A_DECISION: dict[str, RehabilitationOutcome] = {
    DecisionOutcome.REHABILITATED.value: RehabilitationOutcome.GRANTED,
    DecisionOutcome.REHABILITATION_REFUSED.value: RehabilitationOutcome.REFUSED,
    DecisionOutcome.REHABILITATION_RESCINDED.value: RehabilitationOutcome.RESCINDED,
}


def rehabilitations_of(document: CaseDocument) -> list[RehabilitationDocument]:
    """Return the decisions in order of date: their rows, and what events and court decisions tell that no row tells.

    A rescission that only an event tells undoes a grant that has a row: nothing recorded is passed over.
    """
    rows = document.get("rehabilitations") or []
    told = {row["outcome"] for row in rows}
    others = [one for one in _as_told_before(document) if one["outcome"] not in told]
    return sorted([*rows, *others], key=lambda one: _first(one["decided_on"])) if others else rows


def present_of(decisions: Iterable[RehabilitationDocument | CardRehabilitation]) -> Present | None:
    """Return what stands after the decisions; None where there are none."""
    return present([Decided(RehabilitationOutcome(one["outcome"]), read_date(one["decided_on"])) for one in decisions])


def rescissions(document: CaseDocument) -> list[RehabilitationDocument]:
    """Return the decisions that took a rehabilitation back, whatever was decided since."""
    return [one for one in rehabilitations_of(document) if one["outcome"] == RehabilitationOutcome.RESCINDED]


def years_of(decision: RehabilitationDocument) -> range:
    """Return every year in which a decision may have been taken; none where that is not known within MOST_YEARS."""
    when = read_date(decision["decided_on"])
    if when is None or when.earliest is None or when.latest is None:
        return range(0)
    years = range(when.earliest.year, when.latest.year + 1)
    return years if len(years) <= MOST_YEARS else range(0)


def _as_told_before(document: CaseDocument) -> list[RehabilitationDocument]:
    found = [
        _decision(AS_AN_EVENT[event["kind"]], event["happened"], event)
        for event in document["events"]
        if event["kind"] in AS_AN_EVENT
    ]
    found += [
        _decision(AS_A_DECISION[decision["outcome"]], decision["decided_on"], decision)
        for proceeding in document["proceedings"]
        for decision in proceeding["decisions"]
        if decision["outcome"] in AS_A_DECISION
    ]
    return sorted(found, key=lambda one: _first(one["decided_on"]))


def _decision(outcome: RehabilitationOutcome, decided_on: str, fact: Fact) -> RehabilitationDocument:
    return RehabilitationDocument(
        outcome=outcome.value,
        body=None,
        decided_on=decided_on,
        law={},
        document_number="",
        reasoning={},
        cites=fact["cites"],
        assertions=fact["assertions"],
    )


def _first(text: str) -> str:
    read = read_date(text)
    return read.earliest.isoformat() if read is not None and read.earliest is not None else ""
