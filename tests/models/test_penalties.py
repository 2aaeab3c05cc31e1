"""What the database says of penalties and designations."""

import pytest
from django.core.exceptions import ValidationError

from cases.models import Designation, Penalty
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"in_force_from": "2016", "in_force_to": "2015"}, "The penalty ends before it begins."),
        ({"least_months": 240}, "The minimum is above the maximum."),
        ({"is_unknown": True}, "A penalty that is not known has no minimum, maximum, life or fine."),
        ({"least_months": 60, "most_months": None}, "Give the maximum, life or the fine, or say that the penalty"),
        ({"fine_most": 1000}, "Give the currency of the fine, for example RUB."),
    ],
)
def test_a_penalty_that_contradicts_itself_is_refused_in_words(changes: dict[str, object], message: str) -> None:
    made = factories.PenaltyFactory.build(provision=factories.ProvisionFactory(), **changes)
    with pytest.raises(ValidationError, match=message):
        made.full_clean()


@pytest.mark.parametrize(
    "changes",
    [
        {"is_unknown": True, "least_months": None, "most_months": None, "life": None},
        {"least_months": None, "most_months": None, "life": True},
        {"in_force_from": None, "in_force_to": None},
        {"least_months": None, "most_months": None, "fine_most": 1000, "fine_currency": "RUB"},
    ],
)
def test_a_penalty_may_be_known_in_part(changes: dict[str, object]) -> None:
    made = factories.PenaltyFactory.build(provision=factories.ProvisionFactory(), **changes)
    made.full_clean()
    made.save()
    assert Penalty.objects.get() == made


def test_a_penalty_is_told_in_months() -> None:
    told = [
        factories.PenaltyFactory.build(**changes)
        for changes in ({}, {"life": True}, {"least_months": None}, {"is_unknown": True})
    ]
    assert [str(one) for one in told] == ["60–120 months", "60–120 months, life", "120 months", "not known"]


def test_a_designation_is_there_once_a_state_and_kind() -> None:
    first = factories.DesignationFactory()
    again = Designation(organisation=first.organisation, kind=first.kind, state="RU")
    with pytest.raises(ValidationError, match="This designation is already there"):
        again.full_clean()
    with pytest.raises(ValidationError, match="two capital letters"):
        Designation(organisation=first.organisation, kind="extremist", state="ru").full_clean()
