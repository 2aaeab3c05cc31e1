"""What a published document says of custody and of the sentence."""

import datetime as dt

import pytest

from cases.domain.custody import days_held, standing
from cases.enums import Status
from cases.published.custody import case_facts, is_custodial, last_sentence
from tests.published.samples import TODAY, case, decision, event, full_case, proceeding, sentence, stay


def test_the_facts_of_a_document_give_its_status_and_days():
    facts = case_facts(full_case())

    now = standing(facts, TODAY)

    assert now.status is Status.SERVING
    assert str(now.since) == "2022-03-14"
    assert days_held(facts, TODAY).least == days_held(facts, TODAY).most == (TODAY - dt.date(2018, 5, 21)).days + 1


def test_facts_carry_the_paths_by_which_they_are_found_in_the_document():
    facts = case_facts(full_case())

    assert [stay.ref for stay in facts.stays] == ["stays/0", "stays/1"]
    assert [event.ref for event in facts.events] == ["events/0", "events/1"]
    assert [decision.ref for decision in facts.decisions] == ["proceedings/0/decisions/0", "proceedings/0/decisions/1"]


def test_dates_that_are_not_known_are_none():
    facts = case_facts(case(born="", stays=[stay("")], events=[event("arrest", "")]))

    assert facts.born is facts.died is facts.stays[0].started is facts.events[0].on is facts.whereabouts is None


def test_a_release_says_how():
    facts = case_facts(case(events=[event("arrest", "2018"), event("release", "2020", release_kind="pardon")]))

    assert standing(facts, TODAY).release == "pardon"


@pytest.mark.parametrize(
    ("given", "custodial"),
    [
        (sentence(years=14), True),
        (sentence(days=15), True),
        (sentence(life=True), True),
        (sentence(death=True), True),
        (sentence(years=3, suspended=True), False),
        (sentence(fine_amount="10000", fine_currency="RUB"), False),
    ],
)
def test_a_fine_or_a_suspended_sentence_deprives_of_no_liberty(given, custodial):
    assert is_custodial(given) is custodial


def test_the_term_ends_at_the_latest_a_term_after_the_day_it_came_into_force():
    first = decision("convicted", "2020-09-16", in_force_from="2022-03-14", sentence=sentence(years=14))
    facts = case_facts(case(proceedings=[proceeding(first)]))

    assert str(facts.decisions[0].term_ends) == "../2036-03-13"


def test_a_sentence_not_in_force_has_no_end():
    facts = case_facts(case(proceedings=[proceeding(decision("convicted", "2020-09-16", sentence=sentence(years=14)))]))

    assert facts.decisions[0].term_ends is None


def test_an_administrative_arrest_counts_from_the_decision():
    arrest = decision("administrative_arrest", "2017-02-21", sentence=sentence(days=11))
    facts = case_facts(case(proceedings=[proceeding(arrest, kind="administrative")]))

    assert str(facts.decisions[0].term_ends) == "../2017-03-03"


FIRST = decision("convicted", "2020-09-16", sentence=sentence(years=14))
APPEAL = {"instance": "appeal"}


@pytest.mark.parametrize(
    ("decisions", "years"),
    [
        ([], None),
        ([FIRST], 14),
        ([FIRST, decision("upheld", "2022-03-14", **APPEAL)], 14),
        ([FIRST, decision("upheld", "2022-03-14", **APPEAL, sentence=sentence(years=14))], 14),
        ([FIRST, decision("reduced", "2022-03-14", **APPEAL, sentence=sentence(years=13))], 13),
        ([FIRST, decision("increased", "2022-03-14", **APPEAL, sentence=sentence(years=19))], 19),
        ([FIRST, decision("reduced", "2022-03-14", **APPEAL)], None),
        ([FIRST, decision("quashed", "2022-03-14", **APPEAL)], None),
        ([FIRST, decision("sent_back", "2022-03-14", **APPEAL)], None),
        ([FIRST, decision("acquitted", "2022-03-14", **APPEAL)], None),
        (
            [
                FIRST,
                decision("sent_back", "2022-03-14", **APPEAL),
                decision("convicted", "2023", instance="retrial", sentence=sentence(years=17)),
            ],
            17,
        ),
        ([FIRST, decision("rehabilitated", "1991", instance="rehabilitation")], 14),
        ([FIRST, decision("remanded", "2021-01-01")], 14),
    ],
)
def test_the_sentence_as_it_stands_after_the_last_decision(decisions, years):
    last = last_sentence(case(proceedings=[proceeding(*decisions)]))

    assert (last["years"] if last else None) == years


def test_of_several_proceedings_the_one_decided_last_counts_and_an_administrative_one_only_if_alone():
    fifteen_days = proceeding(
        decision("administrative_arrest", "2024-02-21", sentence=sentence(days=15)), kind="administrative"
    )
    earlier = proceeding(decision("convicted", "2015", sentence=sentence(years=2)))

    assert last_sentence(case(proceedings=[proceeding(FIRST), earlier, fifteen_days]))["years"] == 14
    assert last_sentence(case(proceedings=[fifteen_days]))["days"] == 15
