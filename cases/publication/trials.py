"""The proceedings of a case as the public may have them: charges, hearings, decisions, sentences."""

from cases.models import Charge, Decision, Hearing, Sentence, SentenceSegment
from cases.publication.casefile import CaseFile, Trial
from cases.publication.citing import Numbering
from cases.publication.policy import shown, shown_words, weighed
from cases.publication.reference import build_court, build_organisation, build_place, edtf, maybe, refer_to_provision
from cases.published.documents import (
    ChargeDocument,
    DecisionDocument,
    HearingDocument,
    ProceedingDocument,
    SegmentDocument,
    SentenceDocument,
)


def build_trial(case: CaseFile, trial: Trial, numbering: Numbering, *, named: bool) -> ProceedingDocument:
    """Return one proceeding as it concerns the prisoner; the case number of somebody who is not named is left out."""
    proceeding = trial.proceeding
    return ProceedingDocument(
        kind=shown(proceeding, "kind"),
        title=shown_words(proceeding, "title"),
        number=weighed(proceeding, "number") if named else "",
        opened=edtf(shown(proceeding, "opened")),
        summary=shown_words(proceeding, "summary"),
        charges=[_charge(case, row, numbering) for row in trial.charges],
        hearings=[_hearing(case, row, numbering) for row in trial.hearings if weighed(row, "is_public")],
        decisions=[_decision(case, trial, row, numbering) for row in trial.decisions if weighed(row, "is_public")],
        **numbering.fact(case.cited(proceeding)),
    )


def _charge(case: CaseFile, row: Charge, numbering: Numbering) -> ChargeDocument:
    """Return a charge. What was not recorded before the field was there is left out, so that no document changes."""
    fact = numbering.fact(case.cited(row))
    document = ChargeDocument(
        provision=refer_to_provision(shown(row, "provision")),
        form=shown(row, "form"),
        act_from=edtf(shown(row, "act_from")),
        act_to=edtf(shown(row, "act_to")),
        brought=edtf(shown(row, "brought")),
        dropped=edtf(shown(row, "dropped")),
        outcome=shown(row, "outcome"),
        cites=fact["cites"],
        assertions=fact["assertions"],
    )
    place, organisation = shown(row, "act_place"), shown(row, "organisation")
    if place is not None:
        document["act_place"] = build_place(place)
    if organisation is not None:
        document["organisation"] = build_organisation(organisation)
    return document


def _hearing(case: CaseFile, row: Hearing, numbering: Numbering) -> HearingDocument:
    return HearingDocument(
        instance=shown(row, "instance"),
        held_on=edtf(shown(row, "held_on")),
        court=maybe(build_court, shown(row, "court")),
        note=shown_words(row, "note"),
        **numbering.fact(case.cited(row)),
    )


def _decision(case: CaseFile, trial: Trial, row: Decision, numbering: Numbering) -> DecisionDocument:
    sentence = trial.sentences.get(row.pk)
    fact = numbering.fact(case.cited(row))
    return DecisionDocument(
        instance=shown(row, "instance"),
        court=maybe(build_court, shown(row, "court")),
        decided_on=edtf(shown(row, "decided_on")),
        judges=shown(row, "judges"),
        outcome=shown(row, "outcome"),
        in_force_from=edtf(shown(row, "in_force_from")),
        summary=shown_words(row, "summary"),
        sentence=None if sentence is None else _sentence(case, sentence, numbering),
        **fact,
    )


def _sentence(case: CaseFile, row: Sentence, numbering: Numbering) -> SentenceDocument:
    fine = shown(row, "fine_amount")
    return SentenceDocument(
        years=shown(row, "years"),
        months=shown(row, "months"),
        days=shown(row, "days"),
        life=shown(row, "life"),
        death=shown(row, "death"),
        suspended=shown(row, "suspended"),
        fine_amount="" if fine is None else f"{fine:.2f}",
        fine_currency=shown(row, "fine_currency"),
        other=shown_words(row, "other"),
        segments=[_segment(case, segment, numbering) for segment in row.segments.all()],
        **numbering.fact(case.cited(row)),
    )


def _segment(case: CaseFile, row: SentenceSegment, numbering: Numbering) -> SegmentDocument:
    return SegmentDocument(
        regime=shown(row, "regime"),
        years=shown(row, "years"),
        months=shown(row, "months"),
        days=shown(row, "days"),
        is_remainder=shown(row, "is_remainder"),
        **numbering.fact(case.cited(row)),
    )
