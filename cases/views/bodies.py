"""What a browser sends is read to its end, even where the answer does not depend on it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError

PIECE = 64 * 1024
#: More than any form with its files; who sends more waits for nothing.
MOST = 50 * 1024 * 1024


def read_to_the_end(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Read what an answer left unread.

    The server keeps the connection for the browser's next request, and that one never gets through while the rest of a
    form stands before it: a form that is sent after the session ended would end in a page that never comes.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        left = MOST
        try:
            while left > 0 and (piece := request.read(min(left, PIECE))):
                left -= len(piece)
        except UnreadablePostError:
            pass  # whoever sent it is gone
        return response

    return middleware
