"""The templates of the public pages: Jinja2, with the words, filters and addresses that they share with the desk.

They are compiled once a process, so that a page costs a tenth of what it costs in Django's templates.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.template import defaultfilters
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import translation
from jinja2 import ChainableUndefined, Environment, Template
from jinja2.utils import missing

from cases.published.parts import kept_part
from cases.published.words import gettext
from cases.templatetags import tracker
from cases.templatetags.page_code import PageCode, PageTemplate
from cases.templatetags.page_messages import MessageTags

#: Filters of Django that say something in another way than those of Jinja2, or that Jinja2 has not.
DJANGOS = ("capfirst", "date", "filesizeformat", "truncatechars", "truncatewords", "urlencode")

#: What a page may leave out: which part of the site it belongs to, and its own address where it has several.
LEFT_OUT = {"section": "", "canonical": ""}


class Nothing(ChainableUndefined):
    """What a thing has not is nothing, however far one asks; a name that nobody gave is a mistake of the template."""

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, *further: Any) -> None:
        super().__init__(hint, obj, name, *further)
        if obj is missing and name is not None:
            self._fail_with_undefined_error()


class PageEnvironment(Environment):
    """The templates in one language: each message that stands in them is looked up when they are compiled."""

    template_class = PageTemplate
    code_generator_class = PageCode
    language: str | None = None


class Pages(PageEnvironment):
    """The templates in every language: Django gets one of that of the reader."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._options = options
        self._in_languages: dict[str | None, PageEnvironment] = {}

    def get_template(self, *given: Any, **named: Any) -> Template:
        return self._in_language(translation.get_language()).get_template(*given, **named)

    def from_string(self, *given: Any, **named: Any) -> Template:
        return self._in_language(translation.get_language()).from_string(*given, **named)

    def _in_language(self, language: str | None) -> PageEnvironment:
        if language not in self._in_languages:
            self._in_languages[language] = _made(language, self._options)
        return self._in_languages[language]


def url(name: str, /, *places: Any, **parts: Any) -> str:
    """Return the address of a page in the language of the reader. Raises NoReverseMatch."""
    if places or parts:
        return reverse(name, args=places or None, kwargs=parts or None)
    return _fixed(name, translation.get_language(), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=500)
def _fixed(name: str, _language: str | None, urlconf: str | None, _prefix: str) -> str:
    return reverse(name, urlconf=urlconf)


def kept(name: str, address: str | None, *, caller: Callable[[], str]) -> str:
    """Write what stands within `{% call kept(name, address) %}` once for all pages of that address; None: each time."""
    return caller() if address is None else kept_part(name, address, caller)


def environment(**options: Any) -> Environment:
    """Return the environment of `settings.TEMPLATES`."""
    return Pages(**{**options, "undefined": Nothing, "extensions": [MessageTags]})


def _made(language: str | None, options: dict[str, Any]) -> PageEnvironment:
    made = PageEnvironment(**options)
    made.language = language
    made.filters.update({name: getattr(defaultfilters, name) for name in DJANGOS})
    made.filters.update(tracker.register.filters | tracker.filters_in(language))
    made.globals.update(
        url=url,
        static=static,
        kept=kept,
        gettext=gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        **LEFT_OUT,
    )
    return made
