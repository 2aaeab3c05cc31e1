"""Erasing a person: nothing of theirs is left in any column, file or payload, and nothing of anybody else is harmed."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User

from cases.actions.accounts import ADMINISTRATOR
from cases.actions.erasure import ask, confirm
from cases.domain.audit_chain import faults
from cases.models import AuditEntry, ErasureRequest, Prisoner
from tests.canary.erased import GOES, STAYS, Before, build_before
from tests.canary.marks import Mark
from tests.canary.world import AT
from tests.dumps import files, raw_rows, raw_text
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = AT + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURES_FILE = tmp_path / "erasures"


@pytest.fixture
def before(db: None) -> Before:
    return build_before()


@pytest.fixture
def admin(before: Before) -> User:
    return UserFactory(username="olha", group=ADMINISTRATOR)


@pytest.fixture
def erase(before: Before, admin: User, django_capture_on_commit_callbacks: Any) -> Any:
    def erased(prisoner: Prisoner) -> ErasureRequest:
        asked = ask(before.builder.reviewer, prisoner, ground="person_asks", note="zqxvasked", at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            confirm(admin, asked, typed=prisoner.code, at=NOW)
        asked.refresh_from_db()
        return asked

    return erased


def own_marks(before: Before) -> list[Mark]:
    """The marks of the one who goes; places and officials are nobody's own."""
    return [mark for mark in before.marks(GOES) if mark.model not in ("place", "official")]


def said_erased() -> frozenset[int]:
    told = AuditEntry.objects.filter(action__in=("erased", "retention")).values_list("payload", flat=True)
    return frozenset(number for payload in told for number in payload["entries"])


def test_no_mark_of_the_person_is_left_in_any_column_or_file(before: Before, erase: Any) -> None:
    marks = own_marks(before)
    text = raw_text(raw_rows())
    forms = [form for mark in marks for form in mark.forms]
    planted = [str(mark) for mark in marks if any(form in text for form in mark.forms)]
    assert len(planted) > 200
    tokens, others = before.tokens(GOES), before.tokens(*STAYS)
    assert (len(tokens) > 20, len(others) > 20) == (True, True)
    own_files = {name for name, content in files().items() if any(f.encode() in content.lower() for f in forms)}
    assert len(own_files) > 3
    erase(before.prisoner)
    text = raw_text(raw_rows())
    assert [str(mark) for mark in marks if any(form in text for form in mark.forms)] == []
    assert "zqxvasked" not in text
    assert ([one for one in tokens if one.lower() in text], [one for one in others if one.lower() not in text]) == ([], [])
    kept = b"".join(files().values()).lower()
    assert [str(mark) for mark in marks if any(form.encode() in kept for form in mark.forms)] == []
    assert own_files.isdisjoint(files())
    assert [str(mark) for mark in marks if any(form in name.lower() for form in mark.forms for name in files())] == []


def test_the_chain_of_the_audit_holds_and_says_what_went(before: Before, erase: Any) -> None:
    done = erase(before.prisoner)
    key = django_settings.AUDIT_KEY
    assert list(faults(AuditEntry.objects.links(), key, erased=said_erased())) == []
    entry = AuditEntry.objects.get(action="erased")
    assert set(entry.payload) == {"erasure", "kind", "entries", "counts", "ground"}
    assert entry.payload["erasure"] == done.reference
    assert not AuditEntry.objects.filter(case=before.prisoner.code, payload__isnull=False).exclude(action="erased").exists()
    blank = AuditEntry.objects.filter(payload__isnull=True)
    assert set(blank.values_list("number", flat=True)) == said_erased()
    assert set(blank.values_list("salt", flat=True)) == {""}


def test_nothing_of_anybody_else_is_harmed(before: Before, erase: Any) -> None:
    others = [form for mark in before.marks(*STAYS, "joint", "reference", "desk") for form in mark.forms]
    was = raw_rows()
    own = [before.prisoner.code.lower(), *(form for mark in own_marks(before) for form in mark.forms)]
    told = {key: str(row).lower() for key, row in was.items()}
    holds = {
        key: was[key]
        for key, text in told.items()
        if any(form in text for form in others) and not any(form in text for form in own)
    }
    assert len(holds) > 200
    erase(before.prisoner)
    now = raw_rows()
    changed = sorted(key[0] for key, row in holds.items() if now.get(key) != row)
    expected = {"default.cases_citation", "default.cases_historicalcitation", "default.cases_auditentry"}
    expected |= {f"{alias}.cases_publishedtotal" for alias in ("default", "public")}  # they count one person less
    assert set(changed) <= expected, changed
    assert len([name for name in changed if name == "default.cases_citation"]) == 1
