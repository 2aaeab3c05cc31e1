"""The preview is the public page itself, with the document that the door would publish, and nothing private."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.published.models import PublishedCase
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_preview_is_made_by_the_public_template_and_says_that_it_is_not_published(researcher: Client) -> None:
    prisoner = factories.case()
    page = researcher.get(reverse("admin:cases_prisoner_preview", args=[prisoner.pk]))
    assert "public/profile.html" in [template.name for template in page.templates]
    text = page.content.decode()
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
