from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from cases.domain.alleged_acts import Answer, Why, before
from cases.domain.maximum import Above, Accusation, Punishment, above_maximum
from cases.domain.retroactivity import Applied, ChargeFacts, Clock, Dated, Told, retroactivity
from cases.domain.statutes import About
from cases.enums import OffenceForm
from cases.published.retroactivity_telling import told_retroactivity
from tests.domain.statute_rows import FORMS, PARTICIPATION, act, day, row, statute, version, years

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
CRIMEA = Applied(True, True, Dated(day("2014-03-18"), row("Crimea", about=About.APPLICATION)))


def charge(of, when, **facts) -> ChargeFacts:
    return ChargeFacts(Accusation(of, OffenceForm.COMPLETED, when), **facts)


def asked(of, when, **facts):
    return retroactivity(charge(of, when, **facts), FORMS)


def reason(found, clock: Clock):
    return next(((one.answer, one.why) for one in found.reasons if one.clock is clock), None)


# Where an act lies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "law", "expected"),
    [
        (act("2013-05-01", "2013-11-13"), "2013-11-14", (Answer.YES, Why.BEFORE)),
        (act("2013-11-14", "2013-11-14"), "2013-11-14", (Answer.NO, Why.AFTER)),
        (act("2013-05-01", "2014-05-01"), "2013-11-14", (Answer.POSSIBLY, Why.STRADDLES)),
        (act("2013", "2013"), "2013-11-14", (Answer.POSSIBLY, Why.DATES)),
        (act("2013-05-01"), "2013-11-14", (Answer.POSSIBLY, Why.END_MISSING)),
        (act("2013-05-01", by=date(2013, 10, 1)), "2013-11-14", (Answer.YES, Why.BEFORE)),
        (act("2014-05-01"), "2013-11-14", (Answer.NO, Why.AFTER)),
        (act(None, "2012"), "2013-11-14", (Answer.YES, Why.BEFORE)),
        (act(None, "2014"), "2013-11-14", (Answer.POSSIBLY, Why.DATES)),
        (act(None), "2013-11-14", (Answer.UNKNOWN, Why.ACT_MISSING)),
        (act(None, by=date(2013, 1, 1)), "2013-11-14", (Answer.YES, Why.BEFORE)),
        (act("2013", "2013"), None, (Answer.UNKNOWN, Why.DAY_MISSING)),
        (act("2023-04-01", "2023-04-27"), "2023-04-28/2023-05-16", (Answer.YES, Why.BEFORE)),
        (act("2023-05-01", "2023-05-02"), "2023-04-28/2023-05-16", (Answer.POSSIBLY, Why.DATES)),
        (act("2023-05-16", "2023-05-20"), "2023-04-28/2023-05-16", (Answer.NO, Why.AFTER)),
        (act("2012", "2012"), "2013-11-14/..", (Answer.YES, Why.BEFORE)),
        (act("2020", "2020"), "2013-11-14/..", (Answer.POSSIBLY, Why.DATES)),
        (act("2012", "2012"), "../2013-11-14", (Answer.POSSIBLY, Why.DATES)),
        (act("2013-11-14~", "2013-11-14~"), "2013-11-14", (Answer.POSSIBLY, Why.DATES)),
    ],
)
def test_an_act_is_before_a_day_only_where_every_day_that_it_may_be_is(when, law, expected) -> None:
    assert before(when, day(law)) == expected


@given(DAYS, st.integers(0, 1500), DAYS, st.integers(0, 400), st.integers(0, 400))
def test_wider_dates_never_make_an_answer_more_certain(first, length, law, more_before, more_after) -> None:
    last = first + timedelta(days=length)
    narrow, _why = before(act(first.isoformat(), last.isoformat()), day(law.isoformat()))
    wide_first = f"{(first - timedelta(days=more_before)).isoformat()}/{first.isoformat()}"
    wide_last = f"{last.isoformat()}/{(last + timedelta(days=more_after)).isoformat()}"
    wide, _why = before(act(wide_first, wide_last), day(law.isoformat()))
    assert wide in {narrow, Answer.POSSIBLY}


