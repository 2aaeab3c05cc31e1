"""Processor time of the form of a case and of a proceeding, by the templates that write its boxes."""

import time
from statistics import median

import pytest
from django.forms import renderers
from django.urls import reverse

from cases.actions import accounts
from tests import factories
from tests.sign_in import signed_in

RENDERERS = ("django.forms.renderers.DjangoTemplates", "tracker.form_renderer.FormRenderer")
TIMES = 9


@pytest.mark.django_db
def test_form_pages(settings):
    accounts.ensure_groups()
    client = signed_in(factories.UserFactory(group=accounts.RESEARCHER))
    prisoner = factories.case()
    pages = {
        "case": reverse("admin:cases_prisoner_change", args=[prisoner.pk]),
        "proceeding": reverse("admin:cases_proceeding_change", args=[prisoner.defendants.get().proceeding.pk]),
    }
    for name, address in pages.items():
        took = {renderer: [] for renderer in RENDERERS}
        for _round in range(TIMES):
            for renderer in RENDERERS:
                settings.FORM_RENDERER = renderer
                renderers.get_default_renderer.cache_clear()
                start = time.process_time()
                client.get(address)
                took[renderer].append(time.process_time() - start)
        slow, quick = (median(took[renderer]) for renderer in RENDERERS)
        print(f"\n{name}: Django's templates {slow:.3f} s, ours {quick:.3f} s, ratio {slow / quick:.2f}")  # noqa: T201 - what it is for
    renderers.get_default_renderer.cache_clear()
