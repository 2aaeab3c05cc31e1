"""The preview is the public page itself, with the document that the door would publish, and nothing private."""

import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases.publication.photos import published_pixels
from cases.published.models import PublishedCase
from tests import factories
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db


def picture() -> ContentFile:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 80), "#6688aa").save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), "invented.png")


def test_the_preview_is_made_by_the_public_template_and_says_that_it_is_not_published(researcher: Client) -> None:
    prisoner = factories.case()
    page = researcher.get(reverse("admin:cases_prisoner_preview", args=[prisoner.pk]))
    text = page.content.decode()
    assert '<header class="person">' in text
    assert "Preview, not published" in text
    assert reverse("admin:cases_prisoner_change", args=[prisoner.pk]) in text
    assert "Vyhadan Nikhto" in text
    assert not PublishedCase.objects.exists()
    for what in ('id="cite"', 'id="report"', f"/api/v1/cases/{prisoner.code}/"):
        assert what not in text


def test_the_preview_is_shown_in_the_language_asked_for(researcher: Client) -> None:
    prisoner = factories.case()
    page = researcher.get(reverse("admin:cases_prisoner_preview", args=[prisoner.pk]), {"language": "uk"})
    assert "<h1>Вигадан Ніхто</h1>" in page.content.decode()


def test_the_preview_shows_nothing_that_the_door_withholds(researcher: Client) -> None:
    prisoner = factories.case(health="CANARY-HEALTH", private_notes="CANARY-NOTES", consent="initials")
    factories.EventFactory(prisoner=prisoner, is_public=False, title_en="CANARY-EVENT")
    text = researcher.get(reverse("admin:cases_prisoner_preview", args=[prisoner.pk])).content.decode()
    assert "CANARY" not in text
    assert "Nikhto" not in text


def test_the_preview_shows_the_photograph_as_it_would_be_published(researcher: Client) -> None:
    prisoner = factories.case(photo=picture(), photo_is_public=True, photo_credit="Nobody", photo_licence="CC0")
    address = reverse("admin:cases_prisoner_photo", args=[prisoner.pk])
    assert (
        f'src="{address}"'
        in researcher.get(reverse("admin:cases_prisoner_preview", args=[prisoner.pk])).content.decode()
    )
    answer = researcher.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    pixels = published_pixels(prisoner)
    assert pixels is not None
    assert answer.content == pixels.content


def test_a_photograph_that_is_not_for_the_public_is_in_no_preview(researcher: Client) -> None:
    prisoner = factories.case(photo=picture(), photo_is_public=False)
    assert researcher.get(reverse("admin:cases_prisoner_photo", args=[prisoner.pk])).status_code == 404


def test_the_photograph_of_a_preview_is_for_those_who_may_see_the_case(client: Client) -> None:
    prisoner = factories.case(photo=picture(), photo_is_public=True, photo_credit="Nobody", photo_licence="CC0")
    address = reverse("admin:cases_prisoner_photo", args=[prisoner.pk])
    assert client.get(address).status_code == 302
    signed_in(factories.UserFactory(), client)
    assert client.get(address).status_code == 403
