"""Alice researches, Bob and Carol review."""

import pytest
from django.contrib.auth.models import User

from cases.actions import accounts
from tests.factories import UserFactory


@pytest.fixture
def groups(db: None) -> None:
    accounts.ensure_groups()


@pytest.fixture
def alice(groups: None) -> User:
    return UserFactory(username="alice", group=accounts.RESEARCHER)


@pytest.fixture
def bob(groups: None) -> User:
    return UserFactory(username="bob", group=accounts.REVIEWER)


@pytest.fixture
def carol(groups: None) -> User:
    return UserFactory(username="carol", group=accounts.REVIEWER)


@pytest.fixture
def anna(groups: None) -> User:
    return UserFactory(username="anna", group=accounts.ANALYST)
