"""Until when a term lasts: the worked examples of the field notes, hand-computed cases, and laws of any count."""

import json
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from cases.domain.partial_dates import add_days, add_months
from cases.domain.term_case import TermInputError, read_case
from cases.domain.term_counting import Counted, count
from cases.domain.term_law import REGIMES, TermLaw
from cases.domain.term_working import Days, StepKind

LAW = TermLaw(json.loads((Path(__file__).parents[2] / "fixtures" / "law" / "terms.json").read_text()))


def counted(
    *custody: tuple[str, str, str | None],
    in_force: str,
    offences: tuple[str, ...] = ("223.1",),
    segments: tuple[dict[str, Any], ...] = ({"regime": "strict"},),
    **term: Any,
) -> Counted:
    data = {
        "custody": [{"kind": kind, "from": start, "to": end} for kind, start, end in custody],
        "offences": list(offences),
        "sentence": {**term, "segments": list(segments)},
        "in_force": in_force,
    }
    return count(read_case(data), LAW)


def days(first: str, last: str | None = None) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


def last_day(*custody: tuple[str, str, str | None], **said: Any) -> Days:
    found = counted(*custody, **said).last_day
    assert found is not None
    return found


# Worked and hand-computed cases ------------------------------------------------------------------------------------


def test_fourteen_years_of_strict_regime_for_205_5_from_the_day_of_detention() -> None:
    found = counted(("sizo", "2018-05-21", None), in_force="2022-03-14", offences=("205.5(2)",), years=14)
    assert found.last_day == days("2032-05-20")
    assert [(one.parole.fraction, one.days) for one in found.thresholds] == [
        (LAW.parole(["205.5"])[0].fraction, days("2028-11-20"))
    ]
    assert [step.kind for step in found.steps] == [
        StepKind.IN_FORCE, StepKind.TERM, StepKind.EXCLUDED, StepKind.CREDIT, StepKind.CREDIT, StepKind.UNBROKEN,
        StepKind.LAST_DAY,
    ]  # fmt: skip


def test_five_years_of_general_regime_end_within_three_days() -> None:
    general = ({"regime": "general"},)
    assert last_day(("sizo", "2021-03-10", None), in_force="2022-08-18", segments=general, years=5) == days(
        "2025-06-17", "2025-06-19"
    )
    assert last_day(("sizo", "2021-03-10", None), in_force="2022-08-18", years=5) == days("2026-03-09")


def test_the_first_four_years_in_prison_end_with_a_transfer_to_the_colony() -> None:
    parts = ({"regime": "prison", "years": 4}, {"regime": "strict"})
    found = counted(
        ("sizo", "2018-05-21", None), in_force="2022-03-14", offences=("205.5(2)",), segments=parts, years=14
    )
    assert [(one.before, one.after, one.days) for one in found.transfers] == [("prison", "strict", days("2022-05-21"))]


@pytest.mark.parametrize(
    ("custody", "regime", "expected"),
    [
        # 100 days of house arrest are 50 of detention.
        ([("house_arrest", "2021-01-01", "2021-04-10")], "strict", days("2024-06-11")),
        # 60 days, released for a year, then 31 days until the sentence: 91 days.
        (
            [("sizo", "2020-01-01", "2020-02-29"), ("sizo", "2021-07-01", None)],
            "strict",
            days("2024-05-01", "2024-05-01"),
        ),
        # Before 14 July 2018 a day was a day whatever the regime: 13 days, then a gap.
        ([("sizo", "2018-07-01", "2018-07-13")], "settlement", days("2024-07-18", "2024-07-18")),
        ([("sizo", "2018-07-14", "2018-07-26")], "settlement", days("2024-07-05", "2024-07-05")),
        ([("strict_conditions", "2021-07-22", None)], "settlement", days("2024-07-21")),
        ([], "strict", days("2024-07-31")),
    ],
)
def test_cases_counted_by_hand(custody: list[tuple[str, str, str | None]], regime: str, expected: Days) -> None:
    found = last_day(*custody, in_force="2021-08-01", segments=({"regime": regime},), years=3)
    assert found == expected


