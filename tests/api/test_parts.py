"""`fields`: parts of answers by dotted names, from the shapes alone."""

import pytest

from cases.api.answers import CaseAnswer, CaseSummary
from cases.api.parts import MOST_FIELDS, dotted_names, part_of, read_fields

ANSWER = {
    "code": "22222B",
    "name": {"en": "Server", "uk": "Сервер"},
    "site": None,
    "other_names": [{"text": "a", "language": "ru"}, {"text": "b", "language": "uk"}],
}


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ("code", {"code": "22222B"}),
        ("name.en,code", {"code": "22222B", "name": {"en": "Server"}}),
        ("name.en,name", {"name": {"en": "Server", "uk": "Сервер"}}),
        ("name,name.en", {"name": {"en": "Server", "uk": "Сервер"}}),
        ("site.place.name.uk", {"site": None}),
        ("other_names.text", {"other_names": [{"text": "a"}, {"text": "b"}]}),
        ("code,code", {"code": "22222B"}),
    ],
)
def test_an_answer_has_the_named_parts_in_its_own_order(fields, part):
    found = part_of(ANSWER, read_fields(fields, CaseSummary))

    assert found == part
    assert list(found) == [name for name in ANSWER if name in part]


@pytest.mark.parametrize("fields", ["colour", "name.xx", "code.inner", "", "code,", "code,,name", "site.colour", "\0"])
def test_what_is_no_field_is_named(fields):
    unknown = next(one for one in fields.split(",") if one not in ("code", "name"))

    with pytest.raises(ValueError, match="There is no field") as refused:
        read_fields(fields, CaseSummary)

    assert f"“{unknown.replace(chr(0), chr(0xFFFD))}”" in str(refused.value)


def test_the_refusal_repeats_neither_long_names_nor_too_many():
    with pytest.raises(ValueError, match="There is no field") as refused:
        read_fields(",".join(f"{'x' * 500}{number}" for number in range(MOST_FIELDS)), CaseSummary)

    assert len(str(refused.value)) < 2000
    with pytest.raises(ValueError, match=f"at most {MOST_FIELDS} fields"):
        read_fields(",".join(["code"] * (MOST_FIELDS + 1)), CaseSummary)


def test_every_name_that_the_schema_offers_is_a_field():
    names = list(dotted_names(CaseAnswer, 2))

    assert {"code", "document.events", "standing.status"} < set(names)
    assert [name for name in names if not read_fields(name, CaseAnswer)] == []