# The four days -----------------------------------------------------------------------------------------------------


def test_a_provision_of_later_is_retroactive_whatever_its_penalty() -> None:
    found = asked(PARTICIPATION, act("2013-01", "2013-06"))
    assert (found.answer, [one.clock for one in found.reasons]) == (Answer.YES, [Clock.PROVISION])
    assert found.rows == (row(about=About.PROVISION),)


def test_an_act_after_every_change_is_not_retroactive() -> None:
    found = asked(PARTICIPATION, act("2017-01-01", "2018-05-21"), is_of_occupier=True, applied=CRIMEA)
    assert found.answer is Answer.NO
    assert [one.clock for one in found.deciding] == [Clock.PROVISION, Clock.PENALTY, Clock.APPLICATION]


def test_a_harsher_penalty_of_later_is_possibly_the_one_applied() -> None:
    found = asked(PARTICIPATION, act("2015-01", "2016-06"))
    assert found.answer is Answer.POSSIBLY
    (one,) = found.deciding
    assert (one.why, one.day, one.was, one.became) == (
        Told.HARSHER_LATER,
        day("2016-07-20"),
        years(5, 10),
        years(10, 20),
    )


def test_a_sentence_above_what_the_penalty_of_then_allowed_shows_that_the_harsher_one_was_applied() -> None:
    accusation = Accusation(PARTICIPATION, OffenceForm.COMPLETED, act("2015-01", "2016-06"))
    until = date(2019, 1, 1)
    fourteen, nine = (
        above_maximum(Punishment(12 * one), [accusation], FORMS, until=until, has_others=False) for one in (14, 9)
    )
    sure = retroactivity(ChargeFacts(accusation, day("2019-01-01"), sentence=fourteen), FORMS)
    assert (sure.answer, reason(sure, Clock.PENALTY)) == (Answer.YES, (Answer.YES, Told.HARSHER_APPLIED))
    unsure = retroactivity(ChargeFacts(accusation, day("2019-01-01"), sentence=nine), FORMS)
    assert unsure.answer is Answer.POSSIBLY


def test_a_continuing_act_that_straddles_the_harsher_penalty_is_possibly_retroactive() -> None:
    found = asked(PARTICIPATION, act("2015-01", "2018-05-21"), decided=day("2020-09-16"))
    assert (found.answer, reason(found, Clock.PENALTY)) == (Answer.POSSIBLY, (Answer.POSSIBLY, Why.STRADDLES))


def test_a_case_decided_before_the_harsher_penalty_cannot_have_used_it() -> None:
    found = asked(PARTICIPATION, act("2014-05", "2015-06"), decided=day("2016-01-10"))
    assert (found.answer, reason(found, Clock.PENALTY)) == (Answer.NO, (Answer.NO, Told.NEVER_HARSHER))


def test_a_milder_penalty_of_later_is_no_reason() -> None:
    milder = statute(version("2013-11-14", "2016-07-19", years(10, 20)), version("2016-07-20", None, years(5, 10)))
    assert asked(milder, act("2015", "2015")).answer is Answer.NO


def test_a_penalty_of_then_that_is_not_recorded_leaves_the_answer_open() -> None:
    raised = statute(version(None, "2016-07-19", None), version("2016-07-20", None, years(8, 15)), first="1997")
    found = asked(raised, act("2015-01", "2015-02"))
    assert (found.answer, reason(found, Clock.PENALTY)) == (Answer.UNKNOWN, (Answer.UNKNOWN, Told.PENALTY_MISSING))
    assert asked(raised, act("2017-01", "2017-02")).answer is Answer.NO


