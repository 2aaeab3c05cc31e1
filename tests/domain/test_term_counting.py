"""Until when a term lasts: the worked examples of the field notes, hand-computed cases, and laws of any count."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from cases.domain.partial_dates import add_days, add_months
from cases.domain.term_case import TermInputError, read_case
from cases.domain.term_counting import Counted, Days, StepKind, count
from cases.domain.term_law import REGIMES, TermLaw

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
        StepKind.IN_FORCE, StepKind.EXCLUDED, StepKind.CREDIT, StepKind.CREDIT, StepKind.LAST_DAY,
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
    assert [(one.parole.years, one.days) for one in found.thresholds] == [(25, days("2046-03-10"))]


def test_an_unknown_regime_gives_the_interval_of_all() -> None:
    said: dict[str, Any] = {"in_force": "2022-08-18", "years": 5}
    unknown = last_day(("sizo", "2021-03-10", None), segments=(), **said)
    found = [last_day(("sizo", "2021-03-10", None), segments=({"regime": one},), **said) for one in REGIMES]
    assert unknown == Days(min(one.earliest for one in found), max(one.latest for one in found))


# Whatever the case -------------------------------------------------------------------------------------------------

IN_FORCE = st.dates(date(2016, 1, 1), date(2027, 12, 31))
TERMS = st.fixed_dictionaries({"years": st.integers(1, 20), "months": st.integers(0, 11)})
KINDS = st.sampled_from(["sizo", "house_arrest", "strict_conditions"])


@st.composite
def held(draw: st.DrawFn, before: date) -> tuple[str, str, str | None]:
    start = before - timedelta(days=draw(st.integers(1, 2500)))
    end = draw(st.none() | st.dates(start, before))
    return draw(KINDS), start.isoformat(), end and end.isoformat()


@given(IN_FORCE, TERMS, st.integers(0, 3000))
def test_unbroken_custody_day_for_day_ends_at_detention_plus_the_term_less_a_day(
    in_force: date, term: dict[str, int], before: int
) -> None:
    start = in_force - timedelta(days=before)
    custody = [("sizo", start.isoformat(), None)] if before else []
    end = add_days(add_months(start, 12 * term["years"] + term["months"]), -1)
    assert last_day(*custody, in_force=in_force.isoformat(), **term) == Days(end, end)


@given(st.data(), IN_FORCE, TERMS, st.sampled_from(REGIMES))
def test_more_custody_never_moves_the_end_later(
    data: st.DataObject, in_force: date, term: dict[str, int], regime: str
) -> None:
    custody = data.draw(st.lists(held(in_force), max_size=3))
    more = [*custody, data.draw(held(in_force).filter(lambda one: one[0] == "sizo"))]
    said: dict[str, Any] = {"in_force": in_force.isoformat(), "segments": ({"regime": regime},), **term}
    fewer, found = last_day(*custody, **said), last_day(*more, **said)
    assert (found.earliest <= fewer.earliest, found.latest <= fewer.latest) == (True, True)


@given(st.data(), IN_FORCE, TERMS)
def test_a_harsher_regime_never_moves_the_end_earlier(
    data: st.DataObject, in_force: date, term: dict[str, int]
) -> None:
    custody = data.draw(st.lists(held(in_force), max_size=3))
    found = [
        last_day(*custody, in_force=in_force.isoformat(), segments=({"regime": one},), **term)
        for one in reversed(REGIMES)
    ]
    assert [one.earliest for one in found] == sorted(one.earliest for one in found)
    assert [one.latest for one in found] == sorted(one.latest for one in found)


@given(st.data(), IN_FORCE, TERMS, st.sampled_from(REGIMES))
def test_wider_dates_never_narrow_the_interval(
    data: st.DataObject, in_force: date, term: dict[str, int], regime: str
) -> None:
    kind, start, end = data.draw(held(in_force))
    width = timedelta(days=data.draw(st.integers(0, 40)))
    first = date.fromisoformat(start)
    assume(end is None or date.fromisoformat(end) >= first + width)
    said: dict[str, Any] = {"segments": ({"regime": regime},), **term}
    exact = last_day((kind, start, end), in_force=in_force.isoformat(), **said)
    wider = last_day(
        (kind, f"{first - width}/{first + width}", end), in_force=f"{in_force - width}/{in_force + width}", **said
    )
    assert (wider.earliest <= exact.earliest, wider.latest >= exact.latest) == (True, True)


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
