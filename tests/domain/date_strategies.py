"""Hypothesis strategies for partial dates: every shape of EDTF that the house accepts."""

import calendar
from datetime import date, timedelta

from hypothesis import strategies as st

from cases.domain.partial_dates import PartialDate, PartialDateError, parse

YEARS = st.integers(1800, 2100)
MARKS = st.sampled_from(["", "", "~", "?", "%"])
DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31)).map(date.isoformat)
MONTHS = st.builds(lambda year, month: f"{year:04}-{month:02}", YEARS, st.integers(1, 12))
SEASONS = st.builds(lambda year, season: f"{year:04}-{season}", YEARS, st.integers(21, 24))
DECADES = st.integers(180, 209).map(lambda tens: f"{tens}X")
CENTURIES = st.integers(18, 20).map(lambda hundreds: f"{hundreds}XX")
PLAIN = st.one_of(DAYS, MONTHS, YEARS.map(str), SEASONS, DECADES, CENTURIES)
SINGLE = st.builds(lambda text, mark: text + mark, PLAIN, MARKS)


def _interval(left: str, right: str) -> str | None:
    for text in (f"{left}/{right}", f"{right}/{left}"):
        try:
            parse(text)
        except PartialDateError:
            continue
        return text
    return None


CLOSED = st.builds(_interval, SINGLE, SINGLE).filter(bool)
EDTF = st.one_of(SINGLE, CLOSED, SINGLE.map("../{}".format), SINGLE.map("{}/..".format))


def partial_dates() -> st.SearchStrategy[PartialDate]:
    return EDTF.map(parse)


def short_dates() -> st.SearchStrategy[PartialDate]:
    """Dates of at most a season, near one another, so that every pair of days can be tried."""
    near = st.dates(date(2017, 12, 1), date(2018, 4, 30)).map(date.isoformat)
    months = st.sampled_from(["2017-12", "2018-01", "2018-02", "2018-03", "2018-02~", "2018-21"])
    spans = st.builds(_interval, near, near).filter(bool)
    return st.one_of(near, months, spans, near.map("{}~".format)).map(parse)


def days_of(value: PartialDate) -> list[date]:
    assert value.earliest
    assert value.latest
    count = (value.latest - value.earliest).days
    return [value.earliest + timedelta(days=offset) for offset in range(count + 1)]


def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