def test_a_provision_without_a_day_was_in_force_where_a_penalty_of_then_is_recorded() -> None:
    undated = statute(version("2016-07-20", None, years(8, 15)), first=None)
    assert reason(asked(undated, act("2018", "2019")), Clock.PROVISION) == (Answer.NO, Told.IN_FORCE_THEN)
    assert reason(asked(undated, act("2012", "2013")), Clock.PROVISION) == (Answer.UNKNOWN, Why.DAY_MISSING)


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        (act("2021", "2021"), {}, (Answer.UNKNOWN, Told.ORGANISATION_MISSING)),
        (act("2021", "2021"), {"has_organisation": True}, (Answer.UNKNOWN, Why.DAY_MISSING)),
        (act("2021", "2021"), {"on": "2022-06-01"}, (Answer.YES, Why.BEFORE)),
        (act("2021", "2023"), {"on": "2022-06-01"}, (Answer.POSSIBLY, Why.STRADDLES)),
        (act("2023", "2023"), {"on": "2022-06-01"}, (Answer.NO, Why.AFTER)),
    ],
)
def test_a_charge_that_rests_on_a_designation_is_held_against_its_day(when, facts, expected) -> None:
    resting = statute(version("2013-11-14", None, years(10, 20)), rests_on="terrorist")
    known = dict(facts)
    on = known.pop("on", None)
    if on:
        known = {"has_organisation": True, "designated": Dated(day(on), row("battalion", about=About.DESIGNATION))}
    found = asked(resting, when, **known)
    assert (found.answer, reason(found, Clock.DESIGNATION)) == (expected[0], expected)


@pytest.mark.parametrize(
    ("when", "applied", "expected"),
    [
        (act("2014-02-26", "2014-02-26"), CRIMEA, (Answer.YES, Why.BEFORE)),
        (act("2014-02-26", "2014-04"), CRIMEA, (Answer.POSSIBLY, Why.STRADDLES)),
        (act("2014-03-18", "2014-03-18"), CRIMEA, (Answer.NO, Why.AFTER)),
        (act("2014-02-26", "2014-02-26"), Applied(True, False, CRIMEA.since), (Answer.POSSIBLY, Told.PLACE_OF_ARREST)),
        (act("2014-02-26", "2014-02-26"), None, (Answer.UNKNOWN, Told.PLACE_MISSING)),
        (act("2022-05-01", "2022-05-01"), Applied(True, True, None), (Answer.UNKNOWN, Why.DAY_MISSING)),
        (act("2014-02-26", "2014-02-26"), Applied(False, True, None, False), None),
        (act("2016-02-26", "2016-02-26"), Applied(True, True, None, False), (Answer.UNKNOWN, Told.NOT_OCCUPIED)),
        (act("2016-02-26", "2016-02-26"), Applied(True, False, None, False), (Answer.UNKNOWN, Told.ARRESTED_ELSEWHERE)),
        (
            act("2014-02-26", "2014-02-26"),
            Applied(False, False, None, False),
            (Answer.UNKNOWN, Told.ARRESTED_ELSEWHERE),
        ),
    ],
)
def test_an_act_before_the_occupying_power_applied_its_law_is_retroactive(when, applied, expected) -> None:
    old = statute(version("1997-01-01", None, years(None, 5)), first="1997-01-01")
    found = asked(old, when, is_of_occupier=True, applied=applied)
    assert reason(found, Clock.APPLICATION) == expected
    assert found.answer is (expected[0] if expected else Answer.NO)


def test_a_reason_says_where_it_stands_on_the_place_of_the_arrest_alone() -> None:
    old = statute(version("1997-01-01", None, years(None, 5)), first="1997-01-01")
    at_arrest = Applied(True, False, CRIMEA.since)
    found = asked(old, act("2016-01-01", "2016-01-02"), is_of_occupier=True, applied=at_arrest)
    assert [one.is_of_act for one in found.reasons] == [True, True, False]
    assert told_retroactivity(found, act("2016-01-01", "2016-01-02"), "205.5(2)").endswith(
        "the occupying power began to apply its law there (18 March 2014). “There” is the place of the arrest: that of the "
        "alleged act is not recorded."
    )


