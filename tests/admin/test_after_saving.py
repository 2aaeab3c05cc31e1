"""What follows at the desk from hiding something that is public, and what lists may not be asked."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import ADMINISTRATOR, RESEARCHER, REVIEWER
from cases.actions.review import approve, submit
from cases.models import DetentionSite, Prisoner, Source
from cases.published.models import PublishedCase, PublishedVersion
from cases.queries.exposed import shows_what_is_hidden
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def published(sign_in: SignIn) -> Prisoner:
    author, reviewer = (factories.UserFactory(group=group) for group in (RESEARCHER, REVIEWER))
    sign_in(REVIEWER)
    person = factories.case()
    assert isinstance(author, User)
    approve(reviewer, submit(author, person, at=NOW), at=NOW)
    return person


def change_form(client: Client, address: str) -> dict[str, str]:
    """The values that a browser would send back, of a form without inlines."""
    context = client.get(address).context
    form = context["adminform"].form
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = {name: str(value) for name, value in initial.items() if value not in (None, False)}
    return {**values, "_version": context["sitting"].version}


def test_a_hidden_row_of_a_public_page_is_noticed(published: Prisoner) -> None:
    assert not shows_what_is_hidden(published)
    published.events.update(is_public=False)
    assert shows_what_is_hidden(published)


def test_a_source_made_confidential_warns_of_the_pages_that_name_it(sign_in: SignIn, published: Prisoner) -> None:
    source = Source.objects.filter(citations__prisoner=published).first()
    assert source is not None
    assert not shows_what_is_hidden(published)
    client = sign_in(REVIEWER)
    address = reverse("admin:cases_source_change", args=[source.pk])
    data = change_form(client, address)
    data.pop("is_public")
    answer = client.post(address, data, follow=True)
    assert [published.code in str(message) for message in answer.context["messages"]].count(True) == 1
    assert shows_what_is_hidden(published)


@pytest.mark.parametrize(
    ("list_name", "lookup"),
    [
        ("prisoner", "households__isnull=False"),
        ("prisoner", "households=1"),
        ("prisoner", "relatives__isnull=False"),
        ("prisoner", "submissions__isnull=False"),
        ("organisation", "aid__isnull=False"),
        ("proceeding", "defendants__prisoner__households__isnull=False"),
    ],
)
@pytest.mark.parametrize("group", [RESEARCHER, REVIEWER, ADMINISTRATOR])
def test_lists_cannot_be_asked_about_families(sign_in: SignIn, group: str, list_name: str, lookup: str) -> None:
    household = factories.HouseholdFactory()
    household.prisoners.add(factories.case())
    client = sign_in(group)
    plain = client.get(reverse(f"admin:cases_{list_name}_changelist"))
    if plain.status_code == 403:
        return
    assert client.get(f"{reverse(f'admin:cases_{list_name}_changelist')}?{lookup}").status_code == 400


@pytest.mark.parametrize(("group", "allowed"), [(RESEARCHER, False), (REVIEWER, True)])
def test_whether_a_site_may_have_a_page_is_for_reviewers_to_say(sign_in: SignIn, group: str, allowed: bool) -> None:
    data = {"name_en": "Invented SIZO", "slug": "invented-sizo", "kind": "sizo", "place": factories.PlaceFactory().pk}
    answer = sign_in(group).post(reverse("admin:cases_detentionsite_add"), {**data, "is_public": "on"})
    assert answer.status_code == 302
    assert DetentionSite.objects.get().is_public is allowed


def test_withdrawn_consent_at_the_desk_takes_the_page_down(sign_in: SignIn, published: Prisoner) -> None:
    assert PublishedCase.objects.visible(NOW.date()).exists()
    client = sign_in(RESEARCHER)
    address = reverse("admin:cases_prisoner_change", args=[published.pk])
    page = client.get(address)
    data = change_form(client, address)
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        data |= {f"{management.prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = client.post(address, {**data, "consent": "none"}, follow=True)
    assert any("withdrawn" in str(message) for message in answer.context["messages"])
    assert not PublishedCase.objects.visible(NOW.date()).exists()


def test_a_reviewer_closes_the_earlier_versions_after_being_told_what_happens(
    sign_in: SignIn, published: Prisoner
) -> None:
    published.summary_en = "An invented teacher of mathematics."
    published.save()
    author, second = (factories.UserFactory(group=group) for group in (RESEARCHER, REVIEWER))
    approve(second, submit(author, published, at=NOW), at=NOW)
    address = reverse("admin:cases_prisoner_close_earlier", args=[published.pk])
    case = PublishedVersion.objects.open().filter(kind="case")
    assert sign_in(RESEARCHER).post(address).status_code == 403
    assert case.count() == 2
    reviewer = sign_in(REVIEWER)
    assert b"no longer shown" in reviewer.get(address).content
    assert case.count() == 2
    reviewer.post(address)
    assert list(case.values_list("number", flat=True)) == [2]


@pytest.mark.parametrize(
    "lookup", ["publication__state=published", "publication__state__exact=published", "consent=full"]
)
def test_lists_can_be_asked_for_what_they_offer_as_a_filter(researcher: Client, lookup: str) -> None:
    factories.case()
    assert researcher.get(f"{reverse('admin:cases_prisoner_changelist')}?{lookup}").status_code == 200
