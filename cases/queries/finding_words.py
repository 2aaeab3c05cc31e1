"""A published finding of the law in a few lines, for a reviewer who compares two documents."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from cases.enums import FindingAnswer, LegalFindingKind
from cases.published.last_days import days_of
from cases.published.term_telling import told_days
from cases.queries.change_words import LABELS


def finding_in_words(finding: Mapping[str, Any]) -> str:
    """Say a finding with its working, its rules and the facts behind it; its own text in every language."""
    return "\n".join(_lines(finding))


def _lines(finding: Mapping[str, Any]) -> Iterator[str]:
    kind, answer = LegalFindingKind(finding["kind"]), FindingAnswer(finding["answer"])
    yield gettext(kind.label) if answer is FindingAnswer.FIGURE else f"{gettext(kind.label)}: {gettext(answer.label)}"
    for language, text in finding["says"].items():
        yield f"{gettext(LABELS[language])}: {text}"
    for step in finding["working"]:
        rule = f" [{step['rule']}]" if step["rule"] else ""
        yield f"· {_own(step['says'])}{rule}"
    for name in ("transfers", "thresholds"):
        rows = ((_own(one["says"]), days_of(one["falls"])) for one in finding[name])
        if told := "; ".join(f"{text}: {told_days(days)}" for text, days in rows if days is not None):
            yield f"{gettext(LABELS[name])}: {told}"
    yield f"{gettext(LABELS['computed_from'])}: " + "; ".join(map(_own, finding["computed_from"]))
    if finding["law"]:
        yield f"{gettext(LABELS['law'])}: " + "; ".join(_rule(row) for row in finding["law"])


def _rule(row: Mapping[str, Any]) -> str:
    return _own(row["name"]) if row["verified"] else f"{_own(row['name'])} ({gettext('awaiting review')})"


def _own(words: Mapping[str, str]) -> str:
    return words.get(get_language() or "en") or next(iter(words.values()), "")