def test_an_article_without_its_part_may_or_may_not_be_on_the_list() -> None:
    said: dict[str, Any] = {"in_force": "2022-08-18", "segments": ({"regime": "general"},), "years": 5}
    held = ("sizo", "2021-03-10", None)
    assert last_day(held, offences=("206(4)",), **said) == days("2026-03-09")
    assert last_day(held, offences=("206(1)",), **said) == days("2025-06-17", "2025-06-19")
    assert last_day(held, offences=("206",), **said) == days("2025-06-17", "2026-03-09")
    assert last_day(held, offences=("278",), **said) == days("2025-06-17", "2026-03-09")


def test_life_has_no_last_day_and_its_own_threshold() -> None:
    found = counted(("sizo", "2021-03-10", None), in_force="2022-08-18", offences=("205(3)",), life=True)
    assert (found.last_day, found.transfers) == (None, ())
    assert [(one.parole.years, one.days) for one in found.thresholds] == [(25, days("2046-03-09"))]


def test_an_unknown_regime_gives_the_interval_of_all() -> None:
    said: dict[str, Any] = {"in_force": "2022-08-18", "years": 5}
    unknown = last_day(("sizo", "2021-03-10", None), segments=(), **said)
    found = [last_day(("sizo", "2021-03-10", None), segments=({"regime": one},), **said) for one in REGIMES]
    assert unknown == Days(min(one.earliest for one in found), max(one.latest for one in found))


# Whatever the case -------------------------------------------------------------------------------------------------

IN_FORCE = st.dates(date(2016, 1, 1), date(2027, 12, 31))
TERMS = st.fixed_dictionaries({"years": st.integers(1, 20), "months": st.integers(0, 11), "days": st.integers(0, 40)})
KINDS = st.sampled_from(["sizo", "house_arrest", "strict_conditions"])
OFFENCES = st.sampled_from([("223.1",), ("205.5(2)",), ("278",), ("330(2)", "281"), ()])
REGIME = st.sampled_from(REGIMES)
Row = tuple[str, str, str | None]


@st.composite
def held(draw: st.DrawFn, before: date) -> Row:
    start = before - timedelta(days=draw(st.integers(1, 2500)))
    end = draw(st.none() | st.dates(start, before))
    return draw(KINDS), start.isoformat(), end and end.isoformat()


def span(row: Row, in_force: date) -> tuple[date, date]:
    _kind, start, end = row
    return date.fromisoformat(start), date.fromisoformat(end) if end else in_force - timedelta(days=1)


def test_unbroken_custody_ends_at_detention_plus_the_term_less_a_day_through_every_leap_year_case() -> None:
    edges = [
        date(year, month, 1) + timedelta(days=shift)
        for year in range(2019, 2025) for month in (1, 2, 3, 8, 12) for shift in (-2, -1, 0, 27, 28)
    ]  # fmt: skip
    terms = [
        {"months": 1},
        {"months": 6},
        {"years": 1},
        {"years": 2, "months": 11},
        {"years": 4},
        {"years": 5, "days": 1},
    ]
    found = {
        (start, before, str(term)): last_day(
            ("sizo", start.isoformat(), None), in_force=(start + timedelta(days=before)).isoformat(), **term
        )
        for start in edges for before in (1, 60, 366, 1461) for term in terms
    }  # fmt: skip
    wrong = {}
    for (start, before, said), days_found in found.items():
        term = next(one for one in terms if str(one) == said)
        months = 12 * term.get("years", 0) + term.get("months", 0)
        end = add_days(add_months(start, months), term.get("days", 0) - 1)
        if days_found != Days(end, end):
            wrong[start, before, said] = days_found
    assert wrong == {}


@given(IN_FORCE, TERMS, st.integers(0, 3000), st.lists(st.integers(1, 2999), max_size=3))
def test_unbroken_custody_day_for_day_ends_there_however_many_rows_it_is_written_in(
    in_force: date, term: dict[str, int], before: int, cuts: list[int]
) -> None:
    starts = sorted({before} | {cut for cut in cuts if cut < before}, reverse=True) if before else []
    custody: list[Row] = [
        ("sizo", (in_force - timedelta(days=ago)).isoformat(), (in_force - timedelta(days=after + 1)).isoformat())
        for ago, after in zip(starts, [*starts[1:], 0], strict=False)
    ]
    months = 12 * term["years"] + term["months"]
    end = add_days(add_months(in_force - timedelta(days=before), months), term["days"] - 1)
    assert last_day(*custody, in_force=in_force.isoformat(), **term) == Days(end, end)


