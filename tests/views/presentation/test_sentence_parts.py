"""The sentence on the drawing: between published days only, and never more than they say."""

from datetime import date

import pytest

from cases.views.presentation.sentence_parts import sentence_parts, transfers
from cases.views.presentation.timeline import Part
from tests.documents import case_document, decision_document, finding_document, proceeding_document, sentence_document

TRANSFER = {"says": {"en": "prison → strict regime"}, "falls": ["2022-05-21", "2022-05-21"]}


def document(findings, *, decided_on="2021-03-14", in_force_from="2021-03-14"):
    last = decision_document("upheld", decided_on, sentence=sentence_document(), in_force_from=in_force_from)
    return case_document(proceedings=[proceeding_document(decisions=[last])], findings=findings)


def finding(**changes):
    return finding_document(**{"transfers": [TRANSFER], **changes})


def test_a_sentence_in_two_parts_is_cut_on_the_day_of_transfer():
    assert sentence_parts(document([finding()])) == [
        Part(date(2021, 3, 14), date(2022, 5, 21), "prison"),
        Part(date(2022, 5, 21), date(2032, 5, 20), "strict regime"),
    ]
    assert transfers(document([finding()])) == [("prison → strict regime", (date(2022, 5, 21), date(2022, 5, 21)))]


def test_parts_without_a_day_between_them_are_drawn_as_one_without_words():
    assert sentence_parts(document([finding(transfers=[])])) == [Part(date(2021, 3, 14), date(2032, 5, 20), "")]


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [finding(last_day=[])],
        [finding(), finding()],
        [finding(proceeding=7)],
        [finding(proceeding=None)],
        [finding(kind="geneva")],
    ],
)
def test_nothing_is_drawn_where_no_one_end_is_published(findings):
    assert sentence_parts(document(findings)) == []


def test_nothing_is_drawn_of_a_sentence_whose_beginning_is_not_known_to_the_day():
    assert sentence_parts(document([finding()], in_force_from="", decided_on="2021")) == []
