"""A reviewer reads what would change, in words."""

from typing import Any

from django.utils import translation

from cases.queries.changes import Change, changes


def document(**fields: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "code": "X",
        "summary": {},
        "names": [],
        "sources": [],
        "cites": {},
        "assertions": [],
        **fields,
    }


def name(text: str, **fields: Any) -> dict[str, Any]:
    return {
        "text": text,
        "language": "uk",
        "kind": "legal",
        "preferred": False,
        "cites": {},
        "assertions": [],
        **fields,
    }


def source(number: int, title: str, *, confidential: bool = False) -> dict[str, Any]:
    return {"number": number, "title": title, "confidential": confidential, "kind": "report"}


def rows(before: dict[str, Any] | None, after: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(change.path, change.before, change.after) for change in changes(before, after)]


def test_equal_documents_differ_in_nothing() -> None:
    assert changes(document(names=[name("Вигадан")]), document(names=[name("Вигадан")])) == []


def test_a_text_in_one_language_is_told_with_its_language() -> None:
    before, after = document(summary={"en": "A teacher."}), document(summary={"en": "A teacher.", "uk": "Учитель."})
    assert rows(before, after) == [("Summary › in Ukrainian", "", "Учитель.")]


def test_a_name_that_is_inserted_first_does_not_make_the_others_look_changed() -> None:
    before = document(names=[name("Вигадан")])
    after = document(names=[name("Видуман"), name("Вигадан")])
    assert rows(before, after) == [
        ("Names, 1 › name as written", "", "Видуман"),
        ("Names, 1 › language", "", "Ukrainian"),
        ("Names, 1 › kind", "", "Legal name"),
        ("Names, 1 › preferred in its language", "", "no"),
    ]


def test_a_row_that_is_taken_away_is_told_as_removed() -> None:
    before, after = document(names=[name("Вигадан"), name("Видуман")]), document(names=[name("Вигадан")])
    assert {change.kind for change in changes(before, after)} == {"removed"}
    assert rows(before, after)[0] == ("Names, 2 › name as written", "Видуман", "")


def test_dates_and_words_are_told_as_readers_see_them() -> None:
    stay = {"kind": "site", "started": "2018-05", "ended": "", "cites": {}, "assertions": []}
    assert rows(document(stays=[stay]), document(stays=[{**stay, "kind": "in_transit", "started": "2018~"}])) == [
        ("Places of detention, 1 › kind", "At a detention site", "In transit"),
        ("Places of detention, 1 › from", "May 2018", "around 2018"),
    ]


def test_the_kind_of_a_site_is_not_read_as_the_kind_of_a_stay() -> None:
    def stay(kind: str) -> dict[str, Any]:
        return {"kind": "site", "site": {"slug": "s", "kind": kind}, "cites": {}, "assertions": []}

    assert rows(document(stays=[stay("sizo")]), document(stays=[stay("colony")])) == [
        ("Places of detention, 1 › detention site › kind", "Pre-trial detention centre (SIZO)", "Penal colony")
    ]


def test_sources_are_told_by_title_so_that_moved_numbers_are_no_change() -> None:
    before = document(names=[name("Вигадан", cites={"": [1]})], sources=[source(1, "Old report")])
    after = document(
        names=[name("Вигадан", cites={"": [2]})], sources=[source(1, "New report"), source(2, "Old report")]
    )
    assert [path for path, _before, _after in rows(before, after)] == [
        "Sources, 1 › title",
        "Sources, 1 › confidential",
        "Sources, 1 › kind",
    ]


def test_a_source_that_is_cited_anew_is_named() -> None:
    sources = [source(1, "Old report"), source(2, "New report")]
    before = document(names=[name("Вигадан", cites={"": [1]})], sources=sources)
    after = document(names=[name("Вигадан", cites={"": [1, 2]})], sources=sources)
    assert rows(before, after) == [("Names, 1 › sources cited › whole row", "Old report", "New report; Old report")]


def test_nothing_public_makes_everything_an_addition() -> None:
    found = changes(None, document(names=[name("Вигадан")], born="1980-02-03"))
    assert {change.kind for change in found} == {"added"}
    assert Change("Born", "", "3 February 1980") in found


def test_the_difference_is_told_in_the_language_of_the_reader() -> None:
    with translation.override("uk"):
        assert rows(document(born="2018-05"), document(born=""))[0][1] == "травень 2018"
