"""The sentence on the drawing: its parts by regime between computed days, once a reviewer let them be published."""

from datetime import date
from typing import Any

from django.utils.translation import get_language

from cases.published.documents import CaseDocument, ProceedingDocument, SentenceDocument
from cases.published.occasions import day_of, pair_of, term_findings
from cases.templatetags.tracker import choose, label, lower_first
from cases.views.presentation.timeline import Part


def as_text(first: date, last: date) -> str:
    """Return a day, or the days between which it lies, as EDTF text."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def transfers(document: CaseDocument) -> list[tuple[str, tuple[date, date]]]:
    """Return the published days on which another part of a sentence begins, each with its words."""
    found = [one for finding in term_findings(document) for one in finding.get("transfers", [])]
    return [
        (choose(one.get("text"), get_language() or "en")[0], days) for one in found if (days := pair_of(one["days"]))
    ]


def sentence_parts(document: CaseDocument) -> list[Part]:
    """Return the parts of the one sentence whose end is published; none where there are several, or a day is missing.

    A part is drawn from the first day that it can begin on, the last up to the last day on which it can end.
    """
    findings = [one for one in term_findings(document) if pair_of(one.get("last_day"))]
    if len(findings) != 1:
        return []
    proceeding = _proceeding(document, findings[0])
    begin, sentence = _standing(proceeding) if proceeding else (None, None)
    end = pair_of(findings[0]["last_day"])
    if begin is None or sentence is None or end is None:
        return []
    cuts = [days[0] for one in findings[0].get("transfers", []) if (days := pair_of(one["days"]))]
    regimes = [lower_first(label(segment["regime"], "Regime")) for segment in sentence["segments"]]
    if len(cuts) != max(len(regimes) - 1, 0):
        cuts, regimes = [], []
    turns, titles = [begin, *cuts, end[1]], regimes or [""]
    return [
        Part(since, until, title)
        for since, until, title in zip(turns, turns[1:], titles, strict=False)
        if until > since
    ]


def _proceeding(document: CaseDocument, finding: dict[str, Any]) -> ProceedingDocument | None:
    place = finding.get("proceeding")
    known = isinstance(place, int) and 0 <= place < len(document["proceedings"])
    return document["proceedings"][place] if known and place is not None else None


def _standing(proceeding: ProceedingDocument) -> tuple[date | None, SentenceDocument | None]:
    """Return when the last sentence of a proceeding came into force, and the sentence."""
    decided = [one for one in proceeding["decisions"] if one["sentence"] is not None]
    if not decided:
        return None, None
    return day_of(decided[-1]["in_force_from"]) or day_of(decided[-1]["decided_on"]), decided[-1]["sentence"]
