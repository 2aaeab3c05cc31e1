"""What schemathesis finds against the API in this process: good and bad data, every check, the same questions each time.

A longer run against a server, with phases of its own: `st run http://127.0.0.1:8000/api/v1/schema/ --checks all`.
"""

import warnings

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from cases.api.description import openapi
from tests.lasting import lasting
from tests.published.samples import full_case, publish, publish_many, publish_provision, publish_site

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what it imports
    import schemathesis
    from schemathesis import GenerationMode

pytestmark = pytest.mark.django_db
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
OPERATIONS = sorted(path for path in openapi()["paths"])


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        publish(full_case("22222B"))
        publish_many(3)
        publish_site("sizo-1")
        publish_provision()
        yield


@pytest.fixture(scope="module")
def _kept_connections():
    """Let requests leave the connection with the open transaction alone, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def schema(_kept_connections):
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())


@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_are_as_described_whatever_is_asked(schema, path):
    operation = schema[path]["GET"]
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in MODES])

    @settings(
        max_examples=12,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def asked(case):
        case.call_and_validate()

    asked()
