"""What stands after a sequence of decisions on rehabilitation, and whether the dates leave another answer open."""

import pytest

from cases.domain.partial_dates import parse
from cases.domain.rehabilitation import Decided, Present, present
from cases.enums import RehabilitationOutcome

GRANTED, REFUSED, RESCINDED = RehabilitationOutcome


def sequence(*told: tuple[RehabilitationOutcome, str]) -> list[Decided]:
    return [Decided(outcome, parse(on) if on else None) for outcome, on in told]


CASES = {
    "one grant": ([(GRANTED, "1992")], Present(GRANTED, 0, certain=True)),
    "one refusal without a date": ([(REFUSED, "")], Present(REFUSED, 0, certain=True)),
    "a grant after a refusal": ([(REFUSED, "1990"), (GRANTED, "1992")], Present(GRANTED, 1, certain=True)),
    "a rescission is the last": ([(GRANTED, "1992"), (RESCINDED, "2024/2025")], Present(RESCINDED, 1, certain=True)),
    "a second grant": (
        [(GRANTED, "1992"), (RESCINDED, "2024"), (GRANTED, "2026")],
        Present(GRANTED, 2, certain=True),
    ),
    "a rescission takes back the only grant, whatever the dates leave open": (
        [(RESCINDED, "1990/2024"), (GRANTED, "1992")],
        Present(RESCINDED, 0, certain=True),
    ),
    "a rescission without a date follows its grant": (
        [(GRANTED, "1992"), (RESCINDED, "")],
        Present(RESCINDED, 1, certain=True),
    ),
    "a refusal and a grant in the same year": (
        [(REFUSED, "1992"), (GRANTED, "1992")],
        Present(GRANTED, 1, certain=False),
    ),
    "a refusal without a date may be the last": (
        [(REFUSED, ""), (GRANTED, "1992")],
        Present(GRANTED, 1, certain=False),
    ),
    "two grants and a rescission between them by dates that overlap": (
        [(GRANTED, "1992"), (GRANTED, "2024"), (RESCINDED, "2024")],
        Present(RESCINDED, 2, certain=False),
    ),
    "a rescission of nothing recorded": ([(RESCINDED, "2024")], Present(RESCINDED, 0, certain=True)),
}


@pytest.mark.parametrize("name", CASES)
def test_present_status_is_that_of_the_last_decision(name: str) -> None:
    told, expected = CASES[name]
    assert present(sequence(*told)) == expected


def test_nothing_decided_is_no_status() -> None:
    assert present([]) is None
