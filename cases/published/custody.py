"""Custody as a published document tells it: its dated facts for `cases.domain.custody`, and the sentence as it stands."""

from cases.domain.custody import CaseFacts, Decision, Event, Hearing, Stay
from cases.domain.partial_dates import PartialDate, parse
from cases.domain.sentence_standing import SENTENCING, UNDOING
from cases.domain.term_ends import latest_end
from cases.domain.terms import Term
from cases.enums import DecisionOutcome, EventKind, Instance, ProceedingKind, ReleaseKind, StayKind, Whereabouts
from cases.published.documents import CaseDocument, DecisionDocument, ProceedingDocument, SentenceDocument

IN_FORCE_WHEN_DECIDED = frozenset({Instance.APPEAL, Instance.CASSATION, Instance.SUPERVISION, Instance.EXTRAJUDICIAL})


def read_date(text: str) -> PartialDate | None:
    """Return a date of a document; None where it is not known."""
    return parse(text) if text else None


def term_of(sentence: SentenceDocument) -> Term:
    """Return the length of a sentence as pronounced."""
    return Term(years=sentence["years"], months=sentence["months"], days=sentence["days"])


def is_custodial(sentence: SentenceDocument) -> bool:
    """Tell whether a sentence deprives of liberty: not one that is suspended, nor a fine alone."""
    if sentence["suspended"]:
        return False
    return bool(term_of(sentence)) or sentence["life"] or sentence["death"] or bool(sentence["segments"])


def _term_ends(decision: DecisionDocument, kind: str) -> PartialDate | None:
    sentence = decision["sentence"]
    if sentence is None or sentence["life"] or sentence["death"] or not is_custodial(sentence):
        return None
    start = read_date(decision["in_force_from"])
    at_once = Instance(decision["instance"]) in IN_FORCE_WHEN_DECIDED or kind == ProceedingKind.ADMINISTRATIVE
    if start is None and at_once:
        start = read_date(decision["decided_on"])
    return latest_end(term_of(sentence), start)


def _decision(decision: DecisionDocument, kind: str, ref: str) -> Decision:
    return Decision(
        instance=Instance(decision["instance"]),
        outcome=DecisionOutcome(decision["outcome"]),
        on=read_date(decision["decided_on"]),
        in_force=read_date(decision["in_force_from"]),
        term_ends=_term_ends(decision, kind),
        custodial=decision["sentence"] is None or is_custodial(decision["sentence"]),
        ref=ref,
    )


def case_facts(document: CaseDocument) -> CaseFacts:
    """Return the dated facts of a case. Each `ref` is the path of its fact in the document: "stays/0", "events/3"."""
    return CaseFacts(
        born=read_date(document["born"]),
        died=read_date(document["died"]),
        whereabouts=Whereabouts(document["whereabouts"]) if document["whereabouts"] else None,
        stays=tuple(
            Stay(
                kind=StayKind(stay["kind"]),
                started=read_date(stay["started"]),
                ended=read_date(stay["ended"]),
                site=stay["site"]["slug"] if stay["site"] else "",
                ref=f"stays/{place}",
            )
            for place, stay in enumerate(document["stays"])
        ),
        events=tuple(
            Event(
                kind=EventKind(event["kind"]),
                on=read_date(event["happened"]),
                ended=read_date(event["ended"]),
                release=ReleaseKind(event["release_kind"]) if event["release_kind"] else None,
                ref=f"events/{place}",
            )
            for place, event in enumerate(document["events"])
        ),
        hearings=tuple(
            Hearing(
                on=read_date(hearing["held_on"]),
                instance=Instance(hearing["instance"]),
                ref=f"proceedings/{number}/hearings/{place}",
            )
            for number, proceeding in enumerate(document["proceedings"])
            for place, hearing in enumerate(proceeding["hearings"])
        ),
        decisions=tuple(
            _decision(decision, proceeding["kind"], f"proceedings/{number}/decisions/{place}")
            for number, proceeding in enumerate(document["proceedings"])
            for place, decision in enumerate(proceeding["decisions"])
        ),
    )


def _standing_sentence(proceeding: ProceedingDocument) -> tuple[str, SentenceDocument] | None:
    """Return the sentence of one proceeding as it stands after its last decision, and the date of that decision."""
    standing: tuple[str, SentenceDocument] | None = None
    for decision in proceeding["decisions"]:
        outcome = DecisionOutcome(decision["outcome"])
        if outcome in UNDOING:
            standing = None
        elif decision["sentence"] is not None:
            standing = decision["decided_on"] or decision["in_force_from"], decision["sentence"]
        elif outcome in SENTENCING:
            standing = None
    return standing


def last_sentence(document: CaseDocument) -> SentenceDocument | None:
    """Return the sentence as it stands after the last decision; None where none was passed, or it was quashed.

    Instances follow one another inside a proceeding. Of several proceedings the one decided last counts; an
    administrative one only where there is no other.
    """
    standing = [(one["kind"], _standing_sentence(one)) for one in document["proceedings"]]
    found = [
        (kind != ProceedingKind.ADMINISTRATIVE, decided, place, sentence)
        for place, (kind, last) in enumerate(standing)
        if last is not None
        for decided, sentence in [last]
    ]
    ranked = [(serious, _earliest(decided), place, sentence) for serious, decided, place, sentence in found]
    return max(ranked, key=lambda one: one[:3])[3] if ranked else None


def _earliest(text: str) -> str:
    """Return the first day a date can be, as text to compare; "" where it is not known."""
    read = read_date(text)
    return read.earliest.isoformat() if read is not None and read.earliest is not None else ""
