"""What a term is counted from, and how it is read: the same from a file, a form and the records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.domain.partial_dates import ACCEPTED, MESSAGES, PartialDate, PartialDateError, parse
from cases.domain.term_law import REGIMES, CustodyKind
from cases.domain.terms import LONGEST_DAYS, LONGEST_MONTHS, LONGEST_YEARS, Term
from cases.enums import gettext_noop

_OFFENCE = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{1,2})?(\([0-9]{1,2}(\.[0-9]{1,2})?\))?")
#: Days that a date known in part may stand for: ten years.
WIDEST = 3660
WIDE_DATE = gettext_noop("The date says too little: write a range of at most ten years.")
ONE_OF = gettext_noop("Write one of %(known)s.")
NOT_KNOWN = gettext_noop("This is not known. Known are: %(known)s.")
WRITE_A_DATE = gettext_noop("Write a date: 2018-05-21, 2018-05, 2018, 2018~ or a range 2018-05/2018-07.")
OPEN_DATE = gettext_noop("The date has no beginning or no end: write the range in which it certainly lies.")
#: Years between which the days of a count lie: the code was made in this time, and the calendar does not end in it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
FAR_DATE = gettext_noop("Write a date between the years 1900 and 2199.")
NOT_AS_LONG = gettext_noop(
    "The parts together are not as long as the sentence: correct a length, or leave out that of the last part."
)
BEGINS_LATE = gettext_noop(
    "The custody begins after the sentence entered force, and only custody before it is credited: leave it out or "
    "correct the date."
)
LONGEST = {"years": LONGEST_YEARS, "months": LONGEST_MONTHS, "days": LONGEST_DAYS}


class TermInputError(ValueError):
    """Something is missing or wrong: `field` names it as the file does ("custody.0.from"), the message says what to do.

    `text`, filled with `said`, and `remedy` are its halves, to be told in another language.
    """

    def __init__(self, field: str, text: str, remedy: str = "", **said: object) -> None:
        self.field, self.text, self.remedy, self.said = field, text, remedy, said
        self.message = f"{text % said if said else text} {remedy}".strip()
        super().__init__(f"{field}: {self.message}")


@dataclass(frozen=True, slots=True)
class Held:
    """A time of custody before the sentence entered force; `end` is None where it lasted until then."""

    kind: CustodyKind
    start: PartialDate
    end: PartialDate | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the sentence and where it is served; the last one may leave its length open: the rest."""

    regime: str
    months: int | None


@dataclass(frozen=True, slots=True)
class TermCase:
    """Everything that the law asks for. `offences_known` is False where no record names the articles of the sentence."""

    custody: tuple[Held, ...]
    offences: tuple[str, ...]
    term: Term
    life: bool
    segments: tuple[Segment, ...]
    in_force: PartialDate
    offences_known: bool = True


def read_case(data: Any) -> TermCase:
    """Read what `manage.py compute_term` reads; every mistake raises `TermInputError` with its field and the remedy.

    An empty list of custody says that there was none; an empty list of offences, that they are not known: no sentence
    is without one.
    """
    found = _mapping(data, "", ("custody", "offences", "sentence", "in_force"))
    sentence = _mapping(found.get("sentence"), "sentence", ("years", "months", "days", "life", "segments"))
    life = sentence.get("life", False)
    if not isinstance(life, bool):
        raise TermInputError("sentence.life", gettext_noop("Write true or false."))
    term = Term(**{unit: _number(sentence.get(unit), f"sentence.{unit}", most) for unit, most in LONGEST.items()})
    is_empty = not any((term.years, term.months, term.days))
    if is_empty and not life:
        raise TermInputError("sentence", gettext_noop("Say how long: years, months, days, or life."))
    if life and not is_empty:
        raise TermInputError(
            "sentence.life", gettext_noop("A sentence is for life or for a term: leave one of them out.")
        )
    in_force = _date(found.get("in_force"), "in_force")
    custody = tuple(
        _held(one, f"custody.{number}", in_force) for number, one in enumerate(_rows(found.get("custody"), "custody"))
    )
    if not isinstance(found.get("offences"), list):
        raise TermInputError("offences", gettext_noop("Write a list, empty where the articles are not known."))
    offences = tuple(_offence(one, f"offences.{number}") for number, one in enumerate(found["offences"]))
    segments = _segments(sentence.get("segments", []), term, life=life)
    return TermCase(custody, offences, term, life, segments, in_force, offences_known=bool(offences))


