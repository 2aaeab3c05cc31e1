"""What our code makes of a template is what Jinja2's own code makes of it."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe
from jinja2 import Environment, TemplateSyntaxError
from markupsafe import Markup

PAGES = engines.all()[0].env
JINJAS = Environment(autoescape=True, undefined=PAGES.undefined)

VALUES = {
    "text": "<i> & 'quoted' \"so\"",
    "plain": "Бахчисарай",
    "safe": mark_safe("<b>&amp;</b>"),
    "markup": Markup("<b>&amp;</b>"),
    "nothing": None,
    "number": 5,
    "share": 0.5,
    "yes": True,
    "row": {"name": "<n>", "items": ["a", "b"], "empty": "", "deep": {"er": "&"}},
    "thing": SimpleNamespace(name="<t>", keys="k"),
    "many": [{"name": "one"}, SimpleNamespace(name="two")],
}
MADE = [
    "{{ text }}{{ plain }}{{ safe }}{{ markup }}{{ nothing }}{{ number }}{{ share }}{{ yes }}",
    "{{ row.name }}{{ row.deep.er }}{{ row.empty }}{{ row.missing }}{{ thing.name }}{{ thing.keys }}{{ thing.none }}",
    "{{ row.missing.further }}{{ plain.missing }}{{ text.upper() }}{{ row['name'] }}",
    "{% for one in many %}{{ loop.index }}{{ one.name }}{% if not loop.last %}, {% endif %}{% endfor %}",
    (
        "{% macro Box(text='', wide=false) %}<p{% if wide %} class='w'{% endif %}>{{ text }}</p>{% endmacro %}"
        "{{ Box() }}{{ Box('<') }}{{ Box(text=text) }}{{ Box(text, wide=true) }}{{ Box(wide=true, text=safe) }}"
    ),
    (
        "{% macro Frame(name) %}<div id='{{ name }}'>{{ caller() }}</div>{% endmacro %}"
        "{% call Frame('<a>') %}{{ text }}{{ markup }}{% endcall %}"
    ),
    "{% macro All() %}{{ varargs|length }}{{ kwargs.size }}{% endmacro %}{{ All(1, 2, size='<') }}",
    "{% macro In(a) %}{{ a }}{% endmacro %}{% macro Out(a) %}{{ In(a) }}{{ In(In(a)) }}{% endmacro %}{{ Out(text) }}",
    "{% set said %}{{ text }}<hr>{% endset %}{{ said }}{{ said ~ text }}",
    "{{ range(3)|join('<') }}{{ number + 1 }}{{ text if yes else plain }}",
]


@pytest.mark.parametrize("source", MADE)
def test_a_page_says_what_jinja2_says(source):
    assert PAGES.from_string(source).render(VALUES) == JINJAS.from_string(source).render(VALUES)


def test_a_key_of_a_document_comes_before_what_every_dictionary_has():
    assert PAGES.from_string("{{ row.items|join }}{{ row.get('name') }}").render(VALUES) == "ab&lt;n&gt;"


@pytest.mark.parametrize(
    ("call", "problem"),
    [("Box(1, 2)", "not more than"), ("Box(size=1)", "no keyword argument 'size'"), ("Box('a', caller=1)", "caller")],
)
def test_a_component_refuses_what_it_does_not_take(call, problem):
    source = "{% macro Box(text='') %}{{ text }}{% endmacro %}{{ " + call + " }}"
    with pytest.raises(TypeError, match=problem):
        PAGES.from_string(source).render()


def test_arguments_that_are_not_named_one_by_one_are_a_mistake():
    with pytest.raises(TemplateSyntaxError, match="one by one"):
        PAGES.from_string("{{ thing(*many) }}")


def test_each_reader_gets_a_template_in_their_own_language():
    source = '{% translate "Cases" %}: {{ "serving"|label("Status") }}'
    said = []
    for language in ("en", "uk", "en"):
        with translation.override(language):
            said.append(PAGES.from_string(source).render())
    assert said == ["Cases: Serving a sentence", "Справи: Відбуває покарання", "Cases: Serving a sentence"]
