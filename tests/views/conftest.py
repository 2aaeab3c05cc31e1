"""One published case with a site and a provision, and a day on which to read it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.documents import (
    case_document,
    colony_reference,
    provision_document,
    publish,
    publish_provision,
    publish_site,
    site_document,
)

TODAY = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def on_the_day():
    """Stand on 22 November 2026."""
    with time_machine.travel(TODAY, tick=False):
        yield timezone.localdate()


@pytest.fixture
def published(db, on_the_day):
    """Publish the invented man of `case_document`, the two sites that held him and the provision he is charged under."""
    publish_site(site_document())
    publish_site(site_document(colony_reference()))
    publish_provision(provision_document())
    return publish(case_document())


@pytest.fixture
def reader():
    """A reader without cookies, who is shown error pages and not exceptions."""
    return Client(raise_request_exception=False)