@given(st.data(), IN_FORCE, TERMS, REGIME, OFFENCES)
def test_more_custody_of_any_kind_never_moves_the_end_later(
    data: st.DataObject, in_force: date, term: dict[str, int], regime: str, offences: tuple[str, ...]
) -> None:
    custody = data.draw(st.lists(held(in_force), max_size=3))
    more = data.draw(held(in_force))
    if more[0] == "strict_conditions":
        # In days of detention it is no more custody but another kind of it: those days then count one for one.
        first, last = span(more, in_force)
        spans = [span(row, in_force) for row in custody if row[0] == "sizo"]
        assume(not any(one <= last and first <= other for one, other in spans))
    said: dict[str, Any] = {
        "in_force": in_force.isoformat(), "segments": ({"regime": regime},), "offences": offences, **term,
    }  # fmt: skip
    fewer, found = last_day(*custody, **said), last_day(*custody, more, **said)
    assert (found.earliest <= fewer.earliest, found.latest <= fewer.latest) == (True, True)


@given(st.data(), IN_FORCE, TERMS, OFFENCES)
def test_a_harsher_regime_never_moves_the_end_earlier(
    data: st.DataObject, in_force: date, term: dict[str, int], offences: tuple[str, ...]
) -> None:
    custody = data.draw(st.lists(held(in_force), max_size=3))
    said: dict[str, Any] = {"in_force": in_force.isoformat(), "offences": offences, **term}
    found = [last_day(*custody, segments=({"regime": one},), **said) for one in reversed(REGIMES)]
    assert [one.earliest for one in found] == sorted(one.earliest for one in found)
    assert [one.latest for one in found] == sorted(one.latest for one in found)
    unknown = last_day(*custody, segments=(), **said)
    assert unknown == Days(min(one.earliest for one in found), max(one.latest for one in found))


@given(st.data(), IN_FORCE, TERMS, REGIME, OFFENCES)
def test_wider_dates_never_narrow_the_interval(
    data: st.DataObject, in_force: date, term: dict[str, int], regime: str, offences: tuple[str, ...]
) -> None:
    custody = data.draw(st.lists(held(in_force), min_size=1, max_size=3))
    said: dict[str, Any] = {"segments": ({"regime": regime},), "offences": offences, **term}
    width = st.integers(0, 40).map(lambda number: timedelta(days=number))

    def wider(day: str) -> str:
        exact = date.fromisoformat(day)
        return f"{exact - data.draw(width)}/{exact + data.draw(width)}"

    around = [(kind, wider(start), end and wider(end)) for kind, start, end in custody]
    exact = last_day(*custody, in_force=in_force.isoformat(), **said)
    wide = last_day(*around, in_force=wider(in_force.isoformat()), **said)
    assert (wide.earliest <= exact.earliest, wide.latest >= exact.latest) == (True, True)
    assert last_day(*custody, in_force=in_force.isoformat(), **{**said, "offences": ()}) == Days(
        *(
            pick(getattr(last_day(*custody, in_force=in_force.isoformat(), **{**said, "offences": one}), end)
                 for one in (("223.1",), ("205.5(2)",)))
            for pick, end in ((min, "earliest"), (max, "latest"))
        )
    )  # fmt: skip


RATIOS = {"general": Fraction(3, 2), "educational": Fraction(3, 2), "settlement": Fraction(2)}


@given(st.data(), IN_FORCE, TERMS, REGIME)
def test_the_formula_of_the_law_counted_day_by_day_is_inside_the_interval(
    data: st.DataObject, in_force: date, term: dict[str, int], regime: str
) -> None:
    custody = data.draw(st.lists(held(in_force), max_size=3))
    said = {"in_force": in_force.isoformat(), "segments": ({"regime": regime},), **term}
    credited = Fraction(0)
    spans = [(row[0], *span(row, in_force)) for row in custody]
    for number in range(1, 2501):
        day = in_force - timedelta(days=number)
        kinds = {kind for kind, first, last in spans if first <= day <= last}
        better = RATIOS.get(regime, Fraction(1)) if day >= date(2018, 7, 14) else Fraction(1)
        if "strict_conditions" in kinds:
            credited += 1
        elif "sizo" in kinds:
            credited += better
        elif kinds:
            credited += better / 2 if day >= date(2018, 7, 14) else 1
    start = add_days(add_months(in_force, 12 * term["years"] + term["months"]), term["days"])
    found = last_day(*custody, **said)
    # Custody that reaches the day of entry into force, or nearly, is counted from its own first day: from there the
    # months may be up to four days longer or shorter.
    is_near = any(last >= in_force - timedelta(days=5) for _kind, _first, last in spans)
    play = 4 if is_near else 0
    for rounded in (floor(credited), ceil(credited)):
        end = add_days(start, -rounded - 1)
        assert add_days(found.earliest, -play) <= end <= add_days(found.latest, play)
    assert (found.latest - found.earliest).days <= 7