def test_law_that_no_occupier_brought_is_not_held_against_a_place() -> None:
    old = statute(version("1926", None, years(None, 10)), first="1926")
    assert asked(old, act("1936", "1937")).answer is Answer.NO


def test_a_charge_without_a_date_cannot_be_told_and_says_why() -> None:
    found = asked(PARTICIPATION, act(None))
    assert found.answer is Answer.UNKNOWN
    assert {one.why for one in found.missing} == {Why.ACT_MISSING}


# The sentence ------------------------------------------------------------------------------------------------------


def compared(sentence, *acts, of=PARTICIPATION, has_others=False, form=OffenceForm.COMPLETED):
    accusations = [Accusation(of, form, one) for one in acts]
    found = above_maximum(sentence, accusations, FORMS, until=date(2020, 1, 1), has_others=has_others)
    return found.answer, found.why


FIFTEEN_OR_LIFE = statute(
    version("2013-11-14", "2014-05-04", years(15, 20)), version("2014-05-05", None, years(15, 20, life=True))
)


@pytest.mark.parametrize(
    ("sentence", "acts", "expected"),
    [
        (Punishment(120), [act("2015", "2015")], (Answer.NO, Above.NONE)),
        (Punishment(120, 1), [act("2015", "2015")], (Answer.YES, Above.ALL)),
        (Punishment(168), [act("2015", "2018")], (Answer.POSSIBLY, Above.SOME)),
        (Punishment(168), [act("2017", "2018")], (Answer.NO, Above.NONE)),
        (Punishment(300), [act("2015", "2018")], (Answer.YES, Above.ALL)),
        (Punishment(168), [act(None)], (Answer.UNKNOWN, Above.ACT_MISSING)),
        (Punishment(168), [act("2012", "2012")], (Answer.UNKNOWN, Above.NOT_IN_FORCE)),
        (Punishment(168), [act("2015", "2015"), act("2015", "2015")], (Answer.UNKNOWN, Above.SEVERAL)),
        (Punishment(108), [act("2015", "2015"), act("2015", "2015")], (Answer.NO, Above.NONE)),
        (Punishment(241), [act("2015", "2015"), act("2015", "2015")], (Answer.YES, Above.SUM)),
        (Punishment(life=True), [act("2017", "2018")], (Answer.YES, Above.ALL)),
    ],
)
def test_a_sentence_is_above_the_maximum_only_where_no_reading_allows_it(sentence, acts, expected) -> None:
    assert compared(sentence, *acts) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (act("2014-01", "2014-04"), (Answer.YES, Above.ALL)),
        (act("2014-01", "2015"), (Answer.POSSIBLY, Above.SOME)),
        (act("2015", "2015"), (Answer.NO, Above.NONE)),
    ],
)
def test_life_needs_a_wording_that_allowed_it_at_the_act(when, expected) -> None:
    assert compared(Punishment(life=True), when, of=FIFTEEN_OR_LIFE) == expected


def test_preparation_is_compared_with_half_of_the_maximum() -> None:
    seizure = statute(version("1997-01-01", None, years(12, 20)), first="1997-01-01")
    form = OffenceForm.PREPARATION
    assert compared(Punishment(120), act("2018", "2018"), of=seizure, form=form) == (Answer.NO, Above.NONE)
    assert compared(Punishment(121), act("2018", "2018"), of=seizure, form=form) == (Answer.YES, Above.ALL)


def test_another_sentence_of_the_person_may_have_been_added() -> None:
    assert compared(Punishment(168), act("2015", "2015"), has_others=True) == (Answer.POSSIBLY, Above.ADDED)


def test_an_unknown_earlier_penalty_leaves_the_comparison_open() -> None:
    raised = statute(version(None, "2016-07-19", None), version("2016-07-20", None, years(8, 15)), first="1997")
    assert compared(Punishment(60), act("2015", "2015"), of=raised) == (Answer.UNKNOWN, Above.PENALTY_MISSING)
    assert compared(Punishment(240), act("2015", "2018"), of=raised) == (Answer.POSSIBLY, Above.SOME)
