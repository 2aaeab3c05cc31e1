"""Processor time of the form of a case and of a proceeding, by the templates that write its boxes."""

from functools import partial

import pytest
from django.forms import renderers
from django.urls import reverse

from cases.actions import accounts
from tests import factories
from tests.benchmarks.measuring import PROCESSOR, say, take_turns
from tests.sign_in import signed_in

RENDERERS = {
    "ours": "tracker.form_renderer.FormRenderer",
    "Django's templates": "django.forms.renderers.DjangoTemplates",
}


@pytest.mark.django_db
def test_form_pages(settings):
    accounts.ensure_groups()
    client = signed_in(factories.UserFactory(group=accounts.RESEARCHER))
    prisoner = factories.case()
    pages = {
        "case": reverse("admin:cases_prisoner_change", args=[prisoner.pk]),
        "proceeding": reverse("admin:cases_proceeding_change", args=[prisoner.defendants.get().proceeding.pk]),
    }

    def read(address: str, renderer: str) -> None:
        settings.FORM_RENDERER = renderer
        renderers.get_default_renderer.cache_clear()
        client.get(address)

    for name, address in pages.items():
        ways = {way: partial(read, address, renderer) for way, renderer in RENDERERS.items()}
        say(take_turns(ways, rounds=9, clock=PROCESSOR).tell(name))
    renderers.get_default_renderer.cache_clear()
