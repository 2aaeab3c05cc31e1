"""A sentence in words: what a court imposed, as it stood after that decision."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from django.utils.translation import get_language, ngettext, pgettext

from cases.published.documents import SegmentDocument, SentenceDocument
from cases.published.words import gettext
from cases.templatetags.tracker import choose, label, lower_first, number

#: Years, months and days, in this order.
UNITS: tuple[Callable[[int], str], ...] = (
    lambda count: ngettext("%(count)s year", "%(count)s years", count),
    lambda count: ngettext("%(count)s month", "%(count)s months", count),
    lambda count: ngettext("%(count)s day", "%(count)s days", count),
)


def length(term: SentenceDocument | SegmentDocument) -> str:
    """Return "5 years 6 months", or "" where no length is stated."""
    return _length((term["years"], term["months"], term["days"]), get_language())


@lru_cache(maxsize=5_000)
def _length(counts: tuple[int | None, ...], _language: str | None) -> str:
    return " ".join(say(count) % {"count": count} for say, count in zip(UNITS, counts, strict=True) if count)


def headline(sentence: SentenceDocument | None) -> str:
    """Return the sentence in its shortest form: "14 years", "Life imprisonment", "Fine of 100,000 RUB"."""
    if sentence is None:
        return ""
    if sentence["death"]:
        return pgettext("punishment", "Death")
    if sentence["life"]:
        return gettext("Life imprisonment")
    return length(sentence) or _fine(sentence)


def conditions(sentence: SentenceDocument | None, language: str) -> list[str]:
    """Return what belongs to the headline: regimes in their order, suspended, a fine beside the term, anything else."""
    if sentence is None:
        return []
    regimes = gettext(", then ").join(_regimes(sentence["segments"]))
    said = [regimes] if regimes else []
    if sentence["suspended"]:
        said.append(gettext("suspended"))
    if sentence["fine_amount"] and length(sentence):
        said.append(lower_first(_fine(sentence)))
    other = choose(sentence["other"], language)[0]
    return [*said, other] if other else said


def in_full(sentence: SentenceDocument | None, language: str) -> str:
    """Return headline and conditions in one line, for lists and tables."""
    said, beside = headline(sentence), ", ".join(conditions(sentence, language))
    if sentence is not None and len(sentence["segments"]) > 1 and said:
        return f"{said} ({beside})"
    return ", ".join(part for part in (said, beside) if part)


def in_short(sentence: SentenceDocument | None) -> str:
    """Return the headline, with the regime where there is only one: for a row of a list."""
    regimes = [*_regimes(sentence["segments"])] if sentence is not None else []
    return ", ".join(part for part in (headline(sentence), *(regimes if len(regimes) == 1 else [])) if part)


def _regimes(segments: list[SegmentDocument]) -> Iterator[str]:
    """Yield the regime of each segment, with its length where it is not the rest of the term."""
    for segment in segments:
        regime = lower_first(label(segment["regime"], "Regime"))
        if len(segments) > 1 and length(segment) and not segment["is_remainder"]:
            yield gettext("%(regime)s for %(length)s") % {"regime": regime, "length": length(segment)}
        else:
            yield regime


def _fine(sentence: SentenceDocument) -> str:
    if not sentence["fine_amount"]:
        return ""
    amount = number(float(sentence["fine_amount"])).removesuffix(".0")
    return gettext("Fine of %(amount)s %(currency)s") % {"amount": amount, "currency": sentence["fine_currency"]}
