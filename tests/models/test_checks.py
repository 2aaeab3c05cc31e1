"""The checks of a record are asked at once, and say what they said one by one."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from tests import factories

pytestmark = pytest.mark.django_db


def said_by(validate: Any) -> dict[str, list[str]]:
    try:
        validate()
    except ValidationError as problem:
        return problem.message_dict
    return {}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"life": True},
        {"fine_amount": 5},
        {"life": True, "fine_amount": 5, "days": 4000},
        {"years": None, "days": None},
    ],
)
@pytest.mark.parametrize("excluded", [set(), {"life"}, {"fine_currency", "days"}])
def test_each_check_that_fails_says_what_django_says(wrong: dict[str, Any], excluded: set[str]) -> None:
    sentence = factories.SentenceFactory()
    for name, value in wrong.items():
        setattr(sentence, name, value)
    alone = said_by(lambda: models.Model.validate_constraints(sentence, excluded))
    assert said_by(lambda: sentence.validate_constraints(excluded)) == alone


def test_all_checks_that_hold_cost_one_query(django_assert_num_queries: Any) -> None:
    prisoner = factories.case()
    others = [one for one in prisoner._meta.constraints if not isinstance(one, models.CheckConstraint)]
    with django_assert_num_queries(3 + len(others)):  # a savepoint and its release around the one query
        prisoner.validate_constraints({"code"})
