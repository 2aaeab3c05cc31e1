"""Erasing at the desk: one asks, another confirms, everybody else is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import ADMINISTRATOR, ANALYST, GROUPS, RESEARCHER, REVIEWER, SUPPORT
from cases.actions.erasure import ask
from cases.enums import AuditAction
from cases.models import AuditEntry, ErasureRequest, Prisoner, Relative
from tests import factories
from tests.admin.conftest import SignIn
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

ASKS = {REVIEWER, SUPPORT, ADMINISTRATOR}
CONFIRMS = {REVIEWER, ADMINISTRATOR}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURES_FILE = tmp_path / "erasures"


def page(name: str, *args: Any) -> str:
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def asked(reviewer: Client) -> ErasureRequest:
    prisoner = factories.case("Vyhadan Nezabutnii")
    answer = reviewer.post(
        page("ask-erasure", "prisoner", prisoner.pk), {"ground": "person_asks", "note": "A letter of his sister."}
    )
    assert (answer.status_code, answer.url) == (302, page("erasures"))
    return ErasureRequest.objects.get()


def test_a_stranger_is_sent_to_sign_in(asked: ErasureRequest) -> None:
    pages = [page("erasures"), page("erasure", asked.pk), page("ask-erasure", "prisoner", asked.subject_id)]
    for address in pages:
        for answer in (Client().get(address), Client().post(address, {"decision": "confirm", "typed": asked.code})):
            assert (answer.status_code, answer.url.split("?")[0]) == (302, page("login"))
    assert Prisoner.objects.count() == 1


@pytest.mark.parametrize("group", GROUPS)
def test_each_role_reaches_what_its_permissions_say(sign_in: SignIn, asked: ErasureRequest, group: str) -> None:
    client = sign_in(group)
    expected = 200 if group in ASKS else 403
    pages = [page("erasures"), page("erasure", asked.pk), page("ask-erasure", "prisoner", asked.subject_id)]
    assert {client.get(address).status_code for address in pages} == {expected}
    link = page("ask-erasure", "prisoner", asked.subject_id)
    case = client.get(reverse("admin:cases_prisoner_change", args=[asked.subject_id])).content.decode()
    assert (link in case) == (group in ASKS)
    text = client.get(page("erasure", asked.pk), {"search": "1"}).content.decode()
    assert ("Erase for good" in text, "A letter of his sister" in text) == ((group in CONFIRMS,) * 2)
    answer = client.post(page("erasure", asked.pk), {"decision": "confirm", "typed": asked.code})
    assert (answer.status_code == 403) == (group not in CONFIRMS)
    assert Prisoner.objects.exists() == (group not in CONFIRMS)


@pytest.mark.parametrize("group", GROUPS)
def test_reading_the_sealed_note_of_a_request_is_an_entry_of_the_audit(
    sign_in: SignIn, asked: ErasureRequest, group: str
) -> None:
    sign_in(group).get(page("erasure", asked.pk))
    read = AuditEntry.objects.filter(action=AuditAction.UNSEALED, case=asked.code)
    assert [one.payload for one in read] == [{"erasure": asked.reference}] * (group in CONFIRMS)


@pytest.mark.parametrize("group", GROUPS)
def test_the_erasure_of_a_relative_is_asked_for_by_those_who_see_families(sign_in: SignIn, group: str) -> None:
    relative = factories.RelativeFactory(full_name="Vyhadana Taiemna")
    client = sign_in(group)
    form = client.get(reverse("admin:cases_relative_change", args=[relative.pk])).content.decode()
    assert (page("ask-erasure", "relative", relative.pk) in form) == (group == SUPPORT)
    answer = client.post(page("ask-erasure", "relative", relative.pk), {"ground": "person_asks"})
    assert (answer.status_code == 302) == (group == SUPPORT)
    assert ErasureRequest.objects.exists() == (group == SUPPORT)


def test_a_relative_is_erased_without_their_name_being_shown(sign_in: SignIn) -> None:
    relative = factories.RelativeFactory(full_name="Vyhadana Taiemna")
    sign_in(SUPPORT).post(page("ask-erasure", "relative", relative.pk), {"ground": "person_asks"})
    asked, client = ErasureRequest.objects.get(), sign_in(ADMINISTRATOR)
    text = client.get(page("erasure", asked.pk)).content.decode()
    assert ("Taiemna" in text, asked.reference in text) == (False, True)
    client.post(page("erasure", asked.pk), {"decision": "confirm", "typed": asked.reference})
    assert not Relative.objects.exists()


def test_the_one_who_asked_sees_that_another_confirms(reviewer: Client, asked: ErasureRequest) -> None:
    text = reviewer.get(page("erasure", asked.pk)).content.decode()
    assert "another person confirms it" in text
    assert "Erase for good" not in text
    answer = reviewer.post(page("erasure", asked.pk), {"decision": "confirm", "typed": asked.code}, follow=True)
    assert "another person confirms it" in answer.content.decode()
    assert Prisoner.objects.exists()


def test_the_second_person_sees_what_goes_and_where_else_the_person_is_named(
    sign_in: SignIn, asked: ErasureRequest
) -> None:
    other = factories.case("Inshyi Nikhto")
    proceeding = other.defendants.get().proceeding
    proceeding.title_en = "The case of Vyhadan Nezabutnii"
    proceeding.save()
    second = sign_in(REVIEWER)
    before = second.get(page("erasure", asked.pk)).content.decode()
    assert ("Erase for good" in before, 'href="?search=1"' in before) == (False, True)
    answer = second.get(page("erasure", asked.pk), {"search": "1"})
    assert "Erase for good" in answer.content.decode()
    going = dict(answer.context["going"])
    assert {name: going[name] for name in ("Prisoners", "Names", "Events", "Charges", "Proceedings", "Sources")} == {
        "Prisoners": 1,
        "Names": 2,
        "Events": 1,
        "Charges": 1,
        "Proceedings": 1,
        "Sources": 1,
    }
    assert reverse("admin:cases_proceeding_change", args=[proceeding.pk]) in answer.content.decode()


def test_asking_for_an_erasure_tells_nobody_which_family_bears_a_name(
    sign_in: SignIn, reviewer: Client, asked: ErasureRequest
) -> None:
    household = factories.HouseholdFactory(label="Nezabutnii, Vyhadan")
    factories.RelativeFactory(household=household, full_name="Vyhadan Nezabutnii")
    author, second = (
        client.get(page("erasure", asked.pk), {"search": "1"}).content.decode()
        for client in (reviewer, sign_in(REVIEWER))
    )
    assert [household.code in text for text in (author, second)] == [False, False]
    assert ["in the records of families" in text for text in (author, second)] == [False, True]


def test_afterwards_the_desk_says_only_that_it_was_done(sign_in: SignIn, asked: ErasureRequest) -> None:
    client = sign_in(ADMINISTRATOR)
    client.post(page("erasure", asked.pk), {"decision": "confirm", "typed": asked.code}, follow=True)
    text = client.get(page("erasure", asked.pk)).content.decode() + client.get(page("erasures")).content.decode()
    assert ("Nezabutnii" in text, "sister" in text, asked.code in text, asked.reference in text) == (
        False,
        False,
        True,
        True,
    )
    asked.refresh_from_db()
    assert (asked.subject_id, asked.note.open(), asked.counts["personname"]) == (None, "", 2)


def test_a_request_is_taken_back_by_its_author_and_declined_by_another(
    reviewer: Client, sign_in: SignIn, asked: ErasureRequest
) -> None:
    reviewer.post(page("erasure", asked.pk), {"decision": "decline"})
    again = ask(User.objects.get(groups__name=REVIEWER), Prisoner.objects.get(), ground="ordered", at=timezone.now())
    sign_in(ADMINISTRATOR).post(page("erasure", again.pk), {"decision": "decline"})
    assert set(ErasureRequest.objects.values_list("state", flat=True)) == {"declined"}
    assert Prisoner.objects.exists()


def test_looking_changes_nothing(sign_in: SignIn, asked: ErasureRequest) -> None:
    entries = AuditEntry.objects.count()
    client = sign_in(ADMINISTRATOR)
    client.get(page("erasure", asked.pk), {"decision": "confirm", "typed": asked.code})
    client.get(page("ask-erasure", "prisoner", asked.subject_id), {"ground": "ordered"})
    written = AuditEntry.objects.exclude(action=AuditAction.UNSEALED).count()
    assert (Prisoner.objects.count(), ErasureRequest.objects.count(), written) == (1, 1, entries)


def test_a_confirmation_without_a_token_of_our_form_is_refused(sign_in: SignIn, asked: ErasureRequest) -> None:
    sign_in(ADMINISTRATOR)
    strict = Client(enforce_csrf_checks=True)
    signed_in(User.objects.get(groups__name=ADMINISTRATOR), strict)
    assert strict.post(page("erasure", asked.pk), {"decision": "confirm", "typed": asked.code}).status_code == 403
    assert Prisoner.objects.exists()


def test_an_unknown_kind_of_record_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(REVIEWER).get(page("ask-erasure", "source", 1)).status_code == 404


def test_the_first_page_says_that_an_erasure_waits_for_a_second_person(
    reviewer: Client, sign_in: SignIn, asked: ErasureRequest
) -> None:
    assert "1 waits for" in sign_in(ADMINISTRATOR).get(page("index")).content.decode()
    assert "1 waits for" not in reviewer.get(page("index")).content.decode()
    for group in (RESEARCHER, ANALYST):
        assert page("erasures") not in sign_in(group).get(page("index")).content.decode()