@given(st.data(), IN_FORCE, TERMS, REGIME, OFFENCES)
def test_the_days_of_the_steps_add_up_to_the_last_day(
    data: st.DataObject, in_force: date, term: dict[str, int], regime: str, offences: tuple[str, ...]
) -> None:
    rows = data.draw(st.lists(held(in_force), max_size=3))
    custody = [(kind, f"{date.fromisoformat(start) - timedelta(days=9)}/{start}", end) for kind, start, end in rows]
    found = counted(*custody, in_force=in_force.isoformat(), segments=({"regime": regime},), offences=offences, **term)
    without = next(step.days for step in found.steps if step.kind is StepKind.TERM)
    assert without is not None
    assert found.last_day == Days(
        add_days(without.earliest, -sum(step.most for step in found.steps)),
        add_days(without.latest, -sum(step.least for step in found.steps)),
    )
    assert [step.kind for step in found.steps if not step.rows] == []


# What is refused ---------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "custody": [{"kind": "sizo", "from": "2018-05-21", "to": None}],
    "offences": ["205.5(2)"],
    "sentence": {"years": 14, "months": 0, "days": 0, "life": False, "segments": [{"regime": "strict", "years": 14}]},
    "in_force": "2022-03-14",
}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"custody": {}}, "custody"),
        ({"custody": [{"kind": "jail", "from": "2018", "to": None}]}, "custody.0.kind"),
        ({"custody": [{"kind": "sizo", "to": None}]}, "custody.0.from"),
        ({"custody": [{"kind": "sizo", "from": "soon"}]}, "custody.0.from"),
        ({"custody": [{"kind": "sizo", "from": "../2018"}]}, "custody.0.from"),
        ({"custody": [{"kind": "sizo", "from": "2018-05-21", "to": "2018-05-20"}]}, "custody.0.to"),
        ({"custody": [{"kind": "sizo", "from": "2018", "until": "2019"}]}, "custody.0.until"),
        ({"offences": ["terrorism"]}, "offences.0"),
        ({"offences": [205]}, "offences.0"),
        ({"sentence": {}}, "sentence"),
        ({"sentence": {"years": 14, "life": True}}, "sentence.life"),
        ({"sentence": {"years": 14, "life": "no"}}, "sentence.life"),
        ({"sentence": {"years": -1}}, "sentence.years"),
        ({"sentence": {"years": True}}, "sentence.years"),
        ({"sentence": {"years": 14.5}}, "sentence.years"),
        ({"sentence": {"years": 14, "segments": [{"regime": "camp"}]}}, "sentence.segments.0.regime"),
        ({"sentence": {"years": 14, "segments": [{"regime": "prison"}, {"regime": "strict"}]}}, "sentence.segments.0"),
        ({"sentence": {"years": 14, "segments": [{"regime": "prison", "years": 0}]}}, "sentence.segments.0"),
        ({"sentence": {"years": 14, "segments": [{"regime": "prison", "years": 15}]}}, "sentence.segments"),
        ({"in_force": None}, "in_force"),
        ({"in_force": "1990/2010"}, "in_force"),
        ({"in_force": "2022-13-14"}, "in_force"),
        ({"note": "x"}, "note"),
    ],
)
def test_a_mistake_is_told_with_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(TermInputError) as refused:
        read_case({**GOOD, **change})
    assert refused.value.field == field
    assert len(refused.value.message) > 10


@pytest.mark.parametrize("data", [None, [], "x", 1])
def test_what_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(TermInputError, match="Write an object"):
        read_case(data)
