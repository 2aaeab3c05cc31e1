"""What the desk withdrew or erased is withdrawn again where the public copy shows it all the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from cases.actions.review import approve, submit
from cases.actions.withdrawals import withdraw_again
from cases.enums import AuditAction, PublicationState
from cases.models import AuditEntry, Prisoner, Publication
from cases.published.models import PublishedCase
from tests import factories

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def public(alice: User, bob: User) -> list[Prisoner]:
    """Three cases that the desk published and the public copy shows."""
    people = [factories.case(name) for name in ("Vyhadan Nikhto", "Taras Vydumanyi", "Anna Vyhadana")]
    for person in people:
        approve(bob, submit(alice, person, at=NOW), at=NOW)
    return people


def shown() -> set[str]:
    return set(PublishedCase.objects.visible(NOW.date()).values_list("code", flat=True))


def test_who_was_withdrawn_or_erased_at_the_desk_is_so_again_and_nobody_else(public: list[Prisoner]) -> None:
    withdrawn, erased, kept = public
    Publication.objects.filter(prisoner=withdrawn).update(state=PublicationState.WITHDRAWN.value, withdrawn_at=NOW)
    AuditEntry.objects.append(AuditAction.ERASED, actor=None, case=erased.code, payload={}, at=NOW)
    AuditEntry.objects.append(AuditAction.ERASED, actor=None, case=kept.code, payload={}, at=NOW)  # of a relative
    Prisoner.objects.filter(pk=erased.pk).update(code="222222")
    assert shown() == {person.code for person in public}

    assert withdraw_again(at=LATER) == 2

    assert shown() == {kept.code}
    entry = AuditEntry.objects.filter(action=AuditAction.WITHDRAWN.value).get()
    assert (entry.case, entry.actor_id) == (withdrawn.code, None)
    assert withdraw_again(at=LATER) == 0


def test_an_end_of_consent_that_the_public_copy_does_not_know_is_brought_along(public: list[Prisoner]) -> None:
    Prisoner.objects.filter(pk=public[0].pk).update(consent_expires=date(2026, 12, 1))

    assert withdraw_again(at=LATER) == 0

    ends = dict(PublishedCase.objects.values_list("code", "show_until"))
    assert ends == {public[0].code: date(2026, 12, 1), public[1].code: None, public[2].code: None}


@pytest.mark.parametrize("command", ["refresh_published", "rebuild_published"])
def test_the_daily_commands_do_it(public: list[Prisoner], capsys: pytest.CaptureFixture[str], command: str) -> None:
    Publication.objects.filter(prisoner=public[0]).update(state=PublicationState.WITHDRAWN.value, withdrawn_at=NOW)

    call_command(command)

    assert public[0].code not in shown()
    assert "1 withdrawn again" in capsys.readouterr().out
