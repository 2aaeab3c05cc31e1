import datetime
import threading

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from cases.actions.permissions import ActionRefused
from cases.actions.presence import wait_for_turn
from cases.actions.publication import publish_reference, republish, withdraw
from cases.actions.review import approve, submit
from cases.enums import Consent
from cases.models import Prisoner, Publication
from cases.publication.publish import PublicationRefused
from cases.published.models import PublishedCase, PublishedProvision, PublishedSite, PublishedVersion
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(hours=1)


@pytest.fixture
def public_case(alice: User, bob: User) -> Prisoner:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=NOW), at=NOW)
    return prisoner


def test_a_withdrawn_case_leaves_the_public_side(public_case: Prisoner, bob: User) -> None:
    withdraw(bob, public_case, reason="The family asks.", at=LATER)
    row = PublishedCase.objects.get()
    assert (row.state, row.document, row.name_en) == ("withdrawn", None, "")
    assert list(PublishedVersion.objects.filter(kind="case").open()) == []
    publication = Publication.objects.get()
    assert (publication.state, publication.reason, publication.withdrawn_by) == ("withdrawn", "The family asks.", bob)


def test_withdrawing_needs_the_permission_a_reason_and_a_public_case(
    public_case: Prisoner, alice: User, bob: User
) -> None:
    with pytest.raises(PermissionDenied):
        withdraw(alice, public_case, reason="I want.", at=LATER)
    with pytest.raises(ActionRefused, match="Write why"):
        withdraw(bob, public_case, reason=" ", at=LATER)
    with pytest.raises(ActionRefused, match="never published"):
        withdraw(bob, factories.case("Taras Vydumanyi"), reason="Why not.", at=LATER)
    withdraw(bob, public_case, reason="The family asks.", at=LATER)
    with pytest.raises(ActionRefused, match="already withdrawn"):
        withdraw(bob, public_case, reason="Again.", at=LATER)


def test_a_withdrawn_case_is_published_again_as_it_was_approved(public_case: Prisoner, bob: User) -> None:
    approved = Publication.objects.get().sha256
    withdraw(bob, public_case, reason="The family asks.", at=LATER)
    republish(bob, public_case, reason="The family agrees.", at=LATER)
    row = PublishedCase.objects.get()
    assert (row.state, row.sha256, Publication.objects.get().state) == ("published", approved, "published")


@pytest.mark.django_db(transaction=True)
def test_a_case_whose_consent_ends_meanwhile_is_not_published_again(public_case: Prisoner, bob: User) -> None:
    withdraw(bob, public_case, reason="The family asks.", at=LATER)
    refusals: list[str] = []

    def publish_again() -> None:
        try:
            republish(bob, public_case, reason="The family agrees.", at=LATER)
        except (ActionRefused, PublicationRefused) as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    other = threading.Thread(target=publish_again)
    with transaction.atomic():
        wait_for_turn()
        prisoner = Prisoner.objects.get(pk=public_case.pk)
        prisoner.consent = Consent.NONE.value
        prisoner.save()
        other.start()
        other.join(1)
    other.join(30)
    states = (PublishedCase.objects.get().state, Publication.objects.get().state)
    assert (len(refusals), *states) == (1, "withdrawn", "withdrawn")


def test_publishing_again_does_not_carry_unreviewed_changes_to_the_public(public_case: Prisoner, bob: User) -> None:
    withdraw(bob, public_case, reason="The family asks.", at=LATER)
    public_case.summary_en = "Nobody reviewed this."
    public_case.save()
    with pytest.raises(ActionRefused, match="submit it for review"):
        republish(bob, public_case, reason="The family agrees.", at=LATER)
    assert PublishedCase.objects.get().state == "withdrawn"


def test_a_withdrawn_case_that_is_reviewed_anew_is_public_again(public_case: Prisoner, alice: User, bob: User) -> None:
    withdraw(bob, public_case, reason="A mistake in it.", at=LATER)
    public_case.summary_en = "An invented teacher of mathematics."
    public_case.save()
    approve(bob, submit(alice, public_case, at=LATER), at=LATER)
    assert PublishedCase.objects.get().state == "published"
    assert (Publication.objects.get().state, Publication.objects.get().withdrawn_at) == ("published", None)


def test_sites_and_provisions_are_published_by_those_who_may(alice: User, bob: User) -> None:
    factories.DetentionSiteFactory()
    factories.ProvisionFactory()
    with pytest.raises(PermissionDenied):
        publish_reference(alice, at=NOW)
    published = publish_reference(bob, at=NOW)
    assert (published.sites, published.provisions) == (1, 1)
    assert (PublishedSite.objects.count(), PublishedProvision.objects.count()) == (1, 1)
