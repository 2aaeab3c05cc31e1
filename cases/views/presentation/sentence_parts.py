"""The sentence on the drawing: its parts by regime between computed days, once a reviewer let them be published."""

from datetime import date

from django.utils.translation import get_language

from cases.published.documents import CaseDocument, ProceedingDocument, SentenceDocument
from cases.published.last_days import ComputedEnd, computed_ends
from cases.published.occasions import day_of
from cases.templatetags.tracker import choose, label, lower_first
from cases.views.presentation.timeline import Part


def as_text(first: date, last: date) -> str:
    """Return a day, or the days between which it lies, as EDTF text."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def transfers(document: CaseDocument) -> list[tuple[str, tuple[date, date]]]:
    """Return the published days on which another part of a sentence begins, each with its words."""
    language = get_language() or "en"
    return [
        (choose(says, language)[0], (days.earliest, days.latest))
        for end in computed_ends(document)
        for says, days in end.transfers
    ]


def sentence_parts(document: CaseDocument) -> list[Part]:
    """Return the parts of the one sentence whose end is published; none where there are several, or a day is missing.

    A part is drawn from the first day that it can begin on, the last up to the last day on which it can end.
    """
    ends = computed_ends(document)
    if len(ends) != 1:
        return []
    (end,) = ends
    proceeding = _proceeding(document, end)
    begin, sentence = _standing(proceeding) if proceeding else (None, None)
    if begin is None or sentence is None:
        return []
    cuts = [days.earliest for _says, days in end.transfers]
    regimes = [lower_first(label(segment["regime"], "Regime")) for segment in sentence["segments"]]
    if len(cuts) != max(len(regimes) - 1, 0):
        cuts, regimes = [], []
    turns, titles = [begin, *cuts, end.last_day.latest], regimes or [""]
    return [
        Part(since, until, title)
        for since, until, title in zip(turns, turns[1:], titles, strict=False)
        if until > since
    ]


def _proceeding(document: CaseDocument, end: ComputedEnd) -> ProceedingDocument | None:
    known = end.proceeding is not None and 0 <= end.proceeding < len(document["proceedings"])
    return document["proceedings"][end.proceeding] if known and end.proceeding is not None else None


def _standing(proceeding: ProceedingDocument) -> tuple[date | None, SentenceDocument | None]:
    """Return when the last sentence of a proceeding came into force, and the sentence."""
    decided = [one for one in proceeding["decisions"] if one["sentence"] is not None]
    if not decided:
        return None, None
    return day_of(decided[-1]["in_force_from"]) or day_of(decided[-1]["decided_on"]), decided[-1]["sentence"]
