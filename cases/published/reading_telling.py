"""What was taken for granted and what is missing when a term is read from the records, in the words of a reader."""

from django.utils.translation import gettext as _, ngettext

from cases.domain.custody_before import Note
from cases.domain.sentence_standing import Punishment
from cases.domain.term_reading import Lack, Result, Taken, TermReading
from cases.domain.terms import Term


def told_note(note: Note | Taken) -> str:
    """Say what was taken for granted, or left aside."""
    return {
        Note.FROM_ORDER: _("No arrest is recorded: custody is counted from the order of detention on."),
        Note.OTHER_CASE: _("Custody that ended before this proceeding began is not counted."),
        Note.PERHAPS_OTHER_CASE: _(
            "When this proceeding began is not recorded: custody that ended earlier may count or not, both are covered."
        ),
        Note.ADMINISTRATIVE: _("The days of an administrative arrest are not counted."),
        Note.END_UNKNOWN: _(
            "The end of a time of custody is not recorded: every day on which it can have ended is covered."
        ),
        Note.CELL_END_UNKNOWN: _(
            "Until when the person was in a punishment cell or in strict conditions is not recorded: every day is covered."
        ),
        Taken.CHARGES: _(
            "No charge is recorded as ending in a conviction: those that were not dropped are taken for it."
        ),
        Taken.DAYS_OF_PARTS: _(
            "A part of the sentence is told in days: no day of transfer is computed, and the count covers every regime."
        ),
        Taken.REGIME: _("A regime that article 72 does not name is recorded, or none: the count covers every regime."),
    }[note]


def told_lack(lack: Lack) -> str:
    """Say exactly which fact is missing."""
    return {
        Lack.SENTENCE: _("The sentence as it stands after the last decision is not recorded."),
        Lack.IN_FORCE: _("The day the sentence entered force is not recorded."),
        Lack.IN_FORCE_OPEN: _(
            "The day the sentence entered force is recorded without a beginning or without an end: write the range in "
            "which it certainly lies."
        ),
        Lack.CUSTODY: _(
            "Nothing is recorded of custody before the sentence entered force: neither an arrest nor a stay."
        ),
        Lack.CUSTODY_START: _("The day on which the person was taken into custody is not recorded."),
        Lack.INPUT: _("What is recorded cannot be counted with."),
    }[lack]


def told_result(reading: TermReading) -> str:
    """Say why there is nothing to count, or that something is missing; "" for a term that was counted."""
    texts = {
        Result.DEATH: _("The sentence is death: there is no term to count."),
        Result.SUSPENDED: _("The term is suspended: nothing of it is served in custody."),
        Result.NO_TERM: _("The sentence is to no deprivation of liberty: there is no term to count."),
        Result.UNDONE: _("The sentence was undone by a later decision: no term stands."),
        Result.NO_SENTENCE: _("No sentence is recorded: there is no term to count."),
        Result.OTHER_LAW: _(
            "The proceeding is not under the Criminal Code of the Russian Federation: its article 72 does not count it."
        ),
        Result.LACKING: _("The term cannot be counted yet."),
    }
    return texts.get(reading.result, "")


def told_length(term: Term) -> str:
    """Say how long a term is: "14 years 6 months"."""
    years, months, days = term.years or 0, term.months or 0, term.days or 0
    parts = (
        (years, ngettext("%(count)s year", "%(count)s years", years)),
        (months, ngettext("%(count)s month", "%(count)s months", months)),
        (days, ngettext("%(count)s day", "%(count)s days", days)),
    )
    return " ".join(said % {"count": count} for count, said in parts if count)


def told_punishment(punishment: Punishment) -> str:
    """Say a punishment in its shortest form; "" where it has no length."""
    if punishment.death:
        return _("death penalty")
    return _("life") if punishment.life else told_length(punishment.term)
