"""What of the decisions on rehabilitation becomes public."""

from cases.enums import Consent
from cases.models import Prisoner, Rehabilitation
from cases.publication.document import build_case
from cases.published.documents import canonical
from tests.publication.conftest import cite


def decided(prisoner: Prisoner, outcome: str, decided_on: str, **values: object) -> Rehabilitation:
    return Rehabilitation.objects.create(prisoner=prisoner, outcome=outcome, decided_on=decided_on, **values)


def test_every_decision_is_told_in_order_of_date_with_its_source(prisoner: Prisoner) -> None:
    decided(prisoner, "rescinded", "2024")
    granted = decided(prisoner, "granted", "1992", law_en="Law of 18 October 1991", document_number="1/92")
    cite(granted, prisoner)
    document = build_case(prisoner)
    told = [
        (one["outcome"], one["decided_on"], one["law"], one["document_number"]) for one in document["rehabilitations"]
    ]
    assert told == [
        ("granted", "1992", {"en": "Law of 18 October 1991"}, "1/92"),
        ("rescinded", "2024", {}, ""),
    ]
    assert document["rehabilitations"][0]["cites"] == {"": [document["sources"][0]["number"]]}


def test_a_decision_that_may_not_be_shown_is_nowhere(prisoner: Prisoner) -> None:
    decided(prisoner, "granted", "1992", reasoning_en="Told in confidence", is_public=False)
    assert build_case(prisoner)["rehabilitations"] == []
    assert "in confidence" not in canonical(build_case(prisoner))


def test_the_number_of_a_document_is_not_told_of_somebody_who_is_not_named(prisoner: Prisoner) -> None:
    decided(prisoner, "granted", "1992", document_number="File 7719")
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    assert "7719" not in canonical(build_case(prisoner))
