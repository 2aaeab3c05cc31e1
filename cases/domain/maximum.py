"""Is a sentence above the maximum of the penalty version that was in force at the alleged act?

A sentence for several charges may be added up from several penalties, and one person's earlier sentences may be added to
it; so it is surely above only where it exceeds every sum that the law of the time allowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cases.domain.alleged_acts import Act, Answer, before
from cases.domain.statutes import FormLaw, LawRow, Option, Range, Share, Statute, options_of
from cases.enums import OffenceForm

SHORTEST_MONTH, LONGEST_MONTH = 28, 31


@dataclass(frozen=True, slots=True)
class Punishment:
    """A sentence of imprisonment as pronounced; days count as the part of a month that they are at least, or at most."""

    months: int = 0
    days: int = 0
    life: bool = False

    @property
    def least(self) -> Fraction:
        return self.months + Fraction(self.days, LONGEST_MONTH)

    @property
    def most(self) -> Fraction:
        return self.months + Fraction(self.days, SHORTEST_MONTH)


@dataclass(frozen=True, slots=True)
class Accusation:
    """A charge as the law asks for it: the provision, the form of the offence, and when."""

    statute: Statute
    form: OffenceForm
    act: Act


@dataclass(frozen=True, slots=True)
class AtTheAct:
    """The penalties that may have been in force at the act. `is_complete`: there was surely no other."""

    options: tuple[Option, ...]
    is_complete: bool
    rows: tuple[LawRow, ...]

    @property
    def maxima(self) -> list[Fraction]:
        return [one.penalty.most for one in self.options if one.penalty.most is not None]

    @property
    def is_known(self) -> bool:
        return self.is_complete and len(self.maxima) == len(self.options)

    @property
    def penalties(self) -> tuple[Range, ...]:
        return tuple(one.penalty for one in self.options)


class Above(StrEnum):
    """Why a sentence is, or is not, above the maximum."""

    ALL = "all"  # above every maximum that may have applied
    SOME = "some"  # above one of them, and which applied the dates leave open
    NONE = "none"
    SUM = "sum"  # above all maxima of the charges together
    SEVERAL = "several"  # one sentence for several charges
    ADDED = "added"  # another sentence of the person may be part of it
    ACT_MISSING = "act_missing"
    NOT_IN_FORCE = "not_in_force"  # the provision was not in force then, so there is nothing to compare with
    PENALTY_MISSING = "penalty_missing"


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer with its reason, the penalties that were compared and the rows of the law."""

    answer: Answer
    why: Above
    penalties: tuple[Range, ...]
    rows: tuple[LawRow, ...]

    @property
    def is_verified(self) -> bool:
        return all(row.verified for row in self.rows)


def share_of(accusation: Accusation, forms: FormLaw) -> Share | None:
    """Return the share for the form on the last day of the act; for a completed offence there is none."""
    return forms.share(accusation.form, accusation.act.ended)


def at_the_act(accusation: Accusation, forms: FormLaw, *, until: date = date.max) -> AtTheAct:
    """Return the penalties of the days on which the act can have taken place, none of them later than `until`."""
    statute, act = accusation.statute, accusation.act
    first, last = act.begins, min(act.ended, until)
    possible = statute.possible(first, last)
    share = share_of(accusation, forms)
    rows = (*(one.row for one in possible), *((share.row,) if share else ()))
    options = options_of(possible, share)
    needs_share = accusation.form is not OffenceForm.COMPLETED and share is None
    is_complete = bool(options) and len(options) == len(possible) and statute.is_recorded(first, last)
    return AtTheAct(() if needs_share else options, is_complete and not needs_share, rows)


def above_maximum(
    sentence: Punishment, accusations: Sequence[Accusation], forms: FormLaw, *, until: date, has_others: bool
) -> Compared:
    """Compare a sentence with the maximum of each charge. `has_others`: the person was sentenced elsewhere, too."""
    found = [at_the_act(one, forms, until=until) for one in accusations]
    answer, why = _answer(sentence, accusations, found)
    if answer is Answer.YES and has_others:
        answer, why = Answer.POSSIBLY, Above.ADDED
    penalties = tuple(dict.fromkeys(penalty for one in found for penalty in one.penalties))
    return Compared(answer, why, penalties, tuple(dict.fromkeys(row for one in found for row in one.rows)))


def _answer(sentence: Punishment, accusations: Sequence[Accusation], found: Sequence[AtTheAct]) -> tuple[Answer, Above]:
    if any(not one.act.is_dated for one in accusations):
        return Answer.UNKNOWN, Above.ACT_MISSING
    if any(before(one.act, one.statute.first)[0] is Answer.YES for one in accusations):
        return Answer.UNKNOWN, Above.NOT_IN_FORCE
    if sentence.life:
        return _life(found)
    return _one(sentence, found[0]) if len(found) == 1 else _several(sentence, found)


def _several(sentence: Punishment, found: Sequence[AtTheAct]) -> tuple[Answer, Above]:
    """One sentence for several charges: within the maximum of one of them, above all together, or nobody can tell."""
    if any(one.is_known and sentence.most <= min(one.maxima) for one in found):
        return Answer.NO, Above.NONE
    if not all(one.is_known for one in found):
        return Answer.UNKNOWN, Above.PENALTY_MISSING
    if sentence.least > sum(max(one.maxima) for one in found):
        return Answer.YES, Above.SUM
    return Answer.UNKNOWN, Above.SEVERAL


def _one(sentence: Punishment, found: AtTheAct) -> tuple[Answer, Above]:
    above = [sentence.least > most for most in found.maxima]
    if found.is_known and all(above):
        return Answer.YES, Above.ALL
    if any(above):
        return Answer.POSSIBLY, Above.SOME
    if not found.is_known:
        return Answer.UNKNOWN, Above.PENALTY_MISSING
    is_below = all(sentence.most <= most for most in found.maxima)
    return (Answer.NO, Above.NONE) if is_below else (Answer.POSSIBLY, Above.SOME)


def _life(found: Sequence[AtTheAct]) -> tuple[Answer, Above]:
    """A sentence for life needs one charge that allowed it."""
    said = [penalty.life for one in found for penalty in one.penalties]
    if any(one.is_complete and one.penalties and all(penalty.life for penalty in one.penalties) for one in found):
        return Answer.NO, Above.NONE
    if any(said):
        return Answer.POSSIBLY, Above.SOME
    is_known = all(one.is_complete for one in found) and None not in said
    return (Answer.YES, Above.ALL) if is_known else (Answer.UNKNOWN, Above.PENALTY_MISSING)
