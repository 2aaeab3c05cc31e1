"""Sites and provisions are published after reading what would change, and nothing else than what was read."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.publication import publish_reference
from cases.models import DetentionSite, Provision
from cases.published.models import PublishedProvision, PublishedSite
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/reference/publish/"


@pytest.fixture
def site() -> DetentionSite:
    """A site and a provision with public pages."""
    made = factories.DetentionSiteFactory(name_en="SIZO-1", postal_address="1 Invented Street")
    factories.ProvisionFactory()
    reviewer = factories.UserFactory(username="first", is_superuser=True)
    publish_reference(reviewer, at=timezone.now())
    return made


def rename(site: DetentionSite) -> None:
    site.name_en, site.postal_address = "SIZO-1, Simferopol", "2 Invented Street"
    site.save()


def shown(client: Client) -> tuple[str, str]:
    page = client.get(reverse("admin:publish-reference")).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    return page, seen[1] if seen else ""


def test_the_forms_of_what_waits_for_its_publication_say_so(reviewer: Client, site: DetentionSite) -> None:
    for address in (
        reverse("admin:cases_detentionsite_change", args=[site.pk]),
        reverse("admin:cases_provision_change", args=[Provision.objects.get().pk]),
    ):
        assert "What you save here is public only when a reviewer" in reviewer.get(address).content.decode()


def test_every_change_of_every_page_is_shown_before_it_is_published(reviewer: Client, site: DetentionSite) -> None:
    page, seen = shown(reviewer)
    assert ("Nothing would change in public" in page, seen) == (True, "")
    rename(site)
    new = factories.DetentionSiteFactory(name_en="A new one")
    page, seen = shown(reviewer)
    assert "2 public pages would change" in page
    for words in (
        "<del>SIZO-1</del>",
        "<ins>SIZO-1, Simferopol</ins>",
        "<del>1 Invented Street</del>",
        "Postal address",
    ):
        assert words in page
    assert "A new public page" in page
    assert reverse("admin:cases_detentionsite_change", args=[new.pk]) in page
    assert PublishedSite.objects.get().document["name"]["en"] == "SIZO-1"
    reviewer.post(reverse("admin:publish-reference"), {"seen": seen})
    assert PublishedSite.objects.get(slug=site.slug).document["name"]["en"] == "SIZO-1, Simferopol"
    assert PublishedSite.objects.count() == 2


def test_what_was_not_shown_is_not_published(reviewer: Client, site: DetentionSite) -> None:
    rename(site)
    _page, seen = shown(reviewer)
    site.postal_address = "Written after it was read"
    site.save()
    for sent in ({"seen": seen}, {}):
        answer = reviewer.post(reverse("admin:publish-reference"), sent, follow=True)
        assert "has changed since you read it" in answer.content.decode()
        assert PublishedSite.objects.get().document["name"]["en"] == "SIZO-1"


def test_a_page_that_would_go_is_named(reviewer: Client, site: DetentionSite) -> None:
    DetentionSite.objects.update(is_public=False)
    page, seen = shown(reviewer)
    assert "The page goes from the public" in page
    assert "SIZO-1" in page
    reviewer.post(reverse("admin:publish-reference"), {"seen": seen})
    assert (PublishedSite.objects.count(), PublishedProvision.objects.count()) == (0, 1)
