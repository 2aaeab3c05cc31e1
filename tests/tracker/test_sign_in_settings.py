"""What the settings say of the sign-in, as a process of its own reads them."""

from pathlib import Path

import pytest

from tests.settings import OURS
from tests.tracker.test_env import KEY, setting


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    return {
        "SECRET_KEY": KEY,
        "VAR_DIR": str(tmp_path),
        "SEALING_KEYS": OURS["SEALING_KEYS"],
        "AUDIT_KEY": OURS["AUDIT_KEY"],
    }


def test_addresses_that_a_header_tells_are_believed_of_our_own_proxies_alone(keys: dict[str, str]) -> None:
    assert setting("ALLAUTH_TRUSTED_PROXY_COUNT", **keys) == "0"
    assert setting("ALLAUTH_TRUSTED_PROXY_COUNT", **keys, BEHIND_PROXY="true") == "1"
    assert setting("ALLAUTH_TRUSTED_PROXY_COUNT", **keys, BEHIND_PROXY="true", PROXIES="2") == "2"


def test_passwords_are_kept_with_argon2(keys: dict[str, str]) -> None:
    assert setting("PASSWORD_HASHERS[0]", **keys) == "'django.contrib.auth.hashers.Argon2PasswordHasher'"


def test_the_public_site_has_nothing_of_the_sign_in(keys: dict[str, str]) -> None:
    public = {**keys, "TRACKER_SITE": "public"}
    parts = setting("INSTALLED_APPS + settings.MIDDLEWARE", **public)
    assert [word for word in ("allauth", "gate", "sessions") if word in parts] == []
    assert setting("__dict__.get('ACCOUNT_ADAPTER')", **public) == "None"


def test_sessions_end_by_themselves(keys: dict[str, str]) -> None:
    assert setting("SESSION_IDLE_MINUTES", **keys) == "30"
    assert setting("SESSION_COOKIE_AGE", **keys, SESSION_HOURS="8") == "28800"
    assert setting("CONFIRM_MINUTES", **keys) == "5"
