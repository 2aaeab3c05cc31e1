"""Messages in Jinja2 are those of Django's templates: one text for `makemessages`, one for the catalogue."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.html import format_html
from jinja2 import TemplateSyntaxError
from jinja2.exceptions import UndefinedError

PAGES, DESK = engines.all()

PEOPLE = "{{ shown }} person{% plural %}{{ shown }} people{% endblocktranslate %}"
SAME = [
    '{% translate "Cases" %}',
    "{% translate 'Cases' %}",
    '{% translate "Search" context "button" %}',
    '{% translate "Cases" as label %}<b title="{{ label }}">{{ label }}</b>',
    '{% translate "A text that nobody translated: 100% & <b>" %}',
    "{% blocktranslate trimmed %}\n  Not in the\n  catalogue, 5 %\n{% endblocktranslate %}",
    "{% blocktranslate with name=text %}Of {{ name }}.{% endblocktranslate %}",
    "{% blocktranslate %}Of {{ text }}, {{ many }}.{% endblocktranslate %}",
    "{% blocktranslate trimmed count counter=one with shown=text %}" + PEOPLE,
    "{% blocktranslate trimmed count counter=many with shown=many %}" + PEOPLE,
    "{% blocktranslate asvar said count counter=many with shown=many %}" + PEOPLE + "[{{ said }}]",
]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("source", SAME)
def test_a_message_is_the_same_in_both_kinds_of_templates(source, language):
    values = {"text": "Ім’я <i>", "one": 1, "many": 5}
    with translation.override(language):
        page, desk = (engine.from_string(source).render(dict(values)) for engine in (PAGES, DESK))
    assert page == desk
    assert page


def test_a_ukrainian_reader_reads_the_plural_of_the_number():
    source = "{% blocktranslate trimmed count counter=n with shown=n %}" + PEOPLE
    with translation.override("uk"):
        assert [PAGES.from_string(source).render({"n": n}) for n in (1, 2, 5)] == ["1 особа", "2 особи", "5 осіб"]


@pytest.mark.parametrize(
    "source",
    [
        "{% blocktranslate %}One{% plural %}Many{% endblocktranslate %}",
        "{% blocktranslate count n=one %}One{% endblocktranslate %}",
        "{% translate name %}",
    ],
)
def test_a_tag_that_makes_no_message_is_a_mistake(source):
    with pytest.raises(TemplateSyntaxError):
        PAGES.env.from_string(source)


def test_a_name_that_nobody_gave_is_a_mistake_and_what_a_thing_has_not_is_nothing():
    assert PAGES.env.from_string("[{{ thing.of.nothing }}]").render(thing={}) == "[]"
    with pytest.raises(UndefinedError, match="'thing' is undefined"):
        PAGES.env.from_string("{% if thing %}{% endif %}").render()


def test_what_is_put_into_a_page_is_escaped_and_what_is_marked_safe_is_not():
    values = {"text": "<i>", "safe": format_html("<b>{}</b>", "&")}
    assert PAGES.env.from_string("{{ text }}{{ safe }}").render(values) == "&lt;i&gt;<b>&amp;</b>"
