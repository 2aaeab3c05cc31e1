"""What is sent is read to its end: the next request on the same connection stands behind it."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cases.views.bodies import MOST, read_to_the_end


def sent(body: bytes) -> tuple[HttpRequest, BytesIO]:
    request = RequestFactory().post("/", b"", content_type="multipart/form-data; boundary=x")
    stream = BytesIO(body)
    request._stream = LimitedStream(stream, len(body))
    return request, stream


@pytest.mark.parametrize("size", [0, 1, 200_000])
def test_a_body_that_nobody_read_is_read_after_the_answer(size: int) -> None:
    request, stream = sent(b"x" * size)
    answer = read_to_the_end(lambda _request: HttpResponse("answer"))(request)
    assert (answer.content, stream.tell()) == (b"answer", size)


def test_a_body_that_was_read_is_no_obstacle() -> None:
    request, stream = sent(b"a=b")
    answer = read_to_the_end(lambda asked: HttpResponse(asked.body))(request)
    assert (answer.content, stream.tell()) == (b"a=b", 3)


def test_reading_ends_where_no_form_can_be_so_long() -> None:
    request, stream = sent(b"x" * (MOST + 10))
    read_to_the_end(lambda _request: HttpResponse())(request)
    assert stream.tell() == MOST
