"""The sequence as documents tell it, in rows of its own or as older documents do, and by what a list finds it."""

from typing import Any

from cases.domain.rehabilitation import Present
from cases.enums import RehabilitationOutcome
from cases.published.facets import facets_of
from cases.published.models import Facet
from cases.published.rehabilitations import present_of, rehabilitations_of
from tests.documents import event_document, organisation_document, rehabilitation_document
from tests.published.samples import TODAY, case

RESCINDED_SINCE = [rehabilitation_document("granted", "1992"), rehabilitation_document("rescinded", "2024/2025")]
FACETS = (Facet.REHABILITATION, Facet.RESCINDED, Facet.RESCINDED_BY)


def found_by(document: Any) -> set[tuple[str, str]]:
    return {(facet, value) for facet, value in facets_of(document, "dead", TODAY) if facet in FACETS}


def test_a_document_that_tells_of_it_by_events_has_the_same_sequence() -> None:
    document = case(
        events=[
            event_document("rehabilitation_rescinded", "2024"),
            event_document("letter", "1940"),
            event_document("rehabilitation_granted", "1992"),
        ]
    )
    told = rehabilitations_of(document)
    assert [(one["outcome"], one["decided_on"]) for one in told] == [("granted", "1992"), ("rescinded", "2024")]
    assert present_of(told) == Present(RehabilitationOutcome.RESCINDED, 1, certain=True)


def test_rows_of_their_own_come_before_events() -> None:
    document = case(events=[event_document("rehabilitation_granted", "1991")], rehabilitations=RESCINDED_SINCE)
    assert rehabilitations_of(document) == RESCINDED_SINCE


def test_a_rescission_that_only_an_event_tells_undoes_a_grant_that_has_a_row() -> None:
    document = case(
        events=[event_document("rehabilitation_rescinded", "2024")],
        rehabilitations=[rehabilitation_document("granted", "1992")],
    )
    assert present_of(rehabilitations_of(document)) == Present(RehabilitationOutcome.RESCINDED, 1, certain=True)
    assert ("rescinded", "2024") in found_by(document)


def test_a_case_is_found_by_present_status_each_possible_year_and_body() -> None:
    body = organisation_document(slug="invented-office")
    rescinded = rehabilitation_document("rescinded", "2024/2025", body=body)
    assert found_by(case(rehabilitations=[RESCINDED_SINCE[0], rescinded])) == {
        ("rehabilitation", "rescinded"),
        ("rescinded", "ever"),
        ("rescinded", "2024"),
        ("rescinded", "2025"),
        ("rescinded_by", "invented-office"),
    }


def test_a_rescission_that_was_itself_undone_is_still_found() -> None:
    again = [*RESCINDED_SINCE, rehabilitation_document("granted", "2026")]
    assert found_by(case(rehabilitations=again)) == {
        ("rehabilitation", "granted"),
        ("rescinded", "ever"),
        ("rescinded", "2024"),
        ("rescinded", "2025"),
    }


def test_a_rescission_known_to_decades_has_no_year_to_be_found_by() -> None:
    assert found_by(case(rehabilitations=[rehabilitation_document("rescinded", "1950/2000")])) == {
        ("rehabilitation", "rescinded"),
        ("rescinded", "ever"),
    }
