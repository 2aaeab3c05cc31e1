"""What an entry of the audit says beside the fields is told in words."""

import pytest
from django.utils import translation

from cases.queries.audit_facts import facts_of, words_for


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"by": ["password", "totp"]}, [("How", "password, app")]),
        ({"why": "factor"}, [("Reason", "the account got its first second factor elsewhere")]),
        ({"why": "a reason of somebody's own"}, [("Reason", "a reason of somebody's own")]),
        ({"kind": "relative"}, [("Kind", "Relative")]),
        ({"kind": "no such table"}, [("Kind", "no such table")]),
        ({"counts": {"event": 2, "files": 1}}, [("What was removed", "Events: 2; Uploaded files: 1")]),
        ({"counts": 3}, [("What was removed", "3")]),
        ({"ground": "person_asks"}, [("Ground", "The person asks for it")]),
        ({"moment": "2026-01-15T12:00:00+00:00"}, [("Put back to", "15 January 2026, 14:00")]),
        ({"moment": "2026-01-15T12:00:00"}, [("Put back to", "2026-01-15T12:00:00")]),
        ({"restored_from": {"version": 3, "at": "yesterday"}}, [("Restored from the version of", "yesterday")]),
        ({"entries": 3122}, [("Entries of the audit", "3122")]),
        ({"entries": [4, 7]}, [("Entries that lost their details", "4, 7")]),
        ({"whole": True}, [("Whole", "yes")]),
        ({"fields": ["phone", "notes"]}, [("Fields", "phone, notes")]),
        ({"fields": {"phone": ["", "1"]}, "links": {}, "reason": ""}, []),
        ({"nested": {"b": 1, "a": [2]}}, [("Nested", '{"a":[2],"b":1}')]),
    ],
)
def test_each_fact_is_told_under_its_name(payload: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert list(facts_of(payload)) == expected


def test_facts_are_told_in_the_language_of_the_desk() -> None:
    with translation.override("uk"):
        assert dict(facts_of({"by": "recovery_codes"})) == {"Як": "код відновлення"}


def test_a_count_of_a_table_that_is_gone_keeps_its_name() -> None:
    assert (words_for("versions"), words_for("formertable")) == ("Published versions", "formertable")
