"""The Ukrainian catalogue is complete, says what the English says, and is compiled as it is written."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template.base import Origin
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.template import templatize

from cases import enums
from cases.domain.edtf_dates import ACCEPTED, MESSAGES
from cases.domain.partial_dates import month_name, parse
from cases.models import Sentence
from cases.queries.changes import path_in_words

FOLDER = Path(settings.LOCALE_PATHS[0]) / "uk" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|%%|\{\w+\}|</?[a-z]+")
CONTEXTS = "\x04"
#: How Python code marks a message, and how many arguments make its key: the message, or its context and the message.
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"), 1),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), 2),
}
#: Labels that may read the same in both languages.
SAME_IN_BOTH: frozenset[str] = frozenset()
VOCABULARIES = sorted(
    (
        one
        for _, one in inspect.getmembers(enums, inspect.isclass)
        if issubclass(one, enums.Vocabulary) and one is not enums.Vocabulary
    ),
    key=lambda one: one.__name__,
)


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def _forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_message_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue if not all(_forms(entry))] == []


def test_no_translation_is_fuzzy_or_obsolete(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_plural_messages_have_the_four_forms_of_ukrainian(catalogue):
    assert "nplurals=4" in catalogue.metadata["Plural-Forms"]
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and len(entry.msgstr_plural) != 4] == []


def test_placeholders_and_markup_are_those_of_the_english(catalogue):
    differing = [
        (entry.msgid, form)
        for entry in catalogue
        for form in _forms(entry)
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert differing == []


def test_the_typography_is_ukrainian(catalogue):
    without_attributes = re.compile(r'="[^"]*"')
    straight = [
        form for entry in catalogue for form in _forms(entry) if set("'\"“”") & set(without_attributes.sub("", form))
    ]
    assert straight == []


def test_the_compiled_catalogue_is_what_the_readable_one_compiles_to(catalogue):
    assert (FOLDER / "django.mo").read_bytes() == catalogue.to_binary()


def _messages_of_templates() -> set[str]:
    """Return what templates ask to be translated, as `templatize` shows them to xgettext."""
    quoted = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    calls = re.compile(rf"\b(?:(p)gettext\({quoted}, {quoted}\)|gettext\({quoted}\)|ngettext\({quoted},)")
    found = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        source = templatize(path.read_text(encoding="utf-8"), origin=Origin(str(path)).name)
        for has_context, context, in_context, plain, singular in calls.findall(source):
            message = _unquoted(in_context or plain or singular)
            found.add(f"{_unquoted(context)}{CONTEXTS}{message}" if has_context else message)
    return found


def _unquoted(literal: str) -> str:
    return literal[1:-1].encode("raw_unicode_escape").decode("unicode_escape") if "\\" in literal else literal[1:-1]


def _messages_of_code() -> Iterator[str]:
    """Yield what Python code marks for translation, wherever the message is written out."""
    for folder in ("cases", "tracker"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                words = MARKS.get(getattr(node.func, "id", ""), 0)
                written = [arg.value for arg in node.args[:words] if isinstance(arg, ast.Constant)]
                if words and len(written) == words:
                    yield CONTEXTS.join(written)


@pytest.mark.parametrize(("messages", "least"), [(_messages_of_templates, 200), (_messages_of_code, 600)])
def test_the_catalogue_holds_every_message_that_is_marked(catalogue, messages, least):
    known = {f"{entry.msgctxt}{CONTEXTS}{entry.msgid}" if entry.msgctxt else entry.msgid for entry in catalogue}
    asked = set(messages())
    assert len(asked) > least
    assert asked - known == set()


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.__name__)
def test_every_word_of_a_vocabulary_is_said_in_ukrainian(vocabulary):
    with override("uk"):
        labels = {word.label: gettext(word.label) for word in vocabulary}
    assert [label for label, said in labels.items() if said == label and label not in SAME_IN_BOTH] == []


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.__name__)
def test_words_of_one_vocabulary_stay_apart_in_ukrainian(vocabulary):
    with override("uk"):
        said = [gettext(label) for label in {word.label for word in vocabulary}]
    assert len(said) == len(set(said))


def test_what_is_wrong_with_a_date_is_said_in_ukrainian():
    messages = [*MESSAGES.values(), ACCEPTED]
    with override("uk"):
        assert [message for message in messages if gettext(message) == message] == []


def test_the_examples_of_dates_in_ukrainian_can_be_read():
    with override("uk"):
        examples = gettext(ACCEPTED).split(": ", 1)[1].rstrip(".")
    plain = re.split(r", а також |, | або ", examples.replace("EDTF: ", ""))
    assert len(plain) > 10
    assert [str(parse(example)) for example in ("травень 2018", "21 травня 2018")] == ["2018-05", "2018-05-21"]
    for example in plain:
        assert parse(example).text


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 рік"), (2, "2 роки"), (5, "5 років"), (11, "11 років"), (12, "12 років"), (21, "21 рік"), (22, "22 роки")],
)
def test_numbers_choose_the_ukrainian_form(count, said):
    with override("uk"):
        assert ngettext("%(count)s year", "%(count)s years", count) % {"count": count} == said


def test_months_have_names_in_both_languages():
    assert [month_name(month, "en") for month in (1, 5, 12)] == ["January", "May", "December"]
    assert [month_name(month, "uk") for month in (1, 5, 12)] == ["січень", "травень", "грудень"]
    assert len({month_name(month, language) for month in range(1, 13) for language in ("en", "uk")}) == 24


def test_the_case_has_the_name_of_a_person_and_a_court_that_of_a_thing():
    with override("uk"):
        assert path_in_words(("name", "uk")) == "Ім’я › українською"
        assert path_in_words(("decisions", "1", "court", "name")) == "Рішення, 1 › суд › назва"


def test_a_sentence_is_counted_in_the_right_form():
    sentence = Sentence(years=1, months=6)
    with override("en"):
        assert str(sentence) == "1 year 6 months"
    with override("uk"):
        assert (str(sentence), str(Sentence(years=3))) == ("1 рік 6 місяців", "3 роки")
