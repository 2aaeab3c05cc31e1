"""Accounts of the desk by role, signed in with a second factor and just confirmed (see `tests/sign_in.py` for less)."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.actions import accounts
from tests.factories import UserFactory
from tests.sign_in import signed_in as signed_in_as

SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Return what signs in a new member of a group."""
    accounts.ensure_groups()

    def signed_in(group: str) -> Client:
        return signed_in_as(UserFactory(group=group))

    return signed_in


@pytest.fixture
def researcher(sign_in: SignIn) -> Client:
    return sign_in(accounts.RESEARCHER)


@pytest.fixture
def reviewer(sign_in: SignIn) -> Client:
    return sign_in(accounts.REVIEWER)
