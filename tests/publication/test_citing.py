"""Sources of a document: none is listed for a fact that the public may not know to be recorded."""

import pytest

from cases.models import Prisoner, Source
from cases.publication.document import build_case
from tests.publication.conftest import cite


@pytest.mark.parametrize("value", ["", "diabetes"])
@pytest.mark.parametrize("field", ["health", "private_notes", "consent_notes", "consent_given_by"])
def test_a_source_cited_for_a_sealed_field_is_not_listed(prisoner: Prisoner, field: str, value: str) -> None:
    record = Source.objects.create(title="Medical record", kind="report")
    cite(prisoner, prisoner, source=record, field=field, value=value)
    cite(prisoner, prisoner, source=Source.objects.create(title="Interview", kind="report"), field="summary")
    document = build_case(prisoner)
    assert [source["title"] for source in document["sources"]] == ["Interview"]
    assert document["cites"] == {"summary": [1]}
    assert document["assertions"] == []
