"""An error that nobody foresaw is told as ours, and a database that does not answer as something that passes."""

import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from cases.domain.sealing import StorageAway
from tracker.error_pages import server_error


def answered(path: str, error: Exception) -> HttpResponse:
    try:
        raise error
    except type(error):
        return server_error(RequestFactory().get(path))


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (OperationalError("the connection is closed"), 503, "60"),
        (StorageAway("The bucket refused sources/ab/cd.jpg"), 503, "60"),
        (RuntimeError("a mistake of ours"), 500, None),
    ],
)
def test_a_database_or_storage_that_does_not_answer_is_503_and_any_other_error_500(
    error: Exception, status: int, retry: str | None
) -> None:
    page, problem = answered("/en/cases/", error), answered("/api/v1/cases/", error)
    for response in (page, problem):
        assert (response.status_code, response.get("Retry-After"), response["Cache-Control"]) == (
            status,
            retry,
            "no-store",
        )
    assert f'<p class="soft">{status}</p>' in page.content.decode()
    assert json.loads(problem.content)["status"] == status
    assert str(error) not in page.content.decode() + problem.content.decode()
