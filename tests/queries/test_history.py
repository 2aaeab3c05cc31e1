"""The history of a case tells of every row, those that are gone included."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Decision, Prisoner, Proceeding
from cases.models.base import CaseRecord
from cases.queries.history import PARTS, Entry, history_of, moments, plain
from tests import factories

pytestmark = pytest.mark.django_db


def told(record: Prisoner | Proceeding) -> set[tuple[str, str]]:
    return {(entry.row, entry.what) for entry in history_of(record)}


def whole_case() -> Prisoner:
    prisoner = factories.case()
    proceeding = prisoner.defendants.get().proceeding
    factories.HearingFactory(proceeding=proceeding)
    factories.InvolvementFactory(proceeding=proceeding)
    factories.SentenceSegmentFactory(sentence=prisoner.defendants.get().sentences.get())
    return prisoner


def test_every_kind_of_row_of_a_case_is_in_the_table() -> None:
    rows = {model.__name__ for model in apps.get_app_config("cases").get_models() if issubclass(model, CaseRecord)}
    named = {name for name, _column, _above in PARTS[Prisoner]}
    assert rows - {"Prisoner"} - named == set()


def test_the_history_of_a_case_tells_of_its_rows_and_of_its_trial() -> None:
    assert {row for row, _what in told(whole_case())} >= {
        "Prisoner",
        "Name",
        "Stay",
        "Event",
        "Defendant",
        "Charge",
        "Proceeding",
        "Hearing",
        "Decision",
        "Sentence",
        "Segment of a sentence",
        "Involvement of an official",
        "Citation",
    }


def test_the_history_of_a_proceeding_tells_of_charges_and_sentences() -> None:
    proceeding = whole_case().defendants.get().proceeding
    rows = {row for row, _what in told(proceeding)}
    assert rows >= {"Proceeding", "Defendant", "Charge", "Hearing", "Decision", "Sentence", "Segment of a sentence"}
    assert "Stay" not in rows


def test_deleted_rows_say_what_they_were() -> None:
    prisoner = whole_case()
    prisoner.defendants.get().delete()
    prisoner.stays.get().delete()
    gone = {entry.row: entry for entry in history_of(prisoner) if entry.what == "deleted"}
    assert gone.keys() >= {"Defendant", "Charge", "Sentence", "Segment of a sentence", "Stay"}
    assert "21 May 2018" in gone["Stay"].title
    assert ("From", "21 May 2018", "") in [(one.label, one.before, one.after) for one in gone["Stay"].fields]


def test_a_change_of_a_decision_is_told_before_and_after() -> None:
    prisoner = factories.case()
    decision = Decision.objects.get()
    decision.outcome = "acquitted"
    decision.save()
    (change,) = [entry for entry in history_of(prisoner) if entry.row == "Decision" and entry.what == "changed"]
    assert [(one.label, one.before, one.after) for one in change.fields] == [("Outcome", "Convicted", "Acquitted")]


def test_a_citation_says_which_fact_it_is_about() -> None:
    prisoner = factories.case()
    titles = [entry.title for entry in history_of(prisoner) if entry.row == "Citation"]
    assert any("Arrest" in title for title in titles)


def test_what_is_saved_at_once_stands_together() -> None:
    entries = history_of(whole_case())
    assert [len(moment.entries) for moment in moments(entries)] == [len(entries)]
    late, early = entries[0], entries[-1]
    far = Entry(at=early.at.replace(year=2001), who=early.who, what="changed", row="Stay", title="")
    assert len(moments([late, far])) == 2


def test_many_rows_are_read_in_as_many_queries_as_few() -> None:
    def queries(prisoner: Prisoner) -> int:
        with CaptureQueriesContext(connection) as asked:
            history_of(prisoner)
        return len(asked)

    prisoner = whole_case()
    queries(prisoner)  # content types are remembered from here on
    few = queries(prisoner)
    for _more in range(3):
        stay = factories.StayFactory(prisoner=prisoner)
        factories.CitationFactory(record=stay, prisoner=prisoner)
    assert queries(prisoner) == few


def test_a_moment_is_told_by_the_clock_of_the_desk() -> None:
    assert plain(datetime(2026, 1, 15, 22, 30, tzinfo=UTC)) == "16 January 2026, 00:30"
