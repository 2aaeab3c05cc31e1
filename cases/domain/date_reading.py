"""Reads dates as people type them, in the languages of the field, into partial dates.

Day first always: "05/06/2018" is 5 June. "05/2018" is a month, "2016/2017" an EDTF interval.
"Before 2019" is strict (ends on 31 December 2018), "by 2019" and "2019 or earlier" are not.
In a period each end carries its own "around" or "possibly".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from cases.domain import date_words as words
from cases.domain.edtf_dates import (
    LONGEST,
    PartialDate,
    PartialDateError,
    add_days,
    from_day,
    read_edtf,
)

_WHOLE_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=16_384)
def parse(text: str) -> PartialDate:
    """Read EDTF or what people type. Raises `PartialDateError`, which says what is accepted."""
    if _WHOLE_DAY.fullmatch(text):
        try:
            return from_day(date.fromisoformat(text))
        except ValueError:
            pass  # no such day: below it is said why
    clean = _cleaned(text)
    return read_edtf(clean.upper()) or _read_words(words.fold(clean))


def _cleaned(text: str) -> str:
    """Plain spaces, one kind of dash, slash and tilde; nothing invisible, no foreign digits."""
    if len(text) > LONGEST:
        raise PartialDateError("too_long")
    for sign in text:
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            raise PartialDateError("characters")
        if unicodedata.category(sign).startswith("N") and not sign.isascii():
            raise PartialDateError("digits")
    one_kind = unicodedata.normalize("NFKC", text.translate(words.SAME_SIGNS))
    clean = " ".join(one_kind.translate(words.SAME_SIGNS).split())
    if not clean:
        raise PartialDateError("empty")
    return clean


def _read_words(text: str) -> PartialDate:
    """Try each way of writing a date; the first that can be read wins, else the best complaint."""
    complaint = PartialDateError("unreadable")
    for left, right in _readings(text):
        try:
            found = _join(left, right)
        except PartialDateError as error:
            complaint = error if complaint.message_code == "unreadable" else complaint
            continue
        if found:
            return found
    raise complaint


_OPEN_BEFORE, _OPEN_AFTER = "<", ">"  # stand for a strict bound in a pair of texts
_ONE_SIDED = (
    (rf"(.+) (?:{words.UNTIL_AFTERWARDS})", ("..", r"\1")),
    (rf"(.+) (?:{words.SINCE_AFTERWARDS})", (r"\1", "..")),
    (rf"(?:{words.UNTIL}) (.+)", ("..", r"\1")),
    (rf"(?:{words.SINCE}) (.+)", (r"\1", "..")),
    (rf"(?:{words.BEFORE}) (.+)", (_OPEN_BEFORE, r"\1")),
    (rf"(?:{words.AFTER}) (.+)", (r"\1", _OPEN_AFTER)),
    (rf"(.+) (?:{words.BEFORE_AFTERWARDS})", (_OPEN_BEFORE, r"\1")),
    (rf"(.+) (?:{words.AFTER_AFTERWARDS})", (r"\1", _OPEN_AFTER)),
)


def _readings(text: str) -> Iterator[tuple[str, str | None]]:
    """Every split of the text into two ends, or the whole as one date."""
    yield text, None
    for pattern in words.CLOSED_RANGES:
        if match := re.fullmatch(words.fold(pattern), text):
            yield match[1], match[2]
    for pattern, (left, right) in _ONE_SIDED:
        if match := re.fullmatch(words.fold(pattern), text):
            yield match.expand(left), match.expand(right)
    for separator in (" - ", " / ", "-", "/"):
        for match in re.finditer(re.escape(separator), text):
            yield text[: match.start()], text[match.end() :]


def _join(left: str, right: str | None) -> PartialDate | None:
    if right is None:
        whole = _read_end(left)
        return None if whole is None else read_edtf(whole.edtf())
    if left in {"..", _OPEN_BEFORE}:
        return _open_start(right, strict=left == _OPEN_BEFORE)
    if right in {"..", _OPEN_AFTER}:
        return _open_end(left, strict=right == _OPEN_AFTER)
    start, end = _read_end(left), _read_end(right)
    if start is None or end is None:
        return None
    return read_edtf(f"{start.completed_from(end).edtf()}/{end.edtf()}")


def _open_start(text: str, *, strict: bool) -> PartialDate | None:
    end = _read_end(text)
    if end is None:
        return None
    stated = read_edtf(end.edtf())
    if not strict or end.mark or stated is None or stated.earliest is None:
        return read_edtf(f"../{end.edtf()}")
    if stated.earliest == date.min:
        raise PartialDateError("year")
    return read_edtf(f"../{add_days(stated.earliest, -1).isoformat()}")


def _open_end(text: str, *, strict: bool) -> PartialDate | None:
    start = _read_end(text)
    if start is None:
        return None
    stated = read_edtf(start.edtf())
    if not strict or start.mark or stated is None or stated.latest is None:
        return read_edtf(f"{start.edtf()}/..")
    if stated.latest == date.max:
        raise PartialDateError("year")
    return read_edtf(f"{add_days(stated.latest, 1).isoformat()}/..")


@dataclass(frozen=True, slots=True)
class _End:
    """What was written of one date: `year` as EDTF ("2018", "193X"), `month` 1-12 or a season."""

    year: str = ""
    month: int | None = None
    day: int | None = None
    number: int | None = None  # a bare "3", as in "3-5 May 2018"
    mark: str = ""

    def edtf(self) -> str:
        if not self.year:
            raise PartialDateError("no_year")
        parts = [self.year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts) + self.mark

    def completed_from(self, later: "_End") -> "_End":
        """The year, and for a bare number the month, of the later end of the same period."""
        if self.year:
            return self
        whole = replace(self, year=later.year)
        if self.number is None:
            return whole
        if later.day is None:
            return replace(whole, month=_month(self.number))
        return replace(whole, month=later.month, day=self.number)


_QUALIFIERS = (
    (rf"(?:{words.UNCERTAIN}),? (.+)", "?"),
    (rf"(?:{words.APPROXIMATE}) ?(.+)", "~"),
    (r"(.+?) ?\(?\?\)?", "?"),
    (r"(.+?) ?~", "~"),
    (r"(.+?) ?%", "%"),
)
_MARKS = {"": "", "?": "?", "~": "~", "%": "%", "?~": "%", "~?": "%"}


def _read_end(text: str) -> _End | None:
    """One date with its qualifiers ("possibly around May 2018"), or `None`."""
    mark, rest = "", text.strip()
    for pattern, sign in _QUALIFIERS:
        match = re.fullmatch(words.fold(pattern), rest)
        if match:
            mark, rest = mark + sign, match[1]
    if mark not in _MARKS:
        return None
    whole = _read_plain(rest)
    return None if whole is None else replace(whole, mark=_MARKS[mark])


def _read_plain(text: str) -> _End | None:
    """A date without qualifiers, from its numbers and words."""
    canonical = re.fullmatch(r"(\d{4}|\d{3}x|\d\dxx)(?:-(\d\d)(?:-(\d\d))?)?", text)
    if canonical:
        year, month, day = canonical.groups()
        return _End(year.upper(), int(month) if month else None, int(day) if day else None)
    decade = re.fullmatch(r"(?:the )?(\d{3})0[-'’]?(?:s|ті|і|ві|ні|тих|их|х|е|х|ые|ых)(?: \w+\.?)?", text)
    if decade:
        return _End(f"{decade[1]}X")
    kept = _without_fillers(re.findall(r"\d+|[^\W\d_]+|\S", text))
    numbers = [token for token in kept if token.isdigit()]
    names = [token for token in kept if token.isalpha()]
    signs = {token for token in kept if not token.isalnum()}
    if names:
        return _named(names, numbers) if signs <= set(".,-/'’") else None
    core = re.fullmatch(r"(\d+)(?:([./-])(\d+))?(?:\2(\d+))?\.?", " ".join(kept).replace(" ", ""))
    if core and (len(signs) == 1 or len(numbers) == 1):
        return _numeric(numbers)
    spaced = [len(number) for number in numbers]
    return _numeric(numbers) if not signs and spaced in ([2, 2, 4], [1, 2, 4]) else None


def _without_fillers(tokens: list[str]) -> list[str]:
    """The tokens without words such as "year" and the full stop of their abbreviations ("2018 р.")."""
    previous = ["", *tokens]
    return [
        sign
        for before, sign in zip(previous, tokens, strict=False)
        if sign not in words.FILLERS and not (sign == "." and before in words.FILLERS)
    ]


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise PartialDateError("no_such_month")
    return number


# Which number is which, by how many digits each has: "dmy" for "21.05.2018".
_ORDERS = {
    (4,): "y", (2,): "n", (2, 4): "my", (2, 2, 4): "dmy", (4, 2): "ym", (4, 2, 2): "ymd", (2, 2): "dm",
}  # fmt: skip


def _numeric(numbers: list[str]) -> _End | None:
    """Day first, or year first; a year has four digits."""
    lengths = tuple(max(len(number), 2) for number in numbers)
    if lengths == (2, 2, 2):
        raise PartialDateError("no_year")
    order = _ORDERS.get(lengths)
    if order is None:
        return None
    given = dict(zip(order, numbers, strict=True))
    month, day, number = (int(given[part]) if part in given else None for part in "mdn")
    return _End(given.get("y", ""), None if month is None else _month(month), day, number)


def _named(names: list[str], numbers: list[str]) -> _End | None:
    """One month or season in words, with at most one year and one day in any order."""
    if len(names) != 1:
        return None
    name = words.skeleton(names[0])
    years = [number for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return None
    year, day = years[0] if years else "", days[0] if days else None
    if name in words.MONTHS:
        return _End(year, words.MONTHS[name], day)
    if name in words.SEASONS and day is None:
        return _End(year, words.SEASONS[name])
    return None
