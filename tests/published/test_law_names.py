"""Citations of the captor's law: told in the reader's language where they are citations, and left alone where not."""

import pytest
from django.utils import translation

from cases.published.law_names import told_law
from cases.published.term_telling import LAW_FILE

CODE = "Criminal Code of the Russian Federation, art. "
UKRAINIAN = "Кримінальний кодекс Російської Федерації, ст. "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("302-FZ of 2 Nov 2013", "302-ФЗ від 2 листопада 2013"),
        ("Federal Law 91-FZ of 5 May 2014", "91-ФЗ від 5 травня 2014"),
        ("260-FZ", "закон 260-ФЗ"),
        (CODE + "79(3)", UKRAINIAN + "79(3)"),
        (CODE + "66(2) and 66(4)", UKRAINIAN + "66(2) і 66(4)"),
        (
            CODE + "72(3.1), as amended by 186-FZ of 3 Jul 2018",
            UKRAINIAN + "72(3.1), у редакції закону 186-ФЗ від 3 липня 2018",
        ),
        (CODE + "72(3), before 186-FZ of 3 Jul 2018", UKRAINIAN + "72(3), до закону 186-ФЗ від 3 липня 2018"),
        ("302-FZ of 31 Feb 2013", "302-FZ of 31 Feb 2013"),
        (CODE + "72(3), as amended by somebody", CODE + "72(3), as amended by somebody"),
        ("Somebody said so", "Somebody said so"),
        ("", ""),
    ],
)
def test_a_citation_is_told_in_ukrainian_and_anything_else_stays_as_it_is(text: str, told: str) -> None:
    with translation.override("uk"):
        assert told_law(text) == told
    with translation.override("en"):
        assert told_law(text) == text


def test_only_rules_with_a_remark_of_their_own_stay_in_english() -> None:
    with translation.override("uk"):
        found = {row for row in _sources() if told_law(row) == row}
    assert found == {
        CODE + "72(3.2): where linked to terrorist activity",
        CODE + "72(3.2): whether a later law added these articles is not confirmed",
    }


def _sources() -> set[str]:
    return {line.partition('"source": "')[2].partition('"')[0] for line in LAW_FILE.read_text().splitlines()} - {""}
