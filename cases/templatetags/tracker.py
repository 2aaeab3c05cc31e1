"""How stored values are shown: vocabulary words, texts in several languages, partial dates, countries, numbers.

Loaded as a builtin, so that every template of both wings has them. Each filter returns text in the active language.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language

from cases import enums
from cases.domain.partial_dates import PartialDate, PartialDateError, describe, from_day, parse
from cases.domain.representation import Between
from cases.published.countries import country_name, occupied_by
from cases.published.last_days import days_of
from cases.published.law_names import told_law
from cases.published.regions import region_name
from cases.published.term_telling import told_days
from cases.published.words import gettext

register = template.Library()

# Where a text does not exist in the reader's language, the next of these is shown and marked with its language.
FALLBACK = ("en", "uk", "ru", "crh-latn")
MACHINE_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def bcp47(code: str) -> str:
    """Return a language code as HTML's `lang` wants it: `crh-latn` becomes `crh-Latn`."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


def choose(words: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """Return the text for `language` and the code of the language it is in; ("", "") where there is none."""
    for code in (language, *FALLBACK, *(words or {})):
        if words and words.get(code):
            return words[code], code
    return "", ""


def partial_date(value: str | PartialDate | datetime.date | None) -> PartialDate | None:
    """Return the date of an EDTF text or a day, or None where there is none or it is none."""
    if isinstance(value, datetime.date):
        return from_day(value)
    if not value or isinstance(value, PartialDate):
        return value or None
    try:
        return parse(value)
    except PartialDateError:
        return None


@register.filter
def label(value: Any, vocabulary: str) -> str:
    """Show a stored word of a vocabulary of `cases.enums`: `{{ status|label:"Status" }}`."""
    return _label(str(value or ""), vocabulary, get_language())


@lru_cache(maxsize=5_000)
def _label(value: str, vocabulary: str, _language: str | None) -> str:
    words = _words_of(vocabulary)
    return gettext(words[value]) if value in words else value


@cache
def _words_of(vocabulary: str) -> dict[str, str]:
    return {str(word.value): str(word.label) for word in getattr(enums, vocabulary)}


@register.filter
def words(value: Mapping[str, str] | None) -> str:
    """Show a text kept in several languages, without saying which one it is in: for attributes and titles."""
    return choose(value, get_language() or "en")[0]


@register.filter
def spoken(value: Mapping[str, str] | None) -> SafeString:
    """Show a text kept in several languages, marked with its language where that is not the page's."""
    return _spoken(value, get_language() or "en")


def _spoken(value: Mapping[str, str] | None, language: str) -> SafeString:
    text, code = choose(value, language)
    if not text or code == language:
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', bcp47(code), text)


@register.filter
def edtf(value: str | PartialDate | datetime.date | None) -> str:
    """Say a partial date as plain text: "21 May 2018", "around 1937"."""
    return _said(_text_of(value), get_language() or "en")


def _text_of(value: str | PartialDate | datetime.date | None) -> str | datetime.date | None:
    return value.text if isinstance(value, PartialDate) else value


@lru_cache(maxsize=20_000)
def _said(value: str | datetime.date | None, language: str, *, genitive: bool = False) -> str:
    date = partial_date(value)
    return describe(date, language, genitive=genitive) if date else str(value or "")


@register.filter
def governed(value: str | PartialDate | datetime.date | None) -> str:
    """Say a partial date as it stands after "since", "from" or "until": "з травня 2018", where `edtf` says "травень"."""
    return _said(_text_of(value), get_language() or "en", genitive=True)


@register.filter
def beginning(value: str | PartialDate | datetime.date | None) -> str:
    """Say when something began that goes on: a day of which only limits are known reads "16 September 2020 or later".

    "Since 16 September 2020 – 2025" would be read as a time that is over.
    """
    date = partial_date(value)
    earliest, between, latest = date.text.partition("/") if date else ("", "", "")
    return governed(f"{earliest}/.." if between and ".." not in (earliest, latest) else value)


@register.filter
def told(value: str | PartialDate | datetime.date | None) -> SafeString:
    """Say a partial date in HTML: a `time` element where it is plain, marked as uncertain where it is not."""
    return _told(_text_of(value), get_language() or "en")


@lru_cache(maxsize=20_000)
def _told(value: str | datetime.date | None, language: str) -> SafeString:
    date = partial_date(value)
    if date is None:
        return format_html("{}", value or "")
    text = describe(date, language)
    if MACHINE_DATE.fullmatch(date.text):
        return format_html('<time datetime="{}">{}</time>', date.text, text)
    if date.approximate or date.uncertain:
        return format_html('<span class="uncertain">{}</span>', text)
    return format_html("{}", text)


@register.filter
def country(code: str) -> str:
    """Show a country by its ISO 3166-1 code."""
    return country_name(code)


@register.filter
def sovereignty(place: Mapping[str, Any] | None) -> str:
    """Say whose territory a place is: "Russia", or "Ukraine, occupied by Russia since 27 February 2014"."""
    if not place:
        return ""
    sovereign, power = country_name(place["sovereign"]), place["controlled_by"]
    if not power or power == place["sovereign"]:
        return sovereign
    if not place["controlled_since"]:
        return f"{sovereign}, {occupied_by(power)}"
    return gettext("%(country)s, %(occupied)s since %(date)s") % {
        "country": sovereign,
        "occupied": occupied_by(power),
        "date": governed(place["controlled_since"]),
    }


@register.filter
def number(value: float) -> str:
    """Group a number's digits as the active language does."""
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def days(pair: list[str]) -> str:
    """Say the first and last possible day of a document's pair: one day, or between which two."""
    found = days_of(pair)
    return told_days(found) if found is not None else ""


@register.filter
def law_name(text: str) -> str:
    """Cite a place in the captor's law in the reader's language."""
    return told_law(text)


@register.filter
def ago(moment: datetime.datetime) -> str:
    """Say how long ago something was, in whole minutes at least."""
    if timezone.now() - moment < datetime.timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(age)s ago") % {"age": timesince(moment)}


@register.filter
def signed(value: int) -> str:
    """Show what is added or taken: "+3", "−2", "0"."""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


@register.filter
def region(code: str) -> str:
    """Show a region by its ISO 3166-2 code."""
    return region_name(code, get_language() or "en")


@register.filter
def percent(share: Between) -> str:
    """Say a share: "66 %", or "between 62 % and 68 %"."""
    least, most = round(share.least), round(share.most)
    if least == most:
        return percent_of(least)
    return gettext("between %(least)s and %(most)s") % {"least": percent_of(least), "most": percent_of(most)}


@register.filter
def percent_of(value: float) -> str:
    """Say a number of percent, with a space that does not break."""
    return f"{value:g}\N{NO-BREAK SPACE}%"


@register.filter
def times(ratio: Between) -> str:
    """Say how many times: "about 5.1 times", "about 5.1 to 5.5 times"."""
    least, most = (str(formats.number_format(round(one, 1), 1, use_l10n=True)) for one in (ratio.least, ratio.most))
    if least == most:
        return gettext("about %(number)s times") % {"number": least}
    return gettext("about %(least)s to %(most)s times") % {"least": least, "most": most}


@register.filter
def lower_first(text: str) -> str:
    """Begin a label in lower case, to stand inside a sentence; abbreviations stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


@register.filter
def with_code(text: str) -> SafeString:
    """Set what stands between backticks as code."""
    frames = "{}", "<code>{}</code>"
    pieces = [format_html(frames[place % 2], part) for place, part in enumerate(text.split("`"))]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.inclusion_tag("components/field.html")
def field(bound_field: Any, *, is_helped: bool = False) -> dict[str, Any]:
    """Show one form field: its label inside the box, help and errors below it, all tied to the control.

    Help is seen where `is_helped`; elsewhere it is there for those who hear the page.
    """
    return {"field": bound_field, "control": bound_field.as_widget(), "is_helped": is_helped}


def filters_in(language: str | None) -> dict[str, Callable[..., str]]:
    """Return the filters that a page uses most, bound to a language, so that they need not ask which one is active."""
    active = language or "en"
    return {
        "label": lambda value, vocabulary: _label(str(value or ""), vocabulary, language),
        "spoken": lambda value: _spoken(value, active),
        "told": lambda value: _told(_text_of(value), active),
        "edtf": lambda value: _said(_text_of(value), active),
        "governed": lambda value: _said(_text_of(value), active, genitive=True),
    }
