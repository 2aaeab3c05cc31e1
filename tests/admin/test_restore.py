"""Putting back at the desk: the history page offers it, a page says what will change, and only then it is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import GROUPS, RESEARCHER, REVIEWER, SUPPORT
from cases.models import Prisoner, Publication, Stay
from cases.queries.audit_records import record_models
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

SECRET = "Vyhadana Taiemna"


@pytest.fixture
def changed() -> Stay:
    """A stay whose beginning was changed."""
    stay = factories.case().stays.get()
    stay.started = "2020"
    stay.save()
    return stay


def address(stay: Stay, version: Any, *, column: str = "") -> str:
    page = reverse("admin:cases_prisoner_restore", args=[stay.prisoner_id, "stay", version.history_id])
    return f"{page}?field={column}" if column else page


def moment_address(prisoner: Prisoner, at: Any) -> str:
    return reverse("admin:cases_prisoner_moment", args=[prisoner.pk], query={"at": at.isoformat()})


def history(prisoner: Prisoner) -> str:
    return reverse("admin:cases_prisoner_history", args=[prisoner.pk])


def test_a_stranger_is_sent_to_the_sign_in_page(changed: Stay) -> None:
    for page in (address(changed, changed.history.earliest()), moment_address(changed.prisoner, timezone.now())):
        answer = Client().get(page)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("group", GROUPS)
def test_only_those_who_change_cases_put_them_back(sign_in: SignIn, group: str, changed: Stay) -> None:
    client = sign_in(group)
    expected = 200 if group in (RESEARCHER, REVIEWER) else 403
    for page in (address(changed, changed.history.earliest()), moment_address(changed.prisoner, timezone.now())):
        assert client.get(page).status_code == expected
    if expected == 403:
        assert client.post(address(changed, changed.history.earliest())).status_code == 403
    offered = (
        address(changed, changed.history.earliest(), column="started")
        in client.get(history(changed.prisoner)).content.decode()
    )
    assert offered == (expected == 200)


@pytest.mark.parametrize("moment", ["", "soon", "0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_moment_is_not_found(sign_in: SignIn, changed: Stay, moment: str) -> None:
    page = reverse("admin:cases_prisoner_moment", args=[changed.prisoner_id], query={"at": moment})
    assert sign_in(RESEARCHER).get(page).status_code == 404


def test_a_case_of_somebody_else_is_read_and_not_put_back(sign_in: SignIn, changed: Stay) -> None:
    prisoner = changed.prisoner
    prisoner.assigned_to = factories.UserFactory(group=None)
    prisoner.save()
    client = sign_in(RESEARCHER)
    page = address(changed, changed.history.earliest())
    assert [client.get(page).status_code, client.post(page).status_code] == [403, 403]
    assert page not in client.get(history(prisoner)).content.decode()


def test_the_history_offers_the_value_that_a_field_had_and_not_the_one_it_has(
    researcher: Client, changed: Stay
) -> None:
    content = researcher.get(history(changed.prisoner)).content.decode()
    assert address(changed, changed.history.earliest(), column="started") in content
    assert address(changed, changed.history.latest(), column="started") not in content


def test_the_page_shows_exactly_what_changes_and_then_it_is_done(researcher: Client, changed: Stay) -> None:
    page = address(changed, changed.history.earliest(), column="started")
    answer = researcher.get(page)
    (step,) = answer.context["plan"].steps
    assert [(one.label, one.before, one.after) for one in step.fields] == [("From", "2020", "21 May 2018")]
    assert "The public page does not change" in answer.content.decode()
    done = researcher.post(page, {"state": answer.context["plan"].state})
    assert (done.status_code, done.url) == (302, history(changed.prisoner))
    changed.refresh_from_db()
    assert str(changed.started) == "2018-05-21"
    assert "Nothing would change" in researcher.get(page).content.decode()


def test_a_page_that_was_overtaken_puts_nothing_back_and_says_so(researcher: Client, changed: Stay) -> None:
    page = address(changed, changed.history.earliest(), column="started")
    state = researcher.get(page).context["plan"].state
    changed.started = "2021"
    changed.save()
    answer = researcher.post(page, {"state": state}, follow=True)
    assert "Somebody changed this after you opened the page" in answer.content.decode()
    changed.refresh_from_db()
    assert str(changed.started) == "2021"


def test_a_deleted_row_is_offered_and_comes_back(researcher: Client) -> None:
    prisoner = factories.case()
    stay = prisoner.stays.get()
    number = stay.pk
    stay.delete()
    page = address(stay, Stay.history.filter(id=number).latest())
    assert page in researcher.get(history(prisoner)).content.decode()
    researcher.post(page, {"state": researcher.get(page).context["plan"].state})
    assert prisoner.stays.get().pk == number


def test_a_whole_case_is_put_back_from_its_history(researcher: Client) -> None:
    prisoner = factories.case()
    moment = timezone.now()
    prisoner.stays.get().delete()
    factories.EventFactory(prisoner=prisoner, kind="letter")
    page = moment_address(prisoner, moment)
    answer = researcher.get(page)
    said = [(step.row, step.now is None, step.then is None) for step in answer.context["plan"].steps]
    assert said == [("Event", False, True), ("Stay", True, False), ("Citation", True, False)]
    assert researcher.post(page, {"state": answer.context["plan"].state}).status_code == 302
    assert (prisoner.stays.count(), prisoner.events.count()) == (1, 1)


def test_the_link_to_a_moment_leads_to_the_state_after_it(researcher: Client) -> None:
    prisoner = factories.case()
    for model in record_models():
        model.history.update(history_date=timezone.now() - timedelta(days=2))
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    answer = researcher.get(history(prisoner))
    moments = answer.context["moments"]
    links = [one for one in answer.content.decode().split('"') if "history/moment/" in one]
    assert len(links) == len(moments) - 1
    (step,) = researcher.get(links[0].replace("&amp;", "&")).context["plan"].steps
    assert [one.label for one in step.fields] == ["From"]


@pytest.mark.parametrize("at", ["", "yesterday", "2026-99-01", "%00"])
def test_a_moment_that_is_none_is_not_found(researcher: Client, at: str) -> None:
    prisoner = factories.case()
    page = reverse("admin:cases_prisoner_moment", args=[prisoner.pk])
    assert researcher.get(f"{page}?at={at}").status_code == 404


def test_consent_that_becomes_narrower_by_it_withdraws_the_case_at_once(sign_in: SignIn) -> None:
    prisoner = factories.case()
    prisoner.consent = "none"
    prisoner.save()
    narrower = prisoner.history.latest()
    prisoner.consent = "full"
    prisoner.save()
    reviewer = User.objects.create(username="bob")
    publication = Publication(
        prisoner=prisoner, published_at=timezone.now(), published_by=reviewer, version=1, sha256="0" * 64
    )
    publication.save()
    page = reverse("admin:cases_prisoner_restore", args=[prisoner.pk, "prisoner", narrower.history_id])
    client = sign_in(REVIEWER)
    page = f"{page}?field=consent"
    answer = client.post(page, {"state": client.get(page).context["plan"].state}, follow=True)
    assert "There is no consent any more" in answer.content.decode()
    publication.refresh_from_db()
    assert publication.state == "withdrawn"


def test_sealed_values_are_shown_neither_in_the_history_nor_before_they_are_put_back(sign_in: SignIn) -> None:
    household = factories.HouseholdFactory(address=SECRET)
    version = household.history.earliest()
    household.address = "Another Vyhadana"
    household.save()
    client = sign_in(SUPPORT)
    shown = client.get(reverse("admin:cases_household_history", args=[household.pk]))
    change = next(one for entry in shown.context["entries"] for one in entry.fields if one.label == "Home address")
    assert (change.before, change.after) == ("sealed", "sealed, changed")
    page = reverse("admin:cases_household_restore", args=[household.pk, "household", version.history_id])
    asked = client.get(f"{page}?field=address")
    client.post(f"{page}?field=address", {"state": asked.context["plan"].state})
    household.refresh_from_db()
    assert household.address.open() == SECRET
    for answer in (shown, asked):
        assert "Vyhadana" not in answer.content.decode()
        assert "▪" not in answer.content.decode()


def test_a_long_history_is_offered_in_as_many_queries_as_a_short_one(researcher: Client) -> None:
    prisoner = factories.case()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert researcher.get(moment_address(prisoner, start)).status_code == 200
            assert researcher.get(history(prisoner)).status_code == 200
        return len(asked)

    start = timezone.now()
    factories.StayFactory(prisoner=prisoner)
    queries()
    few = queries()
    for _more in range(3):
        stay = factories.StayFactory(prisoner=prisoner)
        factories.CitationFactory(record=stay, prisoner=prisoner)
    assert queries() == few