def _mapping(data: Any, field: str, known: Sequence[str]) -> Mapping[str, Any]:
    inside = f"{field}." if field else ""
    if not isinstance(data, Mapping):
        raise TermInputError(
            field or "the file", gettext_noop("Write an object with %(known)s."), known=", ".join(known)
        )
    for name in data:
        if name not in known:
            raise TermInputError(
                f"{inside}{name}", gettext_noop("This is not known. Known are: %(known)s."), known=", ".join(known)
            )
    return data


def _rows(data: Any, field: str) -> list[Any]:
    if not isinstance(data, list):
        raise TermInputError(field, gettext_noop("Write a list, empty where there is none."))
    return data


def _number(value: Any, field: str, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise TermInputError(field, gettext_noop("Write a whole number from 0 to %(most)s."), most=most)
    return value


def _date(value: Any, field: str, *, first: date | None = None, last: date | None = None) -> PartialDate:
    """Return a date; one without a beginning or an end begins at `first` and ends at `last`, where these are known."""
    if not isinstance(value, str) or not value.strip():
        raise TermInputError(field, WRITE_A_DATE)
    try:
        found = parse(value)
    except PartialDateError as problem:
        raise TermInputError(field, MESSAGES[problem.message_code], ACCEPTED) from problem
    earliest, latest = found.earliest or first, found.latest or last
    if earliest is None or latest is None:
        raise TermInputError(field, OPEN_DATE)
    if earliest.year < FIRST_YEAR or latest.year > LAST_YEAR:
        raise TermInputError(field, FAR_DATE)
    if found.latest is None:
        latest = max(earliest, latest)
    elif latest < earliest:
        earliest = latest  # an end before the beginning, which the caller refuses
    if (latest - earliest).days > WIDEST:
        raise TermInputError(field, WIDE_DATE)
    return replace(found, earliest=earliest, latest=latest)


def _held(data: Any, field: str, in_force: PartialDate) -> Held:
    row = _mapping(data, field, ("kind", "from", "to"))
    kinds = [kind.value for kind in CustodyKind]
    if row.get("kind") not in kinds:
        raise TermInputError(f"{field}.kind", ONE_OF, known=", ".join(kinds))
    start = _date(row.get("from"), f"{field}.from", last=in_force.latest)
    end = (
        _date(row["to"], f"{field}.to", first=start.earliest, last=in_force.latest)
        if row.get("to") is not None
        else None
    )
    if end is not None and end.latest is not None and start.earliest is not None and end.latest < start.earliest:
        raise TermInputError(
            f"{field}.to", gettext_noop("The custody ends before it begins: correct one of the two dates.")
        )
    if start.earliest is not None and in_force.latest is not None and start.earliest > in_force.latest:
        raise TermInputError(f"{field}.from", BEGINS_LATE)
    return Held(CustodyKind(row["kind"]), start, end)


def _offence(value: Any, field: str) -> str:
    text = "".join(value.split()) if isinstance(value, str) else ""
    if not _OFFENCE.fullmatch(text):
        raise TermInputError(field, gettext_noop("Write articles of the criminal code with their parts: 205.5(2)."))
    return text


def _segments(data: Any, term: Term, *, life: bool) -> tuple[Segment, ...]:
    found = []
    rows = _rows(data, "sentence.segments")
    for number, one in enumerate(rows):
        field = f"sentence.segments.{number}"
        row = _mapping(one, field, ("regime", "years", "months"))
        if row.get("regime") not in REGIMES:
            raise TermInputError(f"{field}.regime", ONE_OF, known=", ".join(REGIMES))
        parts = [_number(row.get(unit), f"{field}.{unit}", LONGEST[unit]) for unit in ("years", "months")]
        months = None if parts == [None, None] else 12 * (parts[0] or 0) + (parts[1] or 0)
        if months is None and number < len(rows) - 1:
            raise TermInputError(field, gettext_noop("Say how long: only the last part may be the rest of the term."))
        if months == 0:
            raise TermInputError(
                field, gettext_noop("A part lasts at least a month: write how long or leave the part out.")
            )
        found.append(Segment(row["regime"], months))
    _must_add_up(found, term, life=life)
    return tuple(found)


def _must_add_up(segments: Sequence[Segment], term: Term, *, life: bool) -> None:
    if not segments:
        return
    if life:
        if segments[-1].months is not None:
            text = gettext_noop("A sentence for life has no end: leave the length of its last part out.")
            raise TermInputError(f"sentence.segments.{len(segments) - 1}", text)
        return
    whole, told = 12 * (term.years or 0) + (term.months or 0), sum(one.months or 0 for one in segments)
    leaves_a_rest = segments[-1].months is None
    if told > whole or (leaves_a_rest and told == whole and not term.days) or (not leaves_a_rest and told != whole):
        raise TermInputError("sentence.segments", NOT_AS_LONG)
