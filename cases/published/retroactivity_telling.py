"""Answers on retroactivity, and on sentences above the maximum, in the words of a reader: the law, never the person."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from cases.domain.alleged_acts import Act, Answer, Why
from cases.domain.maximum import Above, Compared
from cases.domain.retroactivity import Clock, Reason, Retroactivity, Told
from cases.published.statute_telling import told_day, told_range, told_ranges
from cases.published.words import gettext as _

ANSWERS = {
    Answer.YES: gettext_lazy("Retroactive"),
    Answer.POSSIBLY: gettext_lazy("Possibly retroactive"),
    Answer.NO: gettext_lazy("Not retroactive"),
    Answer.UNKNOWN: gettext_lazy("Whether it is retroactive cannot be told"),
}
ABOVE = {
    Answer.YES: gettext_lazy("Above the maximum"),
    Answer.POSSIBLY: gettext_lazy("Possibly above the maximum"),
    Answer.NO: gettext_lazy("Not above the maximum"),
    Answer.UNKNOWN: gettext_lazy("Whether it is above the maximum cannot be told"),
}
#: What happened on each of the four days, as it stands after "before".
EVENTS = {
    Clock.PROVISION: gettext_lazy("the provision came into force"),
    Clock.PENALTY: gettext_lazy("the harsher penalty came into force"),
    Clock.DESIGNATION: gettext_lazy("the organisation was designated"),
    Clock.APPLICATION: gettext_lazy("the occupying power began to apply its law there"),
}
AGAINST_A_DAY = {
    Why.BEFORE: gettext_lazy("The alleged act (%(act)s) was over before %(event)s (%(day)s)."),
    Why.AFTER: gettext_lazy("The alleged act (%(act)s) did not begin before %(event)s (%(day)s)."),
    Why.STRADDLES: gettext_lazy("The alleged act (%(act)s) began before %(event)s (%(day)s), and ended after."),
    Why.END_MISSING: gettext_lazy(
        "The alleged act (%(act)s) began before %(event)s (%(day)s), and its end is not recorded."
    ),
    Why.DATES: gettext_lazy(
        "The dates leave open whether the alleged act (%(act)s) was over before %(event)s (%(day)s)."
    ),
    Why.ACT_MISSING: gettext_lazy("The date of the alleged act is not recorded."),
    Why.DAY_MISSING: gettext_lazy("The day on which %(event)s is not recorded."),
}
TOLD = {
    Told.HARSHER_LATER: gettext_lazy(
        "At the time of the alleged act (%(act)s) the penalty was %(was)s. The harsher one, %(became)s, came only later "
        "(%(day)s) and must not be applied; which of them was applied is not recorded."
    ),
    Told.HARSHER_APPLIED: gettext_lazy(
        "At the time of the alleged act (%(act)s) the penalty was %(was)s. The harsher one, %(became)s, came only later "
        "(%(day)s), and the sentence is above what the earlier one allowed."
    ),
    Told.PENALTY_MISSING: gettext_lazy(
        "What the penalty was is not recorded for the whole time of the alleged act (%(act)s)."
    ),
    Told.IN_FORCE_THEN: gettext_lazy(
        "The provision was in force when the alleged act began (%(act)s): a penalty of it is recorded from then "
        "or before (%(day)s)."
    ),
    Told.NEVER_HARSHER: gettext_lazy("No harsher penalty is recorded after the alleged act began (%(act)s)."),
    Told.ORGANISATION_MISSING: gettext_lazy("The organisation on whose designation the charge rests is not recorded."),
    Told.PLACE_MISSING: gettext_lazy("Neither the place of the alleged act nor that of the arrest is recorded."),
    Told.NOT_OCCUPIED: gettext_lazy(
        "The place of the alleged act is not recorded as occupied by the power whose law this is, so there is no day from "
        "which it applied its law there."
    ),
    Told.ARRESTED_ELSEWHERE: gettext_lazy(
        "The place of the alleged act is not recorded, and that of the arrest was not occupied by the power whose law this "
        "is: since when it applied its law there cannot be told."
    ),
    Told.PLACE_OF_ARREST: gettext_lazy(
        "The alleged act (%(act)s) was over before the occupying power began to apply its law (%(day)s) at the place of "
        "the arrest; the place of the act itself is not recorded."
    ),
}
COMPARED = {
    Above.ALL: gettext_lazy(
        "The sentence (%(sentence)s) is above the maximum at the time of the alleged act; the penalty was then: "
        "%(penalties)s."
    ),
    Above.SOME: gettext_lazy(
        "The sentence (%(sentence)s) is above a maximum that may have been in force at the time of the alleged act, and "
        "the dates leave open which was. Possible are: %(penalties)s."
    ),
    Above.NONE: gettext_lazy(
        "The sentence (%(sentence)s) is not above the maximum at the time of the alleged act; the penalty was then: "
        "%(penalties)s."
    ),
    Above.SUM: gettext_lazy(
        "The sentence (%(sentence)s) is above all maxima of its charges together, at the time of the alleged acts: "
        "%(penalties)s."
    ),
    Above.SEVERAL: gettext_lazy(
        "One sentence (%(sentence)s) was passed for several charges; which part of it is for which is not recorded. "
        "Their penalties at the time of the alleged acts: %(penalties)s."
    ),
    Above.ADDED: gettext_lazy(
        "The sentence (%(sentence)s) is above the maximum at the time of the alleged act (%(penalties)s), but another "
        "sentence of the same person may have been added to it."
    ),
    Above.ACT_MISSING: gettext_lazy("The date of the alleged act is not recorded."),
    Above.NOT_IN_FORCE: gettext_lazy(
        "The provision was not in force at the time of the alleged act, so there is no maximum to compare with."
    ),
    Above.PENALTY_MISSING: gettext_lazy("What the penalty was is not recorded for the whole time of the alleged act."),
}


def told_act(act: Act) -> str:
    """Say when the alleged act is said to have taken place."""
    if act.first is None and act.last is None:
        return _("day not known")
    if act.first is None:
        return _("until %(last)s, beginning not known") % {"last": told_day(act.last)}
    if act.last is None:
        return _("from %(first)s, end not known") % {"first": told_day(act.first)}
    if act.first == act.last:
        return told_day(act.first)
    return _("%(first)s to %(last)s") % {"first": told_day(act.first), "last": told_day(act.last)}


def told_reason(reason: Reason, act: Act) -> str:
    """Say one reason in a sentence; where a harsher penalty came, both penalties."""
    said = {
        "act": told_act(act),
        "day": told_day(reason.day),
        "event": EVENTS[reason.clock],
        "was": told_range(reason.was),
        "became": told_range(reason.became),
    }
    if isinstance(reason.why, Told):
        return TOLD[reason.why] % said
    sentence = AGAINST_A_DAY[reason.why] % said
    if not reason.is_of_act:
        beside = _("“There” is the place of the arrest: that of the alleged act is not recorded.")
        return f"{sentence} {beside}"
    if reason.was is None or reason.became is None:
        return sentence
    both = _("The penalty was %(was)s before, and is %(became)s since.") % said
    return f"{sentence} {both}"


def told_retroactivity(found: Retroactivity, act: Act, number: str) -> str:
    """Say the answer for a charge with the reasons that give it, and what is missing where that could change it."""
    reasons = found.deciding
    if found.answer is Answer.POSSIBLY:
        reasons = (*reasons, *found.missing)
    return _sentence(number, str(ANSWERS[found.answer]), (told_reason(one, act) for one in reasons))


def told_compared(found: Compared, sentence: str, number: str) -> str:
    """Say whether a sentence is above the maximum."""
    said = {"sentence": sentence, "penalties": told_ranges(found.penalties)}
    return _sentence(number, str(ABOVE[found.answer]), [COMPARED[found.why] % said])


def _sentence(number: str, answer: str, sentences: Iterable[str]) -> str:
    return " ".join([f"{number}: {answer}.", *dict.fromkeys(sentences)])
