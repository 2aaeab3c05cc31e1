"""What every view of the API has in common: reading only, English, JSON whatever happens, no cookie, open to any origin."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import NotAcceptable, Throttled, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.api.answers import Address
from cases.api.parameters import (
    CURSOR,
    CURSOR_PATTERN,
    LARGEST_LIMIT,
    LIMIT,
    PAGE_SIZE,
    SMALLEST_LIMIT,
    is_written_right,
)
from cases.api.parts import FIELDS, Tree, part_of, read_fields
from cases.api.problems import OPEN_TO_ALL, NothingNamed, answer_error, problem_response
from cases.api.throttling import Allowance, allowance
from cases.published.lists import Ordering, page_of
from cases.published.state import State, last_change, present_state
from cases.published.strict_forms import MOST_VALUES, StrictForm

Row = TypeVar("Row", bound=Model)

SCHEMA, DOCUMENTATION = "/api/v1/schema/", "/api/v1/docs/"
METHODS = "GET, HEAD, OPTIONS"
#: What a page of another site may send along.
ASKED_WITH = "Accept, Accept-Language, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since"
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": ASKED_WITH,
    "Access-Control-Max-Age": "86400",
}


class OnlyItsOwn(BaseContentNegotiation):
    """The one format of an address to whoever accepts it, 406 otherwise; `format` is a parameter like any other."""

    def select_parser(self, _request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers), None)

    def select_renderer(self, request: Request, renderers: Any, _format_suffix: str | None = None) -> tuple[Any, str]:
        format_here = str(request.parser_context["view"].media_type)
        if not accepts(request.headers.get("Accept", ""), format_here):
            raise NotAcceptable(f"Here is only {format_here}.")
        return renderers[0], renderers[0].media_type


def accepts(header: str, media_type: str) -> bool:
    """Tell whether the header Accept has a media type in it, or leaves it open; errors are told in JSON to anybody."""
    ranges = [part.split(";") for part in header.lower().split(",") if part.strip()]
    kind = media_type.split("/", maxsplit=1)[0]
    wanted = {"*/*", f"{kind}/*", media_type, "application/json"}
    return not ranges or any(
        one.strip() in wanted and not any(re.fullmatch(r"q=0(\.0*)?", more.strip()) for more in parameters)
        for one, *parameters in ranges
    )


class PublicView(APIView):
    """`reads_parameters`: the view itself refuses those that it does not know. `shape`: of what `fields` names parts."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = OnlyItsOwn
    media_type = "application/json"
    reads_parameters = False
    #: The parameters that forms leave to the view.
    passing: tuple[str, ...] = (CURSOR, LIMIT, FIELDS)
    shape: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.allowance: Allowance | None = None
        self.state: State | None = None
        with translation.override("en"):
            response: Any = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
            if not response.streaming:
                response = _conditional(request, response, self.state)
        for name, value in {**OPEN_TO_ALL, **(self.allowance.headers if self.allowance else {})}.items():
            response[name] = value
        return response  # type: ignore[no-any-return]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse whoever asks too often, and parameters where the view reads none.

        What is public is asked for first: where the database does not answer, nothing else waits for it.
        """
        self.allowance = allowance(request, timezone.now())
        if self.allowance and self.allowance.is_used_up:
            raise Throttled(wait=self.allowance.seconds)
        self.state = present_state()
        super().initial(request, *args, **kwargs)
        if not self.reads_parameters:
            self.refuse_others({FIELDS} if self.shape else set())
        if crowded := [name for name in request.query_params if len(request.query_params.getlist(name)) > MOST_VALUES]:
            raise ValidationError({name: [f"Write at most {MOST_VALUES} values."] for name in crowded})
        self._refuse_empty(request)
        self.tree = self._tree(request)

    def _refuse_empty(self, request: Request) -> None:
        """Refuse a parameter without a value, which would ask for nothing."""
        values = {name: request.query_params.getlist(name) for name in request.query_params}
        if empty := [name for name, given in values.items() if "" in given]:
            raise ValidationError({name: ["There is no value. Leave the parameter out."] for name in empty})
        if blank := [name for name, given in values.items() if any(not one.strip() for one in given)]:
            raise NothingNamed({name: ["There is only space. Leave the parameter out."] for name in blank})

    def refuse_others(self, known: set[str]) -> None:
        """Refuse parameters that are unknown or given more than once."""
        given: Any = self.request.GET
        stray = {name: ["There is no such parameter here."] for name in given if name not in known}
        twice = {
            name: ["The parameter is given more than once."]
            for name in given
            if name != FIELDS and len(given.getlist(name)) > 1
        }
        if stray or twice:
            raise ValidationError({**twice, **stray})

    def _tree(self, request: Request) -> Tree:
        """Return which parts are asked for."""
        given = request.query_params.getlist(FIELDS) if self.shape else []
        if not given:
            return {}
        try:
            return read_fields(",".join(given), self.shape)
        except ValueError as error:
            raise ValidationError({FIELDS: [str(error)]}) from error

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - Django's signature
        """Answer what may be asked here, to browsers that ask before they ask."""
        return HttpResponse(status=204, headers={"Allow": METHODS, **PREFLIGHT})

    def get_exception_handler(self) -> Callable[..., Any]:
        return answer_error

    def address(self, path: str) -> str:
        """Return a full address, from `SITE_URL` where it is set."""
        return f"{base_address(self.request)}{path}"

    def one(self, answer: Any, changed: datetime | None = None) -> Response:
        """Answer one thing, or the parts of it that are asked for."""
        return Response(part_of(answer, self.tree), headers={**_changed(changed), "Link": self.links({})})

    def whole(self, text: str, media_type: str, changed: datetime) -> HttpResponse:
        """Answer a file that is no JSON."""
        return HttpResponse(text, content_type=media_type, headers={**_changed(changed), "Link": self.links({})})

    def page(
        self, request: Request, rows: QuerySet[Row], answer: Callable[[Row, Address], Any], *, ordering: Ordering
    ) -> Response:
        """Answer one page of a list; 404 for a cursor that was never given out."""
        cursor = read_cursor(request)
        try:
            page = page_of(rows, ordering=ordering, cursor=cursor, size=read_limit(request))
        except ValueError as error:
            raise NothingNamed({CURSOR: [str(error)]}) from error
        changed = max((moment for row in page.rows if (moment := getattr(row, "published_at", None))), default=None)
        return self.listed(
            [answer(row, self.address) for row in page.rows],
            next_cursor=page.next_cursor,
            previous_cursor=page.previous_cursor,
            changed=changed,
        )

    def listed(
        self, answers: list[Any], *, next_cursor: str, previous_cursor: str, changed: datetime | None = None
    ) -> Response:
        """Answer a page that was read; in the headers stands where the ones beside it are."""
        links = {"next": self._with_cursor(next_cursor), "prev": self._with_cursor(previous_cursor)}
        results = [part_of(one, self.tree) for one in answers]
        return Response(
            {"next": links["next"], "previous": links["prev"], "results": results},
            headers={**_changed(changed), "Link": self.links(links)},
        )

    def links(self, links: dict[str, str | None]) -> str:
        schema = f'<{self.address(SCHEMA)}>; rel="describedby"; type="application/vnd.oai.openapi+json"'
        told = f'<{self.address(DOCUMENTATION)}>; rel="service-doc"; type="text/html"'
        return ", ".join([*(f'<{to}>; rel="{name}"' for name, to in links.items() if to), schema, told])

    def _with_cursor(self, cursor: str) -> str | None:
        if not cursor:
            return None
        parameters = self.request.query_params.copy()
        parameters[CURSOR] = cursor
        return self.address(f"{self.request.path}?{parameters.urlencode()}")


def base_address(request: Any) -> str:
    """Return what stands before every path: `SITE_URL` where it is set."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def _changed(moment: datetime | None) -> dict[str, str]:
    """Return when an answer was last another: what follows from the facts changes with the day as well."""
    if moment is None:
        return {}
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return {"Last-Modified": http_date(max(moment, today).timestamp())}


