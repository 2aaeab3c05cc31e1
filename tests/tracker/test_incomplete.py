"""A mail server alone lets nobody follow a list; the check of the system says what is missing."""

import pytest

from tracker.incomplete import check_incomplete_settings

WHOLE = {"SERVES_DESK": True, "EMAIL": {"EMAIL_HOST": "mail.example"}, "DEFAULT_FROM_EMAIL": "a@example.org"}
WHOLE["SITE_URL"] = "https://example.org"


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, ""),
        ({"EMAIL": {}, "SITE_URL": ""}, ""),
        ({"SERVES_DESK": False, "SITE_URL": ""}, ""),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL"),
        ({"DEFAULT_FROM_EMAIL": "", "SITE_URL": ""}, "DEFAULT_FROM_EMAIL and SITE_URL"),
    ],
)
def test_what_following_by_e_mail_still_needs_is_named(settings, changed, missing):
    for name, value in {**WHOLE, **changed}.items():
        setattr(settings, name, value)
    told = [(one.id, one.msg, one.hint) for one in check_incomplete_settings()]
    assert told == [
        (
            "tracker.W001",
            f"EMAIL_URL is set and {names} not: nobody can follow a list by e-mail.",
            f"Set {names}, or take EMAIL_URL out.",
        )
        for names in [missing]
        if names
    ]
