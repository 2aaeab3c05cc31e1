"""Everything the public can fetch: every address of the URL configuration, with every value a reader could know or guess."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import override

from cases.published.charts import NAMES
from cases.published.models import PublishedCase, PublishedPhoto, PublishedProvision, PublishedSite, PublishedVersion
from cases.published.release_models import PublishedReleaseFile

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
#: Where a long line of a calendar is broken (RFC 5545, 3.1): a mark must not hide behind it.
FOLD = re.compile(r"\r\n[ \t]")
LINK = re.compile(r"""(?:href|src|action)="(/[^"#]*)""")
#: Addresses that are not the public's: the desk answers readers with its login page and nothing else.
NOT_PUBLIC = ("desk/",)
NOBODY = {"code": "ZZZZZZ", "slug": "nobody-knows-this", "sha256": "0" * 64, "version": "99", "name": "nobody.csv"}


@dataclass(frozen=True)
class Answer:
    """What came back for one address, headers included."""

    path: str
    status: int
    content: bytes
    headers: str

    @property
    def text(self) -> str:
        return f"{self.headers}\n{FOLD.sub('', self.content.decode('utf-8', 'replace'))}".lower()


def fetch(client: Client, path: str) -> Answer:
    response = client.get(path)
    content = _unpacked(response.getvalue())
    return Answer(path, response.status_code, content, "\n".join(f"{k}: {v}" for k, v in response.items()))


def _unpacked(content: bytes) -> bytes:
    """Return what stands in an archive or a workbook, names included; anything else as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(part for name in archive.namelist() for part in (name.encode(), archive.read(name)))


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[str]:
    """Yield every public route as Django writes it: `en/cases/<code:code>/`, in each language that it exists in."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        languages = (
            [code for code, _name in settings.LANGUAGES] if "LocalePrefix" in type(pattern.pattern).__name__ else ["en"]
        )
        for language in languages:
            with override(language):
                route = prefix + str(pattern.pattern)
            if route.startswith(NOT_PUBLIC):
                continue
            if isinstance(pattern, URLResolver):
                yield from routes(pattern.url_patterns, route)
            else:
                yield route


def plain(route: str) -> str:
    """Return a route with `<name>` parameters, whether it was written as a path or as a regular expression."""
    named = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route)
    return re.sub(r"\\Z|/\?(?=\$|$)|[\^$\\]", "", named) if named != route or "^" in route else route


class UnknownParameter(LookupError):
    """An address has a parameter that the crawler has no values for: teach it in `values`."""


def values(codes: Iterable[str]) -> dict[str, list[str]]:
    """Return what a reader could put for each parameter of an address."""
    slugs = [
        *PublishedSite.objects.values_list("slug", flat=True),
        *PublishedProvision.objects.values_list("slug", flat=True),
        *PublishedCase.objects.visible(timezone.localdate()).exclude(slug="").values_list("slug", flat=True),
    ]
    versions = sorted({str(number) for number in PublishedVersion.objects.values_list("number", flat=True)})
    return {
        "code": [*codes, NOBODY["code"]],
        "slug": [*slugs, NOBODY["slug"]],
        "sha256": [*PublishedPhoto.objects.values_list("sha256", flat=True), NOBODY["sha256"]],
        **{name: [*versions, NOBODY["version"]] for name in ("version", "number")},
        "name": [*PublishedReleaseFile.objects.values_list("name", flat=True), NOBODY["name"]],
        "format": ["json", "yaml", "xml"],
        "chart": [*NAMES, NOBODY["slug"]],
        "secret": ["a-link-that-nobody-was-sent"],
    }


def paths(codes: Iterable[str]) -> Iterator[str]:
    """Yield every address: each route with each combination of values."""
    known = values(codes)
    for route in routes():
        names = [name for _converter, name in PARAMETER.findall(plain(route))]
        missing = [name for name in names if name not in known]
        if missing:
            raise UnknownParameter(f"{route}: {missing}")
        for combination in itertools.product(*(known[name] for name in names)):
            filled = plain(route)
            for name, value in zip(names, combination, strict=True):
                filled = re.sub(rf"<(?:\w+:)?{name}>", value, filled)
            yield f"/{filled}"


LISTS = (
    *("/en/cases/", "/uk/cases/", "/en/cases/export.csv", "/uk/cases/export.csv"),
    *("/en/feed.atom", "/uk/feed.atom", "/api/v1/cases/"),
)


def filtered(parameters: dict[str, str], lists: Iterable[str] = LISTS) -> Iterator[str]:
    for path in lists:
        yield f"{path}?{urlencode(parameters)}"


def mistakes() -> Iterator[str]:
    """Yield addresses that fail, each in its own way."""
    for prefix in ("", "/en", "/uk", "/api/v1", "/ru"):
        yield f"{prefix}/no-such-page/"
    for parameters in ({"status": "nonsense"}, {"arrested_after": "yesterday"}, {"no_such_filter": "1"}, {"q": "\x00"}):
        yield from filtered(parameters)
    yield from ("/api/v1/schema/?format=json", "/en/cases/?cursor=nonsense", "/api/v1/cases/?cursor=nonsense")


def crawl(client: Client, codes: Iterable[str]) -> list[Answer]:
    """Fetch every address, every mistake, and every address of this site that an answer links to."""
    waiting = [*paths(codes), *mistakes(), *LISTS]
    answers: dict[str, Answer] = {}
    while waiting:
        path = waiting.pop()
        if path in answers or path.startswith((settings.STATIC_URL, f"/{settings.STATIC_URL}", "/desk/")):
            continue
        answer = answers[path] = fetch(client, path)
        links = LINK.findall(answer.content.decode("utf-8", "replace"))
        waiting += [link.replace("&amp;", "&") for link in links]
        target = re.search(r"^Location: (?:http://testserver)?(/\S*)", answer.headers, re.MULTILINE)
        if target:
            waiting.append(target.group(1))
    return list(answers.values())