def _conditional(request: HttpRequest, response: HttpResponse, state: State | None) -> HttpResponse:
    """Give an answer its ETag, of its very bytes, and answer 304 to whoever has them.

    The time alone decides nothing: a list that has lost a row would look unchanged.
    """
    if response.status_code >= 400:
        response["Cache-Control"] = "no-store"
    if response.status_code != 200:
        return response
    if state is not None and not response.has_header("Last-Modified"):
        response["Last-Modified"] = http_date(last_change(state, timezone.localdate()).timestamp())
    etag = response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    answered: Any = get_conditional_response(request, etag=etag, response=response)
    if answered.status_code == 412:
        return problem_response(412)
    if answered.status_code == 304 and response.has_header("Link"):
        answered["Link"] = response["Link"]
    return answered  # type: ignore[no-any-return]


def understood(form: StrictForm) -> None:
    """Refuse what a form refuses: 404 where all of it is written as the description says and names nothing, else 400."""
    if not form.problems:
        return
    if all(is_written_right(form, name) for name in form.problems):
        raise NothingNamed(form.problems)
    raise ValidationError(form.problems)


def read_cursor(request: Request) -> str:
    """Return the cursor of a request, "" for the first page."""
    cursor = request.query_params.get(CURSOR, "")
    if CURSOR in request.query_params and not re.fullmatch(CURSOR_PATTERN, cursor):
        raise ValidationError({CURSOR: ["The cursor is not one that is given out."]})
    return cursor


def read_limit(request: Request) -> int:
    """Return how many results a page is to have."""
    text = request.query_params.get(LIMIT, "")
    if LIMIT not in request.query_params:
        return PAGE_SIZE
    if not re.fullmatch("[0-9]{1,4}", text) or not SMALLEST_LIMIT <= int(text) <= LARGEST_LIMIT:
        raise ValidationError({LIMIT: [f"Write a whole number from {SMALLEST_LIMIT} to {LARGEST_LIMIT}."]})
    return int(text)


@csrf_exempt
def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer an address below the API at which there is nothing; one that only lacks its last slash is led there."""
    if request.method in ("GET", "HEAD") and not request.path.endswith("/") and _is_known(f"{request.path}/"):
        query = request.META.get("QUERY_STRING", "")
        target = f"{request.path}/?{query}" if query else f"{request.path}/"
        return HttpResponsePermanentRedirect(target, headers={"Access-Control-Allow-Origin": "*"})
    return problem_response(404, "There is nothing at this address.")


def _is_known(path: str) -> bool:
    try:
        return resolve(path).func is not no_such_address
    except (Http404, Resolver404):
        return False
